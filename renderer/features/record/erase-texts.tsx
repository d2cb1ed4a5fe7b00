import { Anchor, Blockquote, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { authorMayErase, membersMayErase } from '../../../shared/network/texts/erasure';
import type { TextRef } from '../../../shared/record/text';
import { useAct, useMe, useNetwork, useTexts } from '../../app/network';
import type { EventView } from '../../../shared/engine/contract';
import { ConfirmButton, WithRight } from '../../ui';
import { MAX_DEPTH, hashesIn } from './payload-view';

/** The texts of an event that can be erased: one's own by oneself, others' by a decision. */
export function EraseTexts({ view }: { readonly view: EventView }) {
  const { t } = useTranslation('record');
  const refs = useMemo(() => {
    const named = [...new Set(hashesIn(view.payload, MAX_DEPTH))] as TextRef[];
    return named.filter((ref) => membersMayErase(view, ref));
  }, [view]);
  const words = useTexts(refs);
  const here = refs.flatMap((ref, index) => {
    const text = words[index];
    return typeof text === 'string' && text !== '' ? [{ ref, text }] : [];
  });
  if (here.length === 0) return null;
  return (
    <section aria-labelledby="erase">
      <Title order={2} id="erase" mb={4}>
        {t('erase.title')}
      </Title>
      <Text c="dimmed" mb="sm" maw="var(--peerhold-measure)">
        {t('erase.hint')}
      </Text>
      <Stack gap="md">
        {here.map(({ ref, text }) => (
          <Stack key={ref} gap="xs" align="flex-start">
            <Blockquote p="sm" maw="var(--peerhold-measure)">
              <bdi>{text}</bdi>
            </Blockquote>
            <EraseText view={view} text={ref} />
          </Stack>
        ))}
      </Stack>
    </section>
  );
}

function EraseText({ view, text }: { readonly view: EventView; readonly text: TextRef }) {
  const { t } = useTranslation('record');
  const { state } = useNetwork();
  const me = useMe()?.member;
  const act = useAct();
  if (me === undefined || state.members.get(me)?.status !== 'active') return null;
  const own = view.member === me || (view.type === 'member.admit' && view.id === me);
  if (own && authorMayErase(view, text))
    return (
      <ConfirmButton
        title={t('erase.question')}
        text={t('erase.warning')}
        confirm={t('erase.confirm')}
        onConfirm={() => act('text.erase', { event: view.id, text })}
      >
        {t('erase.own')}
      </ConfirmButton>
    );
  return (
    <WithRight right="propose" what={t('erase.propose')}>
      <Anchor component={Link} href={`/decisions/new?effect=erase&event=${view.id}&text=${text}`}>
        {t('erase.propose')}
      </Anchor>
    </WithRight>
  );
}
