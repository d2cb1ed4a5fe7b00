import * as Y from 'yjs';
import { PeerholdError } from '../errors';
import { MAX_DEPTH, MAX_UPDATE } from './limits';

/**
 * Checks bytes that claim to be a Yjs update before any document sees them: decoded whole on the side first, since
 * `applyUpdate` reads its second half only after the first has been applied, and reserves memory for counts that nothing backs.
 * Throws `doc-update-too-large`, `doc-update-malformed`. Time and memory are linear in the bytes given.
 */
export function checkUpdate(bytes: Uint8Array): void {
  if (bytes.length > MAX_UPDATE) throw new PeerholdError('doc-update-too-large', { bytes: bytes.length });
  let structs: ReturnType<typeof Y.decodeUpdate>['structs'];
  try {
    structs = Y.decodeUpdate(bytes).structs;
  } catch (cause) {
    throw new PeerholdError('doc-update-malformed', {}, { cause });
  }
  for (const struct of structs) {
    if (struct.length <= 0 || (struct instanceof Y.Item && !allowed(struct.content)))
      throw new PeerholdError('doc-update-malformed');
  }
}

function allowed(content: Y.Item['content']): boolean {
  // A document inside a document would be one that no bound, no store and no comparison of ours covers.
  if (content instanceof Y.ContentDoc) return false;
  if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) return shallow(content.arr, MAX_DEPTH);
  if (content instanceof Y.ContentFormat) return shallow(content.value, MAX_DEPTH);
  if (content instanceof Y.ContentEmbed) return shallow(content.embed, MAX_DEPTH);
  return true;
}

function shallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return true;
  return levels > 0 && Object.values(value).every((inner) => shallow(inner, levels - 1));
}

/** Bytes that a document holds back because what they build on is missing. */
export function pendingBytes(doc: Y.Doc): number {
  return (doc.store.pendingStructs?.update.length ?? 0) + (doc.store.pendingDs?.length ?? 0);
}

export function dropPending(doc: Y.Doc): void {
  doc.store.pendingStructs = null;
  doc.store.pendingDs = null;
}

/** Whether whoever knows `known` has all of an update (checked before) already. */
export function isKnown(known: Y.Snapshot, update: Uint8Array): boolean {
  const { structs, ds } = Y.decodeUpdate(update);
  for (const struct of structs) {
    const clock = known.sv.get(struct.id.client) ?? 0;
    if (!(struct instanceof Y.Skip) && clock < struct.id.clock + struct.length) return false;
  }
  for (const [client, ranges] of ds.clients) {
    const deleted = known.ds.clients.get(client) ?? [];
    for (const { clock, len } of ranges)
      if (!deleted.some((range) => range.clock <= clock && clock + len <= range.clock + range.len)) return false;
  }
  return true;
}
