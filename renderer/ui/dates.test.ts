import { describe, expect, test } from 'vitest';
import { formatDay, formatRelative, isNear } from './dates';

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

  test('a week is near, more is not', () => {
    expect(isNear(NOW - 6 * 24 * HOUR, NOW)).toBe(true);
    expect(isNear(NOW - 8 * 24 * HOUR, NOW)).toBe(false);
  });
});
