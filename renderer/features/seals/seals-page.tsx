import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NETWORK_KEY } from '../../../shared/network/state';
import type { SealStatus } from '../../../shared/seal/status';
import { useNetwork } from '../../app/network';
import { useSealStatus } from '../../app/seals';
import { EmptyState, ErrorState, Loading, NextSealWords, PageHeader, TimeAhead } from '../../ui';
import { BrokenRules } from './broken-rules';
import { Origin, StartedAgain } from './origin';
import { SealItem } from './seal-item';
import { StartAgain, StartAgainInTime } from './start-again';
import classes from './seals.module.css';
import { VerifyEverything } from './verify-everything';

const PAGE = 20;

/** What is fixed for good and by whom, what the next seal waits for, and the check of it all. */
export function SealsPage() {
  const { t } = useTranslation('seals');
  const [limit, setLimit] = useState(PAGE);
  const { value, error, retry } = useSealStatus(limit);
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      {value === undefined && (error === undefined ? <Loading /> : <ErrorState error={error} retry={retry} />)}
      {value !== undefined && (
        <Stack gap="xl">
          <BrokenRules found={value.broken} />
          <TimeAhead>
            <StartAgainInTime height={value.total === 0 ? null : value.total} />
          </TimeAhead>
          <StartedAgain />
          <Origin />
          <Next status={value} />
          <VerifyEverything />
          <Chain status={value} onMore={() => setLimit(limit + PAGE)} />
        </Stack>
      )}
    </>
  );
}

function Next({ status: { next, total } }: { readonly status: SealStatus }) {
  const { t } = useTranslation('seals');
  const { state, status } = useNetwork();
  const isSample = state.network.get(NETWORK_KEY)?.sample === true;
  // What waits where this app can not follow, it does not know.
  if (isSample || (next === null && total === 0) || status.problem?.code === 'app-too-old') return null;
  return (
    <section aria-labelledby="next">
      <Title order={2} id="next" mb={4}>
        {t('next.title')}
      </Title>
      <Text className={classes['measure'] ?? ''} component="div">
        {next === null ? t('next.nothing') : <NextSealWords next={next} />}
        {next !== null && next.round > 0 && <> {t('next.round', { round: next.round + 1 })}</>}
      </Text>
      {next !== null && <StartAgain next={next} height={total === 0 ? null : total} />}
    </section>
  );
}

/** Newest first. */
function Chain({ status: { total, seals }, onMore }: { readonly status: SealStatus; readonly onMore: () => void }) {
  const { t } = useTranslation('seals');
  const isSample = useNetwork().state.network.get(NETWORK_KEY)?.sample === true;
  if (total === 0)
    return (
      <EmptyState
        icon={<IconShieldCheck size={28} stroke={1.5} />}
        title={t('empty.title')}
        text={t(isSample ? 'empty.sample' : 'empty.text')}
      />
    );
  return (
    <section aria-labelledby="chain">
      <Title order={2} id="chain" mb="xs">
        {t('chain', { count: total })}
      </Title>
      <ol className={classes['list']} reversed start={total}>
        {seals.map((seal) => (
          <SealItem key={seal.height} seal={seal} />
        ))}
      </ol>
      {seals.length < total && (
        <Group justify="center">
          <Button variant="default" onClick={onMore}>
            {t('more', { count: total - seals.length })}
          </Button>
        </Group>
      )}
    </section>
  );
}
