import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Proposal } from '../../../shared/network/decisions/model';
import { Ending } from './ending';
import { NotVoted } from './not-voted';
import { missing } from './tally-view';

/** What an open proposal waits for: which ballots and whose, and what ends it without them. */
export function WaitsFor({ proposal }: { readonly proposal: Proposal }) {
  const { t } = useTranslation('decisions');
  return (
    <Stack gap="xs">
      <Text>{missing(proposal, t)}</Text>
      <NotVoted proposal={proposal} />
      {proposal.rule.method === 'vote' && <Ending proposal={proposal} />}
    </Stack>
  );
}
