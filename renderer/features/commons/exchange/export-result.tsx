import { Alert, List, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatBytes, useLocale } from '../../../ui';
import type { Saved } from './use-export';

/** What is in the file that was saved, and what is not. */
export function ExportResult({ result: { name, saved, exported } }: { readonly result: Saved }) {
  const { t } = useTranslation('exchange');
  const locale = useLocale();
  if (!saved) return <Text>{t('notSaved')}</Text>;
  const { pages = 0, files = 0, bytes = 0, absent = [], unread = [] } = exported ?? {};
  const whole = absent.length === 0 && unread.length === 0;
  return (
    <Alert
      color={whole ? 'green' : 'yellow'}
      icon={whole ? <IconCheck size={18} aria-hidden /> : <IconAlertTriangle size={18} aria-hidden />}
      title={t('saved', { name })}
    >
      {exported !== null && (
        <Text size="sm">
          {[t('pages', { count: pages }), t('files', { count: files }), formatBytes(bytes, locale)].join(' · ')}
        </Text>
      )}
      {absent.length > 0 && (
        <>
          <Text size="sm">{t('absent')}</Text>
          <List size="sm">
            {absent.map(({ page, file }) => (
              <List.Item key={`${page}/${file}`}>
                <bdi>{page}</bdi>: <bdi>{file}</bdi>
              </List.Item>
            ))}
          </List>
        </>
      )}
      {unread.length > 0 && (
        <>
          <Text size="sm">{t('unread')}</Text>
          <List size="sm">
            {unread.map((title) => (
              <List.Item key={title}>
                <bdi>{title === '' ? t('untitled') : title}</bdi>
              </List.Item>
            ))}
          </List>
        </>
      )}
    </Alert>
  );
}
