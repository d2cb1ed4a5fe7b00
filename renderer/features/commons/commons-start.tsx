import { Button, Stack } from '@mantine/core';
import { IconBooks, IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/network';
import { EmptyState } from '../../ui/empty-state';
import { PageHeader } from '../../ui/page-header';
import { useCommons } from './commons-context';
import { ExportAll } from './exchange/export-all';
import { ImportDialog } from './exchange/import-dialog';
import { NetworkFiles } from './files/network-files';
import { PublicPages } from './publication/public-pages';
import { RecentPages } from './recent-pages';
import { NewPageDialog } from './templates/new-page-dialog';

/** The commons before a page is chosen. */
export function CommonsStart() {
  const { t } = useTranslation('commons');
  const { tree } = useCommons();
  const me = useMe();
  const [dialog, setDialog] = useState<'new' | 'import' | null>(null);
  return (
    <>
      <PageHeader
        title={t('heading')}
        subtitle={t('subtitle')}
        actions={
          me !== null && (
            <Button
              variant="default"
              leftSection={<IconFileImport size={18} aria-hidden />}
              onClick={() => setDialog('import')}
            >
              {t('import')}
            </Button>
          )
        }
      />
      {tree.length === 0 ? (
        <EmptyState
          icon={<IconBooks size={28} stroke={1.5} />}
          title={t('empty.title')}
          text={t('empty.text')}
          action={me !== null && <Button onClick={() => setDialog('new')}>{t('empty.action')}</Button>}
        />
      ) : (
        <Stack gap="xl">
          <RecentPages />
          <PublicPages />
          <NetworkFiles />
          <ExportAll />
        </Stack>
      )}
      <NewPageDialog heading={t('newPage')} parent={null} opened={dialog === 'new'} onClose={() => setDialog(null)} />
      <ImportDialog opened={dialog === 'import'} onClose={() => setDialog(null)} />
    </>
  );
}
