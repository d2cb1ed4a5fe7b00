import * as Y from 'yjs';
import { HISTORY_GAP } from './limits';
import type { StoredUpdate } from './ports';

/** One entry of a document's history: consecutive changes of one member, none more than ten minutes after the one before. */
export interface DocumentChange {
  /** Of its last stored update; what `Docs.at` takes. */
  readonly index: number;
  readonly member: string | null;
  /** Claimed time of its last change, milliseconds since 1970. */
  readonly time: number;
}

export type Stamp = Pick<StoredUpdate, 'member' | 'time' | 'anew'>;

const together = (a: Stamp, b: Stamp): boolean => a.member === b.member && Math.abs(b.time - a.time) <= HISTORY_GAP;

/**
 * Oldest first, in the order in which this replica stored them. Of a version that another took the place of, the last entry is left: the
 * other has its earlier ones too.
 */
export function changesOf(stamps: readonly Stamp[]): readonly DocumentChange[] {
  const replaced: DocumentChange[] = [];
  let changes: DocumentChange[] = [];
  stamps.forEach(({ member, time, anew }, index) => {
    const last = changes.at(-1);
    if (anew === true) {
      if (last !== undefined) replaced.push(last);
      changes = [];
    } else if (last !== undefined && together(last, { member, time })) changes.pop();
    changes.push({ index, member, time });
  });
  return [...replaced, ...changes];
}

/** The same updates in fewer pieces: entries of the history are merged up to `bound` bytes, so who and when stay true. */
export function condensed(updates: readonly StoredUpdate[], bound: number): readonly StoredUpdate[] {
  const groups: StoredUpdate[][] = [];
  let size = 0;
  for (const update of updates) {
    const group = groups.at(-1);
    if (group !== undefined && together(group.at(-1)!, update) && size + update.bytes.length <= bound) {
      group.push(update);
      size += update.bytes.length;
    } else {
      groups.push([update]);
      size = update.bytes.length;
    }
  }
  return groups.map((group) => {
    const last = group.at(-1)!;
    if (group.length === 1) return last;
    return { ...last, bytes: Y.mergeUpdates(group.map(({ bytes }) => bytes)) };
  });
}
