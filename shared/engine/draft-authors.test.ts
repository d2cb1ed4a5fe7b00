import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { founder } from '../../test/kit/peers';
import { addComment } from '../commons/comments';
import { AGREEMENT_DOC, clauseDiscussion, protocolText, seedDraft } from '../commons/draft';
import { addPassage, resolvePassage } from '../commons/passages/threads';
import { textToFragment } from '../commons/text/canonical';
import { versionInForce } from '../network/agreement/queries';
import type { Peer } from '../peer/peer';
import { openCommentsOf } from './clause-comments';
import { draftAuthorsOf } from './draft-authors';

const open: Peer[] = [];
afterEach(async () => {
  for (const peer of open.splice(0)) await peer.close();
});

async function begin(): Promise<Peer> {
  const { peer } = await founder();
  open.push(peer);
  return peer;
}

/** Changes a document as a screen of a member would. */
async function change(peer: Peer, id: string, member: string, time: number, edit: (doc: Y.Doc) => void) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, await peer.docs.state(id));
  const before = Y.encodeStateVector(doc);
  edit(doc);
  await peer.docs.apply(id, { bytes: Y.encodeStateAsUpdate(doc, before), member, time }, null);
}

const anchor = { start: [1, 1], end: [1, 2], quote: 'x', before: '', after: '' } as const;

describe('who changed the draft of a network', () => {
  it('is told against what is in force, by the texts of the record', async () => {
    const peer = await begin();
    const version = versionInForce(peer.state)!;
    const [first] = version.protocols;
    expect(await draftAuthorsOf(peer)).toEqual([]);
    await change(peer, AGREEMENT_DOC, 'ann', 1, (doc) =>
      seedDraft(doc, version, ({ text }) => peer.replica.text(text)),
    );
    expect(await draftAuthorsOf(peer)).toEqual([]);
    await change(peer, AGREEMENT_DOC, 'bob', 5_000_000, (doc) =>
      textToFragment('Quite other words.', protocolText(doc, first!.id)),
    );
    expect(await draftAuthorsOf(peer)).toEqual([{ protocol: first!.id, member: 'bob', time: 5_000_000 }]);
  });
});

describe('open comments on protocols', () => {
  it('are those in passages that nobody has resolved and those on the whole, with the time of the last', async () => {
    const peer = await begin();
    const [first] = versionInForce(peer.state)!.protocols;
    const discussion = clauseDiscussion(first!.id);
    expect(await openCommentsOf(peer)).toEqual([]);
    await change(peer, discussion, 'ann', 1, (doc) => {
      addPassage(doc, 'p', anchor);
      addComment(doc, { id: '1', member: 'ann', time: 7, text: 'Why?', passage: 'p' });
      addComment(doc, { id: '2', member: 'bob', time: 9, text: 'So.', passage: 'p' });
      addPassage(doc, 'q', anchor);
      addComment(doc, { id: '3', member: 'bob', time: 11, text: 'And this?', passage: 'q' });
    });
    expect(await openCommentsOf(peer)).toEqual([{ protocol: first!.id, count: 3, whole: 0, last: 11 }]);
    await change(peer, discussion, 'ann', 2, (doc) => resolvePassage(doc, 'q', { member: 'ann', time: 12 }));
    expect(await openCommentsOf(peer)).toEqual([{ protocol: first!.id, count: 2, whole: 0, last: 9 }]);
    await change(peer, discussion, 'ann', 3, (doc) => resolvePassage(doc, 'p', { member: 'ann', time: 13 }));
    expect(await openCommentsOf(peer)).toEqual([]);
    await change(peer, discussion, 'bob', 4, (doc) =>
      addComment(doc, { id: '4', member: 'bob', time: 15, text: 'It serves us well.' }),
    );
    expect(await openCommentsOf(peer)).toEqual([{ protocol: first!.id, count: 0, whole: 1, last: 15 }]);
  });
});
