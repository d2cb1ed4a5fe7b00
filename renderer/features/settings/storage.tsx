import { Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes, useLocale } from '../../ui';

/** What the app takes on this device's disk, as the browser counts it. */
export function Storage() {
  const { t } = useTranslation('settings');
  const locale = useLocale();
  const [used, setUsed] = useState<number | null>();
  useEffect(() => {
    navigator.storage.estimate().then(
      ({ usage }) => setUsed(usage ?? null),
      () => setUsed(null),
    );
  }, []);
  return (
    <section aria-labelledby="storage">
      <Title order={2} id="storage" mb={4}>
        {t('storage.title')}
      </Title>
      <Text>
        {used === undefined
          ? t('storage.asking')
          : used === null
            ? t('storage.unknown')
            : t('storage.used', { size: formatBytes(used, locale) })}
      </Text>
    </section>
  );
}
