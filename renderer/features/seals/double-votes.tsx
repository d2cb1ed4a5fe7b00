import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DoubleVote } from '../../../shared/seal/votes';
import { useNetwork, useText } from '../../app/network';
import { EventLine } from './event-line';
import classes from './seals.module.css';

/** A dishonest device could sign without end. */
const MAX_SHOWN = 20;

/** Who signed two different votes where only one is allowed, with both votes as the proof. */
export function DoubleVotes({ found }: { readonly found: readonly DoubleVote[] }) {
  return found.slice(0, MAX_SHOWN).map((one) => <Notice key={one.events.join()} found={one} />);
}

function Notice({ found: { member, events } }: { readonly found: DoubleVote }) {
  const { t } = useTranslation('seals');
  const name = useText(useNetwork().state.members.get(member)?.name) ?? t('double.someone');
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} aria-hidden />} title={t('double.title', { name })}>
      <Stack gap="xs">
        <Text className={classes['measure'] ?? ''}>{t('double.text')}</Text>
        {events.map((id) => (
          <EventLine key={id} id={id} />
        ))}
      </Stack>
    </Alert>
  );
}
