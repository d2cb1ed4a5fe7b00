import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Proposal } from '../../../shared/network/decisions/model';
import { ballotsOn } from '../../../shared/network/decisions/queries';
import { useNetwork } from '../../app/network';
import { MemberName } from '../../ui';

/** Those of the electorate who have cast no ballot, by name; nothing where all have. */
export function NotVoted({ proposal }: { readonly proposal: Proposal }) {
  const { t } = useTranslation('decisions');
  const { state } = useNetwork();
  const silent = useMemo(() => {
    const voted = new Set(ballotsOn(state, proposal.id).map((ballot) => ballot.member));
    return proposal.electorate.filter((member) => !voted.has(member));
  }, [state, proposal.id, proposal.electorate]);
  if (silent.length === 0) return null;
  return (
    <Text size="sm" c="dimmed" component="div">
      {proposal.status === 'open' ? t('ballots.waiting') : t('ballots.silent')}{' '}
      {silent.map((member, index) => (
        <span key={member}>
          {index > 0 && ', '}
          <MemberName id={member} />
        </span>
      ))}
    </Text>
  );
}
