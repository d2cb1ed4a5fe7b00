import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { protocols } from '../../test/kit/group';
import { founder, invite, join, link, until } from '../../test/kit/peers';
import type { Peer } from './peer';

async function write(peer: Peer, doc: string, text = doc, client?: number): Promise<void> {
  const made = new Y.Doc();
  if (client !== undefined) made.clientID = client;
  made.getText('text').insert(0, text);
  await peer.docs.apply(doc, { bytes: Y.encodeStateAsUpdate(made), member: peer.me!.member, time: 1 }, 'screen');
}
const connectedTo = (peer: Peer, other: Peer): boolean =>
  peer.connections.some(({ device }) => device === other.me!.device);

async function proposeRemoval(by: Peer, member: string): Promise<string> {
  return by.act({
    type: 'proposal.open',
    payload: {
      title: { text: 'Cleo goes' },
      text: { text: 'As agreed.' },
      effect: { kind: 'remove', member },
      deadline: 0,
    },
  });
}

it('one who is removed writes nothing more, and is cut off once a seal has fixed the removal', async () => {
  const ana = await founder(protocols({ remove: 'majority' }));
  const ben = await join(ana.peer, await invite(ana.peer), 'ben');
  const cleo = await join(ana.peer, await invite(ana.peer), 'cleo', 2);
  const [anas, bens, cleos] = [ana.peer, ben.peer, cleo.peer];
  link(anas, bens);
  const toCleo = link(anas, cleos);
  await until(() => connectedTo(anas, bens) && connectedTo(anas, cleos) && bens.state.members.size === 3);
  await write(cleos, 'page:1');
  await until(() => anas.docs.ids().includes('page:1'));

  // All three are needed for a seal. Without Cleo's app none is made, and the removal stays provisional.
  toCleo.cut();
  await until(() => !connectedTo(anas, cleos));
  const proposal = await proposeRemoval(anas, cleos.me!.member);
  await until(() => bens.state.proposals.has(proposal));
  for (const peer of [anas, bens]) await peer.act({ type: 'ballot.cast', payload: { proposal, choice: 'agree' } });
  await until(() => [anas, bens].every((peer) => peer.state.members.get(cleos.me!.member)!.status === 'removed'));
  expect(anas.state.proposals.get(proposal)!.sealed).toBeUndefined();

  // She may hear of it and sign the seal, and no more.
  await write(cleos, 'page:2');
  link(anas, cleos);
  await until(() => connectedTo(anas, cleos) || cleos.state.members.get(cleos.me!.member)!.status === 'removed');
  await until(() => anas.state.proposals.get(proposal)!.sealed !== undefined);
  await until(() => !connectedTo(anas, cleos) && !connectedTo(cleos, anas));
  expect(anas.docs.ids()).not.toContain('page:2');
  link(anas, cleos);
  await new Promise((done) => setTimeout(done, 200));
  expect(connectedTo(anas, cleos)).toBe(false);
  expect(connectedTo(anas, bens)).toBe(true);
  for (const peer of [anas, bens, cleos]) await peer.close();
});

it('offers nobody the version of a document that one who is being removed has', async () => {
  const ana = await founder(protocols({ remove: 'majority' }));
  const ben = await join(ana.peer, await invite(ana.peer), 'ben');
  const cleo = await join(ana.peer, await invite(ana.peer), 'cleo', 2);
  const [anas, bens, cleos] = [ana.peer, ben.peer, cleo.peer];
  await write(anas, 'page:1', 'one', 7);
  await write(cleos, 'page:1', 'two', 7);
  const toBen = link(anas, bens);
  link(anas, cleos);
  const device = cleos.me!.device;
  await until(() => anas.commons.diverged.get('page:1')?.includes(device) === true);
  expect(await anas.commons.fetch(device, 'page:1')).not.toEqual([]);

  const proposal = await proposeRemoval(anas, cleos.me!.member);
  await until(() => bens.state.proposals.has(proposal));
  const ballot = await bens.act({ type: 'ballot.cast', payload: { proposal, choice: 'agree' } });
  await until(() => anas.replica.record.has(ballot));
  // Without Ben's app no seal is made, and the removal stays provisional.
  toBen.cut();
  await until(() => !connectedTo(anas, bens));
  await anas.act({ type: 'ballot.cast', payload: { proposal, choice: 'agree' } });
  expect(anas.state.members.get(cleos.me!.member)!.status).toBe('removed');
  expect(connectedTo(anas, cleos)).toBe(true);
  expect(anas.commons.diverged.size).toBe(0);
  await expect(anas.commons.fetch(device, 'page:1')).rejects.toThrow('doc-version-held');
  for (const peer of [anas, bens, cleos]) await peer.close();
});
