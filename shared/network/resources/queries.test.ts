import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextRef } from '../../record/text';
import type { Pledge, Resource } from './model';
import { STAGES, pipeline, pledgeTotals, pledgesFor, holdingsOf } from './queries';

const text = 'a'.repeat(64) as TextRef;
const resource = (fields: Partial<Resource> = {}): Resource => ({
  id: 'house',
  name: text,
  about: text,
  kind: 'house',
  amount: 1000,
  unit: 'EUR',
  by: 'ann',
  status: 'sought',
  shares: [],
  time: 1,
  why: { events: [] },
  ...fields,
});
const pledge = (id: string, amount: number, fields: Partial<Pledge> = {}): Pledge => ({
  id,
  paid: 0,
  resource: 'house',
  member: 'ann',
  amount,
  unit: 'EUR',
  together: 0,
  status: 'stands',
  time: 1,
  why: { events: [] },
  ...fields,
});
const table = <T extends { readonly id: string }>(...rows: readonly T[]) => new Map(rows.map((row) => [row.id, row]));

describe('the pipeline', () => {
  it('holds every resource once, under its status, newest first', () => {
    const stages = pipeline(
      table(
        resource({ id: 'a', time: 1 }),
        resource({ id: 'b', time: 2 }),
        resource({ id: 'c', status: 'held' }),
        resource({ id: 'd', status: 'dropped' }),
      ),
    );
    expect(stages.map(({ status }) => status)).toEqual(STAGES);
    expect(stages.map(({ resources }) => resources.map(({ id }) => id))).toEqual([['b', 'a'], [], [], ['c'], ['d']]);
  });
});

describe('pledge totals', () => {
  it('count what stands or is due, for this resource and in its unit only', () => {
    const pledges = table(
      pledge('1', 300),
      pledge('2', 200, { status: 'due' }),
      pledge('3', 100, { status: 'withdrawn' }),
      pledge('4', 100, { status: 'lapsed' }),
      pledge('5', 100, { unit: 'CHF' }),
      pledge('6', 100, { resource: 'boat' }),
    );
    expect(pledgeTotals({ pledges }, resource())).toEqual({ total: 500, binding: 500, missing: 500, percent: 50 });
  });

  it('leave out of what binds the pledges whose condition is not met', () => {
    const pledges = table(pledge('1', 300, { together: 600 }), pledge('2', 200, { together: 200 }));
    expect(pledgeTotals({ pledges }, resource())).toMatchObject({ total: 500, binding: 200 });
  });

  it('let a pledge that falls away take along those that counted on it', () => {
    const pledges = table(pledge('1', 300, { together: 600 }), pledge('2', 200, { together: 500 }), pledge('3', 50));
    expect(pledgeTotals({ pledges }, resource())).toMatchObject({ total: 550, binding: 50 });
  });

  it('never miss less than nothing nor show more than all', () => {
    const pledges = table(pledge('1', 1500));
    expect(pledgeTotals({ pledges }, resource())).toMatchObject({ missing: 0, percent: 100 });
  });

  it('list pledges oldest first', () => {
    const pledges = table(pledge('2', 1, { time: 5 }), pledge('1', 1, { time: 9 }), pledge('3', 1, { time: 5 }));
    expect(pledgesFor(pledges, 'house').map(({ id }) => id)).toEqual(['2', '3', '1']);
  });
});

describe('shares', () => {
  it('add up to the whole and to no more than 100 percent', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000 }), { maxLength: 150 }), (counts) => {
        const shares = counts.map((count, index) => ({ member: `m${index}`, shares: count }));
        const { total, holdings } = holdingsOf({ shares });
        expect(holdings.reduce((all, holding) => all + holding.shares, 0)).toBe(total);
        const points = holdings.reduce((all, { basisPoints }) => all + basisPoints, 0);
        expect(points).toBeLessThanOrEqual(10_000);
        expect(points).toBeGreaterThan(holdings.length > 0 ? 10_000 - holdings.length : -1);
      }),
    );
  });

  it('name the largest holding first', () => {
    const shares = [
      { member: 'ann', shares: 1 },
      { member: 'bob', shares: 3 },
      { member: 'cas', shares: 0 },
    ];
    expect(holdingsOf({ shares })).toEqual({
      total: 4,
      holdings: [
        { member: 'bob', shares: 3, basisPoints: 7500 },
        { member: 'ann', shares: 1, basisPoints: 2500 },
      ],
    });
  });
});
