import { Anchor, Table, Text, Title, VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { allDues, whyNothingDue } from '../../../shared/network/dues/dues';
import { useNetwork } from '../../app/network';
import { Day, Money, WhyButton } from '../../ui';
import { payingIn } from '../../ui/dues';
import { useNameOf } from './labels';
import classes from './ledger.module.css';

/** What each member owes by the agreement, and has paid. Nothing where the agreement asks for nothing and nothing was due. */
export function DuesOfAll() {
  const { t } = useTranslation('dues');
  const { state } = useNetwork();
  const nameOf = useNameOf();
  const all = useMemo(() => allDues({ ...state, entries: payingIn(state.entries) }), [state]);
  const nothing = whyNothingDue(state);
  if (all.length === 0 && nothing === 'not-asked') return null;
  return (
    <section aria-labelledby="dues">
      <Title order={2} id="dues">
        {t('title')}
      </Title>
      <Text c="dimmed" size="sm" mb="xs" maw="var(--peerhold-measure)">
        {t(all.length === 0 ? `nothing.${nothing}` : 'text')}
      </Text>
      {all.length > 0 && (
        <Table verticalSpacing={6} className={classes['figures'] ?? ''} aria-labelledby="dues">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('column.member')}</Table.Th>
              <Table.Th ta="end">{t('column.due')}</Table.Th>
              <Table.Th ta="end">{t('column.since')}</Table.Th>
              <Table.Th ta="end">{t('column.paid')}</Table.Th>
              <Table.Th ta="end">{t('column.open')}</Table.Th>
              <Table.Th w={48}>
                <VisuallyHidden>{t('column.why')}</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {all.flatMap(({ member, dues }) =>
              dues.map(({ unit, due, since, paid, open, why }) => (
                <Table.Tr key={`${member} ${unit}`}>
                  <Table.Td>
                    <Anchor component={Link} href={`/members/${member}`} inherit>
                      <bdi>{nameOf(member)}</bdi>
                    </Anchor>
                  </Table.Td>
                  <Table.Td ta="end">
                    <Money amount={due} unit={unit} />
                  </Table.Td>
                  <Table.Td ta="end">
                    <Day date={since} />
                  </Table.Td>
                  <Table.Td ta="end">
                    <Money amount={paid} unit={unit} />
                  </Table.Td>
                  <Table.Td ta="end" fw={open > 0 ? 600 : undefined}>
                    <Money amount={open} unit={unit} />
                  </Table.Td>
                  <Table.Td>
                    <WhyButton why={why} label={t('whyOf', { name: nameOf(member) })} />
                  </Table.Td>
                </Table.Tr>
              )),
            )}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}
