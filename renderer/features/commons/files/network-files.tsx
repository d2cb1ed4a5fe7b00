import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useKept, useKeptAmount } from '../../../app/kept';
import { formatBytes, useLocale } from '../../../ui';
import { KeepFiles } from './keep-files';

/** What this device has of all files of the network, and the choice to keep them all. */
export function NetworkFiles() {
  const { t } = useTranslation('commons');
  const locale = useLocale();
  const choice = useKept();
  const amount = useKeptAmount();
  if (amount === undefined) return null;
  const { named, stored } = amount;
  return (
    <section aria-labelledby="files-on-device">
      <Title order={2} size="h3" id="files-on-device" mb="sm">
        {t('files.onDevice')}
      </Title>
      <Stack gap="xs">
        <KeepFiles doc={null} label={t('files.keepAll')} choice={choice} amount={named} />
        <Text size="sm" c="dimmed">
          {named.files === 0 && stored === 0
            ? t('files.noFiles')
            : t('files.disk', { size: formatBytes(stored, locale) })}
        </Text>
      </Stack>
    </section>
  );
}
