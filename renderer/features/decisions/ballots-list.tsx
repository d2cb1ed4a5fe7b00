import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ballot, Proposal } from '../../../shared/network/decisions/model';
import { ballotsOn } from '../../../shared/network/decisions/queries';
import { useNetwork } from '../../app/network';
import { DetachedText, MemberName, Moment, WhyButton } from '../../ui';
import classes from './decisions.module.css';
import { NotVoted } from './not-voted';
import { CHOICE_ICONS } from './tally-view';

const FIRST = 30;

/** Every ballot that was cast, with its reason and whether it counts, and who has not voted. */
export function BallotsList({ proposal }: { readonly proposal: Proposal }) {
  const { t } = useTranslation('decisions');
  const { state } = useNetwork();
  const [all, setAll] = useState(false);
  const ballots = useMemo(() => ballotsOn(state, proposal.id), [state, proposal.id]);
  const shown = all ? ballots : ballots.slice(0, FIRST);
  return (
    <Stack gap="md">
      {ballots.length === 0 ? (
        <Text c="dimmed">{t('ballots.none')}</Text>
      ) : (
        <ul className={classes['rows']}>
          {shown.map((ballot) => (
            <BallotRow key={ballot.id} ballot={ballot} />
          ))}
        </ul>
      )}
      {shown.length < ballots.length && (
        <div>
          <Button variant="default" size="xs" onClick={() => setAll(true)}>
            {t('ballots.all', { count: ballots.length })}
          </Button>
        </div>
      )}
      <NotVoted proposal={proposal} />
    </Stack>
  );
}

function BallotRow({ ballot }: { readonly ballot: Ballot }) {
  const { t } = useTranslation('decisions');
  const Icon = CHOICE_ICONS[ballot.choice];
  return (
    <li className={classes['row']}>
      <div className={classes['words']}>
        <Group gap="xs">
          <Icon size={16} aria-hidden />
          <Text component="div">
            <Text span inherit fw={600}>
              <MemberName id={ballot.member} link />
            </Text>{' '}
            {t(`does.${ballot.choice}`)}
          </Text>
          {ballot.standing !== 'counts' && (
            <Badge color={ballot.standing === 'unclear' ? 'orange' : 'gray'}>{t(`standing.${ballot.standing}`)}</Badge>
          )}
        </Group>
        {ballot.reason !== undefined && (
          <Text mt={4} style={{ whiteSpace: 'pre-wrap' }} maw="var(--peerhold-measure)">
            <DetachedText of={ballot.reason} />
          </Text>
        )}
        {ballot.standing !== 'counts' && (
          <Text size="sm" c="dimmed">
            {t(`standingHint.${ballot.standing}`)}
          </Text>
        )}
      </div>
      <Group gap={4}>
        <Text size="sm" c="dimmed" component="div">
          <Moment time={ballot.time} />
        </Text>
        <WhyButton why={{ events: [ballot.id] }} label={t('ballots.event')} />
      </Group>
    </li>
  );
}
