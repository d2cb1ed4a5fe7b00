import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Every, firstDay, monthFrom, monthOf, periodsIn, periodsOf } from './periods';

const at = (date: string): number => Date.parse(`${date}Z`);
const months = fc.integer({ min: 1970 * 12, max: 2100 * 12 });
const LENGTH = { month: 1, quarter: 3, year: 12 };
const every = fc.constantFrom<Every>('month', 'quarter', 'year');

describe('periods', () => {
  it('begin with the first moment of a month by UTC, whatever the machine is set to', () => {
    expect(firstDay(monthOf(at('2026-03-31T23:59:59.999')))).toBe('2026-03-01');
    expect(firstDay(monthOf(at('2026-04-01T00:00')))).toBe('2026-04-01');
    expect(firstDay(monthFrom(at('2026-03-01T00:00')))).toBe('2026-03-01');
    expect(firstDay(monthFrom(at('2026-03-01T00:00:00.001')))).toBe('2026-04-01');
    expect(firstDay(monthFrom(at('2025-12-02T00:00')))).toBe('2026-01-01');
  });

  it('end with the year 9999, whatever time a seal has', () => {
    for (const time of [at('9999-12-31T12:00'), Number.MAX_SAFE_INTEGER]) {
      expect(firstDay(monthOf(time))).toBe('9999-12-01');
      expect(monthFrom(time)).toBe(monthOf(time) + 1);
    }
  });

  it('are those whose first month is among the months, counted as if one by one', () => {
    fc.assert(
      fc.property(every, months, fc.integer({ min: -1, max: 80 }), (of, from, length) => {
        const until = from + length;
        const begin: number[] = [];
        for (let month = from; month <= until; month++) if (month % LENGTH[of] === 0) begin.push(month);
        expect(periodsIn(of, from, until)).toBe(begin.length);
        if (begin.length > 0) expect(periodsOf(of, from, until)).toEqual([begin[0], begin.at(-1)]);
      }),
    );
  });

  it('of a quarter begin in January, April, July and October; of a year in January', () => {
    const all = Array.from({ length: 12 }, (_, month) => 2026 * 12 + month);
    const beginning = (of: Every): string[] =>
      all.filter((month) => periodsIn(of, month, month) === 1).map((month) => firstDay(month).slice(5, 7));
    expect(beginning('quarter')).toEqual(['01', '04', '07', '10']);
    expect(beginning('year')).toEqual(['01']);
  });
});
