import { Anchor, Group, Stack, Table, Text, Title, VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { subjectOf } from '../../../shared/network/ledger/accounts';
import type { Balance } from '../../../shared/network/ledger/model';
import { type BalanceGroup, balanceGroups, capitalAccounts } from '../../../shared/network/ledger/queries';
import { useNetwork } from '../../app/network';
import { useAccountsFinality } from '../../app/seals';
import { FinalityIcon, Money } from '../../ui';
import { AccountWhy } from './account-why';
import { DuesOfAll } from './dues-of-all';
import { useAccountLabel, useNameOf } from './labels';
import classes from './ledger.module.css';
import { accountHref } from './links';
import { OpenAllowances } from './open-allowances';
import { Trial } from './trial';

/** The books at a glance: what there is, whose it is, and that it adds up. */
export function Balances() {
  const { balances, members } = useNetwork().state;
  const groups = useMemo(() => balanceGroups(balances).filter((group) => group.balances.length > 0), [balances]);
  const sealed = useAccountsFinality();
  const capital = useMemo(
    () => capitalAccounts({ members, balances }).map(({ member }) => `member:${member}`),
    [members, balances],
  );
  return (
    <Stack gap="xl">
      {groups.map((group) => (
        <AccountGroup
          key={group.group}
          group={group}
          sealed={sealed}
          {...(group.group === 'capital' ? { accounts: capital } : {})}
        />
      ))}
      <DuesOfAll />
      <OpenAllowances />
      <Trial />
    </Stack>
  );
}

interface Props {
  readonly group: BalanceGroup;
  /** Accounts to list, in this order, also those that nothing moved yet; those with a balance, when left out. */
  readonly accounts?: readonly string[];
  /** By account; undefined until the engine has answered. */
  readonly sealed: ReadonlyMap<string, number | null> | undefined;
}

function AccountGroup({ group: { group, balances, totals }, accounts, sealed }: Props) {
  const { t } = useTranslation('ledger');
  const labelOf = useAccountLabel();
  const nameOf = useNameOf();
  const rows = accounts ?? [...new Set(balances.map(({ account }) => account))];
  const cell = (account: string, unit: string): Balance | undefined =>
    balances.find((balance) => balance.account === account && balance.unit === unit);
  const ofPeople = group === 'capital' || group === 'owed';
  return (
    <section aria-labelledby={`group-${group}`}>
      <Title order={2} id={`group-${group}`}>
        {t(`group.${group}.title`)}
      </Title>
      <Text c="dimmed" size="sm" mb="xs" maw="var(--peerhold-measure)">
        {t(`group.${group}.text`)}
      </Text>
      <Table verticalSpacing={6} className={classes['figures'] ?? ''} aria-labelledby={`group-${group}`}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('column.account')}</Table.Th>
            {totals.map(({ unit }) => (
              <Table.Th key={unit} ta="end" w="9rem">
                {unit === 'hour' ? t('column.hours') : unit}
              </Table.Th>
            ))}
            <Table.Th w={72}>
              <VisuallyHidden>{t('column.why')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((account) => (
            <Table.Tr key={account}>
              <Table.Td>
                <Anchor component={Link} href={accountHref(account)} inherit>
                  <bdi>{ofPeople ? nameOf(subjectOf(account) ?? '') : labelOf(account)}</bdi>
                </Anchor>
              </Table.Td>
              {totals.map(({ unit }) => {
                const balance = cell(account, unit);
                return (
                  <Table.Td key={unit} ta="end">
                    {balance === undefined ? (
                      <Text span inherit c="dimmed" aria-label={t('column.nothing')}>
                        –
                      </Text>
                    ) : (
                      <Money amount={balance.amount} unit={unit} />
                    )}
                  </Table.Td>
                );
              })}
              <Table.Td>
                <Group gap={4} wrap="nowrap" justify="flex-end">
                  <FinalityIcon sealed={sealed?.get(account)} />
                  <AccountWhy account={account} label={labelOf(account)} sealed={sealed?.get(account)} />
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th scope="row">{t('column.total')}</Table.Th>
            {totals.map(({ unit, amount }) => (
              <Table.Td key={unit} ta="end" fw={600}>
                <Money amount={amount} unit={unit} />
              </Table.Td>
            ))}
            <Table.Td />
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </section>
  );
}
