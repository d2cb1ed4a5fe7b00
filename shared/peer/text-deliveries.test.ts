import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { around, founder, invite, join, link, until } from '../../test/kit/peers';
import { Peer } from './peer';
import { TextDeliveries } from './text-deliveries';

const PAGE = 'page:1';

async function write(peer: Peer, words: string, page = PAGE): Promise<void> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, await peer.docs.state(page));
  doc.getText('text').insert(0, words);
  await peer.docs.apply(page, { bytes: Y.encodeStateAsUpdate(doc), member: peer.me!.member, time: 1 }, 'screen');
}
const lackOf = (peer: Peer): readonly number[] => peer.deliveries().map(({ lacksTexts }) => lacksTexts);

it('tells what others lack of the pages that were written here, until they say that they have it, over restarts', async () => {
  const ana = await founder();
  const ben = await join(ana.peer, await invite(ana.peer), 'ben');
  expect(lackOf(ben.peer)).toEqual([0]);
  await write(ben.peer, 'The roof leaks. ');
  await write(ben.peer, 'Who has a ladder?', 'discussion:1');
  expect(lackOf(ben.peer)).toEqual([2]);
  await ben.peer.close();
  const bens = await Peer.open(ana.peer.id, ben.signer, ben.store, around);
  expect(lackOf(bens)).toEqual([2]);

  const wire = link(ana.peer, bens);
  await until(() => lackOf(bens)[0] === 0);
  // What was written there is not ours to bring.
  expect(lackOf(ana.peer)).toEqual([0]);
  await write(ana.peer, 'I have. ', 'discussion:1');
  expect(lackOf(ana.peer)).toEqual([1]);
  await until(() => lackOf(ana.peer)[0] === 0);
  await write(bens, 'On the north side. ');
  expect(lackOf(bens)).toEqual([1]);
  await until(() => lackOf(bens)[0] === 0);

  wire.cut();
  await until(() => bens.connections.length === 0);
  await bens.close();
  const later = await Peer.open(ana.peer.id, ben.signer, ben.store, around);
  expect(lackOf(later)).toEqual([0]);
  await write(later, 'And the south side. ');
  expect(lackOf(later)).toEqual([1]);
  for (const peer of [ana.peer, later]) await peer.close();
});

it('counts a device that was never equal as lacking all that was ever written', async () => {
  const { store } = await founder();
  const texts = await TextDeliveries.recall(store, 'a'.repeat(64));
  texts.wrote('page:1');
  texts.has('ben', null);
  texts.wrote('page:2');
  texts.has('cleo', 'page:1');
  expect([...texts.lacks('ben')]).toEqual(['page:2']);
  expect([...texts.lacks('cleo')]).toEqual(['page:2']);
  expect([...texts.lacks('dora')]).toEqual(['page:1', 'page:2']);
  texts.wrote('page:1');
  expect([...texts.lacks('cleo')].sort()).toEqual(['page:1', 'page:2']);
  await new Promise((done) => setTimeout(done, 0));
  const again = await TextDeliveries.recall(store, 'a'.repeat(64));
  for (const device of ['ben', 'cleo', 'dora']) expect(again.lacks(device)).toEqual(texts.lacks(device));
  // Another device in this one's place has delivered nothing and written nothing.
  expect((await TextDeliveries.recall(store, 'b'.repeat(64))).lacks('ben').size).toBe(0);
});
