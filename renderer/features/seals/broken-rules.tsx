import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BrokenRule } from '../../../shared/seal/broken-rules';
import { useNetwork, useText } from '../../app/network';
import { EventLine } from './event-line';
import classes from './seals.module.css';

/** A dishonest device could sign without end. */
const MAX_SHOWN = 20;

/** Who broke a rule of sealing, which one, and the events that prove it. */
export function BrokenRules({ found }: { readonly found: readonly BrokenRule[] }) {
  const { t } = useTranslation('seals');
  return (
    <>
      {found.slice(0, MAX_SHOWN).map((one) => (
        <Notice key={`${one.kind} ${one.events.join()}`} found={one} />
      ))}
      {found.length > MAX_SHOWN && <Text>{t('verify.more', { count: found.length - MAX_SHOWN })}</Text>}
    </>
  );
}

function Notice({ found: { kind, height, member, events } }: { readonly found: BrokenRule }) {
  const { t } = useTranslation('seals');
  const name = useText(useNetwork().state.members.get(member)?.name) ?? t('broken.someone');
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} aria-hidden />} title={t(`broken.${kind}.title`, { name })}>
      <Stack gap="xs">
        <Text className={classes['measure'] ?? ''}>
          {t(`broken.${kind}.text`, { height })} {t('broken.ask')}
        </Text>
        {events.map((id) => (
          <EventLine key={id} id={id} />
        ))}
      </Stack>
    </Alert>
  );
}
