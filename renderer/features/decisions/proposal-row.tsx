import { Anchor, Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Proposal } from '../../../shared/network/decisions/model';
import { DetachedText, FinalityIcon, MemberName, Moment, useNow } from '../../ui';
import classes from './decisions.module.css';
import { StatusBadge } from './status-badge';

export function ProposalRow({ proposal, waits }: { readonly proposal: Proposal; readonly waits: boolean }) {
  const { t } = useTranslation(['decisions', 'templates']);
  const { tally } = proposal;
  const now = useNow();
  return (
    <li className={classes['row']}>
      <div className={classes['words']}>
        <Anchor component={Link} href={`/decisions/${proposal.id}`} fw={600} inherit>
          <DetachedText of={proposal.title} />
        </Anchor>
        <Text size="sm" c="dimmed" component="div">
          {t(`matters.${proposal.effect.kind}`, { ns: 'templates' })} · <MemberName id={proposal.by} /> ·{' '}
          {proposal.status === 'open' ? (
            <>
              {t(now < proposal.deadline ? 'talk.ends' : 'talk.ended')} <Moment time={proposal.deadline} />
            </>
          ) : (
            <Moment time={proposal.decidedTime ?? proposal.time} />
          )}
        </Text>
      </div>
      <Group gap="xs" className={classes['state'] ?? ''}>
        <Text size="sm" c="dimmed">
          {t('agreeOf', { agree: tally.agree, electorate: tally.electorate })}
        </Text>
        {waits ? <Badge variant="filled">{t('needsVote')}</Badge> : <StatusBadge status={proposal.status} />}
        {proposal.status !== 'open' && <FinalityIcon sealed={proposal.sealed ?? null} />}
      </Group>
    </li>
  );
}
