import { Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Parameters } from '../../../../shared/network/agreement/model';
import type { Part } from '../../../../shared/network/distribution/parts';
import { MemberName, Money } from '../../../ui';

/** Who would get what, and by what: what each has of it stands beside their part. */
export function PartsTable(props: {
  readonly parts: readonly Part[];
  readonly amount: number;
  readonly unit: string;
  readonly basis: Parameters<'distribution'>['basis'];
}) {
  const { t } = useTranslation('distribution');
  const { parts, amount, unit, basis } = props;
  if (parts.length === 0) return <Text c="dimmed">{t(`nobody.${basis}`)}</Text>;
  const kept = parts.reduce((left, part) => left - part.amount, amount);
  return (
    <Stack gap="xs">
      <Text size="sm">{t(`basis.${basis}`)}</Text>
      <Table maw="32rem">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('column.member')}</Table.Th>
            {basis !== 'equal' && <Table.Th ta="end">{t(`column.${basis}`)}</Table.Th>}
            <Table.Th ta="end">{t('column.part')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {parts.map((part) => (
            <Table.Tr key={part.member}>
              <Table.Td>
                <MemberName id={part.member} link />
              </Table.Td>
              {basis !== 'equal' && (
                <Table.Td ta="end">
                  {basis === 'capital' ? <Money amount={part.weight} unit={unit} /> : part.weight}
                </Table.Td>
              )}
              <Table.Td ta="end">
                <Money amount={part.amount} unit={unit} fw={600} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="sm">
        {t('kept')} <Money amount={kept} unit={unit} />
      </Text>
    </Stack>
  );
}
