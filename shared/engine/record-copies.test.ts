import { afterEach, describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { around, founder } from '../../test/kit/peers';
import { sourceOf } from '../bundle/source';
import { addComment } from '../commons/comments';
import { clauseDiscussion } from '../commons/draft';
import { readZip } from '../commons/exchange/zip-read';
import { COMMONS_DOC, addPage, discussionDoc, pageDoc, pageText } from '../commons/pages';
import { addPassage } from '../commons/passages/threads';
import { textToFragment } from '../commons/text/canonical';
import { versionInForce } from '../network/agreement/queries';
import type { Peer } from '../peer/peer';
import { concat } from '../record/bytes';
import copies from '../words/en/copies.json';
import { writeDoc } from './new-pages';
import { PageDesk } from './page-desk';

const open: Peer[] = [];
afterEach(async () => {
  for (const peer of open.splice(0)) await peer.close();
});

const FOLDER = 'Agreement, decisions, discussions.record';
const WORDS = { untitled: 'Untitled', unnamed: 'File', copies };
const DAY = Date.UTC(2026, 10, 28);

async function begin() {
  const { peer } = await founder();
  open.push(peer);
  return { peer, desk: new PageDesk({ peer, around, progress: () => undefined }) };
}

async function exported(desk: PageDesk, page: string | null = null) {
  const pieces: Uint8Array[] = [];
  await desk.export({ page, words: WORDS }, async (piece) => void pieces.push(piece.slice()));
  const archive = concat(...pieces);
  const entries = await readZip(sourceOf(archive));
  const texts = new Map<string, string>();
  for (const entry of entries) texts.set(entry.path, new TextDecoder().decode(await entry.read(100_000)));
  return { archive, texts };
}

/** A page and a protocol that are discussed, and a decision with a reason. */
async function house() {
  const { peer, desk } = await begin();
  const member = peer.me!.member;
  const write = (doc: string, edit: (doc: Y.Doc) => void) => writeDoc(peer, DAY, doc, edit);
  await write(COMMONS_DOC, (doc) => addPage(doc, { id: 'roof', title: 'The roof', parent: null, by: null, time: 1 }));
  await write(pageDoc('roof'), (doc) => textToFragment('It leaks.', pageText(doc)));
  await write(discussionDoc('roof'), (doc) => {
    addComment(doc, { id: '1', member, time: DAY, text: 'Since when?\n# Since May' });
    addPassage(doc, 'p', { start: [1, 1], end: [1, 2], quote: 'leaks', before: '', after: '' });
    addComment(doc, { id: '2', member: null, time: DAY, text: 'Where?', passage: 'p' });
  });
  const [protocol] = versionInForce(peer.state)!.protocols;
  await write(clauseDiscussion(protocol!.id), (doc) =>
    addComment(doc, { id: '3', member, time: DAY, text: 'It serves us.' }),
  );
  const proposal = await peer.act({
    type: 'proposal.open',
    payload: {
      title: { text: 'Mend: the roof?' },
      text: { text: 'See [@The roof](peerhold:page/roof).' },
      effect: { kind: 'none' },
      deadline: 0,
    },
  });
  await peer.act({ type: 'ballot.cast', payload: { proposal, choice: 'agree', reason: { text: 'It\nleaks' } } });
  return { peer, desk, proposal, protocol: protocol! };
}

describe('copies of the record', () => {
  it('go with all pages: the agreement, the decisions with their ballots, and what was said', async () => {
    const { peer, desk, proposal, protocol } = await house();
    const { texts } = await exported(desk);
    const opened = new Date(peer.state.proposals.get(proposal)!.time).toISOString().slice(0, 10);
    expect([...texts.keys()]).toEqual([
      'The roof.md',
      `${FOLDER}/Agreement, version 1.md`,
      `${FOLDER}/Decisions/${opened} Mend- the roof-.md`,
      `${FOLDER}/Discussions/${protocol.title}.md`,
      `${FOLDER}/Discussions/The roof.md`,
    ]);
    const agreement = texts.get(`${FOLDER}/Agreement, version 1.md`)!;
    expect(agreement).toContain(`id: "${versionInForce(peer.state)!.id}"`);
    expect(agreement).toContain('in-force: true');
    for (const { title, text, kind, params } of versionInForce(peer.state)!.protocols) {
      expect(agreement).toContain(`## ${title}\n\n${peer.replica.text(text)}`);
      if (Object.keys(params).length > 0) expect(agreement).toContain(JSON.stringify({ kind, params }, null, 2));
    }
    const decision = texts.get(`${FOLDER}/Decisions/${opened} Mend- the roof-.md`)!;
    expect(decision).toContain(`title: "Mend: the roof?"\nid: "${proposal}"\nstatus: "adopted"\n`);
    expect(decision).toContain('See [The roof](../../The%20roof.md).');
    expect(decision).toContain('## Ballots\n\n- Ana, Agree: It leaks\n');
    // What was said can not pass for a heading of the file.
    expect(texts.get(`${FOLDER}/Discussions/The roof.md`)).toContain(
      '**Ana**, 2026-11-28:\n\n> Since when?\n> # Since May\n\n### “leaks”\n\n**Somebody**, 2026-11-28:\n\n> Where?\n',
    );
  });

  it('do not go with one page alone', async () => {
    const { desk } = await house();
    expect([...(await exported(desk, 'roof')).texts.keys()]).toEqual(['The roof.md']);
  });

  it('are left alone by an import, which says so once', async () => {
    const { archive } = await exported((await house()).desk);
    const other = await begin();
    const files = [{ path: 'all.zip', content: sourceOf(archive) }];
    const left = [{ path: FOLDER, code: 'import-copies' }];
    expect(await other.desk.preview(files)).toMatchObject({ pages: [{ title: 'The roof' }], left });
    expect(await other.desk.import({ files, parent: null })).toMatchObject({ pages: 1, left });
  });

  it('are no pages either where there is nothing else', async () => {
    const { desk } = await begin();
    const { archive } = await exported(desk);
    const other = await begin();
    const preview = await other.desk.preview([{ path: 'all.zip', content: sourceOf(archive) }]);
    expect(preview).toMatchObject({ pages: [], left: [{ code: 'import-copies' }] });
  });
});
