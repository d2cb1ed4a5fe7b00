import { describe, expect, it } from 'vitest';
import type { Allowance } from './model';
import { drawnOn, paymentsOf } from './payments';

const posting = (account: string, amount: number, unit = 'EUR') => ({ account, amount, unit });

describe('what an entry takes out of the network’s money', () => {
  it('is what leaves bank and cash, and what it comes to owe a member', () => {
    expect(paymentsOf([posting('bank', -5), posting('expense:food', 5)])).toEqual([{ unit: 'EUR', amount: 5 }]);
    expect(paymentsOf([posting('cash', -7), posting('expense:food', 7)])).toEqual([{ unit: 'EUR', amount: 7 }]);
    expect(paymentsOf([posting('owed:ana', -9), posting('expense:food', 9)])).toEqual([{ unit: 'EUR', amount: 9 }]);
    expect(paymentsOf([posting('member:ana', -9), posting('expense:food', 9)])).toEqual([]);
  });

  it('is nothing where money comes in, only moves, or pays back what is owed', () => {
    expect(paymentsOf([posting('bank', 5), posting('member:ana', -5)])).toEqual([]);
    expect(paymentsOf([posting('bank', -5), posting('cash', 5)])).toEqual([]);
    expect(paymentsOf([posting('bank', -5), posting('owed:ana', 5)])).toEqual([]);
  });

  it('is summed by unit', () => {
    const mixed = [posting('bank', -5), posting('cash', -1), posting('bank', -3, 'USD'), posting('cash', 4, 'GBP')];
    expect(paymentsOf(mixed)).toEqual([
      { unit: 'EUR', amount: 6 },
      { unit: 'USD', amount: 3 },
    ]);
  });
});

describe('an allowance', () => {
  const allowance = (resource?: string) =>
    ({ id: 'a', unit: 'EUR', amount: 10, ...(resource === undefined ? {} : { resource }) }) as Allowance;
  const pays = (...units: string[]) => units.map((unit) => ({ unit, amount: 1 }));
  /** Whether a payment that cites `a` for this draws on it. */
  const fits = (row: Allowance, resource: string | undefined, payments: ReturnType<typeof pays>): boolean => {
    const citing = { allowance: 'a', postings: [], ...(resource === undefined ? {} : { resource }) };
    return drawnOn(citing, payments, (id) => (id === 'a' ? row : undefined)) === row;
  };

  it('is for its own unit, and for a purchase, for that very resource', () => {
    expect(fits(allowance(), undefined, pays('EUR'))).toBe(true);
    expect(fits(allowance(), 'house', pays('EUR'))).toBe(true);
    expect(fits(allowance('house'), 'house', pays('EUR'))).toBe(true);
    expect(fits(allowance('house'), 'boat', pays('EUR'))).toBe(false);
    expect(fits(allowance('house'), undefined, pays('EUR'))).toBe(false);
    expect(fits(allowance(), undefined, pays('USD'))).toBe(false);
    expect(fits(allowance(), undefined, pays('EUR', 'USD'))).toBe(false);
  });

  it('that is a member’s part is for what goes to that member’s capital account, and to nothing else', () => {
    const part = { id: 'a|ana', unit: 'EUR', amount: 10, member: 'ana' } as Allowance;
    const drawn = (...postings: ReturnType<typeof posting>[]) =>
      drawnOn({ allowance: 'a', postings }, pays('EUR'), (id) => (id === part.id ? part : undefined));
    expect(drawn(posting('bank', -5), posting('member:ana', 5))).toBe(part);
    expect(drawn(posting('bank', -5), posting('cash', -1), posting('member:ana', 6))).toBe(part);
    expect(drawn(posting('owed:ben', -5), posting('member:ana', 5))).toBe(part);
    expect(drawn(posting('bank', -5), posting('member:ben', 5))).toBeUndefined();
    expect(drawn(posting('bank', -5), posting('expense:food', 5))).toBeUndefined();
    expect(drawn(posting('bank', -5), posting('member:ana', 3), posting('member:ben', 2))).toBeUndefined();
    expect(drawnOn({ postings: [] }, pays('EUR'), () => part)).toBeUndefined();
  });
});
