import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '../record/bytes';
import { encodeCanonical } from '../record/codec';
import { type State, TABLES } from './state';

/** SHA-256 of the whole state in canonical bytes: peers with the same events and rules version have the same. */
export function stateDigest(state: State): string {
  return toHex(sha256(stateBytes(state)));
}

export function stateBytes(state: State): Uint8Array {
  const tables = TABLES.map((name) => {
    const rows = [...(state[name] as ReadonlyMap<string, unknown>)].sort(([a], [b]) => (a < b ? -1 : 1));
    return [name, rows.map(([key, row]) => [key, row])];
  });
  return encodeCanonical(tables);
}
