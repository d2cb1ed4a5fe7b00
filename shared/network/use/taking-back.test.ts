import { expect, it } from 'vitest';
import { startOf } from './days';
import { hasBegun } from './taking-back';

it('a booking has begun once a seal is of its first day by UTC, and never without a seal', () => {
  const booking = { from: '2026-08-01' };
  const time = startOf(booking.from);
  expect([time - 1, time, time + 1].map((at) => hasBegun({ time: at }, booking))).toEqual([false, true, true]);
  expect([null, undefined].map((none) => hasBegun(none, booking))).toEqual([false, false]);
});
