import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { FailingStore } from '../../test/kit/failing-store';
import { around, founder, invite, join, link, until } from '../../test/kit/peers';
import { PeerholdError } from '../errors';
import { stateDigest } from '../network/digest/digest';
import { Peer } from './peer';
import type { Surroundings } from './surroundings';

const rename = (peer: Peer, name: string) => peer.act({ type: 'member.describe', payload: { name: { text: name } } });
const same = (a: Peer, b: Peer): boolean => stateDigest(a.state) === stateDigest(b.state);
/** How many of one's events the other has not said that they have. */
const lacks = (one: Peer, other: Peer): number =>
  one.deliveries().find(({ member }) => member === other.me!.member)!.lacks;
/** As the app says it: IndexedDB refuses what is beyond the quota. */
const full = (): Error => new PeerholdError('storage-full');
/** Tries again at once what the disk did not take. */
const hasty: Surroundings = {
  ...around,
  clock: { ...around.clock, setTimer: (delay, run) => around.clock.setTimer(delay === 2_000 ? 20 : delay, run) },
};

async function onDisk(disk: FailingStore): Promise<number> {
  return (await disk.contents.load()).reduce((sum, { events }) => sum + events.length, 0);
}

/** Ana, on a disk whose fate the test decides, with Ben connected; and Cleo, who is not. */
async function two() {
  const first = await founder();
  const ben = await join(first.peer, await invite(first.peer), 'ben');
  const cleo = await join(first.peer, await invite(first.peer), 'cleo', 2);
  await first.peer.close();
  const disk = new FailingStore(first.store);
  const ana = await Peer.open(first.peer.id, first.signer, disk, hasty);
  link(ana, ben.peer);
  await until(() => ana.connections.length === 1 && ben.peer.connections.length === 1);
  return { ana, ben: ben.peer, cleo: cleo.peer, disk };
}

describe('a full disk', () => {
  it('refuses what is signed there, says why, and nothing of it leaves the machine; with room again it goes on', async () => {
    const { ana, ben, cleo, disk } = await two();
    const [size, stored, digest] = [ana.replica.record.size, await onDisk(disk), stateDigest(ana.state)];
    disk.fate = full;
    await expect(rename(ana, 'Anna')).rejects.toMatchObject({ code: 'storage-full' });
    await expect(rename(ana, 'Anne')).rejects.toMatchObject({ code: 'storage-full' });
    expect([ana.replica.record.size, await onDisk(disk), stateDigest(ana.state)]).toEqual([size, stored, digest]);
    disk.fate = () => 'done';
    const kept = await rename(ana, 'Hannah');
    await until(() => same(ana, ben));
    const [anas] = ben.replica.record
      .all()
      .filter(({ device, type }) => device === ana.me!.device && type === 'member.describe');
    expect(anas!.id).toBe(kept);
    expect(ben.replica.record.forks().size).toBe(0);
    for (const peer of [ana, ben, cleo]) await peer.close();
  });

  it('takes in what others sign without passing it on or acknowledging it, until there is room', async () => {
    const { ana, ben, cleo, disk } = await two();
    await until(() => same(ana, ben));
    link(ana, cleo);
    await until(() => ana.connections.length === 2);
    const stored = await onDisk(disk);
    disk.fate = full;
    const event = await rename(ben, 'Benno');
    await until(() => ana.problem === 'storage-full');
    expect(ana.pending).toBeGreaterThan(0);
    expect(lacks(ben, ana)).toBeGreaterThan(0);
    expect(await onDisk(disk)).toBe(stored);
    expect(cleo.replica.record.has(event)).toBe(false);
    // What would cite what is not on the disk is not signed either.
    await expect(rename(ana, 'Anna')).rejects.toMatchObject({ code: 'storage-full' });
    disk.fate = () => 'done';
    await until(() => ana.problem === null && lacks(ben, ana) === 0);
    expect(ana.replica.record.has(event)).toBe(true);
    await rename(ana, 'Anna');
    await until(() => same(ana, ben) && same(ana, cleo));
    for (const peer of [ana, ben, cleo]) await peer.close();
  });

  it('says so of a page, keeps what was typed on the screen, and stores it once there is room', async () => {
    const { ana, ben, cleo, disk } = await two();
    const doc = new Y.Doc();
    doc.getText('t').insert(0, 'Roof');
    disk.fate = full;
    const applied = ana.docs.apply('page:1', { bytes: Y.encodeStateAsUpdate(doc), member: null, time: 1 }, 'screen');
    await until(() => ana.problem === 'storage-full');
    expect(await disk.contents.docs.list()).toEqual([]);
    expect(ben.docs.ids()).toEqual([]);
    disk.fate = () => 'done';
    expect(await applied).toBe('changed');
    await until(() => ben.docs.ids().length === 1);
    for (const peer of [ana, ben, cleo]) await peer.close();
  });
});
