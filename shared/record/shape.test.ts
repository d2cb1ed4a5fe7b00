import { describe, expect, it } from 'vitest';
import * as shape from './shape';

const ID = '0123456789abcdef'.repeat(4);

/** What a guard takes and what it refuses. */
function judge(guard: shape.Shape<unknown>, taken: readonly unknown[], refused: readonly unknown[]): void {
  expect(taken.filter((value) => !guard(value))).toEqual([]);
  expect(refused.filter((value) => guard(value))).toEqual([]);
}

describe('a shape takes', () => {
  it('whole numbers within their bounds, both included', () => {
    judge(shape.integer(2, 4), [2, 3, 4], [1, 5, 2.5, '3', 3n, null, Number.NaN]);
    judge(shape.integer(0, Number.MAX_SAFE_INTEGER), [0, Number.MAX_SAFE_INTEGER], [2 ** 53, Infinity]);
  });

  it('text by its length, and only what has a form in UTF-8', () => {
    judge(shape.text(3, 1), ['a', 'abc', '\u{1F600}a'], ['', 'abcd', 5, null, ['a']]);
    judge(shape.text(3), ['', '\u{1F600}'], ['\uD83D', 'a\uDE00', '\uDE00\uD83D']);
    judge(shape.matching(/^[0-9]+$/), ['12'], ['a', '', 12]);
  });

  it('bytes by their number', () => {
    const of = (length: number) => new Uint8Array(length);
    judge(shape.bytes(2), [of(2)], [of(1), of(3), [0, 0], 'ab']);
    judge(shape.bytes(1, 3), [of(1), of(3)], [of(0), of(4)]);
  });

  it('one of some words, a yes or no, or nothing where that is allowed', () => {
    judge(shape.oneOf('a', 'b'), ['a', 'b'], ['c', '', 0, null]);
    judge(shape.boolean, [true, false], ['true', 1, null]);
    judge(shape.nullable(shape.integer(1, 1)), [null, 1], [2, undefined]);
  });

  it('lists by their length and by each item', () => {
    const items = shape.list(shape.integer(1, 9), 3, 1);
    judge(items, [[1], [1, 2, 3]], [[], [1, 2, 3, 4], [1, 'x'], ['x', 1], { 0: 1, length: 1 }, null]);
    judge(shape.list(shape.boolean, 1), [[], [true]], [[true, true]]);
    judge(shape.tuple(shape.boolean, shape.integer(0, 1)), [[true, 1]], [[true], [1, true], [true, 1, 1], null]);
  });

  it('objects with exactly their fields', () => {
    const guard = shape.object({ a: shape.boolean, b: shape.optional(shape.boolean) });
    judge(guard, [{ a: true }, { a: true, b: false }], [{}, { b: true }, { a: 1 }, { a: true, b: 1 }]);
    judge(guard, [], [{ a: true, c: true }, { a: true, b: true, c: 1 }, { a: true, b: undefined }, { a: undefined }]);
    // Only a field of its own counts: one that comes from its kind is none that was signed.
    judge(guard, [], [Object.create({ a: true }), null, 'a', [true], new Uint8Array(1)]);
    judge(shape.object({ length: shape.integer(0, 9) }), [{ length: 1 }], [[1], new Uint8Array(1)]);
    judge(shape.object({}), [{}], [[], new Uint8Array(), null, 'a', undefined]);
  });

  it('a union by the word in its tag', () => {
    const guard = shape.tagged('kind', {
      one: shape.object({ a: shape.boolean }),
      two: shape.object({}),
    });
    judge(guard, [{ kind: 'one', a: true }, { kind: 'two' }], [{ kind: 'one' }, { kind: 'two', a: true }, { a: true }]);
    judge(guard, [], [{ kind: 'toString' }, { kind: 1 }, { kind: ['two'] }, 'two', null, undefined]);
  });

  it('ids as 64 lower-case hexadecimal digits', () => {
    judge(shape.id, [ID], [ID.slice(1), `${ID}0`, ID.toUpperCase(), `${ID}\n`, `g${ID.slice(1)}`, [ID], null]);
    expect([ID, ID.slice(1), `${ID.slice(1)}g`].map(shape.isId)).toEqual([true, false, false]);
  });
});

describe('valuesOf', () => {
  const wanted: shape.Shape<string> = (value): value is string => typeof value === 'string';
  const whole = shape.object({
    one: wanted,
    other: shape.text(10),
    maybe: shape.optional(wanted),
    none: shape.nullable(wanted),
    many: shape.list(shape.tuple(shape.integer(0, 9), wanted), 3),
    kind: shape.tagged('kind', { with: shape.object({ it: wanted }), without: shape.object({ it: shape.text(5) }) }),
  });

  it('finds what stands where the part is asked for, and nothing else', () => {
    const value = {
      one: 'a',
      other: 'b',
      none: null,
      many: [
        [1, 'c'],
        [2, 'd'],
      ],
      kind: { kind: 'with', it: 'e' },
    };
    expect(whole(value)).toBe(true);
    expect(shape.valuesOf(whole, value, wanted)).toEqual(['a', 'c', 'd', 'e']);
    const without = { ...value, maybe: 'f', none: 'g', many: [], kind: { kind: 'without', it: 'e' } };
    expect(shape.valuesOf(whole, without, wanted)).toEqual(['a', 'f', 'g']);
  });
});

describe('misfitOf', () => {
  const whole = shape.object({
    name: shape.text(5, 1),
    many: shape.list(shape.object({ unit: shape.matching(/^[A-Z]{3}$/) }), 2),
    maybe: shape.optional(shape.boolean),
    kind: shape.tagged('kind', { spend: shape.object({ amount: shape.integer(1, 9) }), none: shape.object({}) }),
  });
  const good = { name: 'a', many: [{ unit: 'EUR' }], kind: { kind: 'spend', amount: 1 } };

  it.each([
    [good, null],
    [{ ...good, name: '' }, 'name'],
    [{ ...good, many: [{ unit: 'EUR' }, { unit: 'EURO' }] }, 'many.1.unit'],
    [{ ...good, many: [good, good, good] }, 'many.0.unit'],
    [{ ...good, many: 'no' }, 'many'],
    [{ ...good, maybe: 'yes' }, 'maybe'],
    [{ ...good, wings: 2 }, 'wings'],
    [{ name: 'a', kind: good.kind }, 'many'],
    [{ ...good, kind: { kind: 'spend' } }, 'kind.amount'],
    [{ ...good, kind: { kind: 'sing' } }, 'kind.kind'],
    [{ ...good, kind: { kind: 'toString' } }, 'kind.kind'],
    [{ ...good, kind: { kind: 'none', amount: 1 } }, 'kind.amount'],
    [null, ''],
  ])('of %j is %j', (value, expected) => {
    expect(shape.misfitOf(whole, value)).toBe(expected);
    expect(whole(value)).toBe(expected === null);
  });
});
