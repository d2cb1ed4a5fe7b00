import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MirrorTable, TableDraft } from './table';

type Step = readonly [key: string, row: number | undefined];

function after(table: MirrorTable<number>, steps: readonly Step[]): MirrorTable<number> {
  const draft = new TableDraft(table);
  for (const [key, row] of steps) {
    if (row === undefined) draft.delete(key);
    else draft.set(key, row);
  }
  return draft.done();
}

/** The same by a `Map`, which keeps the place of a key that is set again. */
function mapAfter(map: ReadonlyMap<string, number>, steps: readonly Step[]): Map<string, number> {
  const next = new Map(map);
  for (const [key, row] of steps) {
    if (row === undefined) next.delete(key);
    else next.set(key, row);
  }
  return next;
}

const key = fc.nat(700).map((number) => `k${number}`);
const row = fc.option(fc.nat(), { nil: undefined, freq: 3 });
const some = fc.array(fc.tuple(fc.oneof(key, fc.constantFrom('a', 'b')), row), { maxLength: 40 });
/** Whole stretches of rows, so that there are several blocks, and blocks of deleted rows. */
const stretch = fc
  .tuple(fc.nat(700), fc.nat(700), row)
  .map(([from, length, value]): Step[] => Array.from({ length }, (_, at) => [`k${from + at}`, value]));

describe('a mirrored table', () => {
  it('is a Map for who reads it, and stays as it is when later ones are made', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(some, stretch), { maxLength: 8 }), (changes) => {
        const tables = [new MirrorTable<number>()];
        const maps = [new Map<string, number>()];
        for (const steps of changes) {
          tables.push(after(tables.at(-1)!, steps));
          maps.push(mapAfter(maps.at(-1)!, steps));
        }
        const keys = [...new Set(changes.flat().map(([one]) => one)), 'unknown'];
        tables.forEach((table, at) => {
          const map = maps[at]!;
          expect(table.size).toBe(map.size);
          expect([...table]).toEqual([...map]);
          expect([...table.keys()]).toEqual([...map.keys()]);
          expect([...table.values()]).toEqual([...map.values()]);
          const asked = at === tables.length - 1 ? keys : keys.slice(0, 20);
          expect(asked.map((one) => [table.get(one), table.has(one)])).toEqual(
            asked.map((one) => [map.get(one), map.has(one)]),
          );
        });
      }),
      { numRuns: 60 },
    );
  });

  it('is read as it was while the next one is in the making', () => {
    const before = after(new MirrorTable<number>(), [
      ['a', 1],
      ['b', 2],
    ]);
    const draft = new TableDraft(before);
    draft.set('a', 3);
    draft.delete('b');
    draft.set('c', 4);
    expect([before.get('a'), before.get('b'), before.has('c')]).toEqual([1, 2, false]);
  });

  it('shares the blocks of rows in which nothing changed with the one before', () => {
    const many = Array.from({ length: 5_000 }, (_, at): Step => [`k${at}`, at]);
    const before = after(new MirrorTable<number>(), many);
    const next = after(before, [['k2000', 1]]);
    const shared = next.blocks.filter((block) => before.blocks.includes(block));
    expect(shared.length).toBe(before.blocks.length - 1);
  });

  it('does not grow with rows that come and go', () => {
    let table = after(new MirrorTable<number>(), [['stays', 1]]);
    for (let at = 0; at < 5_000; at++) {
      table = after(table, [[`k${at}`, at]]);
      table = after(table, [[`k${at}`, undefined]]);
    }
    expect([...table]).toEqual([['stays', 1]]);
    expect(table.blocks.length).toBeLessThan(3);
  });
});
