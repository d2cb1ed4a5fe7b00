import * as Y from 'yjs';
import { type Beginning, type PageContent, contentOf, fill } from '../commons/beginning';
import { MAX_DOC_BYTES } from '../commons/limits';
import { pageDoc } from '../commons/pages';
import { PeerholdError } from '../errors';
import type { Peer } from '../peer/peer';

const NOTHING: PageContent = { markdown: '', files: [] };

/** Writes into a document of the commons as this device's member; resolves once it is on this disk. Rejects with `no-member`, or as `Docs.apply`. */
export async function writeDoc(peer: Peer, now: number, doc: string, edit: (doc: Y.Doc) => void): Promise<void> {
  const { me } = peer;
  if (me === null) throw new PeerholdError('no-member');
  const copy = new Y.Doc();
  Y.applyUpdate(copy, await peer.docs.state(doc));
  const changes: Uint8Array[] = [];
  copy.on('update', (update: Uint8Array) => changes.push(update));
  copy.transact(() => edit(copy));
  if (changes.length === 0) return;
  await peer.docs.apply(doc, { bytes: Y.mergeUpdates(changes), member: me.member, time: now }, null);
}

/** Gives a page that has no text one to begin with. */
export async function beginPage(peer: Peer, now: number, page: string, beginning: Beginning): Promise<void> {
  const content =
    'markdown' in beginning
      ? { ...NOTHING, markdown: beginning.markdown }
      : await peer.docs.glance(pageDoc(beginning.page), MAX_DOC_BYTES, contentOf);
  await writeDoc(peer, now, pageDoc(page), (doc) => fill(doc, content ?? NOTHING));
}
