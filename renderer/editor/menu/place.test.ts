import { expect, it } from 'vitest';
import { placeFor } from './place';

const window = { width: 1000, height: 800 };

it('a list stands below the caret, and above it where there is more room', () => {
  expect(placeFor({ left: 100, top: 80, bottom: 100 }, window)).toEqual({
    left: 100,
    width: 352,
    maxHeight: 320,
    top: 106,
  });
  expect(placeFor({ left: 100, top: 700, bottom: 720 }, window)).toEqual({
    left: 100,
    width: 352,
    maxHeight: 320,
    bottom: 106,
  });
});

it('a list stays inside a small window', () => {
  const { left, width, maxHeight } = placeFor({ left: 300, top: 100, bottom: 120 }, { width: 320, height: 225 });
  expect(left + width).toBeLessThanOrEqual(320);
  expect(left).toBeGreaterThanOrEqual(0);
  expect(maxHeight).toBeLessThanOrEqual(105);
});
