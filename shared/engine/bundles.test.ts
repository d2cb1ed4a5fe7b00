import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { founder, invite, join, link, quiet, until } from '../../test/kit/peers';
import { sourceOf } from '../bundle/source';
import { attach } from '../commons/attachments';
import type { Files } from '../files/files';
import { concat, equalBytes } from '../record/bytes';
import { type ReceivingKey, newReceivingKey } from '../record/receiving-key';
import { BundleFiles } from '../peer/bundle-files';
import type { MemoryStore } from '../peer/memory-store';
import { namedFiles } from '../peer/named-files';
import { Peer } from '../peer/peer';
import { BundleDesk } from './bundles';
import type { BundleOrder } from './contract';

const nothing = () => undefined;
interface Side {
  readonly peer: Peer;
  readonly key: ReceivingKey;
  readonly store: MemoryStore;
}

const open: Peer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((peer) => peer.close()));
});

const receives = (peer: Peer, { receives: key }: ReceivingKey) =>
  peer.act({ type: 'device.receives', payload: { key } });

/** Ana, Ben and Cleo, who have met, have published their keys unless said otherwise, and are not connected. */
async function three(silent = ''): Promise<readonly [Side, Side, Side]> {
  const first = await founder();
  await first.peer.close();
  const ana = await Peer.open(first.peer.id, first.signer, first.store, quiet);
  const ben = await join(ana, await invite(ana), 'ben');
  const cleo = await join(ana, await invite(ana), 'cleo', 2);
  const people: Side[] = [];
  for (const [name, { peer, store }] of Object.entries({ ana: { peer: ana, store: first.store }, ben, cleo })) {
    open.push(peer);
    const key = await newReceivingKey();
    if (name !== silent) await receives(peer, key);
    people.push({ peer, key, store });
  }
  const wires = [link(ana, ben.peer), link(ana, cleo.peer)];
  await until(() => people.every(({ peer }) => peer.replica.record.size === ana.replica.record.size && peer.caughtUp));
  for (const wire of wires) wire.cut();
  return people as unknown as readonly [Side, Side, Side];
}

function desk({ peer, key }: Side, progress: (done: number, total: number) => void = nothing): BundleDesk {
  return new BundleDesk({ peer, key: () => Promise.resolve(key), progress: () => progress, taken: nothing });
}

async function make(side: Side, order: BundleOrder): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const { bytes } = await desk(side).make(order, async (part) => void parts.push(part));
  const file = concat(...parts);
  expect(file).toHaveLength(bytes);
  return file;
}
const take = (side: Side, file: Uint8Array, passphrase: string | null = null) =>
  desk(side).take(sourceOf(file), passphrase);
const lockedBy = (passphrase: string, recipient: string | null = null): BundleOrder => ({
  recipient,
  lock: { passphrase },
  files: false,
});
const to = (...sides: Side[]): BundleOrder => ({
  recipient: null,
  lock: { members: sides.map(({ peer }) => peer.me!.member) },
  files: true,
});
const rename = ({ peer }: Side, name: string) =>
  peer.act({ type: 'member.describe', payload: { name: { text: name } } });

describe('a bundle', () => {
  it('is opened by the members for whom it is, and by nobody else, who are told for whom it is', async () => {
    const [ana, ben, cleo] = await three();
    await rename(ana, 'Anna');
    const file = await make(ana, to(ben));
    expect(await take(ben, file)).toMatchObject({ fresh: 1, maker: { member: ana.peer.me!.member } });
    await expect(take(cleo, file)).rejects.toMatchObject({ code: 'bundle-not-for-you', params: { names: 'ben' } });
    await expect(take(cleo, file, 'any passphrase')).rejects.toMatchObject({ code: 'bundle-not-for-you' });
    expect(cleo.peer.replica.record.size).toBe(ben.peer.replica.record.size - 1);
    const both = await make(ana, to(ben, cleo));
    expect(await take(cleo, both)).toMatchObject({ fresh: 1 });
    expect(await take(ben, both)).toMatchObject({ fresh: 0 });
  });

  it('is not made for whom nothing can be encrypted to: they are named, before anything is done', async () => {
    const [ana, ben, cleo] = await three('cleo');
    await expect(make(ana, to(ben, cleo))).rejects.toMatchObject({
      code: 'bundle-cannot-receive',
      params: { names: 'cleo' },
    });
    await ben.peer.act({ type: 'member.leave', payload: {} });
    await take(ana, await make(ben, lockedBy('a stick in the post')), 'a stick in the post');
    await expect(make(ana, to(ben))).rejects.toMatchObject({ code: 'bundle-cannot-receive', params: { names: 'ben' } });
    await expect(make(ana, to())).rejects.toMatchObject({ code: 'bundle-too-many' });
  });

  it('is for the key that a device published last', async () => {
    const [ana, ben] = await three();
    const newer = await newReceivingKey();
    await receives(ben.peer, newer);
    await take(ana, await make(ben, to(ana)));
    const file = await make(ana, to(ben));
    await expect(take(ben, file)).rejects.toMatchObject({ code: 'bundle-not-for-device' });
    expect(await take({ ...ben, key: newer }, file)).toMatchObject({ fresh: 0 });
  });

  it('is as before where a passphrase locks it', async () => {
    const [ana, ben] = await three();
    await rename(ana, 'Anna');
    const secret = 'a stick in the post';
    const file = await make(ana, lockedBy(secret, ben.peer.me!.member));
    await expect(take(ben, file)).rejects.toMatchObject({ code: 'bundle-passphrase-missing' });
    await expect(take(ben, file, 'something else')).rejects.toMatchObject({ code: 'bundle-passphrase-wrong' });
    expect(await take(ben, file, secret)).toMatchObject({ fresh: 1, recipient: ben.peer.me!.member });
  });
});

/** Bytes that no two of these share. */
const contentOf = (size: number, seed: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_none, index) => (index * seed + (index >> 8)) & 255);
/** Puts a file on a page of the commons; gives its id. */
async function attachTo({ peer }: Side, page: string, content: Uint8Array, time = 1): Promise<string> {
  const { id: file, size } = await peer.files.held.add(sourceOf(content));
  const doc = new Y.Doc();
  Y.applyUpdate(doc, await peer.docs.state(page));
  attach(doc, { file, name: 'plan.pdf', size, type: '', time, by: null });
  await peer.docs.apply(page, { bytes: Y.encodeStateAsUpdate(doc), member: peer.me!.member, time: 1 }, null);
  return file;
}
const PIECE = 256 * 1024;

describe('the files of a bundle', () => {
  it('are those that pages name and that are here; with them, or without', async () => {
    const [ana, ben] = await three();
    const plan = await attachTo(ana, 'page:1', contentOf(2 * PIECE + 9, 3));
    const empty = await attachTo(ana, 'page:2', new Uint8Array());
    await ana.peer.files.held.add(sourceOf(contentOf(50, 7)));
    await attachTo(ana, 'page:2', contentOf(70, 5));
    const gone = [...(await namedFiles(ana.peer.docs)).keys()].find((id) => id !== plan && id !== empty)!;
    await ana.peer.files.drop(gone);
    expect(await desk(ana).carried()).toEqual({ count: 2, bytes: 2 * PIECE + 9, left: 0, absent: 1 });
    // Where record and documents leave little room, less goes along.
    expect(await ana.peer.bundles.files.carried(2 * PIECE)).toMatchObject({ bytes: 0, left: 1, absent: 1 });
    const without = await make(ana, { ...to(ben), files: false });
    expect(await take(ben, without)).toMatchObject({ changed: 2, files: { files: 0 } });
    expect(ben.peer.files.held.has(plan)).toBe(false);
    const file = await make(ana, to(ben));
    expect(file.length - without.length).toBeGreaterThan(2 * PIECE);
    expect(await take(ben, file)).toMatchObject({ fresh: 0, files: { files: 2, fresh: 2, unnamed: 0 } });
    expect(equalBytes(await ben.peer.files.held.read(plan), contentOf(2 * PIECE + 9, 3))).toBe(true);
    expect(await ben.peer.files.held.read(empty)).toHaveLength(0);
    expect(await take(ben, file)).toMatchObject({ files: { files: 2, fresh: 0, unnamed: 0 } });
  });

  it('are stored only where a page here names them', async () => {
    const [ana, ben] = await three();
    const plan = await attachTo(ana, 'page:1', contentOf(PIECE, 3));
    const photo = await attachTo(ben, 'page:2', contentOf(99, 5));
    await ben.peer.files.drop(photo);
    await ana.peer.files.held.add(sourceOf(contentOf(99, 5)));
    // Ben has left: what he puts on pages is nothing to Ana any more, and what her own page names is.
    await take(ana, await make(ben, to(ana)));
    await ben.peer.files.held.add(sourceOf(contentOf(99, 5)));
    await ben.peer.act({ type: 'member.leave', payload: {} });
    await ana.peer.files.drop(photo);
    await attachTo(ben, 'page:3', contentOf(123, 7));
    const taken = await take(ana, await make(ben, to(ana)));
    expect(taken).toMatchObject({ documentsRefused: true, files: { files: 2, fresh: 1, unnamed: 1 } });
    expect(ana.peer.files.held.has(photo)).toBe(true);
    expect(ana.peer.files.held.has(plan)).toBe(true);
  });

  it('of which the last byte is damaged bring nothing, neither files nor events', async () => {
    const [ana, ben] = await three();
    await rename(ana, 'Anna');
    const plan = await attachTo(ana, 'page:1', contentOf(2 * PIECE, 3));
    const file = await make(ana, to(ben));
    const before = ben.peer.replica.record.size;
    for (const spoilt of [file.subarray(0, -1), flipped(file)]) {
      await expect(take(ben, spoilt)).rejects.toMatchObject({ code: 'bundle-damaged' });
      expect(ben.peer.replica.record.size).toBe(before);
      expect(ben.peer.docs.ids()).toEqual([]);
      expect(ben.peer.files.held.get(plan)).toBeUndefined();
    }
    expect(await take(ben, file)).toMatchObject({ fresh: 1, files: { fresh: 1 } });
  });

  it('can be called off on both sides; what came stays, and the rest comes the next time', async () => {
    const [ana, ben] = await three();
    const plan = await attachTo(ana, 'page:1', contentOf(40 * PIECE, 3));
    const making = desk(ana);
    let parts = 0;
    const made = making.make(to(ben), async () => void (parts++ === 2 && making.cancel()));
    await expect(made).rejects.toMatchObject({ code: 'bundle-cancelled' });
    const file = await make(ana, to(ben));
    const early: BundleDesk = desk(ben, (done) => void (done > 200 && early.cancel()));
    await expect(early.take(sourceOf(file), null)).rejects.toMatchObject({ code: 'bundle-cancelled' });
    expect(ben.peer.docs.ids()).toEqual([]);
    const late: BundleDesk = desk(ben, (done) => void (done > 800 && late.cancel()));
    await expect(late.take(sourceOf(file), null)).rejects.toMatchObject({ code: 'bundle-cancelled' });
    const { pieces } = ben.peer.files.held.get(plan)!;
    expect(pieces.count).toBeGreaterThan(0);
    expect(pieces.count).toBeLessThan(40);
    expect(await take(ben, file)).toMatchObject({ files: { files: 1, fresh: 1 } });
    expect(equalBytes(await ben.peer.files.held.read(plan), contentOf(40 * PIECE, 3))).toBe(true);
  });

  it('go in from the newest on, as far as they fit', async () => {
    const [ana] = await three();
    const sizes = new Map([
      [await attachTo(ana, 'page:1', contentOf(10, 3), 30), 200 * 1024 * 1024],
      [await attachTo(ana, 'page:1', contentOf(11, 5), 20), 250 * 1024 * 1024],
      [await attachTo(ana, 'page:1', contentOf(12, 7), 10), 100 * 1024 * 1024],
    ]);
    const held = ana.peer.files.held;
    // What they say of themselves is enough here: nothing is read.
    const large = (id: string) => ({ manifest: { id, size: sizes.get(id)!, bytes: new Uint8Array(4) } });
    const files = new BundleFiles(ana.peer.docs, { has: (id: string) => held.has(id), get: large } as unknown as Files);
    const { manifests, bytes, left } = await files.carried();
    expect({ ids: manifests.map(({ id }) => id), bytes, left }).toEqual({
      ids: [...sizes.keys()].filter((_id, index) => index !== 1),
      bytes: 300 * 1024 * 1024,
      left: 1,
    });
  });

  it('are not made from a disk that altered them', async () => {
    const [ana, ben] = await three();
    const plan = await attachTo(ana, 'page:1', contentOf(PIECE, 3));
    await ana.store.files.put(plan, [{ index: 0, bytes: contentOf(PIECE, 4) }]);
    await expect(make(ana, to(ben))).rejects.toMatchObject({ code: 'file-damaged' });
  });
});

function flipped(bytes: Uint8Array): Uint8Array {
  const changed = bytes.slice();
  changed[changed.length - 1]! ^= 1;
  return changed;
}
