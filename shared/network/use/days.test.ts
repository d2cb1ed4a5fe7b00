import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, datesIn, day, daysBetween, overlap, startOf, yearsOf } from './days';

const first = startOf('1970-01-01');
const dates = fc.integer({ min: 0, max: 2_932_000 }).map((days) => addDays('1970-01-01', days));
const stays = fc.tuple(dates, fc.integer({ min: 1, max: 366 })).map(([from, length]) => ({
  from,
  until: addDays(from, length),
}));

describe('civil dates', () => {
  it('are those that there are, of four-digit years from 1970 on', () => {
    for (const date of ['1970-01-01', '2024-02-29', '2000-02-29', '2025-12-31', '9999-12-31'])
      expect(day(date)).toBe(true);
    for (const date of [
      '1969-12-31',
      '2025-02-29',
      '2100-02-29',
      '2025-04-31',
      '2025-00-10',
      '2025-13-01',
      '2025-1-1',
      '10000-01-01',
      '2025-01-01T00',
      '',
      5,
      null,
    ])
      expect(day(date)).toBe(false);
    expect(first).toBe(0);
  });

  it('are counted across months and leap days', () => {
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
    expect(daysBetween('2025-02-28', '2025-03-01')).toBe(1);
    expect(daysBetween('2025-03-01', '2025-02-28')).toBe(-1);
  });

  it('are in order as texts, and come back', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 800 }), (date, days) => {
        const later = addDays(date, days);
        expect(date < later || later.length > 10).toBe(true);
        expect(daysBetween(date, later)).toBe(days);
      }),
    );
  });
});

describe('a stay', () => {
  it('has its last date free for the next', () => {
    const stay = { from: '2025-08-03', until: '2025-08-05' };
    expect(overlap(stay, { from: '2025-08-05', until: '2025-08-06' })).toBe(false);
    expect(overlap(stay, { from: '2025-08-04', until: '2025-08-05' })).toBe(true);
    expect(overlap(stay, { from: '2025-08-01', until: '2025-08-03' })).toBe(false);
  });

  it('is counted in the years that it has dates in', () => {
    const stay = { from: '2025-12-30', until: '2026-01-03' };
    expect(yearsOf(stay)).toEqual(['2025', '2026']);
    expect([datesIn(stay, '2024'), datesIn(stay, '2025'), datesIn(stay, '2026'), datesIn(stay, '2027')]).toEqual([
      0, 2, 2, 0,
    ]);
    expect(yearsOf({ from: '2025-12-30', until: '2026-01-01' })).toEqual(['2025']);
    expect(datesIn({ from: '2025-12-31', until: '2026-01-02' }, '2025')).toBe(1);
  });

  it('has all its dates in its years, whichever they are', () => {
    fc.assert(
      fc.property(stays, (stay) => {
        const counted = yearsOf(stay).map((year) => datesIn(stay, year));
        expect(counted.reduce((sum, count) => sum + count, 0)).toBe(daysBetween(stay.from, stay.until));
        expect(counted.every((count) => count > 0)).toBe(true);
      }),
    );
  });
});
