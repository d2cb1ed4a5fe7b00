import type { Entry } from '../record/entry';
import { comesAfter } from './decisions/asked';

export function byOrder(a: Entry, b: Entry): number {
  return comesAfter(a, b) ? 1 : -1;
}

/** Index in `order`, which is sorted, of the first entry that does not come before this one. */
export function placeIn(order: readonly Entry[], entry: Entry): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (comesAfter(entry, order[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Merges `added` into `order`, both sorted; nothing before `from` moves. */
export function merge(order: Entry[], from: number, added: readonly Entry[]): void {
  const tail = order.splice(from);
  let i = 0;
  let j = 0;
  while (i < tail.length || j < added.length) {
    const a = tail[i];
    const b = added[j];
    if (b === undefined || (a !== undefined && comesAfter(b, a))) {
      order.push(a!);
      i += 1;
    } else {
      order.push(b);
      j += 1;
    }
  }
}
