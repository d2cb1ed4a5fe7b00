import { describe, expect, it } from 'vitest';
import { around, founder, invite, join, link, until } from '../../test/kit/peers';
import { checkEvent } from '../network/check';
import { stateDigest } from '../network/digest/digest';
import { MemoryStore } from './memory-store';
import { Peer } from './peer';

const describeAs = (peer: Peer, name: string) =>
  peer.act({ type: 'member.describe', payload: { name: { text: name } } });
const same = (a: Peer, b: Peer): boolean => stateDigest(a.state) === stateDigest(b.state);

/** What a disk gives back on which one byte of the event at this place is another; -1: of the last. */
async function spoilt(store: MemoryStore, place: number, at: (length: number) => number): Promise<MemoryStore> {
  const copy = new MemoryStore();
  const batches = await store.load();
  const events = batches.flatMap((batch) => batch.events).map((bytes) => bytes.slice());
  const bytes = events.at(place)!;
  bytes[at(bytes.length)]! ^= 1;
  await copy.append({ events, texts: batches.flatMap(({ texts }) => texts) });
  await copy.remember('deliveries', await store.recall('deliveries'));
  return copy;
}

/** Ana and Ben with one record, apart; the last event is Ana's, and Ben has said that he has it. */
async function apart() {
  const ana = await founder();
  const ben = await join(ana.peer, await invite(ana.peer), 'ben');
  const wire = link(ana.peer, ben.peer);
  await describeAs(ana.peer, 'Ana');
  await describeAs(ben.peer, 'Ben');
  await until(() => same(ana.peer, ben.peer));
  await describeAs(ana.peer, 'Ana');
  await until(() => same(ana.peer, ben.peer) && ana.peer.deliveries()[0]?.lacks === 0);
  wire.cut();
  await ana.peer.close();
  await until(() => ben.peer.connections.length === 0);
  return { ana, ben };
}

/** Everything is as it was signed. */
async function expectSound(peer: Peer): Promise<void> {
  for (const { bytes } of peer.replica.record.all()) await checkEvent(bytes);
  expect(peer.replica.record.forks().size).toBe(0);
}

const CHANGES = [
  ['what it says', (length: number) => length - 3],
  ['its form', () => 64],
] as const;

describe('one corrupt stored record', () => {
  it.each([
    ...CHANGES.flatMap(([what, at]) => [1, 2, 3, -1].map((place) => [what, place, at] as const)),
    ['its signature', -1, () => 5] as const,
  ])('is named, set aside and fetched again from a peer: %s changed, at place %i', async (_what, place, at) => {
    const { ana, ben } = await apart();
    const disk = await spoilt(ana.store, place, at);
    const opened = await Peer.open(ana.peer.id, ana.signer, disk, around);
    expect(opened.problem).toBe('record-damaged');
    link(opened, ben.peer);
    await until(() => same(opened, ben.peer));
    expect(ben.peer.connections).toHaveLength(1);
    await expectSound(opened);
    await describeAs(opened, 'Ana again');
    await until(() => same(opened, ben.peer));
    await opened.close();
    const reopened = await Peer.open(ana.peer.id, ana.signer, disk, around);
    expect(same(reopened, ben.peer)).toBe(true);
    await expectSound(reopened);
    await expectSound(ben.peer);
    for (const peer of [reopened, ben.peer]) await peer.close();
  });

  it('that was the device’s own last one is not signed over before a peer who has it was met', async () => {
    const { ana, ben } = await apart();
    const opened = await Peer.open(ana.peer.id, ana.signer, await spoilt(ana.store, -1, () => 64), around);
    await expect(describeAs(opened, 'Ana again')).rejects.toMatchObject({ code: 'device-behind' });
    link(opened, ben.peer);
    await until(() => opened.caughtUp);
    await describeAs(opened, 'Ana again');
    await until(() => same(opened, ben.peer));
    await expectSound(ben.peer);
    for (const peer of [opened, ben.peer]) await peer.close();
  });

  it('of which only the signature changed, under others, is found when it is sent on, and fetched again', async () => {
    const { ana, ben } = await apart();
    const disk = await spoilt(ana.store, 2, () => 5);
    const opened = await Peer.open(ana.peer.id, ana.signer, disk, around);
    expect(opened.problem).toBeNull();
    const text = await invite(opened);
    await expect(join(opened, text, 'cleo', 2)).rejects.toMatchObject({ code: 'signature-wrong' });
    await until(() => opened.problem === 'history-wrong');
    link(opened, ben.peer);
    await until(() => opened.problem === null && same(opened, ben.peer));
    await expectSound(opened);
    const cleo = await join(opened, text, 'cleo', 3);
    await expectSound(cleo.peer);
    await opened.close();
    const reopened = await Peer.open(ana.peer.id, ana.signer, disk, around);
    expect(reopened.problem).toBeNull();
    await expectSound(reopened);
    for (const peer of [reopened, ben.peer, cleo.peer]) await peer.close();
  });

  it('that is the founding event leaves a network that says so and lets nobody in', async () => {
    const { ana, ben } = await apart();
    const opened = await Peer.open(ana.peer.id, ana.signer, await spoilt(ana.store, 0, () => 64), around);
    expect(opened.problem).toBe('record-damaged');
    expect(opened.me).toBeNull();
    link(opened, ben.peer);
    await expect(describeAs(opened, 'Ana again')).rejects.toMatchObject({ code: 'device-behind' });
    for (const peer of [opened, ben.peer]) await peer.close();
  });
});
