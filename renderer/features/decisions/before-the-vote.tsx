import { Alert, Anchor, List, Stack, Text } from '@mantine/core';
import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import {
  type Amendment,
  amendmentBy,
  hasLostBase,
  protocolsTouched,
  rivalsOf,
} from '../../../shared/network/agreement/amendments';
import type { Proposal } from '../../../shared/network/decisions/model';
import { useNetwork } from '../../app/network';
import { DetachedText, useLocale } from '../../ui';
import { Contradictions, useReadable } from '../agreement';

/** What those who vote on a change of the agreement are to know: that it came to nothing, clashes with another, or contradicts itself. */
export function BeforeTheVote({ proposal }: { readonly proposal: Proposal }) {
  const { versions } = useNetwork().state;
  const amendment = useMemo(() => amendmentBy({ versions }, proposal), [versions, proposal]);
  if (amendment === undefined || proposal.status !== 'open') return null;
  return (
    <Stack gap="sm">
      <LostBase proposal={proposal} amendment={amendment} />
      <Rivals proposal={proposal} amendment={amendment} />
      <Result proposal={proposal} amendment={amendment} />
    </Stack>
  );
}

interface Props {
  readonly proposal: Proposal;
  readonly amendment: Amendment;
}

function LostBase({ proposal, amendment }: Props) {
  const { t } = useTranslation('contradictions');
  const { state } = useNetwork();
  if (!hasLostBase(state, proposal)) return null;
  return (
    <Alert color="orange" variant="light" role="status">
      {t('lostBase', { number: amendment.base.number })}
    </Alert>
  );
}

function Rivals({ proposal, amendment }: Props) {
  const { t } = useTranslation('contradictions');
  const { state } = useNetwork();
  const locale = useLocale();
  const rivals = rivalsOf(state, proposal);
  if (rivals.length === 0) return null;
  const titleOf = (id: string): string =>
    [...amendment.base.protocols, ...amendment.result.protocols].find((one) => one.id === id)?.title ?? id;
  return (
    <Alert
      color="orange"
      variant="light"
      title={t('rivals.title')}
      icon={<IconArrowsSplit2 size={18} aria-hidden />}
      role="status"
    >
      <List size="sm">
        {rivals.map(({ proposal: other, protocols }) => (
          <List.Item key={other.id}>
            <Anchor component={Link} href={`/decisions/${other.id}`} inherit underline="always">
              <DetachedText of={other.title} />
            </Anchor>
            {'. '}
            {protocols.length === 0
              ? t('rivals.other')
              : t('rivals.same', { protocols: new Intl.ListFormat(locale).format(protocols.map(titleOf)) })}
          </List.Item>
        ))}
      </List>
      <Text size="sm" mt="xs">
        {t('rivals.text')}
      </Text>
    </Alert>
  );
}

function Result({ proposal, amendment }: Props) {
  const { versions } = useNetwork().state;
  const protocols = useReadable(amendment.result.protocols);
  const touched = useMemo(() => protocolsTouched({ versions }, proposal), [versions, proposal]);
  return <Contradictions protocols={protocols} touched={touched} />;
}
