import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { GivenPart } from '../../../../shared/network/distribution/queries';
import { MemberName, Money, WhyButton } from '../../../ui';

/** The parts that a distribution gave, and what of each is still to be paid. */
export function GivenTable({ parts }: { readonly parts: readonly GivenPart[] }) {
  const { t } = useTranslation('distribution');
  return (
    <Table maw="40rem">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('column.member')}</Table.Th>
          <Table.Th ta="end">{t('column.part')}</Table.Th>
          <Table.Th ta="end">{t('column.open')}</Table.Th>
          <Table.Th>{t('column.why')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {parts.map(({ part, open }) => (
          <Table.Tr key={part.id}>
            <Table.Td>
              <MemberName id={part.member} link />
            </Table.Td>
            <Table.Td ta="end">
              <Money amount={part.amount} unit={part.unit} fw={600} />
            </Table.Td>
            <Table.Td ta="end">{open === 0 ? t('paid') : <Money amount={open} unit={part.unit} />}</Table.Td>
            <Table.Td>
              <WhyButton why={part.why} label={t('why')} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
