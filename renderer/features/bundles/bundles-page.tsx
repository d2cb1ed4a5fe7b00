import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui';
import { ExportForm } from './export-form';
import { ImportForm } from './import-form';

/** What is new, carried by hand: made into a file here, and taken in from one. */
export function BundlesPage() {
  const { t } = useTranslation('bundles');
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <Stack gap="xl">
        <ExportForm />
        <ImportForm />
      </Stack>
    </>
  );
}
