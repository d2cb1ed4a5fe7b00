import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EntryDraft } from '../../../shared/network/ledger/drafts';
import { paymentsOf } from '../../../shared/network/ledger/payments';
import type { WouldBe } from '../../../shared/network/ledger/would-be';
import { ClauseLink, formatMoney, useLocale } from '../../ui';

interface Props {
  readonly draft: EntryDraft;
  readonly forecast: WouldBe;
}

/** Says before a payment is signed whether anything authorises it, and by which clause. */
export function Forecast({ draft, forecast: { authorisation, remaining, free } }: Props) {
  const { t } = useTranslation('ledger');
  const locale = useLocale();
  const payment = paymentsOf(draft.postings)[0];
  if (payment === undefined || authorisation.status === 'not-needed') return null;
  const money = (amount: number): string => formatMoney(amount, payment.unit, locale);
  const breaks = authorisation.status === 'breach';
  const text = (): string => {
    if (authorisation.status === 'covered')
      return t('forecast.covered', { left: money((remaining ?? 0) - payment.amount) });
    if (authorisation.status === 'free') return t('forecast.free', { limit: money(free ?? 0) });
    if (authorisation.allowance !== undefined) return t('forecast.beyond', { left: money(remaining ?? 0) });
    return free === null ? t('forecast.none') : t('forecast.overLimit', { limit: money(free) });
  };
  return (
    <Alert
      role="status"
      color={breaks ? 'orange' : 'green'}
      variant="light"
      icon={breaks ? <IconAlertTriangle size={18} /> : <IconCircleCheck size={18} />}
      title={t(`forecast.title.${authorisation.status}`)}
    >
      <Text size="sm" component="div">
        {text()}
        {authorisation.clause !== undefined && <ClauseLink clause={authorisation.clause} />}
      </Text>
    </Alert>
  );
}
