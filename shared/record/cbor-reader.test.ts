import { rfc8949EncodeOptions, encode } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PeerholdError } from '../errors';
import { decodeByLibrary } from '../../test/kit/cbor-oracle';
import { decodeCanonical } from './cbor-reader';
import { encodeCanonical } from './cbor-writer';

const key = fc.oneof(fc.constantFrom('a', 'b', 'aa', 'account', '__proto__', 'constructor', '1'), fc.string());
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.maxSafeInteger(),
    fc.constantFrom(0, 23, 24, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, -1, -24, -25, Number.MAX_SAFE_INTEGER),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.string({ maxLength: 40 }),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('é'.repeat(5_000), '𝄞'.repeat(3_000), '\ud7ff\ue000\uffff', '\u{10ffff}'),
    fc.constantFrom('f'.repeat(64), 'F'.repeat(64), 'x'.repeat(5_000)),
    fc.uint8Array({ minLength: 31, maxLength: 33 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map((fields) => Object.fromEntries(fields)),
  ),
}));
/** Encodings that are canonical, and such with a byte altered, put in or left out. */
const encoded = fc
  .tuple(value, fc.constantFrom('as it is', 'altered', 'put in', 'left out'), fc.nat(), fc.nat(255))
  .map(([given, how, place, byte]) => {
    const bytes = [...encode(given, rfc8949EncodeOptions)];
    const at = place % bytes.length;
    if (how === 'altered') bytes[at] = byte;
    else if (how === 'put in') bytes.splice(at, 0, byte);
    else if (how === 'left out') bytes.splice(at, 1);
    return new Uint8Array(bytes);
  });

/** What was read; undefined where it was refused. */
function read(bytes: Uint8Array): unknown {
  try {
    return decodeCanonical(bytes);
  } catch (error) {
    expect((error as PeerholdError).code).toBe('bytes-malformed');
    return undefined;
  }
}
/** A text of these bytes, fewer than 256. */
function sameAsLibrary(bytes: readonly number[]): void {
  const head = bytes.length < 24 ? [0x60 + bytes.length] : [0x78, bytes.length];
  const encoded = new Uint8Array([...head, ...bytes]);
  expect(read(encoded)).toEqual(decodeByLibrary(encoded));
}
/** Alone, with a letter that is not ASCII, and in a text of some length: each of these is read in another way. */
const AROUND: readonly ((bytes: readonly number[]) => number[])[] = [
  (bytes) => [...bytes],
  (bytes) => [...bytes, 0xc3, 0xa9],
  (bytes) => [0xc3, 0xa9, ...bytes],
  (bytes) => [...Array.from({ length: 40 }, () => 97), ...bytes],
];
/** So many lists inside one another. */
const nested = (depth: number): Uint8Array => new Uint8Array([...new Uint8Array(depth - 1).fill(0x81), 0x80]);
const maps = (depth: number): Uint8Array =>
  new Uint8Array([...Array.from({ length: depth - 1 }, () => [0xa1, 0x61, 0x61]).flat(), 0xa0]);

describe('the reader of canonical bytes', () => {
  it('takes what a library takes, and reads the same from it', () => {
    fc.assert(
      fc.property(encoded, (bytes) => {
        const value = read(bytes);
        expect(value).toEqual(decodeByLibrary(bytes));
        if (value !== undefined) expect([...encodeCanonical(value)]).toEqual([...bytes]);
      }),
      { numRuns: 5_000 },
    );
  });

  it('reads what events are made of', () => {
    const payload = {
      kind: 'expense',
      amount: -100,
      memo: 'a'.repeat(64),
      postings: [{ account: 'bank', unit: 'EUR' }],
    };
    const body = [
      1,
      null,
      'b'.repeat(64),
      7,
      ['c'.repeat(64)],
      1_764_000_000_000,
      true,
      'Küche 𝄞',
      payload,
      new Uint8Array(3),
    ];
    expect(decodeCanonical(encodeCanonical(body))).toStrictEqual(body);
  });

  it.each([
    ['a number in a longer form', [0x18, 23]],
    ['255 in two bytes', [0x19, 0, 0xff]],
    ['65,535 in four bytes', [0x1a, 0, 0, 0xff, 0xff]],
    ['2^32 - 1 in eight bytes', [0x1b, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]],
    ['a length in a longer form', [0x79, 0, 1, 97]],
    ['a head that stands for nothing', [0x1c, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]],
    ['a number over 2^53', [0x1b, 0, 0x20, 0, 0, 0, 0, 0, 0]],
    ['a negative number under -2^53', [0x3b, 0, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
    ['an indefinite length', [0x9f, 0xff]],
    ['a key twice', [0xa2, 0x61, 97, 1, 0x61, 97, 2]],
    ['keys out of order', [0xa2, 0x61, 98, 1, 0x61, 97, 2]],
    ['a longer key first', [0xa2, 0x62, 97, 97, 1, 0x61, 98, 2]],
    ['a number as a key', [0xa1, 1, 1]],
    ['an id as text', [0x78, 64, ...Array.from({ length: 64 }, () => 97)]],
    ['text that is not UTF-8', [0x61, 0xff]],
    ['text in a longer form', [0x62, 0xc1, 0x81]],
    ['text in a form longer by two', [0x63, 0xe0, 0x81, 0x81]],
    ['half a surrogate pair', [0x63, 0xed, 0xa0, 0x80]],
    ['text over the last code point', [0x64, 0xf4, 0x90, 0x80, 0x80]],
    ['a letter cut off', [0x62, 0xe2, 0x82]],
    ['a number with a fraction', [0xf9, 0x3e, 0x00]],
    ['a key that JavaScript takes for something else', [0xa1, 0x69, ...Buffer.from('__proto__'), 1]],
    ['a list longer than what follows', [0x9a, 0xff, 0xff, 0xff, 0xff, 0]],
    ['undefined', [0xf7]],
    ['a tag', [0xc0, 0]],
    ['more after the value', [0, 0]],
    ['less than a list announces', [0x82, 0]],
    ['a text that goes on after the end', [0x65, 97]],
    ['nothing', []],
  ])('refuses %s, as a library does', (_what, bytes) => {
    expect(read(new Uint8Array(bytes))).toBeUndefined();
    expect(decodeByLibrary(new Uint8Array(bytes))).toBeUndefined();
  });

  it.each([24, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER])(
    'takes %d in its shortest form',
    (value) => {
      const bytes = encodeCanonical(value);
      expect(bytes).toHaveLength(value < 256 ? 2 : value < 65_536 ? 3 : value < 2 ** 32 ? 5 : 9);
      expect([read(bytes), decodeByLibrary(bytes)]).toEqual([value, value]);
    },
  );

  it('reads each form of a letter from the first to the last code point, and none just beside it', () => {
    const utf8 = (point: number, length: number): number[] =>
      length === 1
        ? [point]
        : Array.from({ length }, (_, i) => {
            const bits = Math.floor(point / 64 ** (length - 1 - i));
            return i === 0 ? ([0, 0, 0xc0, 0xe0, 0xf0][length]! + bits) & 255 : 0x80 + (bits % 64);
          });
    const edges = [0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xffff];
    const points = [...edges, 0x10000, 0x103ff, 0x10400, 0xfffff, 0x100000, 0x10ffff, 0x110000, 0x13ffff];
    for (const point of points)
      for (const length of [1, 2, 3, 4]) {
        if (point >= [0, 0x80, 0x800, 0x10000, 0x200000][length]!) continue;
        const letter = utf8(point, length);
        for (const bytes of [letter, letter.slice(0, -1), [...letter, 0x80]])
          for (const around of AROUND) sameAsLibrary(around(bytes));
      }
  });

  it('reads no letter from a first byte that begins none, nor beyond the end of its text', () => {
    for (let first = 0x80; first <= 0xff; first++)
      for (const rest of [[], [0x80], [0xbf], [0x80, 0x80], [0x90, 0x80], [0xbf, 0xbf], [0x90, 0x80, 0x80]])
        for (const around of AROUND) sameAsLibrary(around([first, ...rest]));
    // What comes next is an empty list, whose byte would go on the letter.
    for (const cut of [[0xc3], [0xe2, 0x82], [0xf0, 0x9f, 0x8f]])
      expect(read(new Uint8Array([0x82, 0x60 + cut.length, ...cut, 0x80]))).toBeUndefined();
  });

  it('reads each text as what it is, whichever it has read before', () => {
    const wrong: unknown[] = [];
    const look = (given: string | string[]): void => {
      if (String(decodeCanonical(encodeCanonical(given))) !== String(given)) wrong.push(given);
    };
    // Some of these share their place among those that are kept: with what they begin with, or with what differs from them by one letter.
    for (let i = 0; i < 50_000; i++) for (const text of [String(i >> 3), String(i >> 3) + String(i & 7)]) look(text);
    for (let i = 0; i < 20_000; i++)
      look(String.fromCharCode(33 + (i % 94)) + String(Math.floor(i / 94)).padStart(3, '0'));
    // What stands before or behind a text is no part of it, though together they were such a text.
    for (let i = 0; i < 20_000; i++) {
      look(`${i}cxyz`);
      look([String(i), 'xyz']);
    }
    for (let code = 35; code < 127; code++) {
      look(`xc${String.fromCharCode(code)}`);
      look([String.fromCharCode(code), `x!${String.fromCharCode(code - 2)}`]);
    }
    for (const text of ['x'.repeat(500_000), 'é'.repeat(300_000), `${'x'.repeat(500_000)}é`]) look(text);
    expect(wrong).toEqual([]);
  });

  it('takes no malformed text for one that it has seen', () => {
    for (let i = 0; i < 5_000; i++) {
      const letters = Array.from(String(i), (digit) => digit.charCodeAt(0));
      const text = (...bytes: readonly number[]) => new Uint8Array([0x60 + bytes.length, ...bytes]);
      read(text(...letters, 0xc3, 0xa9));
      expect(read(text(...letters, 0xe9))).toBeUndefined();
    }
  });

  it('reads a mark of the byte order as a letter, wherever it stands', () => {
    for (const text of ['\ufeff', '\ufeffmarked', 'mar\ufeffked', `\ufeff${'é'.repeat(5_000)}`])
      expect(decodeCanonical(encodeCanonical([text, { [text]: text }]))).toStrictEqual([text, { [text]: text }]);
  });

  it('takes 32 lists or maps inside one another and not one more, however warm or deep the stack is', () => {
    const around = (depth: number, act: () => void): void => (depth === 0 ? act() : around(depth - 1, act));
    const look = (): void => {
      for (const made of [nested, maps]) {
        expect(read(made(32))).not.toBeUndefined();
        for (const depth of [33, 1_000, 3_000, 8_000, 15_000, 60_000]) expect(read(made(depth))).toBeUndefined();
      }
    };
    look();
    for (let i = 0; i < 2_000; i++) read(nested(32));
    around(2_000, look);
  });

  it('takes 262,144 values in one and not one more, so that no message unfolds without bound', () => {
    const empties = (count: number): Uint8Array => {
      const head = new Uint8Array(5);
      new DataView(head.buffer).setUint32(1, count);
      head[0] = 0x9a;
      return new Uint8Array([...head, ...new Uint8Array(count).fill(0x80)]);
    };
    expect(read(empties(262_143))).toHaveLength(262_143);
    expect(read(empties(262_144))).toBeUndefined();
  });
});
