import { rfc8949EncodeOptions, encode } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PeerholdError } from '../errors';
import { decodeByLibrary, encodeCanonical } from './codec';
import { UNREAD, readPlain } from './plain-cbor';

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
    fc.constantFrom('\ufeffmarked', 'é'.repeat(5_000), '𝄞'.repeat(3_000), '\ud7ff\ue000\uffff', '\u{10ffff}'),
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

function byLibrary(bytes: Uint8Array): unknown {
  try {
    return decodeByLibrary(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(PeerholdError);
    return UNREAD;
  }
}

describe('the fast reader of canonical bytes', () => {
  it('takes nothing that the library would refuse, and reads the same from what it takes', () => {
    fc.assert(
      fc.property(encoded, (bytes) => {
        const plain = readPlain(bytes);
        if (plain === UNREAD) return;
        expect(plain).toEqual(byLibrary(bytes));
        expect([...encodeCanonical(plain)]).toEqual([...bytes]);
      }),
      { numRuns: 5_000 },
    );
  });

  it('reads what events are made of by itself', () => {
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
    expect(readPlain(encodeCanonical(body))).toStrictEqual(body);
  });

  it.each([
    ['a number in a longer form', [0x18, 23]],
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
    ['text with a mark of the byte order', [0x64, 0xef, 0xbb, 0xbf, 97]],
    ['undefined', [0xf7]],
    ['a tag', [0xc0, 0]],
    ['more after the value', [0, 0]],
    ['less than a list announces', [0x82, 0]],
    ['a text that goes on after the end', [0x65, 97]],
    ['nothing', []],
  ])('leaves %s to the library, which refuses it', (_what, bytes) => {
    expect(readPlain(new Uint8Array(bytes))).toBe(UNREAD);
    expect(byLibrary(new Uint8Array(bytes))).toBe(UNREAD);
  });

  it('takes no malformed text for one that it has seen', () => {
    for (let i = 0; i < 5_000; i++) {
      const letters = Array.from(String(i), (digit) => digit.charCodeAt(0));
      const text = (...bytes: readonly number[]) => new Uint8Array([0x60 + bytes.length, ...bytes]);
      readPlain(text(...letters, 0xc3, 0xa9));
      expect(readPlain(text(...letters, 0xe9))).toBe(UNREAD);
    }
  });

  it('leaves what is nested without end to the library', () => {
    const deep = new Uint8Array(65_000).fill(0x81);
    expect(readPlain(deep)).toBe(UNREAD);
    expect(byLibrary(deep)).toBe(UNREAD);
  });
});
