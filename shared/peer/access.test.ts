import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { protocols } from '../../test/kit/group';
import { founder, invite, join, link, until } from '../../test/kit/peers';
import type { Peer } from './peer';

async function write(peer: Peer, doc: string): Promise<void> {
  const made = new Y.Doc();
  made.getText('text').insert(0, doc);
  await peer.docs.apply(doc, { bytes: Y.encodeStateAsUpdate(made), member: peer.me!.member, time: 1 }, 'screen');
}
const connectedTo = (peer: Peer, other: Peer): boolean =>
  peer.connections.some(({ device }) => device === other.me!.device);

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
  const proposal = await anas.act({
    type: 'proposal.open',
    payload: {
      title: { text: 'Cleo goes' },
      text: { text: 'As agreed.' },
      effect: { kind: 'remove', member: cleos.me!.member },
      deadline: 0,
    },
  });
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
