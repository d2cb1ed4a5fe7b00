import { Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui';
import { ExportForm } from './export-form';
import { ImportForm } from './import-form';
import { NotInSample } from './not-in-sample';

/** What is new, carried by hand: made into a file here, and taken in from one. */
export function BundlesPage() {
  const { t } = useTranslation('bundles');
  const [imports, setImports] = useState(0);
  return (
    <NotInSample title={t('title')} instead={{ title: t('sample.title'), text: t('sample.text') }}>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <Stack gap="xl">
        <ExportForm imports={imports} />
        <ImportForm onImported={() => setImports(imports + 1)} />
      </Stack>
    </NotInSample>
  );
}
