import type { Entry } from '../../../shared/network/ledger/model';
import { newestFirst } from '../../../shared/network/ledger/queries';
import type { Table } from '../../../shared/network/state';
import type { Steps } from '../../../shared/steps';
import { perBlock } from '../../app/mirror/per-block';

type Run = readonly Entry[];

/** Comparisons between two places at which a merge may be left. */
const STEP = 1_000;

const sortedBlocks = perBlock<Entry, Run>((rows) => rows.map(([, entry]) => entry).sort(newestFirst));

/** Of two runs, kept as long as the first of them is, with the second that it was made of. */
const merged = new WeakMap<Run, { readonly with: Run; readonly run: Run }>();

/**
 * Every entry, newest first. Blocks are sorted and then merged in pairs, pairs of pairs and so on, and all of that is kept: when an entry comes,
 * only what it is in is merged again.
 */
export function* sortedEntries(entries: Table<Entry>): Steps<Run> {
  let runs: Run[] = [];
  for (const run of sortedBlocks(entries)) {
    runs.push(run);
    yield;
  }
  while (runs.length > 1) {
    const pairs: Run[] = [];
    for (let at = 0; at < runs.length; at += 2) {
      const [one, other] = [runs[at]!, runs[at + 1]];
      pairs.push(other === undefined ? one : yield* mergedOnce(one, other));
    }
    runs = pairs;
  }
  return runs[0] ?? [];
}

function* mergedOnce(one: Run, other: Run): Steps<Run> {
  const known = merged.get(one);
  if (known?.with === other) return known.run;
  const run = yield* merge(one, other);
  merged.set(one, { with: other, run });
  return run;
}

function* merge(one: Run, other: Run): Steps<Run> {
  yield;
  // Most come in the order of their dates: then all of the later block is newer.
  if (other.length === 0 || (one.length > 0 && newestFirst(one.at(-1)!, other[0]!) < 0)) return [...one, ...other];
  if (one.length === 0 || newestFirst(other.at(-1)!, one[0]!) < 0) return [...other, ...one];
  const run: Entry[] = [];
  let [left, right] = [0, 0];
  while (left < one.length && right < other.length) {
    run.push(newestFirst(one[left]!, other[right]!) < 0 ? one[left++]! : other[right++]!);
    if (run.length % STEP === 0) yield;
  }
  while (left < one.length) run.push(one[left++]!);
  while (right < other.length) run.push(other[right++]!);
  return run;
}
