import { describe, expect, it } from 'vitest';
import type { Posting } from '../ledger/model';
import { openingEntries } from './opening';

describe('opening entries', () => {
  it('have all balances, each in its account, in entries of bounded size that balance', () => {
    const balances: Posting[] = Array.from({ length: 100 }, (_, index) => ({
      account: `expense:kind-${String.fromCharCode(97 + (index % 26))}-${String.fromCharCode(97 + Math.floor(index / 26))}`,
      unit: index % 3 === 0 ? 'hour' : 'EUR',
      amount: index + 1,
    }));
    for (const unit of ['EUR', 'hour']) {
      const sum = balances.reduce((all, one) => all + (one.unit === unit ? one.amount : 0), 0);
      balances.push({ account: 'bank', unit, amount: -sum });
    }
    balances.push({ account: 'cash', unit: 'GBP', amount: 3_500_000_000_000 });
    balances.push({ account: 'in-kind', unit: 'GBP', amount: -3_500_000_000_000 });
    const entries = openingEntries(balances);
    const totals = new Map<string, number>();
    for (const entry of entries) {
      expect(entry.length).toBeGreaterThanOrEqual(2);
      expect(entry.length).toBeLessThanOrEqual(40);
      expect(new Set(entry.map(({ account, unit }) => `${account}|${unit}`)).size).toBe(entry.length);
      const sums = new Map<string, number>();
      for (const { account, unit, amount } of entry) {
        sums.set(unit, (sums.get(unit) ?? 0) + amount);
        totals.set(`${account}|${unit}`, (totals.get(`${account}|${unit}`) ?? 0) + amount);
      }
      expect([...sums.values()].every((sum) => sum === 0)).toBe(true);
    }
    expect(entries.length).toBeGreaterThan(2);
    for (const { account, unit, amount } of balances) expect(totals.get(`${account}|${unit}`)).toBe(amount);
    for (const unit of ['EUR', 'hour', 'GBP']) expect(totals.get(`income:carried-over|${unit}`) ?? 0).toBe(0);
    expect(openingEntries([])).toEqual([]);
  });
});
