import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconPencilPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AGREEMENT_DOC, isSeeded, seedDraft } from '../../../../shared/commons/draft';
import type { AgreementVersion } from '../../../../shared/network/agreement/model';
import { type OpenDoc, useDoc, useDocValue, usePresence } from '../../../app/docs';
import { useMe } from '../../../app/network';
import { PeopleHere } from '../../../editor';
import { ConfirmButton, EmptyState, ErrorState, FormError, Loading } from '../../../ui';
import { type ReadableProtocol, useReadable } from '../readable';
import { inCanonicalForm } from './draft-content';
import { DraftReviewView } from './draft-review';
import { DraftWriting } from './draft-writing';
import { resetAll } from './reset';

/** The next version of the agreement, which members write together. */
export default function DraftTab({ inForce }: { readonly inForce: AgreementVersion }) {
  const { t } = useTranslation('agreement');
  const open = useDoc(AGREEMENT_DOC);
  if (open !== null && open.problem !== undefined) return <ErrorState error={open.problem} />;
  if (open === null || !open.synced) return <Loading label={t('draft.loading')} />;
  return <DraftOf open={open} inForce={inForce} />;
}

function DraftOf({ open, inForce }: { readonly open: OpenDoc; readonly inForce: AgreementVersion }) {
  const { t } = useTranslation('agreement');
  const seeded = useDocValue(open, isSeeded) === true;
  const protocols = useReadable(inForce.protocols);
  const [show, setShow] = useState<'write' | 'differences'>('write');
  const others = usePresence(open, useMe()?.member);
  if (!seeded) return <StartDraft open={open} inForce={inForce} protocols={protocols} />;
  return (
    <Stack gap="xl">
      <Text c="dimmed" maw="var(--peerhold-measure)">
        {t('draft.intro')}
      </Text>
      <Group justify="space-between">
        <SegmentedControl
          aria-label={t('views.draft')}
          value={show}
          onChange={setShow}
          data={(['write', 'differences'] as const).map((each) => ({ value: each, label: t(`draft.show.${each}`) }))}
        />
        <PeopleHere members={others} />
        <Reset open={open} protocols={protocols} />
      </Group>
      {show === 'write' ? <DraftWriting open={open} /> : <DraftReviewView open={open} inForce={inForce} />}
    </Stack>
  );
}

function StartDraft(props: { open: OpenDoc; inForce: AgreementVersion; protocols: readonly ReadableProtocol[] }) {
  const { t } = useTranslation('agreement');
  const [error, setError] = useState<unknown>();
  const { open, inForce, protocols } = props;
  const texts = useMemo(() => new Map(protocols.map((protocol) => [protocol.id, protocol.text])), [protocols]);
  const start = () => {
    try {
      seedDraft(open.doc, inForce, (protocol) => texts.get(protocol.id));
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <EmptyState
      icon={<IconPencilPlus size={28} stroke={1.5} />}
      title={t('views.draft')}
      text={
        <>
          {t('draft.startText')} {t('draft.intro')}
        </>
      }
      action={
        <>
          <Button loading={protocols.some((protocol) => protocol.text === undefined)} onClick={start}>
            {t('draft.start')}
          </Button>
          <FormError error={error} />
        </>
      }
    />
  );
}

function Reset({ open, protocols }: { readonly open: OpenDoc; readonly protocols: readonly ReadableProtocol[] }) {
  const { t } = useTranslation('agreement');
  const missing = protocols.some((protocol) => typeof protocol.text !== 'string');
  return (
    <ConfirmButton
      variant="subtle"
      color="gray"
      disabled={missing}
      title={t('draft.reset')}
      text={t('draft.resetText')}
      onConfirm={() => resetAll(open.doc, inCanonicalForm(protocols))}
    >
      {t('draft.reset')}
    </ConfirmButton>
  );
}
