import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PeerholdError } from '../errors';
import { utf8 } from './bytes';
import { decodeCanonical } from './cbor-reader';
import { encodeCanonical } from './cbor-writer';

const id = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((b) => [...b].map((x) => x.toString(16).padStart(2, '0')).join(''));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.string({ unit: 'grapheme' }).filter((text) => text.length !== 64),
    id,
    fc.uint8Array({ maxLength: 31 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ minLength: 1, maxLength: 8 }).filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
}));

describe('canonical bytes', () => {
  it('read back as the value that they were made from, and only one encoding of it is taken', () => {
    fc.assert(
      fc.property(value, (given) => {
        const bytes = encodeCanonical(given);
        expect(encodeCanonical(decodeCanonical(bytes))).toEqual(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it('anything else is refused with a code', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        try {
          decodeCanonical(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(PeerholdError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('one id has one form: 64 digits of text never travel', () => {
    const text = 'a'.repeat(64);
    expect(encodeCanonical(text)).toHaveLength(34);
    expect(() => decodeCanonical(new Uint8Array([0x78, 64, ...utf8(text)]))).toThrow(/bytes-malformed/);
  });

  it('hold no value that nothing of ours has, nor a second form of one', () => {
    const foreign: Record<string, readonly number[]> = {
      undefined: [0xf7],
      NaN: [0xf9, 0x7e, 0x00],
      infinity: [0xf9, 0x7c, 0x00],
      'negative infinity': [0xf9, 0xfc, 0x00],
      'beyond exact integers': [0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
      'list without length': [0x9f, 0xff],
      'map without length': [0xbf, 0xff],
      'text without length': [0x7f, 0x61, 0x61, 0xff],
      'longer than needed': [0x18, 0x05],
      'one key twice': [0xa2, 0x61, 0x61, 0x01, 0x61, 0x61, 0x02],
      'more after it': [0x01, 0x01],
      'cut off': [0x82, 0x01],
    };
    const taken = Object.entries(foreign).filter(([, bytes]) => {
      try {
        decodeCanonical(new Uint8Array(bytes));
      } catch (error) {
        return (error as PeerholdError).code !== 'bytes-malformed';
      }
      return true;
    });
    expect(taken).toEqual([]);
  });

  it('keep the order of keys that the encoding has, and no field without a value', () => {
    expect(encodeCanonical({ b: 1, a: undefined, aa: 2 })).toEqual(encodeCanonical({ aa: 2, b: 1 }));
    const unordered = new Uint8Array([0xa2, 0x62, 0x61, 0x61, 0x02, 0x61, 0x62, 0x01]);
    expect(() => decodeCanonical(unordered)).toThrow(/bytes-malformed/);
  });

  it('read an id wherever it is, and nothing else as one', () => {
    const hex = '0123456789abcdef'.repeat(4);
    const given = {
      a: hex,
      b: [hex, { c: hex }],
      d: new Uint8Array(31),
      e: new Uint8Array(33),
      f: hex.slice(1),
      g: null,
    };
    expect(decodeCanonical(Uint8Array.from(encodeCanonical(given)))).toStrictEqual(given);
    expect(Object.keys(decodeCanonical(encodeCanonical([hex, hex])) as object)).toEqual(['0', '1']);
    const asText = [0x78, 64, ...utf8(hex)];
    for (const around of [[], [0x81], [0x81, 0x81], [0xa1, 0x61, 0x61], [0x82, 0x01]])
      expect(() => decodeCanonical(new Uint8Array([...around, ...asText]))).toThrow(/bytes-malformed/);
  });
});
