import { expect, it } from 'vitest';
import { group, testSigner } from '../../test/kit/group';
import { around, link, until } from '../../test/kit/peers';
import { MemoryStore } from './memory-store';
import { Peer } from './peer';

it('passes on a text that came after its event to neighbours who had asked for it before', async () => {
  const people = await group(['ana', 'ben', 'cleo']);
  const [ana] = people;
  await ana!.act('member.describe', { name: { text: 'Ana of the mill' } });
  const { record } = ana!.replica;
  const events = record.all().map(({ bytes }) => bytes);
  const open = async (name: string, texts: boolean): Promise<Peer> => {
    const store = new MemoryStore();
    const beside = texts ? record.all().flatMap((entry) => ana!.replica.textsOf(entry)) : [];
    await store.append({ events, texts: beside });
    return Peer.open(ana!.replica.id, await testSigner(name), store, around);
  };
  // Ben and Cleo have the events and none of the words: as after somebody sent them without.
  const [anas, bens, cleos] = [await open('ana', true), await open('ben', false), await open('cleo', false)];
  const name = (peer: Peer): string | null => peer.replica.text(peer.state.members.get(ana!.member)!.name);
  link(bens, cleos);
  await until(() => cleos.connections.length === 1);
  // Long enough for each to have asked the other.
  await new Promise((done) => setTimeout(done, 200));
  link(anas, bens);
  await until(() => name(bens) === 'Ana of the mill');
  await until(() => name(cleos) === 'Ana of the mill');
  expect(cleos.replica.textless()).toEqual([]);
  for (const peer of [anas, bens, cleos]) await peer.close();
});
