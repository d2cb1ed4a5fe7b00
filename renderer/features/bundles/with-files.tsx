import { Checkbox, type CheckboxProps, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CarriedFiles } from '../../../shared/engine/contract';
import { useNetworkStore } from '../../app/network';
import { formatBytes, useLocale } from '../../ui';

/** Whether the files that pages name go with it, and how much that is. Nothing where no page names any. */
export function WithFiles(props: CheckboxProps) {
  const { t } = useTranslation('bundles');
  const locale = useLocale();
  const { engine, id } = useNetworkStore();
  const [carried, setCarried] = useState<CarriedFiles>();
  useEffect(() => {
    // What can not be told now is told after exporting.
    engine.carriedFiles(id).then(setCarried, () => undefined);
  }, [engine, id]);
  if (carried === undefined) return null;
  const { count, bytes, left, absent } = carried;
  if (count + left === 0)
    return absent === 0 ? null : (
      <Text size="sm" c="dimmed">
        {t('export.filesAbsent', { count: absent })}
      </Text>
    );
  const hints = [
    ...(left > 0 ? [t('export.filesLeft', { count: left })] : []),
    ...(absent > 0 ? [t('export.filesAbsent', { count: absent })] : []),
  ];
  return (
    <Checkbox
      label={t('export.withFiles', { count, size: formatBytes(bytes, locale) })}
      {...(hints.length > 0 ? { description: hints.join(' ') } : {})}
      {...props}
    />
  );
}
