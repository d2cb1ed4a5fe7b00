import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { around, founder } from '../../test/kit/peers';
import { attach } from '../commons/attachments';
import { addComment } from '../commons/comments';
import {
  AGREEMENT_DOC,
  addProtocol,
  clauseDiscussion,
  protocolText,
  removeProtocol,
  seedDraft,
} from '../commons/draft';
import type { DocStore } from '../commons/ports';
import {
  COMMONS_DOC,
  addPage,
  addTag,
  deletePage,
  discussionDoc,
  pageDoc,
  pageText,
  removeTag,
  renamePage,
} from '../commons/pages';
import type { SearchAnswer } from '../commons/search/model';
import { textToFragment } from '../commons/text/canonical';
import { versionInForce } from '../network/agreement/queries';
import { draftEntry } from '../network/ledger/drafts';
import { Peer } from '../peer/peer';
import type { Clock } from '../sync/clock';
import { SearchDesk } from './search';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function begin(): Promise<{ peer: Peer; desk: SearchDesk }> {
  const { peer } = await founder();
  return { peer, desk: deskOf(peer) };
}

/** A clock by which every text takes so long that the desk rests after it. */
let time = 0;
const slow: Clock = { ...around.clock, now: () => (time += 10) };

function deskOf(peer: Peer, clock = around.clock): SearchDesk {
  const desk = new SearchDesk(peer, clock);
  open.push(peer, desk);
  return desk;
}

/** Changes a document as a screen would. */
async function change(peer: Peer, id: string, edit: (doc: Y.Doc) => void): Promise<void> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, await peer.docs.state(id));
  const before = Y.encodeStateVector(doc);
  edit(doc);
  const bytes = Y.encodeStateAsUpdate(doc, before);
  await peer.docs.apply(id, { bytes, member: peer.me!.member, time: 0 }, null);
}

const page = async (peer: Peer, id: string, title: string, text: string): Promise<void> => {
  await change(peer, COMMONS_DOC, (doc) => addPage(doc, { id, title, parent: null, by: null, time: 0 }));
  await change(peer, pageDoc(id), (doc) => textToFragment(text, pageText(doc)));
};

const ask = (desk: SearchDesk, words: string): SearchAnswer => desk.find({ words, kind: null, each: 10 });
const keys = ({ hits }: SearchAnswer) => hits.map(({ kind, id, gone }) => `${kind} ${id}${gone ? ' gone' : ''}`);
const marked = ({ hits }: SearchAnswer) =>
  hits.flatMap(({ title, excerpt }) =>
    [title, excerpt].flatMap((one) => one?.marks.map(([from, to]) => one.text.slice(from, to)) ?? []),
  );

const words = (text: string) => ({ text });
const memo = (text: string) => ({
  type: 'entry.post' as const,
  payload: {
    ...draftEntry({ what: 'income', unit: 'EUR', amount: 100, category: 'gifts', into: 'bank' }),
    date: '2026-11-27',
    memo: words(text),
  },
});

describe('search in a network', () => {
  it('finds what is written anywhere in it, with the words marked', async () => {
    const { peer, desk } = await begin();
    await page(peer, 'p1', 'Minutes of May', 'We looked at the **orchard** behind the house.');
    await change(peer, pageDoc('p1'), (doc) =>
      attach(doc, { file: 'ab'.repeat(32), name: 'orchard-plan.pdf', size: 1, type: '', time: 0, by: null }),
    );
    await change(peer, discussionDoc('p1'), (doc) =>
      addComment(doc, { id: 'c', member: null, time: 0, text: 'Is the orchard ours?' }),
    );
    const proposal = await peer.act({
      type: 'proposal.open',
      payload: {
        title: words('Plant trees'),
        text: words('# Why\n\nThe orchard is old.'),
        effect: { kind: 'none' },
        deadline: 0,
      },
    });
    await change(peer, discussionDoc(proposal), (doc) =>
      addComment(doc, { id: 'c', member: null, time: 0, text: 'Which orchard?' }),
    );
    const resource = await peer.act({
      type: 'resource.seek',
      payload: { name: words('The orchard'), about: words('Twelve trees.'), kind: 'land', amount: 1, unit: 'EUR' },
    });
    const { member } = peer.me!;
    await peer.act({ type: 'member.describe', payload: { name: words('Ana'), offers: words('Help in the orchard') } });
    const entry = await peer.act(memo('Gift for the orchard'));
    const version = versionInForce(peer.state)!;
    const [first] = version.protocols;
    await change(peer, AGREEMENT_DOC, (doc) => {
      seedDraft(doc, version, ({ text }) => peer.replica.text(text));
      textToFragment('Nobody owns the orchard.', protocolText(doc, first!.id));
    });
    await desk.settled();
    const found = ask(desk, 'orchard');
    expect(keys(found).sort()).toEqual(
      [
        'page p1',
        'discussion p1',
        `discussion ${proposal}`,
        `proposal ${proposal}`,
        `resource ${resource}`,
        `member ${member}`,
        `entry ${entry}`,
        `draft ${first!.id}`,
      ].sort(),
    );
    expect(new Set(marked(found))).toEqual(new Set(['orchard']));
    expect(found).toMatchObject({ match: 'all', reading: null, cut: 0 });
    const discussed = found.hits
      .filter(({ kind }) => kind === 'discussion')
      .map(({ about, title }) => [about, title.text]);
    expect(discussed.sort()).toEqual([
      ['page', 'Minutes of May'],
      ['proposal', 'Plant trees'],
    ]);
    // The draft says of every other protocol what is in force: that is found once.
    const inForce = ask(desk, version.protocols[1]!.title);
    expect(keys(inForce)).toContain(`agreement ${version.protocols[1]!.id}`);
    expect(inForce.counts.draft).toBeUndefined();
    expect(desk.find({ words: 'orchard', kind: 'page', each: 5 })).toMatchObject({
      hits: [{ kind: 'page' }],
      counts: { page: 1, discussion: 2 },
    });
  });

  it('finds what is said about a protocol of the draft, under its title there, until it is gone', async () => {
    const { peer, desk } = await begin();
    const version = versionInForce(peer.state)!;
    const [first] = version.protocols;
    const say = (protocol: string, id: string, text: string) =>
      change(peer, clauseDiscussion(protocol), (doc) => addComment(doc, { id, member: null, time: 0, text }));
    const told = ({ hits }: SearchAnswer) => hits.map(({ kind, id, about, title }) => [kind, id, about, title.text]);
    await say(first!.id, 'a', 'What about the walnut?');
    await desk.settled();
    expect(told(ask(desk, 'walnut'))).toEqual([['discussion', first!.id, 'clause', first!.title]]);
    await change(peer, AGREEMENT_DOC, (doc) => {
      seedDraft(doc, version, ({ text }) => peer.replica.text(text));
      addProtocol(doc, { id: 'nuts', kind: 'practice', title: 'Who cracks nuts', params: {} });
    });
    await say('nuts', 'b', 'Each their own hazelnut.');
    await desk.settled();
    expect(told(ask(desk, 'hazelnut'))).toEqual([['discussion', 'nuts', 'clause', 'Who cracks nuts']]);
    await change(peer, AGREEMENT_DOC, (doc) => removeProtocol(doc, 'nuts'));
    await desk.settled();
    expect(told(ask(desk, 'hazelnut'))).toEqual([]);
    expect(told(ask(desk, 'walnut'))).toHaveLength(1);
  });

  it('answers while it reads with what it has read, and says how far it is', async () => {
    const { peer } = await begin();
    for (let at = 0; at < 40; at++) await page(peer, `p${at}`, `Page ${at}`, `Common words, and number n${at}.`);
    const desk = deskOf(peer, slow);
    const seen: number[] = [];
    let partly = 0;
    for (let answer = ask(desk, 'common'); answer.reading !== null; answer = ask(desk, 'common')) {
      seen.push(answer.reading.done);
      expect(answer.reading.done).toBeLessThanOrEqual(answer.reading.total);
      const count = answer.counts.page ?? 0;
      expect(new Set(marked(answer))).toEqual(new Set(count === 0 ? [] : ['Common']));
      if (count > 0 && count < 40) partly += 1;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(partly).toBeGreaterThan(0);
    expect(ask(desk, 'common').counts).toEqual({ page: 40 });
    expect(keys(ask(desk, 'n37'))).toEqual(['page p37']);
  });

  it('follows what is written, renamed and deleted', async () => {
    const { peer, desk } = await begin();
    await page(peer, 'p1', 'Roof', 'It leaks.');
    await desk.settled();
    await change(peer, pageDoc('p1'), (doc) => textToFragment('It is mended.', pageText(doc)));
    await change(peer, COMMONS_DOC, (doc) => renamePage(doc, 'p1', 'The old roof'));
    await page(peer, 'p2', 'Cellar', 'Damp.');
    await desk.settled();
    expect(['leaks', 'mended', 'old', 'damp'].map((word) => keys(ask(desk, word)))).toEqual([
      [],
      ['page p1'],
      ['page p1'],
      ['page p2'],
    ]);
    await change(peer, COMMONS_DOC, (doc) => deletePage(doc, 'p1'));
    await desk.settled();
    expect(keys(ask(desk, 'mended'))).toEqual(['page p1 gone']);
  });

  it('finds pages by their tags, also one without a text, and follows them', async () => {
    const { peer, desk } = await begin();
    await change(peer, COMMONS_DOC, (doc) =>
      addPage(doc, { id: 'p0', title: 'Bare', parent: null, by: null, time: 0 }),
    );
    await change(peer, COMMONS_DOC, (doc) => addTag(doc, 'p0', 'Winter work'));
    await page(peer, 'p1', 'Roof', 'It leaks.');
    await desk.settled();
    expect(keys(ask(desk, 'winter'))).toEqual(['page p0']);
    await change(peer, COMMONS_DOC, (doc) => addTag(doc, 'p1', 'Winter work'));
    await change(peer, COMMONS_DOC, (doc) => removeTag(doc, 'p0', 'winter work'));
    await desk.settled();
    expect([keys(ask(desk, 'winter')), keys(ask(desk, 'leaks')), keys(ask(desk, 'bare'))]).toEqual([
      ['page p1'],
      ['page p1'],
      ['page p0'],
    ]);
    await change(peer, COMMONS_DOC, (doc) => renamePage(doc, 'p1', 'Old roof'));
    await desk.settled();
    expect(keys(ask(desk, 'winter'))).toEqual(['page p1']);
  });

  it('never shows again what was erased, from the moment it is', async () => {
    const { peer, desk } = await begin();
    const entry = await peer.act(memo('Zebra for Ben'));
    await peer.act(memo('Donkey'));
    await desk.settled();
    expect(keys(ask(desk, 'zebra'))).toEqual([`entry ${entry}`]);
    const { memo: text } = peer.state.entries.get(entry)!;
    await peer.act({ type: 'text.erase', payload: { event: entry, text } });
    expect(ask(desk, 'zebra').hits).toEqual([]);
    await desk.settled();
    expect(ask(desk, 'zebra').hits).toEqual([]);
    expect(ask(desk, 'donkey').hits).toHaveLength(1);
  });

  it('reads the rest where one document can not be read, and says so', async () => {
    const { peer, store, signer } = await founder();
    await page(peer, 'bad', 'Broken page', 'unreadable words');
    await page(peer, 'good', 'Whole page', 'readable words');
    await peer.close();
    const docs: DocStore = {
      list: () => store.docs.list(),
      append: (...given) => store.docs.append(...given),
      load: async (doc) => {
        if (doc === pageDoc('bad')) throw new Error('the disk is broken here');
        return store.docs.load(doc);
      },
    };
    const broken = new Proxy(store, {
      get: (target, name) => {
        const value: unknown = name === 'docs' ? docs : Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const desk = deskOf(await Peer.open(peer.id, signer, broken, around));
    await desk.settled();
    const found = ask(desk, 'words');
    expect([keys(found), found.cut]).toEqual([['page good'], 1]);
    expect(keys(ask(desk, 'broken'))).toEqual(['page bad']);
  });

  it('knows what mentions what, follows it as texts change, and tells when it has', async () => {
    const { peer } = await founder();
    let told = 0;
    const desk = new SearchDesk(peer, around.clock, () => (told += 1));
    open.push(peer, desk);
    await page(peer, 'roof', 'Roof', 'Alone, and [@Roof](peerhold:page/roof) itself.');
    await page(peer, 'minutes', 'Minutes', 'We saw [@Roof](peerhold:page/roof), twice: [@Roof](peerhold:page/roof).');
    await page(peer, 'gone', 'Gone', 'Of [@Roof](peerhold:page/roof) too.');
    await change(peer, COMMONS_DOC, (doc) => deletePage(doc, 'gone'));
    const proposal = await peer.act({
      type: 'proposal.open',
      payload: {
        title: words('Mend it'),
        text: words('See [@Roof](peerhold:page/roof).'),
        effect: { kind: 'none' },
        deadline: 0,
      },
    });
    await page(peer, 'plan', 'Plan', 'For [@Mend it](peerhold:decision/' + proposal + ').');
    const version = versionInForce(peer.state)!;
    const [first] = version.protocols;
    await change(peer, AGREEMENT_DOC, (doc) => {
      seedDraft(doc, version, ({ text }) => peer.replica.text(text));
      textToFragment('By [@Roof](peerhold:page/roof).', protocolText(doc, first!.id));
    });
    await desk.settled();
    const roof = { kind: 'page', id: 'roof' } as const;
    const linking = () => desk.backlinks(roof).links.map(({ kind, id, title, times }) => [kind, id, title, times]);
    expect(linking()).toEqual([
      ['page', 'minutes', 'Minutes', 2],
      ['draft', first!.id, first!.title, 1],
      ['proposal', proposal, 'Mend it', 1],
    ]);
    const [link] = desk.backlinks(roof).links;
    expect(link!.excerpt.text).toBe('We saw Roof, twice: Roof.');
    expect(desk.backlinks({ kind: 'decision', id: proposal }).links.map(({ id }) => id)).toEqual(['plan']);
    expect([told, desk.backlinks(roof)]).toMatchObject([1, { count: 3, reading: null, cut: 0 }]);
    await change(peer, pageDoc('minutes'), (doc) => textToFragment('Nothing.', pageText(doc)));
    await change(peer, COMMONS_DOC, (doc) => renamePage(doc, 'plan', 'New plan'));
    await desk.settled();
    expect(linking().map(([, id]) => id)).toEqual([first!.id, proposal]);
    expect(told).toBe(2);
  });

  it('reads nothing before it is asked, and ends in the middle of reading', async () => {
    const { peer } = await begin();
    for (let at = 0; at < 40; at++) await page(peer, `p${at}`, `Page ${at}`, 'Words.');
    let looked = 0;
    const { docs } = peer;
    const glance = docs.glance.bind(docs);
    docs.glance = (...given) => ((looked += 1), glance(...given));
    const desk = deskOf(peer);
    await change(peer, COMMONS_DOC, (doc) => renamePage(doc, 'p1', 'Renamed'));
    expect(looked).toBe(0);
    desk.find({ words: '', kind: null, each: 1 });
    expect(looked).toBe(1);
    await desk.close();
    expect(looked).toBeLessThan(40);
  });
});
