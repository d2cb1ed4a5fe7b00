import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PeerholdError } from '../errors';
import { utf8 } from './bytes';
import { decodeCanonical, decodeTrusted, encodeCanonical } from './codec';

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
        expect(encodeCanonical(decodeTrusted(bytes))).toEqual(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it('anything else is refused with a code, damaged bytes of our own disk too', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        for (const decode of [decodeCanonical, decodeTrusted]) {
          try {
            decode(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(PeerholdError);
          }
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
});
