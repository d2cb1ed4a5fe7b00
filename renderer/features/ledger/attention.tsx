import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { turnover } from '../../../shared/network/ledger/accounts';
import { breaches } from '../../../shared/network/ledger/queries';
import { breachesIn } from '../../app/needs';
import { useNetwork } from '../../app/network';
import { ClauseLink, Day, DetachedText, MemberName, Money, WhyButton } from '../../ui';
import { AuthorisationBadge } from './authorisation';
import { entryHref } from './links';

const SHOWN_FIRST = 5;

/** Payments that the agreement did not allow or that are in doubt: what members must talk about comes before the figures. */
export function Attention() {
  const { t } = useTranslation('ledger');
  const { entries } = useNetwork().state;
  const [all, setAll] = useState(false);
  const found = useMemo(() => breaches(breachesIn(entries)), [entries]);
  if (found.length === 0) return null;
  const shown = all ? found.slice(0, 200) : found.slice(0, SHOWN_FIRST);
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<IconAlertTriangle size={20} />}
      title={t('attention.title', { count: found.length })}
    >
      <Stack gap="md" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {shown.map((entry) => (
          <li key={entry.id}>
            <Group gap="xs">
              <Anchor component={Link} href={entryHref(entry.id)} fw={600} style={{ overflowWrap: 'anywhere' }}>
                <DetachedText of={entry.memo} fallback={t(`kind.${entry.kind}`)} />
              </Anchor>
              {turnover(entry.postings).map(({ unit, amount }) => (
                <Money key={unit} amount={amount} unit={unit} />
              ))}
              <AuthorisationBadge status={entry.authorisation.status} />
              <WhyButton why={entry.why} label={t('attention.why')} />
            </Group>
            <Text size="sm" component="div">
              <Day date={entry.date} /> · <MemberName id={entry.by} />
              {entry.authorisation.clause !== undefined && <ClauseLink clause={entry.authorisation.clause} />}
            </Text>
          </li>
        ))}
      </Stack>
      {!all && found.length > SHOWN_FIRST && (
        <Button mt="sm" size="compact-sm" variant="subtle" onClick={() => setAll(true)}>
          {t('attention.all', { count: found.length })}
        </Button>
      )}
    </Alert>
  );
}
