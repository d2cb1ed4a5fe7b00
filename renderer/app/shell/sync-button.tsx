import { Button, Drawer, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle, IconCloudOff, IconUsersGroup, IconWifiOff } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { NETWORK_KEY } from '../../../shared/network/state';
import { useNetwork } from '../network';
import { summarise } from './delivery';
import classes from './shell.module.css';
import { SyncPanel } from './sync-panel';

/** Who is connected and who has received what, in few words; opens the whole. */
export function SyncButton() {
  const { t } = useTranslation('app');
  const [opened, { open, close }] = useDisclosure(false);
  const { state, status } = useNetwork();
  const summary = summarise(status);
  const [location] = useLocation();
  // Its links lead to pages that it would cover.
  useEffect(close, [close, location]);
  const problem = status.problem !== null;
  const alone = state.network.get(NETWORK_KEY)?.sample === true && summary.connected === 0;
  const Icon = problem
    ? IconAlertTriangle
    : !summary.online
      ? IconWifiOff
      : summary.connected === 0 && summary.besides === null
        ? IconCloudOff
        : IconUsersGroup;
  const words = problem
    ? t('sync.problem')
    : !summary.online
      ? t('sync.offline')
      : alone
        ? t('sync.sample')
        : summary.connected === 0 && summary.besides !== null
          ? t(`sync.${summary.besides}Connected`)
          : t('sync.connected', { count: summary.connected });
  return (
    <>
      <Button
        variant={problem ? 'light' : 'default'}
        {...(problem ? { color: 'red' } : {})}
        size="compact-md"
        leftSection={<Icon size={18} aria-hidden />}
        onClick={open}
        aria-haspopup="dialog"
        {...(alone ? { 'aria-label': words, classNames: { section: classes['icon'] ?? '' } } : {})}
        style={{ flexShrink: 0 }}
      >
        <span className={alone ? classes['aside'] : undefined}>{words}</span>
        {summary.others > 0 && !problem && !alone && (
          <Text span inherit c="dimmed" fw="normal" visibleFrom="md">
            &nbsp;· {t('sync.complete', { complete: summary.complete, count: summary.others })}
          </Text>
        )}
      </Button>
      <Drawer
        opened={opened}
        onClose={close}
        title={t('sync.title')}
        closeButtonProps={{ 'aria-label': t('sync.close') }}
      >
        <SyncPanel />
      </Drawer>
    </>
  );
}
