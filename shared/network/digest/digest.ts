import { toHex } from '../../record/bytes';
import { encodeCanonical } from '../../record/cbor-writer';
import { hashUnder } from '../../record/hash';
import { sameValue } from '../agreement/changes';
import { type State, TABLES, type TableName } from '../state';
import { RowTree } from './row-tree';

const hashRow = hashUnder('peerhold/row/1\0');

/** Hex of the digest of the whole state: peers with the same events, seals and rules version have the same. */
export function stateDigest(state: State): string {
  return new StateDigest(state).of(state);
}

/** The digest of a state that changes: each costs what changed since the last one, not the whole state. */
export class StateDigest {
  readonly #tree = new RowTree();
  /** Rows as they were when the last digest was made, of those that were touched since. */
  readonly #before = new Map<TableName, Map<string, unknown>>();

  constructor(state: State) {
    for (const table of TABLES) for (const [key, row] of state[table]) this.#tree.add(leafOf(table, key, row));
  }

  /** To be told of each change before it is made, with the row as it was. */
  touch(table: TableName, key: string, row: unknown): void {
    const before = this.#before.get(table);
    if (before === undefined) this.#before.set(table, new Map([[key, row]]));
    else if (!before.has(key)) before.set(key, row);
  }

  /** The digest of the state of whose changes it was told. */
  of(state: State): string {
    for (const [table, rows] of this.#before) {
      for (const [key, before] of rows) {
        const now: unknown = state[table].get(key);
        // What was undone and folded again is made anew, mostly as it was: to compare costs far less than two hashes.
        if (sameValue(now, before)) continue;
        if (before !== undefined) this.#tree.remove(leafOf(table, key, before));
        if (now !== undefined) this.#tree.add(leafOf(table, key, now));
      }
    }
    this.#before.clear();
    return toHex(this.#tree.digest);
  }
}

function leafOf(table: TableName, key: string, row: unknown): Uint8Array {
  return hashRow(encodeCanonical([table, key, row]));
}
