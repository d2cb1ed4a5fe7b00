import * as Y from 'yjs';
import { PeerholdError } from '../errors';
import type { StoredUpdate } from './ports';
import { checkUpdate } from './updates';

/** What counts of a document's stored updates: those from where it last began anew. */
export function ofThisVersion(stored: readonly StoredUpdate[]): readonly StoredUpdate[] {
  const start = stored.findLastIndex(({ anew }) => anew === true);
  return start <= 0 ? stored : stored.slice(start);
}

/**
 * A document from its stored updates, applied as one transaction. In one, and into a document whose types nobody has named yet, Yjs tidies nothing up that
 * would have to be stored; and nobody listens, since it would encode all of it as an update for them.
 */
export function replay(stored: readonly StoredUpdate[], onDamaged: (index: number) => void): Y.Doc {
  const doc = new Y.Doc({ gc: false });
  const counting = ofThisVersion(stored);
  doc.transact(() => {
    counting.forEach(({ bytes }, index) => {
      try {
        checkUpdate(bytes);
        Y.applyUpdate(doc, bytes);
      } catch {
        onDamaged(stored.length - counting.length + index);
      }
    });
  });
  return doc;
}

export function decodeSnapshot(bytes: Uint8Array): Y.Snapshot {
  if (bytes.length === 0) return Y.emptySnapshot;
  try {
    return Y.decodeSnapshot(bytes);
  } catch (cause) {
    throw new PeerholdError('doc-snapshot-malformed', {}, { cause });
  }
}
