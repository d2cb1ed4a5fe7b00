import { describe, expect, test } from 'vitest';
import { formatDay, formatMonth, formatRelative, formatSince, formatStay, isNear, today } from './dates';

const NOW = Date.UTC(2026, 5, 15, 12);
const HOUR = 3_600_000;

describe('dates', () => {
  test.each([
    [NOW - 10_000, 'now'],
    [NOW - 5 * 60_000, '5 minutes ago'],
    [NOW - 3 * HOUR, '3 hours ago'],
    [NOW + 25 * HOUR, 'tomorrow'],
    [NOW - 10 * 24 * HOUR, '10 days ago'],
    [NOW - 90 * 24 * HOUR, '3 months ago'],
    [NOW - 1000 * 24 * HOUR, '2 years ago'],
  ])('%i is %s', (time, expected) => {
    expect(formatRelative(time, NOW, 'en')).toBe(expected);
  });

  test('a civil date is the same day in every time zone', () => {
    expect(formatDay('2026-02-01', 'en-GB')).toBe('1 Feb 2026');
    expect(formatDay('nonsense', 'en')).toBe('nonsense');
  });

  test('today is by the local calendar', () => {
    expect(today(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
  });

  test('a stay says what its dates have in common once', () => {
    const plain = (text: string) => text.replace(/[\u2009\u202f]/g, ' ');
    expect(plain(formatStay('2026-08-01', '2026-08-08', 'en-GB'))).toBe('1 – 8 Aug 2026');
    expect(plain(formatStay('2026-12-30', '2027-01-02', 'en-GB'))).toBe('30 Dec 2026 – 2 Jan 2027');
    expect(formatStay('2026-08-01', '2026-08-01', 'en-GB')).toBe('1 Aug 2026');
    expect(formatMonth('2026-08-31', 'en-GB')).toBe('August 2026');
  });

  test('what began today has a time, what began before has its date as well', () => {
    const [hours, day] = [2 * HOUR, 24 * HOUR];
    const today = formatSince(NOW, NOW + 60_000, 'en-GB');
    expect(today).toMatch(/^\d\d:\d\d$/);
    expect(formatSince(NOW - day, NOW, 'en-GB')).toBe(`14 Jun 2026, ${today}`);
    expect(formatSince(NOW - 365 * day - hours, NOW, 'en-GB')).toMatch(/^15 Jun 2025, \d\d:\d\d$/);
  });

  test('a week is near, more is not', () => {
    expect(isNear(NOW - 6 * 24 * HOUR, NOW)).toBe(true);
    expect(isNear(NOW - 8 * 24 * HOUR, NOW)).toBe(false);
  });
});
