import { Alert, Button, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Choice, Proposal } from '../../../shared/network/decisions/model';
import { ballotOf, choicesFor, mayVote } from '../../../shared/network/decisions/queries';
import { foreseeBallot } from '../../../shared/network/foreseen/foreseen';
import { useAct, useMe, useNetwork } from '../../app/network';
import { FormError, WhyNot } from '../../ui';

const MAX_REASON = 4_000;
/** A no needs a reason, so that the others can answer it. */
const NEEDS_REASON: readonly Choice[] = ['disagree', 'block'];

/** My ballot: to cast, to change, or how it stands when it can not be changed. */
export function VoteForm({ proposal }: { readonly proposal: Proposal }) {
  const standing = useRef<HTMLDivElement>(null);
  // The button that was pressed may be gone.
  const goTo = (): void => standing.current?.focus({ preventScroll: true });
  return (
    <div ref={standing} tabIndex={-1} style={{ outline: 'none' }}>
      <MyBallot proposal={proposal} onCast={goTo} />
    </div>
  );
}

interface Props {
  readonly proposal: Proposal;
  readonly onCast: () => void;
}

function MyBallot({ proposal, onCast }: Props) {
  const { t } = useTranslation('decisions');
  const { state } = useNetwork();
  const me = useMe()?.member;
  if (me === undefined || !proposal.electorate.includes(me))
    return (
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{proposal.status === 'open' ? t('vote.notYou') : t('vote.wasNotYou')}</Text>
        {me !== undefined && <NoBallot proposal={proposal} me={me} />}
      </Stack>
    );
  const { counts, unclear } = ballotOf(state, proposal.id, me);
  if (!mayVote(state, proposal, me))
    return (
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {counts === undefined ? t('vote.didNot') : t('vote.did', { choice: t(`choice.${counts.choice}`) })}
        </Text>
        <NoBallot proposal={proposal} me={me} />
      </Stack>
    );
  if (proposal.rule.method === 'assent' && counts?.choice === 'agree')
    return (
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('vote.agreedForGood')}</Text>
        <NoBallot proposal={proposal} me={me} />
      </Stack>
    );
  return (
    <Stack gap="md">
      {unclear && (
        <Alert color="orange" variant="light" role="status">
          {t('vote.unclear')}
        </Alert>
      )}
      {counts !== undefined && <Text size="sm">{t('vote.now', { choice: t(`choice.${counts.choice}`) })}</Text>}
      <Ballot
        proposal={proposal}
        choices={choicesFor(proposal, me)}
        again={counts !== undefined || unclear}
        onCast={onCast}
      />
      {proposal.rule.block === 'entitled' && <NoBallot proposal={proposal} me={me} blocks />}
    </Stack>
  );
}

/** Why there is no ballot to cast, or none that blocks. */
function NoBallot(props: { readonly proposal: Proposal; readonly me: string; readonly blocks?: boolean }) {
  const { t } = useTranslation('explain');
  const { state } = useNetwork();
  const { proposal, me, blocks = false } = props;
  const foreseen = foreseeBallot(state, proposal, me, blocks);
  if (foreseen === undefined) return null;
  return <WhyNot foreseen={foreseen} what={t(blocks ? 'what.block' : 'what.vote')} />;
}

function Ballot(props: Props & { readonly choices: readonly Choice[]; readonly again: boolean }) {
  const { t } = useTranslation('decisions');
  const act = useAct();
  const [choice, setChoice] = useState<Choice | null>(null);
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const { proposal } = props;
  const lacksReason = choice !== null && NEEDS_REASON.includes(choice) && reason.trim() === '';

  const cast = async () => {
    setAsked(true);
    if (choice === null || lacksReason) return;
    setBusy(true);
    setError(undefined);
    try {
      const words = reason.trim();
      await act('ballot.cast', {
        proposal: proposal.id,
        choice,
        ...(words === '' ? {} : { reason: { text: words } }),
      });
      setChoice(null);
      setReason('');
      setAsked(false);
      props.onCast();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void cast();
      }}
    >
      <Stack gap="md">
        <Radio.Group
          label={t('vote.label')}
          value={choice}
          error={asked && choice === null ? t('vote.choose') : null}
          onChange={(value) => setChoice(props.choices.find((each) => each === value) ?? null)}
        >
          <Stack gap="xs" mt="xs">
            {props.choices.map((each) => (
              <Radio key={each} value={each} label={t(`choice.${each}`)} description={t(`choiceHint.${each}`)} />
            ))}
          </Stack>
        </Radio.Group>
        {proposal.rule.method === 'assent' && choice === 'agree' && (
          <Alert variant="light" color="blue" role="status">
            {t('vote.forGood')}
          </Alert>
        )}
        <Textarea
          label={t('vote.reason')}
          description={choice !== null && NEEDS_REASON.includes(choice) ? t('vote.reasonNeeded') : t('vote.reasonFree')}
          value={reason}
          maxLength={MAX_REASON}
          autosize
          minRows={2}
          maxRows={10}
          error={asked && lacksReason ? t('vote.reasonMissing') : null}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <FormError error={error} />
        <Button type="submit" loading={busy} variant={props.again ? 'default' : 'filled'}>
          {props.again ? t('vote.change') : t('vote.cast')}
        </Button>
      </Stack>
    </form>
  );
}
