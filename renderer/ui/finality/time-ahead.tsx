import { Alert, Stack, Text } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { networkTime, timeAhead } from '../../../shared/network/seals/clock';
import { useNetwork } from '../../app/network';
import { Moment } from '../moment';
import { useNow } from '../now';
import classes from './finality.module.css';

const DAY = 86_400_000;

/** Where the time of the network is well ahead of this machine's clock: what that means, and what to do. `children`: the way to it. */
export function TimeAhead({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('ui');
  const { state } = useNetwork();
  const ahead = timeAhead(state, useNow());
  if (ahead === null) return null;
  return (
    <Alert color="orange" role="status" icon={<IconClockExclamation size={18} aria-hidden />} title={t('ahead.title')}>
      <Stack gap="xs" align="flex-start" className={classes['measure'] ?? ''}>
        <Text component="div">
          <Trans
            t={t}
            i18nKey="ahead.text"
            count={Math.floor(ahead / DAY)}
            components={{ time: <Moment time={networkTime(state)!} exact /> }}
          />
        </Text>
        <Text>{t('ahead.check')}</Text>
        <Text>{t('ahead.again')}</Text>
        {children}
      </Stack>
    </Alert>
  );
}

/** What this machine's clock says now, which is where the time of a new network begins. */
export function ClockNow() {
  const { t } = useTranslation('ui');
  return (
    <Text size="sm" component="div" className={classes['measure'] ?? ''}>
      <Trans t={t} i18nKey="ahead.clock" components={{ time: <Moment time={useNow()} exact /> }} />
    </Text>
  );
}
