import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_AMOUNT } from '../agreement/model';
import { type Transaction, checkEntry, draftEntry, draftReversal } from './drafts';
import { type Posting, ledgerEvents } from './model';

const hex = (digits: string) => digits.repeat(64 / digits.length);
const ids = fc.integer({ min: 0, max: 0xffff }).map((n) => hex(n.toString(16).padStart(4, '0')));
const category = fc.constantFrom('repairs', 'food', 'insurance');
const money = fc.constantFrom('bank' as const, 'cash' as const);
const sum = { unit: fc.constantFrom('EUR', 'CHF'), amount: fc.integer({ min: 1, max: MAX_AMOUNT }) };
const allowance = ids;

const transactions: fc.Arbitrary<Transaction> = fc.oneof(
  fc.record({ what: fc.constant('money' as const), member: ids, into: money, ...sum }),
  fc.record({ what: fc.constant('hours' as const), member: ids, amount: sum.amount }),
  fc.record({ what: fc.constant('in-kind' as const), member: ids, ...sum }),
  fc.record(
    {
      what: fc.constant('expense' as const),
      category,
      from: fc.oneof(money, fc.record({ member: ids })),
      allowance,
      ...sum,
    },
    { requiredKeys: ['what', 'category', 'from', 'unit', 'amount'] },
  ),
  fc.record({ what: fc.constant('income' as const), category, into: money, ...sum }),
  fc.record({
    what: fc.constant('transfer' as const),
    from: fc.oneof(
      money,
      ids.map((member) => `member:${member}`),
    ),
    to: ids.map((member) => `owed:${member}`),
    ...sum,
  }),
  fc.record(
    { what: fc.constant('purchase' as const), resource: ids, from: money, allowance, ...sum },
    { requiredKeys: ['what', 'resource', 'from', 'unit', 'amount'] },
  ),
);

describe('drafts of entries', () => {
  it('always balance and have the shape of the event', () => {
    fc.assert(
      fc.property(transactions, (transaction) => {
        const draft = draftEntry(transaction);
        expect(checkEntry(draft.postings)).toBeNull();
        const payload = { ...draft, date: '2026-02-28', memo: hex('a') };
        expect(ledgerEvents['entry.post'](payload)).toBe(true);
      }),
    );
  });

  it('are cancelled exactly by their reversal', () => {
    fc.assert(
      fc.property(transactions, ids, (transaction, id) => {
        const draft = draftEntry(transaction);
        const reversal = draftReversal({ id, postings: draft.postings });
        expect(checkEntry(reversal.postings)).toBeNull();
        expect(reversal.reverses).toBe(id);
        const left = new Map<string, number>();
        for (const { account, unit, amount } of [...draft.postings, ...reversal.postings])
          left.set(`${account}|${unit}`, (left.get(`${account}|${unit}`) ?? 0) + amount);
        expect([...left.values()].every((amount) => amount === 0)).toBe(true);
      }),
    );
  });

  it('debit what the network gets and credit who gave it', () => {
    const member = hex('1');
    expect(draftEntry({ what: 'money', member, into: 'bank', unit: 'EUR', amount: 100 }).postings).toEqual([
      { account: 'bank', unit: 'EUR', amount: 100 },
      { account: `member:${member}`, unit: 'EUR', amount: -100 },
    ]);
    expect(draftEntry({ what: 'hours', member, amount: 150 }).postings).toEqual([
      { account: 'work', unit: 'hour', amount: 150 },
      { account: `member:${member}`, unit: 'hour', amount: -150 },
    ]);
    expect(draftEntry({ what: 'in-kind', member, unit: 'EUR', amount: 5 }).postings[0]?.account).toBe('in-kind');
  });

  it('owe a member what the member paid out of pocket', () => {
    const member = hex('2');
    const draft = draftEntry({ what: 'expense', category: 'repairs', from: { member }, unit: 'EUR', amount: 7 });
    expect(draft.postings).toEqual([
      { account: 'expense:repairs', unit: 'EUR', amount: 7 },
      { account: `owed:${member}`, unit: 'EUR', amount: -7 },
    ]);
  });

  it('name the resource and the allowance of a purchase', () => {
    const draft = draftEntry({
      what: 'purchase',
      resource: hex('3'),
      from: 'bank',
      allowance: hex('4'),
      unit: 'EUR',
      amount: 9,
    });
    expect(draft).toMatchObject({ kind: 'purchase', resource: hex('3'), allowance: hex('4') });
    expect(draft.postings[0]).toEqual({ account: `resource:${hex('3')}`, unit: 'EUR', amount: 9 });
  });

  it.each([0, -1, 0.5, Number.NaN, MAX_AMOUNT + 1])('refuse the amount %s', (amount) => {
    expect(() => draftEntry({ what: 'income', category: 'rent', into: 'bank', unit: 'EUR', amount })).toThrow(
      'entry-amount',
    );
  });

  it('refuse a transfer from an account to itself', () => {
    expect(() => draftEntry({ what: 'transfer', from: 'bank', to: 'bank', unit: 'EUR', amount: 1 })).toThrow(
      'entry-same-account',
    );
  });
});

describe('checkEntry', () => {
  const of = (...postings: readonly (readonly [string, string, number])[]): readonly Posting[] =>
    postings.map(([account, unit, amount]) => ({ account, unit, amount }));

  it('refuses a posting of zero', () => {
    expect(checkEntry(of(['bank', 'EUR', 0], ['cash', 'EUR', 0]))).toBe('posting-zero');
  });
  it('refuses an account twice in one unit, and allows it in two', () => {
    expect(checkEntry(of(['bank', 'EUR', 1], ['bank', 'EUR', -1]))).toBe('posting-twice');
    expect(checkEntry(of(['bank', 'EUR', 1], ['cash', 'EUR', -1], ['bank', 'CHF', 2], ['cash', 'CHF', -2]))).toBeNull();
  });
  it('refuses units that only balance against each other', () => {
    expect(checkEntry(of(['bank', 'EUR', 1], ['cash', 'CHF', -1]))).toBe('entry-unbalanced');
  });
  it('refuses an entry that is off by any amount', () => {
    fc.assert(
      fc.property(transactions, fc.integer({ min: 1, max: 1000 }), (transaction, off) => {
        const [first, ...rest] = draftEntry(transaction).postings;
        expect(checkEntry([{ ...first!, amount: first!.amount + off }, ...rest])).toBe('entry-unbalanced');
      }),
    );
  });
});
