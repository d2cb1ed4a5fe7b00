import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { around, founder, invite, join, link, until } from '../../test/kit/peers';
import type { ChangedApart } from '../commons/apart';
import { AGREEMENT_DOC, addProtocol, protocolText, setParams, setTitle } from '../commons/draft';
import { pageText } from '../commons/pages';
import { blockText, changeText } from '../commons/text/change-text';
import { canonicalText } from '../commons/text/canonical';
import { Peer } from './peer';

const PAGE = 'page:1';

async function opened(peer: Peer, doc = PAGE): Promise<Y.Doc> {
  const copy = new Y.Doc({ gc: false });
  Y.applyUpdate(copy, await peer.docs.state(doc));
  return copy;
}

/** Makes the page say this, as an editor would: by changing what differs. */
const write = (peer: Peer, markdown: string): Promise<void> =>
  change(peer, PAGE, (copy) => changeText(pageText(copy), markdown));

async function change(peer: Peer, doc: string, edit: (copy: Y.Doc) => void): Promise<void> {
  const copy = await opened(peer, doc);
  const made: Uint8Array[] = [];
  copy.on('update', (bytes: Uint8Array) => made.push(bytes));
  edit(copy);
  for (const bytes of made)
    await peer.docs.apply(doc, { bytes, member: peer.me!.member, time: around.now() }, 'screen');
}

const textOf = async (peer: Peer): Promise<string> => canonicalText(pageText(await opened(peer)));
const told = (found: readonly ChangedApart[]) =>
  found.map(({ before, mine, theirs, merged, who }) => ({ before, mine, theirs, merged, who }));

/** Connects two, and waits until neither lacks anything of the other's. */
async function together(one: Peer, two: Peer): Promise<() => Promise<void>> {
  const { cut } = link(one, two);
  await until(() => [one, two].every((peer) => peer.connections.length > 0));
  for (let tries = 0; tries < 200; tries++) {
    if ((await one.commons.sync.isEqual()) && (await two.commons.sync.isEqual())) break;
    await new Promise((done) => setTimeout(done, 10));
  }
  expect(await textOf(one)).toBe(await textOf(two));
  return async () => {
    cut();
    await until(() => [one, two].every((peer) => peer.connections.length === 0));
  };
}

it('a paragraph that two changed apart is told to both once they meet, until each has settled it, over restarts', async () => {
  const ana = await founder();
  const ben = await join(ana.peer, await invite(ana.peer), 'ben');
  const [anas, bens] = [ana.peer.me!.member, ben.peer.me!.member];
  await write(ana.peer, 'First.\n\nAfter ten we keep it quiet.');
  let part = await together(ana.peer, ben.peer);
  expect([await ana.peer.commons.apart.of(PAGE), await ben.peer.commons.apart.of(PAGE)]).toEqual([[], []]);
  // While they are together each sees what the other writes.
  await write(ana.peer, 'First.\n\nAfter ten we keep it quiet, always.');
  await until(() => ana.peer.deliveries().every(({ lacksTexts }) => lacksTexts === 0));
  await write(ben.peer, 'First.\n\nAfter ten we keep it quiet, always. Ben.');
  await until(() => ben.peer.deliveries().every(({ lacksTexts }) => lacksTexts === 0));
  expect([await ana.peer.commons.apart.of(PAGE), await ben.peer.commons.apart.of(PAGE)]).toEqual([[], []]);
  await part();

  const before = 'After ten we keep it quiet, always. Ben.';
  await write(ana.peer, `First.\n\nAna: ${before}`);
  await write(ben.peer, `First and more.\n\n${before} And Fridays.`);
  const changed: string[] = [];
  ana.peer.commons.apart.changed.add((doc) => changed.push(doc));
  part = await together(ana.peer, ben.peer);
  await until(() => changed.length > 0);
  const merged = `Ana: ${before} And Fridays.`;
  const [hers, his] = [`Ana: ${before}`, `${before} And Fridays.`];
  expect(told(await ana.peer.commons.apart.of(PAGE))).toEqual([
    { before, mine: hers, theirs: his, merged, who: [bens] },
  ]);
  const [found] = await ben.peer.commons.apart.of(PAGE);
  expect(told([found!])).toEqual([{ before, mine: his, theirs: hers, merged, who: [anas] }]);
  expect(blockText(pageText(await opened(ben.peer)), found!.block)).toBe(merged);
  await ana.peer.commons.apart.settle(PAGE, found!.block);
  expect(changed).toEqual([PAGE, PAGE]);
  expect(await ana.peer.commons.apart.of(PAGE)).toEqual([]);
  await part();

  for (const { peer } of [ana, ben]) await peer.close();
  const anaAgain = await Peer.open(ana.peer.id, ana.signer, ana.store, around);
  const benAgain = await Peer.open(ana.peer.id, ben.signer, ben.store, around);
  expect(await anaAgain.commons.apart.of(PAGE)).toEqual([]);
  expect(told(await benAgain.commons.apart.of(PAGE))).toEqual([
    { before, mine: his, theirs: hers, merged, who: [anas] },
  ]);
  part = await together(anaAgain, benAgain);
  expect(await anaAgain.commons.apart.of(PAGE)).toEqual([]);
  await part();
  for (const peer of [anaAgain, benAgain]) await peer.close();
});

it('a paragraph of a protocol in the draft is told with the text that it is in, and no other', async () => {
  const ana = await founder();
  const ben = await join(ana.peer, await invite(ana.peer), 'ben');
  const edit = (peer: Peer, text: Readonly<Record<string, string>>) =>
    change(peer, AGREEMENT_DOC, (copy) => {
      for (const [id, markdown] of Object.entries(text)) {
        addProtocol(copy, { id, kind: 'practice', title: id, params: {} });
        changeText(protocolText(copy, id), markdown);
      }
    });
  await edit(ana.peer, { care: 'We repair.', turns: 'First.\n\nIn turn.' });
  await (
    await together(ana.peer, ben.peer)
  )();
  await edit(ana.peer, { care: 'Ana: We repair.', turns: 'First.\n\nAna: In turn.' });
  await edit(ben.peer, { care: 'We repair.', turns: 'First and more.\n\nIn turn, Ben.' });
  const changed: string[] = [];
  ben.peer.commons.apart.changed.add((doc) => changed.push(doc));
  const part = await together(ana.peer, ben.peer);
  await until(() => changed.length > 0);
  const found = await ben.peer.commons.apart.of(AGREEMENT_DOC);
  expect(told(found)).toEqual([
    {
      ...{ before: 'In turn.', mine: 'In turn, Ben.', theirs: 'Ana: In turn.', merged: 'Ana: In turn, Ben.' },
      who: [ana.peer.me!.member],
    },
  ]);
  const draft = await opened(ben.peer, AGREEMENT_DOC);
  expect(found[0]!.text).toBe(Y.findRootTypeKey(protocolText(draft, 'turns')));
  expect(blockText(protocolText(draft, 'turns'), found[0]!.block)).toBe('Ana: In turn, Ben.');
  await ben.peer.commons.apart.settle(AGREEMENT_DOC, found[0]!.block);
  expect(await ben.peer.commons.apart.of(AGREEMENT_DOC)).toEqual([]);
  await part();
  for (const { peer } of [ana, ben]) await peer.close();
});

it('titles and parameters of the draft are told too, until each has settled them, over restarts', async () => {
  const ana = await founder();
  const ben = await join(ana.peer, await invite(ana.peer), 'ben');
  await change(ana.peer, AGREEMENT_DOC, (copy) =>
    addProtocol(copy, { id: 'care', kind: 'practice', title: 'Care', params: { a: 1 } }),
  );
  await (
    await together(ana.peer, ben.peer)
  )();
  const edit = (peer: Peer, title: string, a: number) =>
    change(peer, AGREEMENT_DOC, (copy) => {
      setTitle(copy, 'care', title);
      setParams(copy, 'care', { a });
    });
  await edit(ana.peer, 'Repairs', 2);
  await edit(ben.peer, 'Upkeep', 3);
  const changed: string[] = [];
  for (const { peer } of [ana, ben]) peer.commons.apart.changed.add((doc) => changed.push(doc));
  await (
    await together(ana.peer, ben.peer)
  )();
  await until(() => changed.length === 2);
  const [title, params] = ['title', 'params'].map((field) => ({ protocol: 'care', field }));
  expect(await ana.peer.commons.apart.fields()).toEqual([
    { ...title, before: 'Care', mine: 'Repairs', theirs: 'Upkeep', who: [ben.peer.me!.member] },
    { ...params, before: '{"a":1}', mine: '{"a":2}', theirs: '{"a":3}', who: [ben.peer.me!.member] },
  ]);
  expect(await ana.peer.commons.apart.of(AGREEMENT_DOC)).toEqual([]);
  await ana.peer.commons.apart.settle(AGREEMENT_DOC, { protocol: 'care', field: 'title' });
  for (const { peer } of [ana, ben]) await peer.close();
  const anaAgain = await Peer.open(ana.peer.id, ana.signer, ana.store, around);
  const benAgain = await Peer.open(ana.peer.id, ben.signer, ben.store, around);
  expect(await anaAgain.commons.apart.fields()).toMatchObject([params]);
  expect(await benAgain.commons.apart.fields()).toMatchObject([title, params]);
  await anaAgain.commons.apart.settle(AGREEMENT_DOC, { protocol: 'care', field: 'params' });
  expect(await anaAgain.commons.apart.fields()).toEqual([]);
  for (const peer of [anaAgain, benAgain]) await peer.close();
});

it('who only carries what others wrote is told nothing', async () => {
  const ana = await founder();
  const ben = await join(ana.peer, await invite(ana.peer), 'ben');
  await write(ana.peer, 'First.');
  const part = await together(ana.peer, ben.peer);
  await part();
  await write(ana.peer, 'First, says Ana.');
  const again = await together(ana.peer, ben.peer);
  expect([await ana.peer.commons.apart.of(PAGE), await ben.peer.commons.apart.of(PAGE)]).toEqual([[], []]);
  await again();
  for (const { peer } of [ana, ben]) await peer.close();
});

it.each([
  ['a number', 5],
  ['nothing', null],
  [
    'other rows',
    new Map<unknown, unknown>([
      [PAGE, 'x'],
      [7, []],
    ]),
  ],
  [
    'other meetings',
    new Map([[PAGE, [{}, null, 5, { here: new Uint8Array(3), there: new Uint8Array(3), settled: [] }]]]),
  ],
])('where the disk has %s in its place, nothing is told', async (_, kept) => {
  const { peer, store, signer } = await founder();
  await write(peer, 'First.');
  await peer.close();
  await store.remember('changed-apart', kept);
  const again = await Peer.open(peer.id, signer, store, around);
  expect(await again.commons.apart.of(PAGE)).toEqual([]);
  await again.close();
});
