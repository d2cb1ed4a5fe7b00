import { expect, it } from 'vitest';
import { around, attachTo, founder, invite, join, link, until } from '../../test/kit/peers';
import { pageDoc } from '../commons/pages';
import { PIECE_BYTES } from '../files/limits';
import { equalBytes } from '../record/bytes';
import { Peer } from './peer';

const content = (length: number): Uint8Array<ArrayBuffer> => Uint8Array.from({ length }, (_, at) => at % 251);

it('a member fetches a file from another over their channel, and goes on with it after a restart', async () => {
  const ana = await founder();
  const ben = await join(ana.peer, await invite(ana.peer), 'Ben');
  const bytes = content(3 * PIECE_BYTES + 5);
  const { id } = await ana.peer.files.held.add(new Blob([bytes]));
  // Nobody is there: the wish is kept, and outlasts the app.
  ben.peer.files.sync.fetch(id);
  await ben.peer.close();
  const again = await Peer.open(ana.peer.id, ben.signer, ben.store, around);
  expect(again.files.sync.state(id)).toMatchObject({ state: 'fetching', sources: 0 });
  link(ana.peer, again);
  await until(() => again.files.held.has(id));
  expect(equalBytes(await again.files.held.read(id), bytes)).toBe(true);
  await again.files.drop(id);
  expect(again.files.sync.state(id)).toMatchObject({ state: 'absent', here: 0 });
  await again.close();
  await ana.peer.close();
});

it('who is leaving gets no file any more', async () => {
  const ana = await founder();
  const ben = await join(ana.peer, await invite(ana.peer), 'Ben');
  const { id } = await ana.peer.files.held.add(new Blob([content(10)]));
  link(ana.peer, ben.peer);
  await until(() => ben.peer.connections.length === 1 && ana.peer.connections.length === 1);
  await ben.peer.act({ type: 'member.leave', payload: {} });
  await until(() => ana.peer.state.members.get(ben.peer.me!.member)?.status === 'left');
  ben.peer.files.sync.fetch(id);
  // The question goes before this, and so would its answer.
  for (const label of ['one', 'two']) {
    const told = await ana.peer.act({ type: 'member.describe', payload: { name: { text: label } } });
    await until(() => ben.peer.replica.record.has(told));
  }
  expect(ben.peer.files.sync.state(id)).toMatchObject({ state: 'fetching', sources: 0, here: 0 });
  await ben.peer.close();
  await ana.peer.close();
});

it('a keeper fetches what documents name, without being told to', async () => {
  const ana = await founder();
  const ben = await join(ana.peer, await invite(ana.peer), 'Ben');
  const { device } = ben.peer.me!;
  expect(ben.peer.isKeeper).toBe(false);
  const { id } = await ana.peer.files.held.add(new Blob([content(10)]));
  await attachTo(ana.peer, 'a1', id);
  link(ana.peer, ben.peer);
  await until(() => ben.peer.docs.ids().includes(pageDoc('a1')));
  // Ben's app is a member's: it waits to be asked.
  expect(ben.peer.files.sync.state(id).state).toBe('absent');
  await ben.peer.close();
  // The same as a keeper's, by its row in the state.
  const keeper = await Peer.open(ana.peer.id, ben.signer, ben.store, around);
  (keeper.state.devices.get(device) as { role?: string }).role = 'keeper';
  link(ana.peer, keeper);
  await attachTo(ana.peer, 'a2', id);
  await until(() => keeper.files.held.has(id));
  await keeper.close();
  await ana.peer.close();
});
