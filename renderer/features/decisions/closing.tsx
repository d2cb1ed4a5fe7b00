import { Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Proposal } from '../../../shared/network/decisions/model';
import { countingBallots, quorumOf } from '../../../shared/network/decisions/queries';
import { foreseeClosing, foreseeTakingBack } from '../../../shared/network/foreseen/foreseen';
import { useAct, useMe, useNetwork } from '../../app/network';
import { ConfirmButton, WhyNot, useNow } from '../../ui';
import { Ending } from './ending';

/** Ends an open proposal: closing a vote, and taking it back; or why one can not. */
export function Closing({ proposal }: { readonly proposal: Proposal }) {
  const { t } = useTranslation('decisions');
  const { state } = useNetwork();
  const act = useAct();
  const now = useNow();
  const me = useMe()?.member;
  if (me === undefined || proposal.status !== 'open') return null;
  const isVoter = proposal.rule.method === 'vote' && proposal.electorate.includes(me);
  // Seals close votes, once there are any.
  const mayClose = isVoter && state.seals.size === 0;
  const notWithdrawn = foreseeTakingBack(state, proposal, me);
  const noClosing = foreseeClosing(state, proposal, me);
  const quorum = quorumOf(proposal);
  const early = now < proposal.deadline;
  return (
    <Stack gap="xs">
      {isVoter && <Ending proposal={proposal} />}
      <Group gap="xs">
        {mayClose && (
          <ConfirmButton
            title={t('closing.title')}
            text={
              <>
                {t('closing.text', { count: quorum.cast })} {early && t('closing.early')}
              </>
            }
            confirm={t('closing.confirm')}
            color="pine"
            variant={early ? 'default' : 'filled'}
            disabled={!quorum.met}
            onConfirm={() =>
              act('decision.close', { proposal: proposal.id, ballots: countingBallots(state, proposal.id) })
            }
          >
            {t('closing.button')}
          </ConfirmButton>
        )}
        {notWithdrawn === undefined ? (
          <ConfirmButton
            title={t('withdraw.title')}
            text={t('withdraw.text')}
            onConfirm={() => act('proposal.withdraw', { proposal: proposal.id })}
          >
            {t('withdraw.button')}
          </ConfirmButton>
        ) : (
          <WhyNot foreseen={notWithdrawn} what={t('withdraw.what')} />
        )}
        {proposal.rule.method === 'vote' && noClosing !== undefined && (
          <WhyNot foreseen={noClosing} what={t('closing.button')} />
        )}
      </Group>
    </Stack>
  );
}
