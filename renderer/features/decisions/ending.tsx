import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Proposal } from '../../../shared/network/decisions/model';
import { endOfVote } from '../../../shared/network/decisions/period';
import { quorumOf } from '../../../shared/network/decisions/queries';
import { useNetwork } from '../../app/network';
import { Moment, useNow } from '../../ui';

/** When an open vote ends that the ballots do not decide: by a seal; where there is none yet, when somebody closes it. */
export function Ending({ proposal }: { readonly proposal: Proposal }) {
  const { seals } = useNetwork().state;
  return (
    <Text size="sm" c="dimmed" component="div">
      {seals.size > 0 ? <BySeal proposal={proposal} /> : <ByClosing proposal={proposal} />}
    </Text>
  );
}

function BySeal({ proposal }: { readonly proposal: Proposal }) {
  const { t } = useTranslation('decisions');
  const end = endOfVote(proposal);
  if (end === undefined) return t('closing.unopened', { count: proposal.rule.days + proposal.rule.grace });
  return (
    <>
      {t('closing.sealEnds')} <Moment time={end} />.
    </>
  );
}

function ByClosing({ proposal }: { readonly proposal: Proposal }) {
  const { t } = useTranslation('decisions');
  const now = useNow();
  const quorum = quorumOf(proposal);
  if (!quorum.met) return t('closing.quorumMissing', { count: quorum.needed - quorum.cast });
  if (now >= proposal.deadline) return t('closing.due');
  return (
    <>
      {t('talk.ends')} <Moment time={proposal.deadline} />.
    </>
  );
}
