import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { encodeByLibrary } from '../../test/kit/cbor-oracle';
import { decodeCanonical } from './cbor-reader';
import { encodeCanonical } from './cbor-writer';

/** As long in one count as others in another: characters, UTF-16 units and bytes order them differently. */
const WIDE = ['é', 'è', '€', '€a', '\u{1d4b3}', '\uffff'];
const key = fc.oneof(
  fc.constantFrom('a', 'b', 'aa', 'zz', 'aaa', 'account', 'constructor', '1', 'f'.repeat(64), ...WIDE),
  fc.string(),
);
/** Nearly ids, and what is not ASCII where one might take it to be. */
const NEARLY = [...['g', ':', '/', '`', 'F'].flatMap((odd) => [`${odd}${'a'.repeat(63)}`, `${'a'.repeat(63)}${odd}`])];
const texts = fc.constantFrom(
  'f'.repeat(64),
  'x'.repeat(64),
  'x'.repeat(300),
  'é'.repeat(300),
  '\u007f',
  '\u0080',
  ...NEARLY,
);
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
    texts,
    fc.uint8Array({ minLength: 0, maxLength: 40 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map((fields) => Object.fromEntries(fields)),
  ),
}));

const orRefused = (encode: (value: unknown) => Uint8Array, given: unknown): number[] | 'refused' => {
  try {
    return [...encode(given)];
  } catch {
    return 'refused';
  }
};

describe('the writer of canonical bytes', () => {
  it('writes what a library writes, and nothing that has no encoding', () => {
    fc.assert(
      fc.property(value, (given) => {
        expect(orRefused(encodeCanonical, given)).toEqual(orRefused(encodeByLibrary, given));
      }),
      { numRuns: 3_000 },
    );
  });

  it('writes what events, rows and messages are made of', () => {
    const ids = Array.from({ length: 300 }, (_, index) => index.toString(16).padStart(64, '0'));
    const row = { account: 'bank', amount: -100, unit: 'EUR', why: { events: ids }, note: undefined, open: false };
    const body = [1, null, ids[1], 7, ids, 1_764_000_000_000, true, 'entry.post', row, new Uint8Array(3)];
    expect(decodeCanonical(encodeCanonical(body))).toEqual(body);
    expect(encodeCanonical(body)).toEqual(encodeByLibrary(body));
  });

  it('grows with what it writes', () => {
    const large = [new Uint8Array(70_000), 'x'.repeat(4_000), 'y'.repeat(5_000)];
    expect([...encodeCanonical(large)]).toEqual([...encodeByLibrary(large)]);
    const many = Array.from({ length: 40 }, () => 'x'.repeat(4_000));
    expect(Buffer.from(encodeCanonical(many)).equals(encodeByLibrary(many))).toBe(true);
  });

  it('grows wherever its room ends, in the middle of whatever it writes', async () => {
    // A value and how many bytes it takes.
    const last = [
      ['f'.repeat(64), 34] as const,
      [Number.MAX_SAFE_INTEGER, 9] as const,
      ['abc', 4] as const,
      [true, 1] as const,
    ];
    for (const [value, length] of last)
      for (let room = 0; room <= length; room++) {
        // The room at first is that of a module nobody has written with.
        vi.resetModules();
        const fresh = await import('./cbor-writer');
        // 4: the heads of the list and of the bytes.
        const given = [new Uint8Array(65_536 - 4 - room), value];
        expect(Buffer.from(fresh.encodeCanonical(given)).equals(encodeByLibrary(given))).toBe(true);
      }
  });

  it('gives bytes that the next ones leave alone', () => {
    const first = encodeCanonical(['first']);
    const copy = first.slice();
    encodeCanonical(['another']);
    expect(first).toEqual(copy);
  });

  it('writes nothing that its reader would refuse for its depth or number', () => {
    const nested = (depth: number, innermost: unknown): unknown => {
      let inner = innermost;
      for (let level = 1; level < depth; level++) inner = level % 2 === 0 ? [inner] : { a: inner };
      return inner;
    };
    for (const inner of [[], {}]) {
      const deepest = nested(32, inner);
      expect(decodeCanonical(encodeCanonical(deepest))).toEqual(deepest);
      for (const depth of [33, 200_000])
        expect(() => encodeCanonical(nested(depth, inner))).toThrow('value-unwritable');
    }
    const many = Array.from({ length: 262_143 }, () => 0);
    expect(decodeCanonical(encodeCanonical(many))).toHaveLength(262_143);
    expect(() => encodeCanonical([...many, 0])).toThrow('value-unwritable');
  });

  it.each([
    0.5,
    NaN,
    2 ** 53,
    -0,
    '\ud800',
    'a\udc00',
    undefined,
    [undefined],
    1n,
    new Map(),
    new Date(0),
    { ['__proto__']: 1 },
  ])('refuses %o, which has no encoding', (given) => {
    expect(() => encodeCanonical(given)).toThrow('value-unwritable');
  });
});
