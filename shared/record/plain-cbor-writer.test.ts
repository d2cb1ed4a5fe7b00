import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeByLibrary, encodeCanonical } from './codec';
import { readPlain } from './plain-cbor';
import { UNWRITTEN, writePlain } from './plain-cbor-writer';

const key = fc.oneof(fc.constantFrom('a', 'b', 'aa', 'account', 'constructor', '1', 'f'.repeat(64)), fc.string());
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.maxSafeInteger(),
    fc.constantFrom(0, -0, 23, 24, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, -1, -24, -25, -256, -257),
    fc.constantFrom(Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 53, 0.5, 1e300),
    fc.boolean(),
    fc.constantFrom(null, undefined),
    fc.string({ maxLength: 40 }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('f'.repeat(64), 'F'.repeat(64), 'x'.repeat(64), `${'a'.repeat(63)}g`, 'x'.repeat(300)),
    fc.uint8Array({ minLength: 0, maxLength: 40 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map((fields) => Object.fromEntries(fields)),
  ),
}));

function byLibrary(given: unknown): number[] | 'refused' {
  try {
    return [...encodeByLibrary(given)];
  } catch {
    return 'refused';
  }
}

describe('the fast writer of canonical bytes', () => {
  it('writes what the library writes, or leaves it to it', () => {
    fc.assert(
      fc.property(value, (given) => {
        const plain = writePlain(given);
        if (plain !== UNWRITTEN) expect(byLibrary(given)).toEqual([...plain]);
      }),
      { numRuns: 3_000 },
    );
  });

  it('writes by itself what events, rows and messages are made of', () => {
    const ids = Array.from({ length: 300 }, (_, index) => index.toString(16).padStart(64, '0'));
    const row = { account: 'bank', amount: -100, unit: 'EUR', why: { events: ids }, note: undefined, open: false };
    const body = [1, null, ids[1], 7, ids, 1_764_000_000_000, true, 'entry.post', row, new Uint8Array(3)];
    const written = writePlain(body);
    expect(written).not.toBe(UNWRITTEN);
    expect(readPlain(written as Uint8Array)).toEqual(body);
    expect(encodeCanonical(body)).toEqual(encodeByLibrary(body));
  });

  it('grows with what it writes', () => {
    const large = [new Uint8Array(70_000), 'x'.repeat(4_000), 'y'.repeat(5_000)];
    expect([...encodeCanonical(large)]).toEqual([...encodeByLibrary(large)]);
    const many = Array.from({ length: 40 }, () => 'x'.repeat(4_000));
    expect(Buffer.from(writePlain(many) as Uint8Array).equals(encodeByLibrary(many))).toBe(true);
  });

  it('gives bytes that the next ones leave alone', () => {
    const first = writePlain(['first']) as Uint8Array;
    const copy = first.slice();
    writePlain(['another']);
    expect(first).toEqual(copy);
  });

  it('leaves to the library what is nested too deep for the stack', () => {
    let nested: unknown = 0;
    for (let depth = 0; depth < 200_000; depth++) nested = [nested];
    expect(writePlain(nested)).toBe(UNWRITTEN);
  });
});
