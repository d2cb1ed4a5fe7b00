import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextRef } from '../../record/text';
import { finish } from '../../steps';
import type { Member } from '../membership/model';
import { draftEntry } from './drafts';
import type { Allowance, Balance, Entry } from './model';
import {
  balanceGroups,
  breaches,
  capitalAccounts,
  filterEntries,
  newestFirst,
  openAllowances,
  statement,
  trialBalance,
} from './queries';

const text = 'f'.repeat(64) as TextRef;
const ann = 'a'.repeat(64);
const bob = 'b'.repeat(64);
const entry = (id: string, fields: Partial<Entry> = {}): Entry => ({
  id,
  kind: 'contribution',
  date: '2026-01-01',
  memo: text,
  postings: draftEntry({ what: 'money', member: ann, into: 'bank', unit: 'EUR', amount: 100 }).postings,
  by: ann,
  authorisation: { status: 'not-needed' },
  time: 1,
  why: { events: [id] },
  ...fields,
});
const table = <T extends { readonly id: string }>(...rows: readonly T[]) => new Map(rows.map((row) => [row.id, row]));
/** Folds entries into balances, as simply as can be. */
function balancesOf(entries: readonly Entry[]): Map<string, Balance> {
  const balances = new Map<string, Balance>();
  for (const { postings } of entries)
    for (const { account, unit, amount } of postings) {
      const key = `${account}|${unit}`;
      const old = balances.get(key) ?? { account, unit, amount: 0, entries: 0 };
      balances.set(key, { ...old, amount: old.amount + amount, entries: old.entries + 1 });
    }
  return balances;
}
const member = (id: string, number: number, status: Member['status'] = 'active'): Member => ({
  id,
  name: text,
  type: 'resident',
  status,
  devices: [],
  number,
  since: id,
  time: 0,
  why: { events: [] },
});
const expense = draftEntry({ what: 'expense', category: 'food', from: { member: bob }, unit: 'EUR', amount: 30 });

describe('entries by date', () => {
  it('are newest first by date, then time, then id, in any order of arrival', () => {
    const rows = [
      entry('1', { date: '2026-01-02' }),
      entry('2', { date: '2026-01-01', time: 9 }),
      entry('4', { date: '2026-01-01', time: 2 }),
      entry('3', { date: '2026-01-01', time: 2 }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: 4 }), (shuffled) => {
        expect([...shuffled].sort(newestFirst).map(({ id }) => id)).toEqual(['1', '2', '4', '3']);
      }),
    );
  });

  it('are filtered by every condition together', () => {
    const rows = [
      entry('1'),
      entry('2', { ...expense, date: '2026-02-01' }),
      entry('3', { date: '2026-03-01', by: bob }),
    ];
    const ids = (filter: Parameters<typeof filterEntries>[1]) => filterEntries(rows, filter).map(({ id }) => id);
    expect(ids({})).toEqual(['1', '2', '3']);
    expect(ids({ kind: 'expense' })).toEqual(['2']);
    expect(ids({ account: 'bank' })).toEqual(['1', '3']);
    expect(ids({ member: bob })).toEqual(['2', '3']);
    expect(ids({ from: '2026-01-01', until: '2026-02-01' })).toEqual(['1', '2']);
    expect(ids({ account: 'bank', member: bob })).toEqual(['3']);
  });
});

describe('the statement of an account', () => {
  it('ends with the balance of the account, in its own sense', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 30 }), (amounts) => {
        const rows = amounts.map((amount, index) =>
          entry(String(index), {
            date: `2026-01-${String((index % 28) + 1).padStart(2, '0')}`,
            postings: draftEntry({ what: 'money', member: ann, into: 'bank', unit: 'EUR', amount }).postings,
          }),
        );
        const sum = amounts.reduce((all, amount) => all + amount, 0);
        const lines = finish(statement(rows.sort(newestFirst), `member:${ann}`));
        expect(lines).toHaveLength(amounts.length);
        expect(lines[0]!.balance).toBe(sum);
        expect(lines.at(-1)!.balance).toBe(lines.at(-1)!.amount);
      }),
    );
  });
});

describe('balances', () => {
  const rows = [
    entry('1'),
    entry('2', expense),
    entry('3', draftEntry({ what: 'hours', member: ann, amount: 250 })),
    entry('4', draftEntry({ what: 'income', category: 'rent', into: 'cash', unit: 'EUR', amount: 40 })),
  ];
  const balances = balancesOf(rows);

  it('sum to zero in each unit', () => {
    expect(trialBalance(balances)).toEqual([
      { unit: 'EUR', debit: 170, credit: 170, difference: 0 },
      { unit: 'hour', debit: 250, credit: 250, difference: 0 },
    ]);
  });

  it('are grouped in the sense in which people read them', () => {
    const groups = balanceGroups(balances);
    expect(groups.map(({ group, totals }) => [group, totals])).toEqual([
      [
        'assets',
        [
          { unit: 'EUR', amount: 140 },
          { unit: 'hour', amount: 250 },
        ],
      ],
      [
        'capital',
        [
          { unit: 'EUR', amount: 100 },
          { unit: 'hour', amount: 250 },
        ],
      ],
      ['owed', [{ unit: 'EUR', amount: 30 }]],
      ['income', [{ unit: 'EUR', amount: 40 }]],
      ['expenses', [{ unit: 'EUR', amount: 30 }]],
    ]);
  });

  it('give every active member a capital account, positive when they put in', () => {
    const members = table(member(bob, 2), member(ann, 1), member('c'.repeat(64), 3, 'applicant'));
    expect(capitalAccounts({ members, balances })).toEqual([
      {
        member: ann,
        units: [
          { unit: 'EUR', amount: 100 },
          { unit: 'hour', amount: 250 },
        ],
      },
      { member: bob, units: [] },
    ]);
  });

  it('keep the capital account of a member who left', () => {
    const members = table(member(ann, 1, 'left'));
    expect(capitalAccounts({ members, balances }).map((account) => account.member)).toEqual([ann]);
  });
});

describe('what needs attention', () => {
  it('lists open allowances by what remains', () => {
    const allowance = (id: string, amount: number, spent: number): Allowance => ({
      id,
      unit: 'EUR',
      amount,
      spent,
      entries: [],
      why: { events: [] },
    });
    const open = openAllowances(
      table(allowance('1', 10, 10), allowance('2', 10, 4), allowance('3', 10, 1), allowance('4', 5, 6)),
    );
    expect(open.map(({ allowance: { id }, remaining }) => [id, remaining])).toEqual([
      ['3', 9],
      ['2', 6],
    ]);
  });

  it('lists breaches and contested payments that were not undone', () => {
    const rows = table(
      entry('1', { authorisation: { status: 'breach' } }),
      entry('2', { authorisation: { status: 'contested' }, date: '2026-01-02' }),
      entry('3', { authorisation: { status: 'breach' }, reversedBy: '4' }),
      entry('5', { authorisation: { status: 'free' } }),
    );
    expect(breaches(rows).map(({ id }) => id)).toEqual(['2', '1']);
  });
});
