import type { Entry } from '../../../shared/network/ledger/model';
import { entriesByDate } from '../../../shared/network/ledger/queries';
import type { Table } from '../../../shared/network/state';
import { useNetwork } from '../../app/network';

type Movers = ReadonlyMap<string, readonly string[]>;

/** Computed once for each state of the ledger, however many views ask: sorting 100,000 entries takes longer than a frame. */
const sorted = new WeakMap<Table<Entry>, readonly Entry[]>();
const moved = new WeakMap<Table<Entry>, Movers>();

/** Every entry, newest first. */
export function useEntries(): readonly Entry[] {
  const { entries } = useNetwork().state;
  return once(sorted, entries, entriesByDate);
}

/** Ids of the entries that moved each account, oldest first: what a balance opens down to. */
export function useMovers(): Movers {
  const { entries } = useNetwork().state;
  return once(moved, entries, () => moversOf(once(sorted, entries, entriesByDate)));
}

function moversOf(newestFirst: readonly Entry[]): Movers {
  const movers = new Map<string, string[]>();
  for (const { id, postings } of newestFirst.toReversed()) {
    for (const account of new Set(postings.map((posting) => posting.account))) {
      const own = movers.get(account);
      if (own === undefined) movers.set(account, [id]);
      else own.push(id);
    }
  }
  return movers;
}

function once<K extends object, V>(cache: WeakMap<K, V>, key: K, make: (key: K) => V): V {
  const found = cache.get(key) ?? make(key);
  cache.set(key, found);
  return found;
}
