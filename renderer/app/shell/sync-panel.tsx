import { Alert, Anchor, Code, Progress, Stack, Switch, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { PeerholdError } from '../../../shared/errors';
import type { NetworkStatus } from '../../../shared/engine/contract';
import type { Delivery } from '../../../shared/peer/deliveries';
import { FormError, useErrorText } from '../../ui/errors';
import { MemberName } from '../../ui/member-name';
import { Moment } from '../../ui/moment';
import { useEngine } from '../engine';
import { useNetwork } from '../network';
import { ByHand } from './by-hand/by-hand';
import { othersOf } from './delivery';
import classes from './shell.module.css';

/** Member by member: connected, what they lack of mine, when last heard; meeting places; the switch to work offline. */
export function SyncPanel() {
  const { t } = useTranslation('app');
  const { status } = useNetwork();
  const errorText = useErrorText();
  const others = othersOf(status);
  return (
    <Stack gap="lg">
      {status.problem !== null && (
        <Alert color="red" role="alert">
          {errorText(new PeerholdError(status.problem.code, status.problem.params))}
        </Alert>
      )}
      <OnlineSwitch online={status.online} />
      <section>
        <Title order={3} size="h4">
          {t('sync.members')}
        </Title>
        {others.length === 0 ? (
          <Text c="dimmed" size="sm" mt="xs">
            {t('sync.nobodyElse')}
          </Text>
        ) : (
          <ul className={classes['people']}>
            {others.map((each) => (
              <Person key={each.keeper ?? each.member} delivery={each} />
            ))}
          </ul>
        )}
      </section>
      <section>
        <Title order={3} size="h4">
          {t('sync.places')}
        </Title>
        <Text size="sm" c="dimmed" mt={4}>
          {t('sync.placesHint')}
        </Text>
        <ul className={classes['people']}>
          {status.meetingPlaces.map(({ address, connected }) => (
            <li key={address}>
              <span className={classes['dot']} data-on={connected} aria-hidden />
              <div>
                <Code>{address}</Code>
                <Text size="sm" c="dimmed">
                  {t(connected ? 'sync.reachable' : 'sync.unreachable')}
                </Text>
              </div>
            </li>
          ))}
        </ul>
        {status.meetingPlaces.length === 0 && (
          <Text size="sm" mt="xs">
            {t(status.online ? 'sync.noPlaces' : 'sync.noneOffline')}
          </Text>
        )}
      </section>
      <ByHand />
      <section>
        <Title order={3} size="h4">
          {t('byFile.title')}
        </Title>
        <Text size="sm" c="dimmed" mt={4}>
          {t('byFile.hint')}
        </Text>
        <Anchor component={Link} href="/bundles" size="sm" mt="xs" display="inline-block">
          {t('byFile.open')}
        </Anchor>
      </section>
      {status.historyCheck !== null && <HistoryCheck {...status.historyCheck} />}
      <Text size="sm" c="dimmed">
        {t('sync.events', { count: status.events })}
        {status.pending > 0 && ` ${t('sync.pending', { count: status.pending })}`}
      </Text>
    </Stack>
  );
}

function HistoryCheck({ done, total }: NonNullable<NetworkStatus['historyCheck']>) {
  const { t } = useTranslation('app');
  return (
    <div>
      <Text size="sm">{t('sync.checkingHistory')}</Text>
      <Progress value={Math.floor((done * 100) / total)} size="sm" mt="xs" aria-label={t('sync.checkingHistory')} />
      <Text size="sm" c="dimmed" mt={4}>
        {t('sync.checkedHistory', { done, total })}
      </Text>
    </div>
  );
}

function Person({ delivery }: { readonly delivery: Delivery }) {
  const { t } = useTranslation('app');
  const { member, keeper, connected, lacks, heard } = delivery;
  const label = useNetwork().state.devices.get(keeper ?? '')?.label ?? '';
  return (
    <li>
      <span className={classes['dot']} data-on={connected} aria-hidden />
      <div>
        <Text fw={500}>
          {keeper !== undefined && `${t('sync.keeper', { label })} · `}
          <MemberName id={member} link />
        </Text>
        <Text size="sm" c="dimmed">
          {t(connected ? 'sync.isConnected' : 'sync.notConnected')} ·{' '}
          {heard === null && !connected
            ? t('sync.neverHeard')
            : lacks === 0
              ? t('sync.hasAll')
              : t('sync.lacks', { count: lacks })}
          {heard !== null && !connected && (
            <>
              {' · '}
              {t('sync.heard')} <Moment time={heard} />
            </>
          )}
        </Text>
      </div>
    </li>
  );
}

function OnlineSwitch({ online }: { readonly online: boolean }) {
  const { t } = useTranslation('app');
  const engine = useEngine();
  const [error, setError] = useState<unknown>();
  return (
    <>
      <Switch
        checked={!online}
        onChange={(event) => {
          setError(undefined);
          engine.calls.setOnline(!event.currentTarget.checked).catch(setError);
        }}
        label={t('sync.workOffline')}
        description={t('sync.workOfflineHint')}
      />
      <FormError error={error} />
    </>
  );
}
