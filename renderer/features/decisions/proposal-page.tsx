import { Alert, Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { discussionDoc } from '../../../shared/commons/pages';
import type { Proposal } from '../../../shared/network/decisions/model';
import { useNetwork, useText } from '../../app/network';
import { Thread } from '../../editor';
import {
  ClauseLink,
  DetachedText,
  EmptyState,
  Finality,
  MemberName,
  Moment,
  PageHeader,
  TimeAhead,
  WhyButton,
  useNow,
} from '../../ui';
import { LinkedFrom } from '../../ui/linked-from/linked-from';
import { Markdown } from '../../ui/markdown/markdown';
import { ruleSentence, namesIn, useWords } from '../agreement';
import { BallotsList } from './ballots-list';
import { BeforeTheVote } from './before-the-vote';
import { Closing } from './closing';
import classes from './decisions.module.css';
import { EffectView } from './effect-view';
import { StatusBadge } from './status-badge';
import { TallyView } from './tally-view';
import { VoteForm } from './vote-form';
import { WaitsFor } from './waits-for';

/** One proposal: what it says and would do, who may decide by which rule, the ballots, the result and why. */
export function ProposalPage({ id }: { readonly id: string }) {
  const { t } = useTranslation('decisions');
  const { state } = useNetwork();
  const proposal = state.proposals.get(id);
  if (proposal === undefined)
    return (
      <EmptyState
        title={t('unknown.title')}
        text={t('unknown.text')}
        action={
          <Anchor component={Link} href="/decisions">
            {t('unknown.back')}
          </Anchor>
        }
      />
    );
  return <ProposalView proposal={proposal} />;
}

function ProposalView({ proposal }: { readonly proposal: Proposal }) {
  const { t } = useTranslation(['decisions', 'templates', 'ui']);
  const title = useText(proposal.title);
  const text = useText(proposal.text);
  return (
    <>
      <PageHeader
        title={<DetachedText of={proposal.title} />}
        documentTitle={title ?? t('list.title')}
        subtitle={
          <>
            {t(`matters.${proposal.effect.kind}`, { ns: 'templates' })} · {t('proposedBy')}{' '}
            <MemberName id={proposal.by} link /> · <Moment time={proposal.time} />
          </>
        }
      />
      <div className={classes['page']}>
        <Stack className={classes['main'] ?? ''} gap="lg">
          {typeof text === 'string' && text !== '' && <Markdown text={text} headings={2} />}
          {text === null && <DetachedText of={proposal.text} />}
          <section>
            <Title order={2} size="h3" mb="xs">
              {t(proposal.status === 'adopted' ? 'effect.titleAdopted' : 'effect.title')}
            </Title>
            <EffectView proposal={proposal} />
          </section>
          <BeforeTheVote proposal={proposal} />
        </Stack>
        <Stack className={classes['side'] ?? ''} gap="xl">
          <Result proposal={proposal} />
          {proposal.status === 'open' && proposal.rule.method === 'vote' && (
            <TimeAhead>
              <Anchor component={Link} href="/seals" c="inherit" underline="always">
                {t('ahead.seals', { ns: 'ui' })}
              </Anchor>
            </TimeAhead>
          )}
          <section>
            <Title order={2} size="h3" mb="xs">
              {t('vote.title')}
            </Title>
            <VoteForm proposal={proposal} />
          </section>
          <Closing proposal={proposal} />
          <Rule proposal={proposal} />
        </Stack>
        <Stack className={classes['more'] ?? ''} gap="xl">
          <section>
            <Title order={2} size="h3" mb="xs">
              {t('ballots.title')}
            </Title>
            <BallotsList proposal={proposal} />
          </section>
          <section>
            <Title order={2} size="h3" mb="xs">
              {t('discussion.title')}
            </Title>
            <Thread doc={discussionDoc(proposal.id)} label={t('discussion.title')} />
          </section>
          <LinkedFrom of={{ kind: 'decision', id: proposal.id }} hideEmpty />
        </Stack>
      </div>
    </>
  );
}

function Result({ proposal }: { readonly proposal: Proposal }) {
  const { t } = useTranslation('decisions');
  const { status } = proposal;
  // Of what is open only the events so far can be sealed.
  const sealed = status === 'open' ? undefined : (proposal.sealed ?? null);
  return (
    <section>
      <Title order={2} size="h3" mb="xs">
        {status === 'open' ? t('result.soFar') : t('result.title')}
      </Title>
      <Stack gap="sm">
        <Group gap="xs">
          <StatusBadge status={status} />
          {status !== 'open' && <Finality why={proposal.why} sealed={sealed} />}
          <WhyButton
            why={proposal.why}
            label={t('result.title')}
            sealed={sealed}
            waits={status === 'open' ? <WaitsFor proposal={proposal} /> : undefined}
            withText
          />
        </Group>
        {(status === 'clashing' || status === 'superseded') && (
          <Alert color={status === 'clashing' ? 'orange' : 'gray'} variant="light" role="status">
            {t(`statusHint.${status}`)}
          </Alert>
        )}
        {status !== 'open' && proposal.decidedTime !== undefined && (
          <Text size="sm" c="dimmed" component="div">
            {t('result.decided')} <Moment time={proposal.decidedTime} />
          </Text>
        )}
        <TallyView proposal={proposal} />
      </Stack>
    </section>
  );
}

function Rule({ proposal }: { readonly proposal: Proposal }) {
  const { t } = useTranslation('decisions');
  const { state } = useNetwork();
  const now = useNow();
  const version = state.versions.get(proposal.clause.version);
  const words = useWords(namesIn(version?.protocols ?? []));
  return (
    <section>
      <Title order={2} size="h3" mb="xs">
        {t('rule.title')}
      </Title>
      <Stack gap="xs">
        <Text size="sm">
          <b>
            <bdi>{proposal.rule.label}</bdi>
          </b>
          . {ruleSentence(proposal.rule, words)}
        </Text>
        <Text size="sm">{t('rule.electorate', { count: proposal.electorate.length })}</Text>
        {proposal.status === 'open' && (
          <Text size="sm" component="div">
            {t(now < proposal.deadline ? 'talk.ends' : 'talk.ended')} <Moment time={proposal.deadline} />
          </Text>
        )}
        <Text size="sm" component="div">
          <ClauseLink clause={proposal.clause} />
        </Text>
      </Stack>
    </section>
  );
}
