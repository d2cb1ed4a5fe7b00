import { Button, Stack, Tabs } from '@mantine/core';
import { IconBook2, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useNetwork } from '../../app/network';
import { EmptyState, PageHeader } from '../../ui';
import { Attention } from './attention';
import { Balances } from './balances';
import { DuesOfAll } from './dues-of-all';
import { EntriesView } from './entries-view';
import { type LedgerView, useLedgerScreen } from './store';

export function LedgerPage() {
  const { t } = useTranslation('ledger');
  const { entries } = useNetwork().state;
  const { view, show } = useLedgerScreen();
  const create = (
    <Button component={Link} href="/ledger/new" leftSection={<IconPlus size={18} />}>
      {t('new')}
    </Button>
  );
  if (entries.size === 0) {
    return (
      <>
        <PageHeader title={t('title')} />
        <EmptyState
          icon={<IconBook2 size={28} stroke={1.5} />}
          title={t('empty.title')}
          text={t('empty.text')}
          action={create}
        />
        <DuesOfAll />
      </>
    );
  }
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} actions={create} />
      <Stack gap="xl">
        <Attention />
        <Tabs value={view} onChange={(next) => show(next as LedgerView)} keepMounted={false}>
          <Tabs.List mb="lg">
            <Tabs.Tab value="balances">{t('view.balances')}</Tabs.Tab>
            <Tabs.Tab value="entries">{t('view.entries')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="balances">
            <Balances />
          </Tabs.Panel>
          <Tabs.Panel value="entries">
            <EntriesView />
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </>
  );
}
