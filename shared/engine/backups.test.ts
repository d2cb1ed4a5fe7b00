import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { contentFrom } from '../../test/kit/bundles';
import { attachTo, founder, invite, join, link, quiet, until } from '../../test/kit/peers';
import { all, each } from '../../test/kit/streams';
import { openBackup, writeStart } from '../bundle/backup';
import { lock, unlockBackup } from '../bundle/lock';
import { sourceOf } from '../bundle/source';
import { MemoryStore } from '../peer/memory-store';
import { Peer } from '../peer/peer';
import { concat } from '../record/bytes';
import { newReceivingKey } from '../record/receiving-key';
import { deviceKeyFromSeed, randomBytes, signerOf } from '../record/signature';
import { makeBackup, restoreBackup } from './backups';
import { BundleDesk } from './bundles';
import type { BackupOrder } from './contract';
import type { HeldNetwork, Installation, OpenStore } from './ports';

const PASSPHRASE = 'a stick in the drawer';
const PLACE = 'ws://127.0.0.1:4000/signal';
const nothing = () => undefined;
const open: Peer[] = [];
const ending: (() => void)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) end();
  await Promise.all(open.splice(0).map((peer) => peer.close()));
});

const deskOf = (peer: Peer): BundleDesk =>
  new BundleDesk({ peer, key: newReceivingKey, progress: () => nothing, taken: () => peer.metByFile() });

async function backupOf(
  peer: Peer,
  given: Partial<BackupOrder> = {},
  put: (bytes: Uint8Array) => Promise<void> = async () => undefined,
) {
  const parts: Uint8Array[] = [];
  const order = { label: 'Backup of 28 Nov 2026', passphrase: PASSPHRASE, files: true, ...given };
  const made = await makeBackup({ peer, bundles: deskOf(peer), places: [PLACE] }, order, async (bytes) => {
    parts.push(bytes);
    await put(bytes);
  });
  return { ...made, file: concat(...parts) };
}

/** A fresh machine. */
function machine(held?: HeldNetwork) {
  const stores = new Map<string, MemoryStore>();
  const installation: Partial<Installation> = {
    keyFromSeed: (seed) => deviceKeyFromSeed(seed),
    network: () => Promise.resolve(held),
    dropStore: async (network) => void stores.delete(network),
    openStore: async (network) => {
      const store = stores.get(network) ?? new MemoryStore();
      stores.set(network, store);
      return Object.assign(store, { seed: () => Promise.resolve(), close: nothing }) as OpenStore;
    },
  };
  const restore = (file: Uint8Array, passphrase = PASSPHRASE) =>
    restoreBackup(sourceOf(file), passphrase, {
      installation: installation as Installation,
      around: quiet,
      progress: nothing,
    });
  return { stores, restore };
}

async function restored(file: Uint8Array) {
  const { stores, restore } = machine();
  const held = await restore(file);
  const peer = await Peer.open(held.id, signerOf(held.key), stores.get(held.id)!, quiet);
  open.push(peer);
  return { held, peer };
}

function connect(a: Peer, b: Peer): () => void {
  const { cut } = link(a, b);
  ending.push(cut);
  return cut;
}
const rename = (peer: Peer, name: string) => peer.act({ type: 'member.describe', payload: { name: { text: name } } });

/** Ana, Ben and Cleo, who have met and are not connected. */
async function three() {
  const first = await founder();
  await first.peer.close();
  const ana = await Peer.open(first.peer.id, first.signer, first.store, quiet);
  const ben = await join(ana, await invite(ana), 'ben');
  const cleo = await join(ana, await invite(ana), 'cleo', 2);
  open.push(ana, ben.peer, cleo.peer);
  const cuts = [link(ana, ben.peer), link(ana, cleo.peer)];
  await until(() =>
    [ben, cleo].every(({ peer }) => peer.caughtUp && peer.replica.record.size === ana.replica.record.size),
  );
  for (const { cut } of cuts) cut();
  await until(() => ana.connections.length === 0);
  return { ana, ben: ben.peer, cleo: cleo.peer };
}

describe('a backup', () => {
  it('brings its member back, on a machine that has nothing, with pages and files and what happened since', async () => {
    const { ana, ben } = await three();
    const { id: plan } = await ben.files.held.add(sourceOf(randomBytes(60_000)));
    await attachTo(ben, 'p1', plan);
    const { file, device, files } = await backupOf(ben);
    expect(files).toBe(1);
    expect(ben.state.devices.get(device)).toMatchObject({ label: 'Backup of 28 Nov 2026', member: ben.me!.member });
    const { member } = ben.me!;
    const size = ben.replica.record.size;
    // The laptop is gone. Nobody has heard of the backup's device.
    await ben.close();
    await rename(ana, 'Anna');
    const { held, peer } = await restored(file);
    expect(held).toMatchObject({ id: ana.id, name: 'The house', members: 3, meetingPlaces: [PLACE] });
    expect(held.key.device).toBe(device);
    expect(peer.me).toEqual({ device, member });
    expect(peer.replica.record.size).toBe(size);
    expect(peer.docs.ids()).toEqual(ben.docs.ids());
    expect(peer.files.held.has(plan)).toBe(true);
    connect(peer, ana);
    await until(() => peer.caughtUp && ana.state.devices.get(device)?.status === 'active');
    expect(peer.replica.record.size).toBe(ana.replica.record.size);
    await rename(peer, 'Benjamin');
    await until(() => ana.replica.text(ana.state.members.get(member)!.name) === 'Benjamin');
  });

  it('signs nothing before it has met somebody: it may have been restored before', async () => {
    const { ana, ben } = await three();
    const { file } = await backupOf(ben);
    const { peer } = await restored(file);
    expect(peer.problem).toBe('backup-unmet');
    await expect(rename(peer, 'Benjamin')).rejects.toMatchObject({ code: 'backup-unmet' });
    connect(peer, ana);
    await until(() => peer.problem === null);
    await rename(peer, 'Benjamin');
    ending.splice(0).forEach((cut) => cut());
    await until(() => peer.connections.length === 0);
    expect(peer.problem).toBeNull();
  });

  it('signs at once where its member is the only one, and after a file from somebody', async () => {
    const { peer: alone } = await founder();
    open.push(alone);
    const only = await restored((await backupOf(alone)).file);
    await rename(only.peer, 'Anna');
    const { ana, ben } = await three();
    const { peer } = await restored((await backupOf(ben)).file);
    const parts: Uint8Array[] = [];
    const order = { recipient: null, lock: { passphrase: PASSPHRASE }, files: false };
    await deskOf(ana).make(order, async (bytes) => void parts.push(bytes));
    await deskOf(peer).take(sourceOf(concat(...parts)), PASSPHRASE);
    expect(peer.problem).toBeNull();
    await rename(peer, 'Benjamin');
  });

  it('that is restored again is told so when it meets somebody who knows, before it has signed anything', async () => {
    const { ana, ben } = await three();
    const { file } = await backupOf(ben);
    const once = await restored(file);
    const cut = connect(once.peer, ana);
    await until(() => once.peer.caughtUp);
    await rename(once.peer, 'Benjamin');
    await until(() => ana.replica.record.size === once.peer.replica.record.size);
    cut();
    const again = await restored(file);
    connect(again.peer, ana);
    await until(() => again.peer.problem === 'device-behind');
    await expect(rename(again.peer, 'Benny')).rejects.toMatchObject({ code: 'device-behind' });
    expect(ana.state.devices.get(again.held.key.device)?.status).toBe('active');
  });

  it('that is used on two machines at once is proved and named to everybody', async () => {
    const { ana, ben, cleo } = await three();
    const { file, device } = await backupOf(ben);
    const [one, other] = [await restored(file), await restored(file)];
    const cuts = [connect(one.peer, ana), connect(other.peer, cleo)];
    await until(() => one.peer.caughtUp && other.peer.caughtUp);
    const ids = [await rename(one.peer, 'Benjamin'), await rename(other.peer, 'Benny')] as const;
    await until(() => ana.replica.record.has(ids[0]) && cleo.replica.record.has(ids[1]));
    for (const cut of cuts) cut();
    connect(ana, cleo);
    await until(() => [ana, cleo].every(({ state }) => state.devices.get(device)?.fork !== undefined));
    connect(one.peer, ana);
    await until(() => one.peer.problem === 'device-forked');
  });

  it('leaves no device behind where it is not finished, and none where the passphrase is too short', async () => {
    const { ben } = await three();
    const before = ben.state.devices.size;
    await expect(backupOf(ben, { passphrase: 'short' })).rejects.toMatchObject({ code: 'bundle-passphrase-short' });
    expect(ben.state.devices.size).toBe(before);
    await expect(backupOf(ben, {}, () => Promise.reject(new Error('full')))).rejects.toThrow('full');
    const [made] = [...ben.state.devices.values()].slice(before);
    expect(made?.status).toBe('revoked');
  });
});

describe('restoring', () => {
  let ben: Peer;
  let file: Uint8Array;
  let device: string;
  beforeAll(async () => {
    const { peer } = await founder();
    ben = peer;
    ({ file, device } = await backupOf(peer));
    return () => peer.close();
  });

  const refused = async (bytes: Uint8Array, code: string, passphrase = PASSPHRASE): Promise<void> => {
    const { stores, restore } = machine();
    await expect(restore(bytes, passphrase)).rejects.toMatchObject({ code });
    expect(stores.size).toBe(0);
  };
  const changed = (at: number): Uint8Array => {
    const bytes = file.slice();
    bytes[at]! ^= 1;
    return bytes;
  };
  /** A file that anybody could have made, with what they please in it. */
  const forged = async (start: Uint8Array, content: Uint8Array): Promise<Uint8Array> =>
    concat(...(await all(lock(each([start, content]), { passphrase: PASSPHRASE, cost: 10 }, true))));
  const content = () =>
    contentFrom(
      { network: ben.id, device: ben.me!.device, time: 1, recipient: null },
      [{ events: ben.replica.record.all().map(({ bytes }) => bytes), texts: [] }],
      signerOf(key),
    );
  let key: Awaited<ReturnType<typeof deviceKeyFromSeed>>;
  beforeAll(async () => {
    key = await deviceKeyFromSeed(randomBytes(32));
  });

  it('says what is wrong with a file, and stores nothing of it', async () => {
    await refused(file, 'bundle-passphrase-wrong', 'something else');
    await refused(changed(30), 'bundle-damaged');
    await refused(changed(file.length - 30), 'bundle-damaged');
    await refused(file.subarray(0, -1), 'bundle-damaged');
    await refused(new Uint8Array(100), 'bundle-malformed');
    const parts: Uint8Array[] = [];
    const order = { recipient: null, lock: { passphrase: PASSPHRASE }, files: false };
    await deskOf(ben).make(order, async (bytes) => void parts.push(bytes));
    await refused(concat(...parts), 'backup-is-bundle');
    await expect(deskOf(ben).take(sourceOf(file), PASSPHRASE)).rejects.toMatchObject({ code: 'bundle-is-backup' });
  });

  it('refuses a file whose key, content or network is not what it must be', async () => {
    const seed = randomBytes(32);
    const start = (given = {}) => writeStart({ network: ben.id, seed, places: [], ...given });
    // By the key of nobody.
    await refused(await forged(start(), await content()), 'bundle-signature-wrong');
    await refused(await forged(start({ network: 'ab'.repeat(32) }), await content()), 'bundle-malformed');
    await refused(await forged(start(), new Uint8Array(3)), 'bundle-malformed');
    await refused(await forged(concat(seed, Uint8Array.of(0, 1, 0, 0)), await content()), 'bundle-malformed');
    await refused(await forged(concat(seed, Uint8Array.of(0, 0, 0, 1, 0xa0)), await content()), 'bundle-malformed');
    // Rightly made, but for a key that nobody certified.
    const { rest } = await openBackup(await unlockBackup(sourceOf(file), PASSPHRASE));
    await refused(await forged(start(), concat(...(await all(rest.read())))), 'backup-not-whole');
  });

  it('does not write over what is here already', async () => {
    const here = { id: ben.id, name: '', sample: false, members: 1, changed: 1, meetingPlaces: [] };
    const { restore, stores } = machine({ ...here, key });
    await expect(restore(file)).rejects.toMatchObject({ code: 'backup-network-here' });
    const again = machine({ ...here, key: { ...key, device } });
    await expect(again.restore(file)).rejects.toMatchObject({ code: 'backup-restored-here' });
    expect(stores.size + again.stores.size).toBe(0);
  });
});
