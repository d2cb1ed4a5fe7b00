import { encodeQR } from 'qr';
import { describe, expect, it } from 'vitest';
import { type Pixels, readQr } from './read-qr';

/** Characters of the longest code by hand, and of the longest link that the app shows as a code. */
const [HAND, LINK] = [1_024, 2_953];
const textOf = (length: number): string =>
  `peerhold-offer.${Array.from({ length }, (_none, at) => 'AbCd-_9z'[(at * 5 + (at >> 3)) % 8]).join('')}`.slice(
    0,
    length,
  );

/** A picture of a code as it is on a screen, seen at an angle and by a bad light. */
function picture(text: string, module: number, { turn = 0, noise = 0 } = {}): Pixels {
  const rows = encodeQR(text, 'raw', { ecc: 'low', border: 4 });
  const inner = rows.length * module;
  const side = Math.ceil(inner * 1.5);
  const data = new Uint8ClampedArray(side * side * 4);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [dx, dy] = [x - side / 2, y - side / 2];
      const row = rows[Math.floor((dy * cos - dx * sin + inner / 2) / module)];
      const dark = row?.[Math.floor((dx * cos + dy * sin + inner / 2) / module)];
      // The same dust each time: a test that fails fails again.
      const dust = noise * Math.sin(x * 12.9898 + y * 78.233);
      const light = (dark === undefined ? 190 : dark ? 60 : 210) + dust;
      data.set([light, light, light, 255], (y * side + x) * 4);
    }
  return { width: side, height: side, data };
}

describe('a code in a picture', () => {
  it.each([
    ['by hand, from a screenshot', textOf(HAND), 4, {}],
    ['by hand, held a little askew, in bad light', textOf(300), 5, { turn: 0.1, noise: 25 }],
    ['of the longest link', textOf(LINK), 5, {}],
  ])('%s is read as it was written', (_what, text, module, seen) => {
    expect(readQr(picture(text, module, seen), 'file')).toBe(text);
  });

  it('of a camera is read too', () => {
    expect(readQr(picture(textOf(300), 5, { turn: 0.05, noise: 20 }), 'camera')).toBe(textOf(300));
  });

  it('that is none, or is cut off, gives nothing', () => {
    const { width, height, data } = picture(textOf(300), 4);
    expect(
      readQr({ width, height, data: data.map((value, at) => (at > data.length / 2 ? 128 : value)) }, 'file'),
    ).toBeUndefined();
    expect(readQr({ width: 1, height: 1, data: new Uint8ClampedArray(4) }, 'file')).toBeUndefined();
    expect(readQr({ width: 64, height: 64, data: new Uint8ClampedArray(64 * 64 * 4) }, 'camera')).toBeUndefined();
  });
});
