import { describe, expect, it } from 'vitest';
import type { State } from '../state';
import type { Resource } from './model';
import { apportion, sharesOf } from './shares';

/** Members 1, 2, … in the order in which they joined; in each list of `sealed` those whose membership one seal has, the others each in their own. */
const membersOf = (count: number, sealed: readonly number[] = []) =>
  new Map(
    Array.from({ length: count }, (_, index) => index + 1).map((number) => [
      `${number}`,
      { number, sealed: sealed.includes(number) ? Math.min(...sealed) : number },
    ]),
  );
const shares = (total: number, ...weights: number[]): (readonly [string, number])[] =>
  apportion(
    total,
    weights.map((weight, index) => [`${index + 1}`, weight] as const),
    membersOf(weights.length),
  ).map(({ member, shares: own }) => [member, own] as const);

describe('shares', () => {
  it('are proportional, sum exactly, and the rest goes to the largest remainders', () => {
    expect(shares(10, 1, 1)).toEqual([
      ['1', 5],
      ['2', 5],
    ]);
    expect(shares(100, 1, 2, 3)).toEqual([
      ['1', 17],
      ['2', 33],
      ['3', 50],
    ]);
    expect(shares(10, 29, 36, 35)).toEqual([
      ['1', 3],
      ['2', 4],
      ['3', 3],
    ]);
    expect(shares(10, 25, 26, 49)).toEqual([
      ['1', 2],
      ['2', 3],
      ['3', 5],
    ]);
  });

  it('go to whom an earlier seal has where remainders are equal, whatever the order they come in', () => {
    expect(shares(1_000, 1, 1, 1)).toEqual([
      ['1', 334],
      ['2', 333],
      ['3', 333],
    ]);
    expect(shares(5, 1, 1, 1)).toEqual([
      ['1', 2],
      ['2', 2],
      ['3', 1],
    ]);
    const reversed = [
      ['3', 1],
      ['2', 1],
      ['1', 1],
    ] as const;
    expect(apportion(5, reversed, membersOf(3))).toEqual([
      { member: '1', shares: 2 },
      { member: '2', shares: 2 },
      { member: '3', shares: 1 },
    ]);
  });

  it('stay undivided where too few are left for all whose claim is the same', () => {
    const equal = ['1', '2', '3'].map((member) => [member, 1] as const);
    const given = (total: number, sealed: readonly number[]) =>
      apportion(total, equal, membersOf(3, sealed)).map(({ shares: own }) => own);
    expect(given(1_000, [1, 2, 3])).toEqual([333, 333, 333]);
    expect(given(5, [1, 2, 3])).toEqual([1, 1, 1]);
    expect(given(5, [2, 3])).toEqual([2, 1, 1]);
    expect(given(5, [1, 2])).toEqual([2, 2, 1]);
    expect(given(4, [1, 2])).toEqual([1, 1, 1]);
    // What no seal has yet comes after what one has, and together.
    const open = new Map(
      [...membersOf(3)].map(([id, { number, sealed }]) => [id, id === '1' ? { number, sealed } : { number }]),
    );
    expect(apportion(5, equal, open).map(({ shares: own }) => own)).toEqual([2, 1, 1]);
    // A better claim goes first, also where what is left then is too little for the next ones.
    const of = (total: number, ...weights: number[]) =>
      apportion(
        total,
        weights.map((weight, index) => [`${index + 1}`, weight] as const),
        membersOf(3, [1, 2]),
      ).map(({ shares: own }) => own);
    expect(of(10, 3, 3, 1)).toEqual([4, 4, 2]);
    expect(of(4, 2, 2, 1)).toEqual([1, 1, 1]);
  });

  it('leave out who gets none, and are none where nobody has any weight', () => {
    expect(shares(2, 1, 100, 100)).toEqual([
      ['2', 1],
      ['3', 1],
    ]);
    expect(shares(10, 0, 5)).toEqual([['2', 10]]);
    expect(shares(10)).toEqual([]);
    expect(shares(10, 0, 0)).toEqual([]);
  });
});

describe('the basis of shares', () => {
  const rows = <T extends { id: string }>(...all: T[]) => new Map(all.map((row) => [row.id, row]));
  const state = {
    members: rows(
      { id: 'ana', number: 2, sealed: 2, status: 'active' },
      { id: 'ben', number: 1, sealed: 1, status: 'active' },
      { id: 'cleo', number: 3, status: 'active' },
      { id: 'gone', number: 4, status: 'left' },
      { id: 'new', number: 5, status: 'active' },
    ),
    balances: rows(
      { id: 'member:ana|EUR', amount: -300 },
      { id: 'member:ben|EUR', amount: -100 },
      { id: 'member:ben|USD', amount: -900 },
      { id: 'member:ana|GBP', amount: -1 },
      { id: 'member:ben|GBP', amount: -3 },
      { id: 'member:cleo|GBP', amount: 0 },
      { id: 'member:cleo|EUR', amount: 50 },
      { id: 'member:gone|EUR', amount: -600 },
    ),
    pledges: rows(
      { id: '1', resource: 'house', member: 'ana', amount: 5, status: 'due' },
      { id: '2', resource: 'house', member: 'ana', amount: 5, status: 'paid' },
      { id: '3', resource: 'house', member: 'ben', amount: 30, status: 'paid' },
      { id: '4', resource: 'house', member: 'ben', amount: 80, status: 'lapsed' },
      { id: '5', resource: 'boat', member: 'ben', amount: 80, status: 'due' },
    ),
  };
  const by = (basis: 'equal' | 'capital' | 'pledges', shares: number, unit = 'EUR') =>
    sharesOf(state as unknown as State, { id: 'house', unit } as Resource, { basis, shares }).map(
      ({ member, shares: own }) => [member, own],
    );

  it('is one for each active member', () => {
    expect(by('equal', 6)).toEqual([
      ['ben', 2],
      ['ana', 2],
      ['cleo', 1],
      ['new', 1],
    ]);
  });

  it('is the capital that each has put in, in the unit of the resource', () => {
    expect(by('capital', 8)).toEqual([
      ['ben', 2],
      ['ana', 6],
    ]);
    expect(by('capital', 4, 'GBP')).toEqual([
      ['ben', 3],
      ['ana', 1],
    ]);
    expect(by('capital', 4, 'CHF')).toEqual([]);
    // Who owes has no part, and takes none from the others.
    expect(by('capital', 400)).toEqual([
      ['ben', 100],
      ['ana', 300],
    ]);
  });

  it('is what each pledged for it that is due or paid', () => {
    expect(by('pledges', 40_000)).toEqual([
      ['ben', 30_000],
      ['ana', 10_000],
    ]);
  });
});
