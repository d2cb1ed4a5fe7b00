import { Code, Stack, Switch, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShellInfo } from '../../../shared/ipc/contract';
import { getPlatform } from '../../platform';
import { FormError } from '../../ui';

/** Whether devices in the local network may reach this app's meeting place; only by the person's consent. */
export function LanDoor() {
  const { t } = useTranslation('settings');
  const [info, setInfo] = useState<ShellInfo>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    getPlatform().info().then(setInfo, setError);
  }, []);
  const change = async (open: boolean): Promise<void> => {
    setError(undefined);
    try {
      await (open ? getPlatform().openLan() : getPlatform().closeLan());
      setInfo(await getPlatform().info());
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <section aria-labelledby="lan">
      <Title order={2} id="lan" mb="sm">
        {t('lan.title')}
      </Title>
      <Stack gap="xs" maw="var(--peerhold-measure)">
        <Switch
          checked={info?.lanOpen === true}
          disabled={info === undefined}
          onChange={(event) => void change(event.currentTarget.checked)}
          label={t('lan.label')}
          description={t('lan.hint')}
        />
        {info !== undefined && info.signalling.length > 0 && (
          <Text size="sm" c="dimmed" component="div">
            {t('lan.addresses')}
            {info.signalling.map((address) => (
              <div key={address}>
                <Code>{address}</Code>
              </div>
            ))}
          </Text>
        )}
        <FormError error={error} />
      </Stack>
    </section>
  );
}
