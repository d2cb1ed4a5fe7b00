import * as Y from 'yjs';
import { PeerholdError } from '../errors';
import type { StoredUpdate } from './ports';
import { checkUpdate } from './updates';

/**
 * Applies stored updates as one transaction and returns what Yjs tidied up by itself afterwards: deletions that no stored update
 * holds and that a neighbour could never be sent otherwise.
 */
export function replay(
  stored: readonly StoredUpdate[],
  onDamaged: (index: number) => void,
): { readonly doc: Y.Doc; readonly tidied: readonly Uint8Array[] } {
  const doc = new Y.Doc({ gc: false });
  const tidied: Uint8Array[] = [];
  const replaying = {};
  const collect = (update: Uint8Array, origin: unknown) => {
    if (origin !== replaying) tidied.push(update);
  };
  doc.on('update', collect);
  doc.transact(() => {
    stored.forEach(({ bytes }, index) => {
      try {
        checkUpdate(bytes);
        Y.applyUpdate(doc, bytes, replaying);
      } catch {
        onDamaged(index);
      }
    });
  }, replaying);
  doc.off('update', collect);
  return { doc, tidied };
}

export function decodeSnapshot(bytes: Uint8Array): Y.Snapshot {
  if (bytes.length === 0) return Y.emptySnapshot;
  try {
    return Y.decodeSnapshot(bytes);
  } catch (cause) {
    throw new PeerholdError('doc-snapshot-malformed', {}, { cause });
  }
}
