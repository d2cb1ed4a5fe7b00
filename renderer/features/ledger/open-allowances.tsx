import { Anchor, Progress, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { decisionOf } from '../../../shared/network/ledger/payments';
import { openAllowances } from '../../../shared/network/ledger/queries';
import { useNetwork } from '../../app/network';
import { DetachedText, MemberName, Money, WhyButton } from '../../ui';
import classes from './ledger.module.css';

/** What members decided to spend and have not spent yet. */
export function OpenAllowances() {
  const { t } = useTranslation('ledger');
  const { allowances, proposals } = useNetwork().state;
  const open = useMemo(() => openAllowances(allowances), [allowances]);
  if (open.length === 0) return null;
  return (
    <section aria-labelledby="allowances">
      <Title order={2} id="allowances">
        {t('allowances.title')}
      </Title>
      <Text c="dimmed" size="sm" mb="sm" maw="var(--peerhold-measure)">
        {t('allowances.text')}
      </Text>
      <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {open.map(({ allowance, remaining }) => (
          <li key={allowance.id}>
            <div className={classes['allowance']}>
              <Anchor component={Link} href={`/decisions/${decisionOf(allowance.id)}`}>
                <DetachedText of={proposals.get(decisionOf(allowance.id))?.title} fallback={t('allowances.nameless')} />
              </Anchor>
              {allowance.member !== undefined && <MemberName id={allowance.member} link />}
              <Text component="span" size="sm">
                <Money amount={remaining} unit={allowance.unit} fw={600} /> {t('allowances.leftOf')}{' '}
                <Money amount={allowance.amount} unit={allowance.unit} />
              </Text>
              <WhyButton why={allowance.why} label={t('allowances.why')} />
            </div>
            <Progress
              value={(allowance.spent * 100) / allowance.amount}
              size="sm"
              aria-label={t('allowances.spent')}
              mt={4}
              maw="42rem"
            />
          </li>
        ))}
      </Stack>
    </section>
  );
}
