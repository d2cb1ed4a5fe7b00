import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeOf } from './place';

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const beside = { x: 1440, y: 0, width: 1920, height: 1080 };
const left = { x: -1920, y: 0, width: 1920, height: 1080 };
const at = (x: number, y: number, width = 1000, height = 700) => ({ x, y, width, height, maximized: false });

describe('the place of a window', () => {
  test.each([
    ['never opened before', undefined, [laptop], { width: 1200, height: 800 }],
    ['where it was', at(100, 100), [laptop], { x: 100, y: 100, width: 1000, height: 700 }],
    ['on the second screen', at(1500, 100), [laptop, beside], { x: 1500, y: 100, width: 1000, height: 700 }],
    ['on a screen to the left', at(-1900, 10), [laptop, left], { x: -1900, y: 10, width: 1000, height: 700 }],
    ['across two screens', at(1400, 100), [laptop, beside], { x: 1400, y: 100, width: 1000, height: 700 }],
    ['on a screen that is gone', at(1500, 100), [laptop], { width: 1000, height: 700 }],
    ['on a large screen that is gone', at(1500, 100, 1900, 1050), [laptop], { width: 1440, height: 875 }],
    ['with its upper edge above the screen', at(100, -300), [laptop], { width: 1000, height: 700 }],
    ['with its upper edge under the menu bar', at(100, 0), [laptop], { width: 1000, height: 700 }],
    ['with its upper edge below the screen', at(100, 890), [laptop], { width: 1000, height: 700 }],
    ['with a strip of it in sight', at(1430, 100), [laptop], { width: 1000, height: 700 }],
    ['smaller than it may be', at(10, 30, 5, 5), [laptop], { width: 360, height: 480 }],
    ['no screen at all', at(10, 30), [], { width: 1000, height: 700 }],
  ])('%s', (_name, last, screens, expected) => {
    expect(placeOf(last, screens)).toEqual(expected);
  });

  test('is never given where nobody could take hold of it', () => {
    const number = fc.integer({ min: -5000, max: 5000 });
    const size = fc.integer({ min: 1, max: 5000 });
    const window = fc.record({ x: number, y: number, width: size, height: size, maximized: fc.boolean() });
    fc.assert(
      fc.property(window, (last) => {
        const { x, y } = placeOf(last, [laptop, beside]);
        if (x === undefined || y === undefined) return;
        const screens = [laptop, beside].filter((screen) => y >= screen.y && y + 40 <= screen.y + screen.height);
        expect(screens.some((screen) => x < screen.x + screen.width && x + last.width > screen.x)).toBe(true);
      }),
    );
  });
});
