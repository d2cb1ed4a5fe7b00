import type { Table } from '../../../shared/network/state';
import { type Block, MirrorTable } from './table';

type Row<V> = readonly [key: string, row: V];

/**
 * `make` of the rows of each block of a table, one after the other, kept as long as the block is there: after a change only the blocks
 * that it is in are looked at.
 */
export function perBlock<V, R>(make: (rows: readonly Row<V>[]) => R): (table: Table<V>) => Iterable<R> {
  const known = new WeakMap<Block<V>, { readonly made: R }>();
  return function* (table) {
    if (!(table instanceof MirrorTable)) return yield make([...table]);
    for (const block of (table as MirrorTable<V>).blocks) {
      const { made } = known.get(block) ?? { made: make(block.filter((place) => place !== undefined)) };
      known.set(block, { made });
      yield made;
    }
  };
}

/** The rows of a table that fulfil something. */
export function selection<V>(fulfils: (row: V) => boolean): (table: Table<V>) => Table<V> {
  const selected = perBlock<V, readonly Row<V>[]>((rows) => rows.filter(([, row]) => fulfils(row)));
  return (table) => new Map([...selected(table)].flat());
}
