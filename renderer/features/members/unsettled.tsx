import { Anchor, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Unsettled } from '../../../shared/network/membership/model';
import { useNetwork } from '../../app/network';
import { ClauseLink, DetachedText, Money } from '../../ui';

/** What the agreement asks of who leaves and was not kept, each with the sum, and the clause. */
export function UnsettledList({ of: { pledges, debts, dues, notice, clause } }: { readonly of: Unsettled }) {
  const { t } = useTranslation('members');
  const { state } = useNetwork();
  return (
    <Stack gap="xs">
      <List size="sm">
        {pledges.map((id) => {
          const pledge = state.pledges.get(id);
          if (pledge === undefined) return null;
          return (
            <List.Item key={id}>
              {t('unsettled.pledge')}{' '}
              <Anchor component={Link} href={`/resources/${pledge.resource}`} inherit underline="always">
                <DetachedText of={state.resources.get(pledge.resource)?.name} />
              </Anchor>
              : <Money amount={pledge.amount - pledge.paid} unit={pledge.unit} />
            </List.Item>
          );
        })}
        {debts.map(({ unit, amount }) => (
          <List.Item key={unit}>
            {t('unsettled.debt')} <Money amount={amount} unit={unit} />
          </List.Item>
        ))}
        {dues.map(({ unit, amount }) => (
          <List.Item key={unit}>
            {t('unsettled.dues')} <Money amount={amount} unit={unit} />
          </List.Item>
        ))}
        {notice !== undefined && <List.Item>{t('unsettled.notice', { count: notice })}</List.Item>}
      </List>
      <Text size="sm" c="dimmed" component="div">
        <ClauseLink clause={clause} />
      </Text>
    </Stack>
  );
}
