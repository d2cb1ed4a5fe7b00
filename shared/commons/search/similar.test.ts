import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slips, slipsFor } from './similar';

/** Optimal string alignment by its definition. */
function distance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const steps = [
    distance(a.slice(0, -1), b) + 1,
    distance(a, b.slice(0, -1)) + 1,
    distance(a.slice(0, -1), b.slice(0, -1)) + (a.at(-1) === b.at(-1) ? 0 : 1),
  ];
  if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1))
    steps.push(distance(a.slice(0, -2), b.slice(0, -2)) + 1);
  return Math.min(...steps);
}

describe('slips', () => {
  it.each([
    ['kitchen', 'kitchen', 0],
    ['kitchn', 'kitchens', 1],
    ['ktichen', 'kitchen', 1],
    ['kitchhen', 'kitchen', 1],
    ['permision', 'permissions', 1],
    ['house', 'mouse', 1],
  ])('from %s to %s are counted', (typed, word, count) => {
    expect(slips(typed, word, 2)).toBe(count);
  });

  it('are the fewest to any beginning of the word, as far as they are looked for', () => {
    const short = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 });
    fc.assert(
      fc.property(short, short, fc.integer({ min: 0, max: 2 }), (typed, word, most) => {
        const beginnings = Array.from({ length: word.length + 1 }, (_, end) => distance(typed, word.slice(0, end)));
        const fewest = Math.min(...beginnings);
        const counted = slips(typed, word, most);
        if (fewest <= most) expect(counted).toBe(fewest);
        else expect(counted).toBeGreaterThan(most);
      }),
    );
  });

  it('are not made up for short words', () => {
    expect([2, 3, 4, 7, 8].map(slipsFor)).toEqual([0, 0, 1, 1, 2]);
  });
});
