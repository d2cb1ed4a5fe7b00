import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memberRow } from '../../../test/kit/rows';
import { MAX_AMOUNT, type Parameters } from '../agreement/model';
import type { Balance } from '../ledger/model';
import type { Resource } from '../resources/model';
import { type Part, partsOf } from './parts';

const UNIT = 'EUR';
const HOUSE = 'house';
const someone = fc.record({
  type: fc.constantFrom('resident', 'supporter'),
  status: fc.constantFrom('active' as const, 'active' as const, 'left' as const),
  capital: fc.integer({ min: -50, max: MAX_AMOUNT }),
  shares: fc.oneof(fc.constant(0), fc.nat(1_000_000)),
  /** Height of the seal that has them; 0: none yet. */
  sealed: fc.nat(20),
});
const terms = fc.record({
  class: fc.constant('majority'),
  basis: fc.constantFrom('shares' as const, 'capital' as const, 'equal' as const),
  types: fc.constantFrom<string[]>([], ['resident']),
  reserve: fc.nat(99),
});
type Someone = typeof someone extends fc.Arbitrary<infer T> ? T : never;

/** The rows of these people, who joined in this order, filled in the order of `turns`. */
function rowsOf(people: readonly Someone[], turns: readonly number[]) {
  const all = people
    .map(({ type, status, capital, shares, sealed }, index) => ({
      row: memberRow(`m${index}`, index + 1, { type, status, ...(sealed === 0 ? {} : { sealed }) }),
      balance: { account: `member:m${index}`, unit: UNIT, amount: 0 - capital, entries: 1 } satisfies Balance,
      share: { member: `m${index}`, shares },
    }))
    .map((one, index) => ({ one, turn: turns[index] ?? 0 }))
    .sort((a, b) => a.turn - b.turn)
    .map(({ one }) => one);
  const house = { shares: all.map(({ share }) => share) } as unknown as Resource;
  return {
    members: new Map(all.map(({ row }) => [row.id, row])),
    balances: new Map(all.map(({ balance }) => [`${balance.account}|${UNIT}`, balance])),
    resources: new Map([[HOUSE, house]]),
  };
}
const partsFor = (
  people: readonly Someone[],
  turns: readonly number[],
  amount: number,
  of: Parameters<'distribution'>,
) => partsOf(rowsOf(people, turns), { amount, unit: UNIT, resource: HOUSE }, of);

/** What each has of what it is divided by, as the words of the protocol say it. */
const hasOf = (one: Someone, { basis, types }: Parameters<'distribution'>): number => {
  if (one.status !== 'active' || (types.length > 0 && !types.includes(one.type))) return 0;
  return basis === 'equal' ? 1 : Math.max(0, basis === 'shares' ? one.shares : one.capital);
};
const given = (parts: readonly Part[], index: number): number =>
  parts.find(({ member }) => member === `m${index}`)?.amount ?? 0;

const anything = [
  fc.array(someone, { maxLength: 12 }),
  fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
  fc.integer({ min: 1, max: MAX_AMOUNT }),
  terms,
] as const;

describe('the parts of a distribution', () => {
  it('say what each has of what it is divided by; who has none of it, or owes, gets none', () => {
    const members = new Map(['ann', 'ben', 'cas'].map((id, index) => [id, memberRow(id, index + 1)]));
    const balanceOf = (member: string, amount: number): [string, Balance] => {
      const account = `member:${member}`;
      return [`${account}|${UNIT}`, { account, unit: UNIT, amount, entries: 1 }];
    };
    const rows = { members, balances: new Map([balanceOf('ann', -30), balanceOf('cas', 10)]), resources: new Map() };
    const of = (basis: 'equal' | 'capital' | 'shares') =>
      partsOf(rows, { amount: 99, unit: UNIT }, { class: 'majority', basis, types: [], reserve: 0 });
    expect(of('capital')).toEqual([{ member: 'ann', amount: 99, weight: 30 }]);
    expect(of('equal')).toEqual([...members.keys()].map((member) => ({ member, amount: 33, weight: 1 })));
    expect(of('shares')).toEqual([]);
  });

  it('sum to the amount without the reserve, but what too many have the same claim to; none where nobody has a claim', () => {
    fc.assert(
      fc.property(...anything, (people, turns, amount, of) => {
        const parts = partsFor(people, turns, amount, of);
        const sum = parts.reduce((total, part) => total + part.amount, 0);
        const divided = Number((BigInt(amount) * BigInt(100 - of.reserve)) / 100n);
        const claiming = people.filter((one) => hasOf(one, of) > 0);
        const atOnce = Math.max(
          0,
          ...claiming.map((one) => claiming.filter(({ sealed }) => sealed === one.sealed).length),
        );
        if (claiming.length === 0) expect(sum).toBe(0);
        else if (atOnce === 1) expect(sum).toBe(divided);
        else {
          expect(sum).toBeLessThanOrEqual(divided);
          expect(sum).toBeGreaterThan(divided - atOnce);
        }
        expect(parts.every((part) => Number.isSafeInteger(part.amount) && part.amount > 0)).toBe(true);
      }),
    );
  });

  it('are each less than a minor unit from what is exact, and who has more gets no less', () => {
    fc.assert(
      fc.property(...anything, (people, turns, amount, of) => {
        const parts = partsFor(people, turns, amount, of);
        const has = people.map((one) => hasOf(one, of));
        const all = has.reduce((sum, one) => sum + BigInt(one), 0n);
        const divided = (BigInt(amount) * BigInt(100 - of.reserve)) / 100n;
        has.forEach((own, index) => {
          const off = BigInt(given(parts, index)) * all - divided * BigInt(own);
          if (all > 0n) expect((off < 0n ? -off : off) < all).toBe(true);
          has.forEach((other, at) => {
            if (own > other) expect(given(parts, index)).toBeGreaterThanOrEqual(given(parts, at));
          });
        });
      }),
    );
  });

  it('are the same for those who have the same, where one seal has their membership', () => {
    fc.assert(
      fc.property(...anything, (people, turns, amount, of) => {
        const parts = partsFor(people, turns, amount, of);
        people.forEach((one, index) =>
          people.forEach((other, at) => {
            if (one.sealed === other.sealed && hasOf(one, of) === hasOf(other, of))
              expect(given(parts, index)).toBe(given(parts, at));
          }),
        );
      }),
    );
  });

  it('are the same in whatever order the rows were made', () => {
    fc.assert(
      fc.property(...anything, (people, turns, amount, of) => {
        expect(partsFor(people, turns, amount, of)).toEqual(partsFor(people, [], amount, of));
      }),
    );
  });
});
