import { Table, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { trialBalance } from '../../../shared/network/ledger/queries';
import { useNetwork } from '../../app/network';
import { Money } from '../../ui';
import classes from './ledger.module.css';

/** Shows that the books add up, so that nobody has to take it on trust. */
export function Trial() {
  const { t } = useTranslation('ledger');
  const { balances } = useNetwork().state;
  const trial = useMemo(() => trialBalance(balances), [balances]);
  return (
    <section aria-labelledby="trial">
      <Title order={2} id="trial">
        {t('trial.title')}
      </Title>
      <Text c="dimmed" size="sm" mb="xs" maw="var(--peerhold-measure)">
        {t('trial.text')}
      </Text>
      <Table verticalSpacing={6} className={classes['figures'] ?? ''} aria-labelledby="trial">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('trial.unit')}</Table.Th>
            <Table.Th ta="end">{t('trial.debit')}</Table.Th>
            <Table.Th ta="end">{t('trial.credit')}</Table.Th>
            <Table.Th ta="end">{t('trial.difference')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {trial.map(({ unit, debit, credit, difference }) => (
            <Table.Tr key={unit}>
              <Table.Td>{unit === 'hour' ? t('column.hours') : unit}</Table.Td>
              <Table.Td ta="end">
                <Money amount={debit} unit={unit} />
              </Table.Td>
              <Table.Td ta="end">
                <Money amount={credit} unit={unit} />
              </Table.Td>
              <Table.Td ta="end" fw={600}>
                <Money amount={difference} unit={unit} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
