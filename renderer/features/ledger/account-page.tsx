import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowLeft, IconPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { groupOf, inSense, subjectOf } from '../../../shared/network/ledger/accounts';
import { account as isAccount } from '../../../shared/network/ledger/model';
import { useNetwork } from '../../app/network';
import { useAccountsFinality } from '../../app/seals';
import { EmptyState, FinalityBadge, Loading, Money, PageHeader } from '../../ui';
import { AccountWhy } from './account-why';
import { EntriesTable } from './entries-table';
import { useAccountLabel } from './labels';
import { useStatement } from './use-entries';

/** One account: its balance, and what moved it with the balance after each entry. A member's capital account is one of them. */
export function AccountPage({ account }: { readonly account: string }) {
  const { t } = useTranslation('ledger');
  const { balances } = useNetwork().state;
  const title = useAccountLabel();
  const lines = useStatement(account);
  const sealed = useAccountsFinality()?.get(account);
  const own = useMemo(
    () => [...balances.values()].filter((balance) => balance.account === account),
    [balances, account],
  );
  const back = (
    <Anchor
      component={Link}
      href="/ledger"
      size="sm"
      mb="xs"
      style={{ display: 'inline-flex', gap: 4, alignItems: 'center' }}
    >
      <IconArrowLeft size={16} aria-hidden />
      {t('back')}
    </Anchor>
  );
  if (!isAccount(account)) {
    return (
      <>
        {back}
        <PageHeader title={t('accountPage.unknown')} subtitle={t('accountPage.unknownText')} />
      </>
    );
  }
  const label = title(account);
  const group = groupOf(account);
  const member = group === 'capital' ? subjectOf(account) : undefined;
  return (
    <>
      {back}
      <PageHeader
        title={<bdi>{label}</bdi>}
        documentTitle={label}
        subtitle={t(`group.${group}.sense`)}
        actions={
          member !== undefined && (
            <Button
              component={Link}
              href={`/ledger/new?what=money&member=${member}`}
              leftSection={<IconPlus size={18} />}
            >
              {t('accountPage.contribute')}
            </Button>
          )
        }
      />
      <Stack gap="lg">
        <Group gap="lg" align="center">
          {own.map(({ unit, amount }) => (
            <Text key={unit} component="span" fz="xl" fw={650}>
              <Money amount={inSense(account, amount)} unit={unit} />
            </Text>
          ))}
          {own.length > 0 && (
            <>
              <FinalityBadge sealed={sealed} />
              <AccountWhy account={account} label={label} sealed={sealed} withText />
            </>
          )}
        </Group>
        {lines === undefined ? (
          <Loading />
        ) : lines.length === 0 ? (
          <EmptyState title={t('accountPage.empty')} text={t('accountPage.emptyText')} />
        ) : (
          <EntriesTable rows={lines} label={label} account={account} />
        )}
      </Stack>
    </>
  );
}
