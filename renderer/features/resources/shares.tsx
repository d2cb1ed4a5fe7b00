import { Group, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../../shared/network/resources/model';
import { holdingsOf } from '../../../shared/network/resources/queries';
import { Finality, MemberName, WhyButton, useLocale } from '../../ui';

/** Who holds how many shares of a held resource. */
export function Shares({ resource }: { readonly resource: Resource }) {
  const { t } = useTranslation('resources');
  const locale = useLocale();
  const { total, holdings } = holdingsOf(resource);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
  const whole = new Intl.NumberFormat(locale);
  return (
    <section aria-labelledby="shares">
      <Group gap="xs" align="center">
        <Title order={2} id="shares">
          {t('shares.title')}
        </Title>
        <Finality why={resource.why} />
        <WhyButton why={resource.why} label={t('shares.title')} />
      </Group>
      <Text c="dimmed" size="sm" mb="xs" maw="var(--peerhold-measure)">
        {t('shares.text')}
      </Text>
      {holdings.length === 0 ? (
        <Text>{t('shares.none')}</Text>
      ) : (
        <Table verticalSpacing={6} maw="42rem" aria-labelledby="shares">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('shares.member')}</Table.Th>
              <Table.Th ta="end">{t('shares.shares')}</Table.Th>
              <Table.Th ta="end">{t('shares.percent')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {holdings.map(({ member, shares, basisPoints }) => (
              <Table.Tr key={member}>
                <Table.Td>
                  <MemberName id={member} link />
                </Table.Td>
                <Table.Td ta="end">{whole.format(shares)}</Table.Td>
                <Table.Td ta="end">{percent.format(basisPoints / 10_000)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th scope="row">{t('shares.all')}</Table.Th>
              <Table.Td ta="end" fw={600}>
                {whole.format(total)}
              </Table.Td>
              <Table.Td />
            </Table.Tr>
          </Table.Tfoot>
        </Table>
      )}
    </section>
  );
}
