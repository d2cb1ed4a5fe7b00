import { Stack } from '@mantine/core';
import { IconFileOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NETWORK_KEY } from '../../../shared/network/state';
import { useNetwork } from '../../app/network';
import { EmptyState, PageHeader } from '../../ui';
import { ExportForm } from './export-form';
import { ImportForm } from './import-form';

/** What is new, carried by hand: made into a file here, and taken in from one. */
export function BundlesPage() {
  const { t } = useTranslation('bundles');
  const [imports, setImports] = useState(0);
  if (useNetwork().state.network.get(NETWORK_KEY)?.sample === true)
    return (
      <>
        <PageHeader title={t('title')} />
        <EmptyState
          icon={<IconFileOff size={28} stroke={1.5} aria-hidden />}
          title={t('sample.title')}
          text={t('sample.text')}
        />
      </>
    );
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <Stack gap="xl">
        <ExportForm imports={imports} />
        <ImportForm onImported={() => setImports(imports + 1)} />
      </Stack>
    </>
  );
}
