import { expect, it } from 'vitest';
import { around, attachTo, founder, invite, join, link, until } from '../../test/kit/peers';
import { pageDoc } from '../commons/pages';
import { PIECE_BYTES } from '../files/limits';
import { Peer } from './peer';

const [ROOF, GARDEN] = [pageDoc('a1'), pageDoc('b2')];
const content = (length: number, seed: number): Blob =>
  new Blob([Uint8Array.from({ length }, (_, at) => (at * seed) % 251)]);

/** Ana has a network with two pages and three files on them; Ben has joined it, and is connected once what this gives is called. */
async function twoPeers() {
  const ana = await founder();
  const ben = await join(ana.peer, await invite(ana.peer), 'Ben');
  const add = async (page: string, seed: number): Promise<string> => {
    const { id } = await ana.peer.files.held.add(content(PIECE_BYTES + 10, seed));
    await attachTo(ana.peer, page, id);
    return id;
  };
  const files = [await add('a1', 3), await add('a1', 5), await add('b2', 7)] as const;
  const meet = async (): Promise<void> => {
    link(ana.peer, ben.peer);
    await until(() => [ROOF, GARDEN].every((doc) => ben.peer.docs.ids().includes(doc)));
  };
  const close = () => Promise.all([ana.peer.close(), ben.peer.close()]);
  return { ana, ben, add, files, meet, close };
}

it('all files of a page come, also one that is attached later, and none of another page', async () => {
  const { ben, add, files, meet, close } = await twoPeers();
  const { held, kept } = ben.peer.files;
  await meet();
  await kept.keep(ROOF);
  await until(() => held.has(files[0]) && held.has(files[1]));
  const later = await add('a1', 11);
  await until(() => held.has(later));
  expect(ben.peer.files.sync.state(files[2]).state).toBe('absent');
  expect(kept.chosen).toEqual({ all: false, docs: [ROOF] });
  expect(await kept.amount()).toEqual({
    named: {
      files: 4,
      whole: 3,
      bytes: 3 * (PIECE_BYTES + 10) + 1,
      here: 3 * (PIECE_BYTES + 10),
      fetching: 0,
      unreached: 0,
      problem: null,
    },
    stored: 3 * (PIECE_BYTES + 10),
  });
  await close();
});

it('all files of the network come, and the choice outlasts the app and is in no event or document', async () => {
  const { ana, ben, add, files, close } = await twoPeers();
  const before = ben.peer.replica.record.size;
  await ben.peer.files.kept.keep(null);
  expect(ben.peer.replica.record.size).toBe(before);
  expect(ben.peer.docs.ids()).toEqual([]);
  await ben.peer.close();
  const again = await Peer.open(ana.peer.id, ben.signer, ben.store, around);
  link(ana.peer, again);
  await until(() => files.every((file) => again.files.held.has(file)));
  const later = await add('c3', 13);
  await until(() => again.files.held.has(later));
  expect(again.files.kept.chosen).toEqual({ all: true, docs: [] });
  expect((await again.files.kept.amount()).named).toMatchObject({ files: 4, whole: 4 });
  await again.close();
  await close();
});

it('what its person removes or stops stays away until they ask for it or choose anew', async () => {
  const { ben, add, files, meet, close } = await twoPeers();
  const { files: mine } = ben.peer;
  await meet();
  await mine.kept.keep(ROOF);
  await until(() => mine.held.has(files[0]) && mine.held.has(files[1]));
  await mine.drop(files[0]);
  // Another one is attached to the same page: it is read anew, and only that one comes.
  const later = await add('a1', 11);
  await until(() => mine.held.has(later));
  expect(mine.sync.state(files[0]).state).toBe('absent');
  await mine.fetch(files[0]);
  await until(() => mine.held.has(files[0]));
  await mine.drop(files[1]);
  await mine.kept.keep(ROOF);
  await until(() => mine.held.has(files[1]));
  await close();
});

it('a choice that is taken back fetches no more, but for what another one keeps; what is here stays', async () => {
  const { ben, files, meet, close } = await twoPeers();
  const { files: mine } = ben.peer;
  await meet();
  await mine.kept.keep(ROOF);
  await until(() => mine.held.has(files[0]) && mine.held.has(files[1]));
  // Named by both pages, and nobody has it.
  const nobodys = '7f'.repeat(32);
  for (const page of ['a1', 'b2']) await attachTo(ben.peer, page, nobodys);
  await mine.kept.keep(GARDEN);
  await until(() => mine.held.has(files[2]));
  await mine.kept.release(ROOF);
  expect(mine.sync.state(nobodys)).toMatchObject({ state: 'fetching', sources: 0 });
  expect((await mine.kept.amount()).named).toMatchObject({ fetching: 1, unreached: 1 });
  await mine.kept.release(GARDEN);
  expect(mine.sync.state(nobodys).state).toBe('absent');
  expect(mine.held.has(files[0])).toBe(true);
  expect(mine.kept.chosen).toEqual({ all: false, docs: [] });
  await close();
});

it('a stored choice that is none is as if there had been none', async () => {
  const { ana, ben, close } = await twoPeers();
  for (const stored of ['all', { all: 1, docs: 'a', without: [3] }, null]) {
    await ben.store.remember('files-kept', stored);
    const again = await Peer.open(ana.peer.id, ben.signer, ben.store, around);
    expect(again.files.kept.chosen).toEqual({ all: false, docs: [] });
    await again.close();
  }
  await close();
});
