import * as Y from 'yjs';
import type { Peer } from '../peer/peer';

/** A neighbour's version of a document, to be looked at beside one's own: one Yjs update. */
export async function versionOf({ commons }: Peer, doc: string, device: string): Promise<Uint8Array> {
  const updates = await commons.fetch(device, doc);
  return Y.mergeUpdates(updates.map(({ bytes }) => bytes));
}

/** Takes it in place of one's own, as it is by then. */
export async function adoptVersion({ commons, docs }: Peer, doc: string, device: string): Promise<void> {
  await docs.adopt(doc, await commons.fetch(device, doc));
  // What is equal again is found at once, and not at the next comparison.
  commons.sync.compare();
}
