import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Dues } from '../../../shared/network/dues/dues';
import { NETWORK_KEY } from '../../../shared/network/state';
import { formatAmount } from '../../../shared/words/money';
import { useNetwork } from '../../app/network';
import { useLocale } from '../locale';

/** Gives the ledger's form, filled in with what is open; undefined for a unit in which that form records nothing. */
export function usePayDues(): (member: string, open: Pick<Dues, 'unit' | 'open'>) => string | undefined {
  const { t } = useTranslation('dues');
  const locale = useLocale();
  const own = useNetwork().state.network.get(NETWORK_KEY)?.unit;
  return useCallback(
    (member, { unit, open }) => {
      if (unit !== 'hour' && unit !== own) return undefined;
      const what = unit === 'hour' ? 'hours' : 'money';
      const amount = formatAmount(open, unit, locale);
      return `/ledger/new?${new URLSearchParams({ what, member, amount, memo: t('memo') })}`;
    },
    [t, locale, own],
  );
}
