import { describe, expect, it } from 'vitest';
import { around, copyOf, founder, invite, join, link, until } from '../../test/kit/peers';
import { testSigner } from '../../test/kit/group';
import { type DeviceKey, deviceKeyFromSeed, newDeviceKey, randomBytes, signerOf } from '../record/signature';
import { MemoryStore } from './memory-store';
import { Peer } from './peer';
import type { PeerStore, StoredBatch } from './store';
import { type KeyStore, resume, succeed } from './succession';

/** The store tries again at once, so that a dead disk does not hold up the test. */
const hasty: typeof around = {
  ...around,
  clock: { ...around.clock, setTimer: (delay, run) => around.clock.setTimer(delay === 2_000 ? 1 : delay, run) },
};

/** A profile's disk, record and keys, that dies at one of its writes: before it is done, or after, without saying so. */
class Disk implements KeyStore {
  readonly make = newDeviceKey;
  readonly contents: MemoryStore;
  #key: DeviceKey;
  #next: DeviceKey | undefined;
  #writes = 0;
  #diesAt = Infinity;
  #done = false;

  constructor(contents: MemoryStore, key: DeviceKey) {
    this.contents = contents;
    this.#key = key;
  }

  get key(): DeviceKey {
    return this.#key;
  }

  get writes(): number {
    return this.#writes;
  }

  get dead(): boolean {
    return this.#writes >= this.#diesAt;
  }

  dieAt(write: number, done: boolean): void {
    this.#diesAt = this.#writes + write;
    this.#done = done;
  }

  replace(): void {
    this.#diesAt = Infinity;
  }

  async write(run: () => Promise<void> | void): Promise<void> {
    if (this.dead) throw new Error('the machine is off');
    this.#writes += 1;
    if (this.dead && !this.#done) throw new Error('the machine went off');
    await run();
    if (this.dead) throw new Error('the machine went off');
  }

  readonly store: PeerStore = {
    // It holds no documents and no files here.
    docs: new MemoryStore().docs,
    files: new MemoryStore().files,
    load: () => this.contents.load(),
    append: (batch: StoredBatch) => this.write(() => this.contents.append(batch)),
    erase: (refs) => this.write(() => this.contents.erase(refs)),
    recall: (key) => this.contents.recall(key),
    remember: (key, value) => this.write(() => this.contents.remember(key, value)),
  };

  async next(): Promise<DeviceKey | undefined> {
    return this.#next;
  }

  keepNext(key: DeviceKey): Promise<void> {
    return this.write(() => void (this.#next = key));
  }

  change(): Promise<void> {
    return this.write(() => {
      this.#key = this.#next!;
      this.#next = undefined;
    });
  }
}

/** As the app opens a profile: what was begun before is finished first. */
async function open(network: string, disk: Disk): Promise<Peer> {
  const peer = await Peer.open(network, signerOf(disk.key), disk.store, hasty);
  if (!(await resume(peer, disk))) return peer;
  await peer.close();
  return open(network, disk);
}

/** Ana’s network with Ben, whose disk was restored from a backup that lacks two of his events; Ana has them all. */
async function restored() {
  const ana = await founder();
  const ben = await join(ana.peer, await invite(ana.peer), 'ben');
  const backup = await copyOf(ben.store);
  const wire = link(ana.peer, ben.peer);
  for (const name of ['Benno', 'Ben'])
    await ben.peer.act({ type: 'member.describe', payload: { name: { text: name } } });
  const newest = ben.peer.replica.record.tips().find(({ device }) => device === ben.signer.device)!;
  await until(() => ana.peer.replica.record.has(newest.id));
  await ben.peer.close();
  wire.cut();
  const key = await keyOf('ben');
  expect(key.device).toBe(ben.signer.device);
  return {
    ana,
    disk: new Disk(backup, key),
    member: ben.peer.me!.member,
    old: key.device,
    newest,
    original: ben.store,
  };
}

/** The key of `testSigner`, as a profile holds it. */
async function keyOf(name: string): Promise<DeviceKey> {
  const seed = new Uint8Array(32);
  for (let i = 0; i < name.length; i++) seed[i % 32] = (seed[i % 32]! * 31 + name.charCodeAt(i)) & 255;
  return deviceKeyFromSeed(seed);
}

describe('a restored backup', () => {
  it('goes on as a new device: the old one certifies it, revokes itself and signs nothing more', async () => {
    const { ana, disk, member, old } = await restored();
    const peer = await open(ana.peer.id, disk);
    await expect(succeed(peer, disk, 'laptop')).rejects.toMatchObject({ code: 'device-in-order' });
    link(ana.peer, peer);
    await until(() => peer.problem === 'device-behind' && peer.caughtUp);
    await succeed(peer, disk, 'laptop again');
    await expect(peer.act({ type: 'member.describe', payload: { name: { text: 'Ben' } } })).rejects.toThrow();
    await peer.close();
    const next = await open(ana.peer.id, disk);
    expect(next.problem).toBeNull();
    expect(next.me).toEqual({ device: disk.key.device, member });
    link(ana.peer, next);
    await next.act({ type: 'member.describe', payload: { name: { text: 'Ben is back' } } });
    await until(() => ana.peer.replica.text(ana.peer.state.members.get(member)!.name) === 'Ben is back');
    expect(ana.peer.replica.record.forks().size).toBe(0);
    expect(ana.peer.state.devices.get(old)!.status).toBe('revoked');
    expect(ana.peer.state.devices.get(disk.key.device)).toMatchObject({ status: 'active', label: 'laptop again' });
    for (const one of [ana.peer, next]) await one.close();
  });

  it('waits until all is here that neighbours have of its chain', async () => {
    const { ana, disk } = await restored();
    const peer = await open(ana.peer.id, disk);
    const wire = link(ana.peer, peer);
    await until(() => peer.problem === 'device-behind' && peer.caughtUp);
    wire.cut();
    await until(() => peer.connections.length === 0);
    await expect(succeed(peer, disk, 'laptop')).rejects.toMatchObject({ code: 'device-catching-up' });
    expect(await disk.next()).toBeUndefined();
    for (const one of [ana.peer, peer]) await one.close();
  });

  it('that goes on beside a copy in use makes a fork of the old key, and the new device stands', async () => {
    const { ana, disk, member, old, original } = await restored();
    const other = await Peer.open(ana.peer.id, signerOf(disk.key), original, hasty);
    expect(other.problem).toBeNull();
    await other.act({ type: 'member.describe', payload: { name: { text: 'Ben, elsewhere' } } });
    const peer = await open(ana.peer.id, disk);
    const wire = link(ana.peer, peer);
    await until(() => peer.problem === 'device-behind' && peer.caughtUp);
    await succeed(peer, disk, 'laptop');
    await until(() => ana.peer.state.devices.has(disk.key.device));
    wire.cut();
    await peer.close();
    await until(() => ana.peer.connections.length === 0);
    const entry = other.replica.record.tips().find(({ device }) => device === old)!;
    const forked = await copyOf(ana.store);
    await forked.append({ events: [entry.bytes], texts: [] });
    const anas = await Peer.open(ana.peer.id, ana.signer, forked, hasty);
    expect(anas.replica.record.forks().has(old)).toBe(true);
    expect(anas.state.devices.get(disk.key.device)).toMatchObject({ status: 'active', member });
    for (const one of [ana.peer, other, anas]) await one.close();
  });

  it('of a device that forked is certified by no event of its own', async () => {
    const { ana, disk } = await restored();
    const peer = await open(ana.peer.id, disk);
    // It meets nobody, and goes on unknowingly.
    await peer.act({ type: 'member.describe', payload: { name: { text: 'Other Ben' } } });
    link(ana.peer, peer);
    await until(() => peer.problem === 'device-forked');
    await expect(succeed(peer, disk, 'laptop')).rejects.toMatchObject({ code: 'device-forked' });
    const device = (await testSigner('phone')).device;
    const payload = { device, label: 'phone', proof: randomBytes(64) };
    await expect(peer.act({ type: 'device.certify', payload })).rejects.toMatchObject({ code: 'device-forked' });
    for (const one of [ana.peer, peer]) await one.close();
  });

  it('whenever the machine goes off, keeps a key that is certified or can be, and never goes on with the old chain', async () => {
    const points = new Set<string>();
    for (const done of [false, true]) {
      for (let write = 1; ; write++) {
        const { ana, disk, member, old, newest } = await restored();
        disk.dieAt(write, done);
        const peer = await open(ana.peer.id, disk);
        link(ana.peer, peer);
        await until(() => disk.dead || (peer.problem === 'device-behind' && peer.caughtUp));
        const failed = await succeed(peer, disk, 'laptop').then(
          () => false,
          () => true,
        );
        const reached = disk.dead;
        expect(failed).toBe(reached);
        await peer.close().catch(() => undefined);
        disk.replace();
        await until(() => ana.peer.connections.length === 0);
        points.add(`${done} ${(await disk.next()) === undefined} ${disk.key.device === old}`);

        // Switched on again, whatever is left of it.
        let again = await open(ana.peer.id, disk);
        link(ana.peer, again);
        await until(() => again.caughtUp);
        if (disk.key.device === old) {
          await until(() => again.problem === 'device-behind');
          await expect(
            again.act({ type: 'member.describe', payload: { name: { text: 'Old Ben' } } }),
          ).rejects.toMatchObject({ code: 'device-behind' });
          await succeed(again, disk, 'laptop');
          await again.close();
          await until(() => ana.peer.connections.length === 0);
          again = await open(ana.peer.id, disk);
          link(ana.peer, again);
        }
        await again.act({ type: 'member.describe', payload: { name: { text: 'Ben is back' } } });
        const { record, state } = ana.peer.replica;
        await until(() => record.tips().some((tip) => tip.device === disk.key.device));
        expect(record.forks().size).toBe(0);
        const signed = record.all().filter((entry) => entry.device === old && entry.sequence > newest.sequence);
        expect(signed.map(({ type }) => type)).toEqual(['device.certify', 'device.revoke']);
        expect(state.members.get(member)!.devices).toEqual([old, disk.key.device]);
        for (const one of [ana.peer, again]) await one.close();
        if (!reached) break;
      }
    }
    // It went off with and without a next key, before and after the change.
    expect(points.size).toBeGreaterThanOrEqual(5);
  });
});
