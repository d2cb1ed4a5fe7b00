import { Button } from '@mantine/core';
import { IconBooks } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/network';
import { EmptyState } from '../../ui/empty-state';
import { PageHeader } from '../../ui/page-header';
import { useCommons } from './commons-context';
import { RecentPages } from './recent-pages';
import { TitleDialog } from './title-dialog';
import { useNewPage } from './use-new-page';

/** The commons before a page is chosen. */
export function CommonsStart() {
  const { t } = useTranslation('commons');
  const { tree } = useCommons();
  const me = useMe();
  const newPage = useNewPage();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHeader title={t('heading')} subtitle={t('subtitle')} />
      {tree.length === 0 ? (
        <EmptyState
          icon={<IconBooks size={28} stroke={1.5} />}
          title={t('empty.title')}
          text={t('empty.text')}
          action={me !== null && <Button onClick={() => setAdding(true)}>{t('empty.action')}</Button>}
        />
      ) : (
        <RecentPages />
      )}
      <TitleDialog
        opened={adding}
        onClose={() => setAdding(false)}
        heading={t('newPage')}
        action={t('create')}
        onSave={(title) => newPage(title, null)}
      />
    </>
  );
}
