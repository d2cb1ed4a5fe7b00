import { Alert, Anchor, Progress, Stack, Switch, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { PeerholdError } from '../../../shared/errors';
import type { NetworkStatus } from '../../../shared/engine/contract';
import { obstaclesOf } from '../../../shared/engine/obstacles';
import { NETWORK_KEY } from '../../../shared/network/state';
import type { Delivery } from '../../../shared/peer/deliveries';
import { FormError, useErrorText } from '../../ui/errors';
import { useEngine } from '../engine';
import { useNetwork } from '../network';
import { ByHand } from './by-hand/by-hand';
import { hasRow, isOf, othersOf, summarise } from './delivery';
import classes from './shell.module.css';
import { Obstacles } from './sync/obstacles';
import { Person } from './sync/person';
import { Places } from './sync/places';

/** Member by member: how they are connected, what they have of mine, since when; what stands in the way; the switch to work offline. */
export function SyncPanel() {
  const { t } = useTranslation('app');
  const { state, status } = useNetwork();
  const others = othersOf(status);
  const sample = state.network.get(NETWORK_KEY)?.sample === true;
  return (
    <Stack gap="lg">
      <InTheWay sample={sample} />
      {!sample && <OnlineSwitch online={status.online} />}
      {!sample && (
        <>
          <People others={others} />
          <Places />
          <ByHand />
          <ByFile />
        </>
      )}
      {status.historyCheck !== null && <HistoryCheck {...status.historyCheck} />}
      <Text size="sm" c="dimmed">
        {t('sync.events', { count: status.events })}
        {status.pending > 0 && ` ${t('sync.pending', { count: status.pending })}`}
      </Text>
    </Stack>
  );
}

/** What goes for all: a problem of this device, the sample, or why nobody, or somebody unknown, is connected. */
function InTheWay({ sample }: { readonly sample: boolean }) {
  const { t } = useTranslation('app');
  const { status } = useNetwork();
  const errorText = useErrorText();
  const obstacles = obstaclesOf(status).filter(({ refusal }) => refusal === undefined || !hasRow(refusal, status));
  const { problem } = status;
  return (
    <>
      {problem !== null && obstacles.every(({ kind }) => kind !== 'disk') && (
        <Alert color="red" role="alert">
          {errorText(new PeerholdError(problem.code, problem.params))}
        </Alert>
      )}
      {sample ? (
        <Alert color="yellow">{t('sync.sampleText')}</Alert>
      ) : (
        obstacles.length > 0 && (
          <Stack gap="xs" component="section" aria-label={t('sync.obstacles')}>
            <Obstacles obstacles={obstacles} />
          </Stack>
        )
      )}
    </>
  );
}

function People({ others }: { readonly others: readonly Delivery[] }) {
  const { t } = useTranslation('app');
  const { status } = useNetwork();
  const { connected, complete, others: count } = summarise(status);
  const refused = obstaclesOf(status).filter(({ refusal }) => refusal !== undefined);
  return (
    <section>
      <Title order={3} size="h4">
        {t('sync.members')}
      </Title>
      <Text size="sm" c="dimmed" mt={4}>
        {count === 0 ? t('sync.nobodyElse') : t('sync.people', { connected, complete, count })}
      </Text>
      {others.length > 0 && (
        <Text size="sm" c="dimmed" mt={4}>
          {t('sync.whatIsCounted')}
        </Text>
      )}
      <ul className={classes['people']}>
        {others.map((each) => (
          <Person
            key={each.keeper ?? each.own ?? each.member}
            delivery={each}
            obstacle={refused.find(({ refusal }) => isOf(refusal, each))}
          />
        ))}
      </ul>
    </section>
  );
}

function ByFile() {
  const { t } = useTranslation('app');
  return (
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
