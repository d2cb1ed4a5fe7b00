import { describe, expect, it } from 'vitest';
import { around, copyOf, founder, invite, join, link, until } from '../../test/kit/peers';
import { forkEvidence } from '../network/fork-evidence';
import { signEvent } from '../record/compose';
import type { SignedEvent } from '../record/event';
import type { Signer } from '../record/signature';
import type { MemoryStore } from './memory-store';
import { Peer } from './peer';

const describeAs = (peer: Peer, name: string) =>
  peer.act({ type: 'member.describe', payload: { name: { text: name } } });

const holdsAll = (a: Peer, b: Peer): boolean =>
  a.replica.record.size === b.replica.record.size && a.replica.record.all().every(({ id }) => b.replica.record.has(id));

/** Ana's network with Ben in it, and a backup of Ben's disk from before he signed anything more. */
async function withBackup() {
  const ana = await founder();
  const ben = await join(ana.peer, await invite(ana.peer), 'ben');
  await describeAs(ben.peer, 'Ben');
  const backup = await copyOf(ben.store);
  return { ana, ben, backup };
}

describe('one chain a device', () => {
  it('backup restored and used beside the original: proved when they meet, and both stop signing', async () => {
    const { ana, ben, backup } = await withBackup();
    const restored = await Peer.open(ana.peer.id, ben.signer, backup, around);
    await describeAs(ben.peer, 'Ben the first');
    await describeAs(restored, 'Ben the second');
    link(ana.peer, ben.peer);
    await until(() => holdsAll(ana.peer, ben.peer));
    expect(ben.peer.problem).toBeNull();
    // Both copies have one key, so Ana speaks with one at a time: first with the original, then with the copy.
    ana.peer.disconnectAll();
    await until(() => ana.peer.connections.length === 0);
    const copied = link(ana.peer, restored);
    await until(() => restored.problem === 'device-forked' && holdsAll(ana.peer, restored));
    await expect(describeAs(restored, 'Ben the third')).rejects.toMatchObject({ code: 'device-forked' });
    copied.cut();
    await until(() => ana.peer.connections.length === 0);
    link(ana.peer, ben.peer);
    await until(() => ben.peer.problem === 'device-forked');
    await expect(describeAs(ben.peer, 'Ben the fourth')).rejects.toMatchObject({ code: 'device-forked' });

    const [one, other] = ana.peer.replica.record.forks().get(ben.signer.device)!;
    expect(await forkEvidence(one.bytes, other.bytes)).toMatchObject({
      proves: true,
      device: ben.signer.device,
      sequence: one.sequence,
    });
    // Ana goes on, and what she says is not held up.
    expect(ana.peer.problem).toBeNull();
    await describeAs(ana.peer, 'Ana');
    for (const peer of [ana.peer, ben.peer, restored]) await peer.close();
    const again = await Peer.open(ana.peer.id, ben.signer, backup, around);
    expect(again.problem).toBe('device-forked');
    await again.close();
  });

  it('backup restored in place of the original: gets back what it lacks, and signs nothing but the way to a new device', async () => {
    const { ana, ben, backup } = await withBackup();
    await describeAs(ben.peer, 'Ben of later');
    link(ana.peer, ben.peer);
    await until(() => holdsAll(ana.peer, ben.peer));
    await ben.peer.close();
    await until(() => ana.peer.connections.length === 0);

    const restored = await Peer.open(ana.peer.id, ben.signer, backup, around);
    expect(restored.problem).toBeNull();
    link(ana.peer, restored);
    await until(() => holdsAll(ana.peer, restored));
    expect(restored.problem).toBe('device-behind');
    await expect(describeAs(restored, 'Ben again')).rejects.toMatchObject({ code: 'device-behind' });
    expect(restored.replica.record.forks().size).toBe(0);
    await restored.close();
    // A restart does not lift it: then the events are on the disk, and only the note tells.
    const again = await Peer.open(ana.peer.id, ben.signer, backup, around);
    await expect(describeAs(again, 'Ben again')).rejects.toMatchObject({ code: 'device-behind' });
    await again.act({ type: 'member.leave', payload: {} });
    await again.close();
    await ana.peer.close();
  });

  it('a disk that itself lost an event gets it back from a neighbour, and goes on', async () => {
    const { ana, ben, backup } = await withBackup();
    await describeAs(ben.peer, 'Ben of later');
    link(ana.peer, ben.peer);
    await until(() => holdsAll(ana.peer, ben.peer));
    await ben.peer.close();
    await until(() => ana.peer.connections.length === 0);
    await backup.append({ events: [new Uint8Array(40)], texts: [] });
    const mended = await Peer.open(ana.peer.id, ben.signer, backup, around);
    expect(mended.problem).toBe('record-damaged');
    link(ana.peer, mended);
    await until(() => holdsAll(ana.peer, mended));
    await describeAs(mended, 'Ben again');
    expect(mended.replica.record.forks().size).toBe(0);
    await mended.close();
    await ana.peer.close();
  });

  it('signs nothing while a later event of its own waits for a lost one', async () => {
    const { ana, ben, backup } = await withBackup();
    await describeAs(ben.peer, 'Ben of later');
    await describeAs(ben.peer, 'Ben of last');
    const last = ben.peer.replica.record.all().at(-1)!;
    // Its predecessor is what the disk lost.
    await backup.append({ events: [last.bytes, new Uint8Array(40)], texts: [] });
    const holed = await Peer.open(ana.peer.id, ben.signer, backup, around);
    await expect(describeAs(holed, 'Ben again')).rejects.toMatchObject({ code: 'device-behind' });
    for (const peer of [ana.peer, ben.peer, holed]) await peer.close();
  });
});

describe('a fork storm between peers', () => {
  it('ends no channel, fills no disk, and leaves honest peers with the same events once one of them has signed', async () => {
    const ana = await founder();
    const ben = await join(ana.peer, await invite(ana.peer), 'ben');
    const cleo = await join(ana.peer, await invite(ana.peer), 'cleo', 2);
    const storm = await branchesOf(ben.peer, ben.signer, 40);
    const size = ana.peer.replica.record.size;
    // A lying app: it hands a different half of its histories to each.
    const first = await withEvents(ana.store, storm.slice(0, 20));
    const second = await withEvents(cleo.store, storm.slice(20));
    const anas = await Peer.open(ana.peer.id, ana.signer, first, around);
    const cleos = await Peer.open(ana.peer.id, cleo.signer, second, around);
    for (const one of [anas, cleos]) expect(one.replica.record.size).toBeLessThanOrEqual(size + 2);
    link(anas, cleos);
    await until(() => anas.connections.length === 1 && cleos.connections.length === 1);
    await describeAs(anas, 'Ana');
    await describeAs(cleos, 'Cleo');
    await until(() => holdsAll(anas, cleos));
    expect(anas.replica.record.size).toBe(size + 4 + 2);
    expect(anas.connections.length).toBe(1);
    expect(anas.problem).toBeNull();
    const proofs = [anas, cleos].map((peer) =>
      peer.replica.record
        .forks()
        .get(ben.signer.device)!
        .map(({ id }) => id),
    );
    expect(proofs[0]).toEqual(proofs[1]);
    for (const peer of [ana.peer, ben.peer, cleo.peer, anas, cleos]) await peer.close();
  });
});

async function branchesOf(peer: Peer, signer: Signer, count: number): Promise<SignedEvent[]> {
  const { record } = peer.replica;
  const certificate = record.certificatesOf(signer.device)[0]!;
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      signEvent(
        {
          network: peer.id,
          device: signer.device,
          sequence: 0,
          previous: null,
          parents: [certificate],
          time: 0,
          rules: 1,
          type: 'note',
          payload: index,
        },
        signer,
      ),
    ),
  );
}

async function withEvents(store: MemoryStore, events: readonly SignedEvent[]): Promise<MemoryStore> {
  const copy = await copyOf(store);
  await copy.append({ events: events.map(({ bytes }) => bytes), texts: [] });
  return copy;
}
