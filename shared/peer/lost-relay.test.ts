import { expect, it } from 'vitest';
import { memoryPair } from '../../test/channel/memory-link';
import { founder, invite, join, link, until } from '../../test/kit/peers';
import type { Peer } from './peer';

it('gets from the others what was left to a neighbour that is lost, without waiting for the next comparison', async () => {
  const ana = await founder();
  const ben = await join(ana.peer, await invite(ana.peer), 'ben');
  link(ana.peer, ben.peer);
  const cem = await join(ana.peer, await invite(ana.peer), 'cem', 2);
  link(ana.peer, cem.peer);
  const pair = memoryPair();
  let carries = true;
  const pump = setInterval(() => carries && pair.carry(0) + pair.carry(1), 1);
  void ben.peer.connect(pair.transports[0]);
  void cem.peer.connect(pair.transports[1]);
  const peers = [ana.peer, ben.peer, cem.peer];
  await until(() => peers.every(({ connections }) => connections.length === 2));
  // Each has told by then whom it is near; and no vote on a seal is left that would cite what is lost.
  const isSealed = ({ replica }: Peer): boolean => replica.unsealed.every(({ type }) => type.startsWith('seal.'));
  await until(() => peers.every(isSealed));

  carries = false;
  const event = await ben.peer.act({ type: 'member.describe', payload: { name: { text: 'Benjamin' } } });
  await until(() => ana.peer.replica.record.has(event));
  await new Promise((done) => setTimeout(done, 100));
  // Ana leaves it to Ben, who is near Cem as far as she knows.
  expect(cem.peer.replica.record.has(event)).toBe(false);
  clearInterval(pump);
  for (const { events } of pair.links) events?.closed();
  await until(() => cem.peer.replica.record.has(event));
  for (const peer of peers) await peer.close();
});
