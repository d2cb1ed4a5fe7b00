import { describe, expect, it } from 'vitest';
import { perBlock, selection } from './per-block';
import { MirrorTable, TableDraft } from './table';

function numbers(count: number): MirrorTable<number> {
  const draft = new TableDraft(new MirrorTable<number>());
  for (let at = 0; at < count; at++) draft.set(`k${at}`, at);
  return draft.done();
}

function changed(table: MirrorTable<number>, key: string, row: number): MirrorTable<number> {
  const draft = new TableDraft(table);
  draft.set(key, row);
  return draft.done();
}

describe('what is found in a table block by block', () => {
  it('is found anew only where something changed', () => {
    let looked = 0;
    const sums = perBlock<number, number>((rows) => {
      looked += rows.length;
      return rows.reduce((sum, [, row]) => sum + row, 0);
    });
    const total = (table: MirrorTable<number>): number => [...sums(table)].reduce((sum, one) => sum + one, 0);
    const before = numbers(5_000);
    expect([total(before), looked]).toEqual([(4_999 * 5_000) / 2, 5_000]);
    looked = 0;
    expect(total(changed(before, 'k0', 10))).toBe((4_999 * 5_000) / 2 + 10);
    expect(looked).toBeGreaterThan(0);
    expect(looked).toBeLessThan(1_000);
  });

  it('is the same for a table that is no mirror', () => {
    const odd = selection<number>((row) => row % 2 === 1);
    const table = changed(numbers(3_000), 'k1', 2);
    expect([...odd(table)]).toEqual([...odd(new Map(table))]);
    expect(odd(table).size).toBe(1_499);
  });
});
