import { Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type Dues, type DuesPart, duesOf, whyNothingDue } from '../../../shared/network/dues/dues';
import { hasRight } from '../../../shared/network/membership/queries';
import { formatMoney } from '../../../shared/words/money';
import { useMe, useNetwork } from '../../app/network';
import { ClauseLink } from '../clause-link';
import { formatDay } from '../dates';
import { useLocale } from '../locale';
import { WhyButton } from '../why-button';
import { WithRight } from '../why-not';
import { payingIn } from './paying';
import { usePayDues } from './use-pay-dues';

/** What a member owes by the agreement and has paid, with what it is made of; or why nothing is due. */
export function DuesOfMember({ member }: { readonly member: string }) {
  const { t } = useTranslation('dues');
  const { state } = useNetwork();
  const dues = useMemo(() => duesOf({ ...state, entries: payingIn(state.entries) }, member), [state, member]);
  return (
    <section aria-labelledby="dues">
      <Title order={2} id="dues" mb="xs">
        {t('title')}
      </Title>
      {dues.length === 0 && <Text c="dimmed">{t(`nothing.${whyNothingDue(state, member)}`)}</Text>}
      <Stack gap="md">
        {dues.map((one) => (
          <InUnit key={one.unit} dues={one} member={member} />
        ))}
      </Stack>
    </section>
  );
}

function InUnit({ dues, member }: { readonly dues: Dues; readonly member: string }) {
  const { t } = useTranslation('dues');
  const locale = useLocale();
  const money = (amount: number): string => formatMoney(amount, dues.unit, locale);
  const [since, due, paid] = [formatDay(dues.since, locale), money(dues.due), money(dues.paid)];
  return (
    <div>
      <Group gap={4}>
        <Text fw={600}>
          {dues.openSince !== undefined
            ? t('open', { open: money(dues.open), since: formatDay(dues.openSince, locale) })
            : dues.ahead > 0
              ? t('ahead', { ahead: money(dues.ahead) })
              : t('settled')}
        </Text>
        <WhyButton why={dues.why} label={t('why')} />
      </Group>
      <Text>{t('sum', { since, due, paid })}</Text>
      <List size="sm" my="xs">
        {dues.parts.map((part, index) => (
          // Two parts can be the same in all that is shown.
          <List.Item key={`${index} of ${dues.parts.length}`}>
            <Part part={part} unit={dues.unit} />
          </List.Item>
        ))}
      </List>
      {dues.open > 0 && <Pay dues={dues} member={member} />}
    </div>
  );
}

function Part({ part, unit }: { readonly part: DuesPart; readonly unit: string }) {
  const { t } = useTranslation('dues');
  const locale = useLocale();
  const { every, periods, from, last, clause } = part;
  const amount = formatMoney(part.amount, unit, locale);
  return (
    <>
      <span>
        {t(`part.${every}`, {
          amount,
          count: periods,
          from: formatDay(from, locale),
          last: formatDay(last, locale),
        })}
      </span>
      <ClauseLink clause={clause} />
    </>
  );
}

/** Whoever keeps the books may record any payment; of the others only who owes this one would look for it. */
function Pay({ dues, member }: { readonly dues: Dues; readonly member: string }) {
  const { t } = useTranslation('dues');
  const { state } = useNetwork();
  const me = useMe()?.member;
  const href = usePayDues()(member, dues);
  if (href === undefined || me === undefined || (!hasRight(state, me, 'post') && member !== me)) return null;
  return (
    <WithRight right="post" what={t('pay')}>
      <Button component={Link} href={href} size="compact-sm" variant="default">
        {t('pay')}
      </Button>
    </WithRight>
  );
}
