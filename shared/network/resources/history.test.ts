import { describe, expect, it } from 'vitest';
import type { TextRef } from '../../record/text';
import type { Proposal } from '../decisions/model';
import type { Entry } from '../ledger/model';
import { emptyState } from '../state';
import { historyOf } from './history';
import type { Pledge, Resource } from './model';

const text = 'f'.repeat(64) as TextRef;
const id = (digit: string) => digit.repeat(64);
const why = { events: [] };
const house: Resource = {
  id: id('a'),
  name: text,
  about: text,
  kind: 'house',
  amount: 900,
  unit: 'EUR',
  by: 'ann',
  status: 'held',
  purchase: id('d'),
  shares: [],
  time: 1,
  why,
};
const pledge: Pledge = {
  id: id('b'),
  resource: house.id,
  member: 'bob',
  amount: 300,
  unit: 'EUR',
  together: 0,
  paid: 0,
  status: 'due',
  time: 2,
  why,
};
const proposal = {
  id: id('c'),
  by: 'bob',
  title: text,
  effect: { kind: 'buy', resource: house.id, amount: 900, unit: 'EUR' },
  time: 3,
} as Proposal;
const entry = (of: string, account: string, time: number): Entry => ({
  id: of,
  kind: 'purchase',
  date: '2026-01-01',
  memo: text,
  postings: [
    { account, unit: 'EUR', amount: 900 },
    { account: 'bank', unit: 'EUR', amount: -900 },
  ],
  by: 'cas',
  authorisation: { status: 'covered' },
  time,
  why,
});

describe('the history of a resource', () => {
  it('lists its search, pledges, proposals and entries, newest first, and nothing of others', () => {
    const state = emptyState();
    state.pledges.set(pledge.id, pledge);
    state.pledges.set('other', { ...pledge, id: id('9'), resource: id('8') });
    state.proposals.set(proposal.id, proposal);
    state.entries.set(id('d'), entry(id('d'), `resource:${house.id}`, 4));
    state.entries.set(id('e'), entry(id('e'), `resource:${house.id}`, 5));
    state.entries.set(id('7'), entry(id('7'), 'expense:food', 6));
    expect(historyOf(state, house).map(({ kind, by, amount }) => [kind, by, amount])).toEqual([
      ['booked', 'cas', 900],
      ['bought', 'cas', 900],
      ['proposed', 'bob', undefined],
      ['pledged', 'bob', 300],
      ['sought', 'ann', 900],
    ]);
  });
});
