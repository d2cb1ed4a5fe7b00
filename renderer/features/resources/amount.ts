import { MAX_AMOUNT } from '../../../shared/network/agreement/model';
import { parseMoney } from '../../ui';

/** What a person typed as an amount that an event can hold: minor units from 1, or null. */
export function amountOf(typed: string, unit: string, locale: string): number | null {
  const amount = parseMoney(typed, unit, locale);
  return amount === null || amount < 1 || amount > MAX_AMOUNT ? null : amount;
}
