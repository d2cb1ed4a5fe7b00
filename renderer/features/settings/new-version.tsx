import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PeerholdError } from '../../../shared/errors';
import type { FetchedVersion, NewestVersion, ShellInfo } from '../../../shared/ipc/contract';
import { getPlatform } from '../../platform';
import { FormError, formatBytes, useLocale } from '../../ui';
import classes from './new-version.module.css';

/** Looks for a new version when the person wants it, shows what its makers say of it, and fetches it; they install it. */
export function NewVersion() {
  const { t } = useTranslation('settings');
  const [shell, setShell] = useState<ShellInfo['shell']>();
  const [found, setFound] = useState<NewestVersion>();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    getPlatform()
      .info()
      .then((info) => setShell(info.shell), setError);
  }, []);
  const look = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      const newest = await getPlatform().lookForUpdate();
      setFound(newest);
      if (newest.kind === 'failed') setError(new PeerholdError(newest.code));
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section aria-labelledby="new-version">
      <Title order={2} id="new-version" mb={4}>
        {t('newVersion.title')}
      </Title>
      {shell === 'browser' ? <Text>{t('newVersion.inBrowser')}</Text> : null}
      {shell === 'electron' ? (
        <Stack gap="xs" maw="var(--peerhold-measure)">
          <Text>{t('newVersion.hint')}</Text>
          <Group>
            <Button variant="default" loading={isBusy} onClick={() => void look()}>
              {t('newVersion.look')}
            </Button>
          </Group>
          {found?.kind === 'not-offered' ? <Text role="status">{t('newVersion.notOffered')}</Text> : null}
          {found?.kind === 'newest' ? <Text role="status">{t('newVersion.newest')}</Text> : null}
          {found?.kind === 'newer' ? <Newer newer={found} /> : null}
          {error === undefined ? null : <FormError error={error} />}
        </Stack>
      ) : null}
    </section>
  );
}

function Newer({ newer }: { readonly newer: Extract<NewestVersion, { kind: 'newer' }> }) {
  const { t } = useTranslation('settings');
  const locale = useLocale();
  const [isBusy, setBusy] = useState(false);
  const [fetched, setFetched] = useState<FetchedVersion>();
  const [error, setError] = useState<unknown>();
  const fetchIt = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      const outcome = await getPlatform().fetchUpdate();
      setFetched(outcome);
      if (outcome.kind === 'failed') setError(new PeerholdError(outcome.code));
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Alert color="blue" role="status" title={t('newVersion.newer', { version: newer.version })}>
      <Stack gap="xs">
        {/* What its makers wrote, as text: it is nobody's to format this page. */}
        <Text className={classes['notes']}>{newer.notes}</Text>
        {newer.bytes === null ? (
          <Text>{t('newVersion.noPackage')}</Text>
        ) : (
          <Group>
            <Button loading={isBusy} onClick={() => void fetchIt()}>
              {t('newVersion.fetch', { size: formatBytes(newer.bytes, locale) })}
            </Button>
          </Group>
        )}
        {fetched?.kind === 'fetched' ? <Text>{t('newVersion.fetched', { path: fetched.path })}</Text> : null}
        {error === undefined ? null : <FormError error={error} />}
      </Stack>
    </Alert>
  );
}
