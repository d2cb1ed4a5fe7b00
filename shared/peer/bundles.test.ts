import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { contentFrom, contentOf, encoded, readAll, signedBefore } from '../../test/kit/bundles';
import { all } from '../../test/kit/streams';
import { testSigner } from '../../test/kit/group';
import { FailingStore } from '../../test/kit/failing-store';
import { around, copyOf, founder, invite, join, link, quiet, until } from '../../test/kit/peers';
import type { DocBatch } from '../bundle/content';
import { PeerholdError } from '../errors';
import { concat } from '../record/bytes';
import { stateDigest } from '../network/digest/digest';
import type { EventBatch } from '../sync/record-messages';
import type { MemoryStore } from './memory-store';
import { Peer } from './peer';
import type { Surroundings } from './surroundings';

/** Tries again at once what the disk did not take. */
const hasty: Surroundings = {
  ...around,
  clock: { ...around.clock, setTimer: (delay, run) => around.clock.setTimer(delay === 2_000 ? 20 : delay, run) },
};

interface Side {
  readonly peer: Peer;
  readonly store: MemoryStore;
  readonly signer: Parameters<typeof Peer.open>[1];
}

const open: Peer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((peer) => peer.close()));
});

/** Ana, Ben and Cleo, who have the same and are not connected. */
async function three(): Promise<readonly [Side, Side, Side]> {
  const first = await founder();
  await first.peer.close();
  const ana = { ...first, peer: await Peer.open(first.peer.id, first.signer, first.store, quiet) };
  const ben = await join(ana.peer, await invite(ana.peer), 'ben');
  const cleo = await join(ana.peer, await invite(ana.peer), 'cleo', 2);
  const all = [ana, ben, cleo] as const;
  open.push(...all.map(({ peer }) => peer));
  const wires = [link(ana.peer, ben.peer), link(ana.peer, cleo.peer)];
  await until(() => all.every(({ peer }) => same(peer, ana.peer)));
  for (const wire of wires) wire.cut();
  await until(() => all.every(({ peer }) => peer.connections.length === 0));
  return all;
}

const same = (a: Peer, b: Peer): boolean =>
  stateDigest(a.state) === stateDigest(b.state) && a.replica.record.size === b.replica.record.size;
const rename = (peer: Peer, name: string) => peer.act({ type: 'member.describe', payload: { name: { text: name } } });
const textsOf = (peer: Peer): string[] =>
  peer.replica.record.all().flatMap((entry) => peer.replica.textsOf(entry).map(({ text }) => text));

async function write(peer: Peer, doc: string, words: string): Promise<void> {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, await peer.docs.state(doc));
  copy.getText('t').insert(0, words);
  const member = peer.me!.member;
  await peer.docs.apply(doc, { bytes: Y.encodeStateAsUpdate(copy), member, time: around.now() }, 'screen');
}

async function textOf(peer: Peer, doc: string): Promise<string> {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, await peer.docs.state(doc));
  return copy.getText('t').toString();
}

const inMemory = async (content: AsyncIterable<Uint8Array>): Promise<Uint8Array> => concat(...(await all(content)));
const madeBy = (peer: Peer, recipient: string | null = null): Promise<Uint8Array> =>
  inMemory(peer.bundles.make(recipient).content);
const take = (peer: Peer, content: Uint8Array) => peer.bundles.take(contentOf(content));

/** All that is on a peer's disk. */
async function diskOf({ store }: Side): Promise<unknown> {
  const docs = [...(await store.docs.list())].sort();
  return [await store.load(), await Promise.all(docs.map(async (doc) => [doc, await store.docs.load(doc)]))];
}

/** The bundle with other parts, signed by whoever made it. */
async function remade(
  by: Side,
  content: Uint8Array,
  change: (parts: { record: readonly EventBatch[]; docs: readonly DocBatch[] }) => readonly (EventBatch | DocBatch)[],
): Promise<Uint8Array> {
  const { head, record, docs } = await readAll(contentOf(content));
  return contentFrom(head, change({ record, docs }), by.signer);
}

describe('bundles', () => {
  it('make peers equal that never connect, and a ballot that one cast counts at the other', async () => {
    const [ana, ben] = await three();
    const proposal = await ana.peer.act({
      type: 'proposal.open',
      payload: { title: { text: 'Roof' }, text: { text: 'Mend it.' }, effect: { kind: 'none' }, deadline: 0 },
    });
    await write(ana.peer, 'page:1', 'Roof');
    const taken = await take(ben.peer, await madeBy(ana.peer));
    expect(taken).toMatchObject({
      maker: { device: ana.signer.device, member: ana.peer.me!.member },
      ...{ fresh: 1, waiting: 0, documents: 1, changed: 1, documentsRefused: false },
    });
    await ben.peer.act({ type: 'ballot.cast', payload: { proposal, choice: 'agree', reason: { text: 'It leaks' } } });
    await write(ben.peer, 'page:1', 'The ');
    await take(ana.peer, await madeBy(ben.peer));
    expect(ana.peer.state.proposals.get(proposal)?.tally).toMatchObject({ agree: 1 });
    expect(textsOf(ana.peer)).toContain('It leaks');
    expect(await textOf(ana.peer, 'page:1')).toBe(await textOf(ben.peer, 'page:1'));
    expect(same(ana.peer, ben.peer)).toBe(true);
    // And it is on the disk.
    await ana.peer.close();
    const again = await Peer.open(ana.peer.id, ana.signer, ana.store, quiet);
    open.push(again);
    expect(same(again, ben.peer)).toBe(true);
    expect(textsOf(again)).toContain('It leaks');
  });

  it('can be taken in in any order, and twice', async () => {
    const people = await three();
    const contents: Uint8Array[] = [];
    for (const [index, { peer }] of people.entries()) {
      await rename(peer, `Name ${index}`);
      await write(peer, 'page:1', `${index}`);
      contents.push(await madeBy(peer));
      // The next builds on this one, and leaves out what it is known to have.
      if (index < 2) await take(people[index + 1]!.peer, contents[index]!);
      if (index === 1) contents.push(await madeBy(peer, people[2].peer.me!.member));
    }
    const [ana, ben] = people;
    const all = contents.map((_content, index) => index);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...all, ...all], { minLength: 8 }), async (order) => {
        const store = await copyOf(people[0].store);
        const peer = await Peer.open(ana.peer.id, ana.signer, store, quiet);
        for (const index of order) await take(peer, contents[index]!);
        expect(peer.replica.record.waiting).toBe(0);
        expect(same(peer, people[2].peer)).toBe(true);
        expect(await textOf(peer, 'page:1')).toBe(await textOf(people[2].peer, 'page:1'));
        const disk = await diskOf({ ...ana, peer, store });
        expect(await take(peer, contents[order[0]!]!)).toMatchObject({ fresh: 0, changed: 0, waiting: 0 });
        expect(await diskOf({ ...ana, peer, store })).toEqual(disk);
        await peer.close();
      }),
      { numRuns: 12 },
    );
    expect(ben.peer.problem).toBeNull();
  });

  it('for a member leave out what all of their devices are known to have, and nothing else', async () => {
    const [ana, ben, cleo] = await three();
    const benId = ben.peer.me!.member;
    await rename(ben.peer, 'Benjamin');
    await take(ana.peer, await madeBy(ben.peer));
    for (const name of ['One', 'Two', 'Three']) await rename(ana.peer, name);
    const made = ana.peer.bundles.make(benId);
    // Of what was before, Ben's event tells that he had it.
    expect(made.events).toBe(3);
    expect(await take(ben.peer, await inMemory(made.content))).toMatchObject({ events: 3, fresh: 3, waiting: 0 });
    expect(same(ana.peer, ben.peer)).toBe(true);
    // Cleo has signed nothing, but has said that she has what Ana had signed before they parted.
    const forCleo = ana.peer.bundles.make(cleo.peer.me!.member);
    expect(forCleo.events).toBeGreaterThanOrEqual(4);
    expect(forCleo.events).toBeLessThan(ana.peer.replica.record.size);
    expect(await take(cleo.peer, await inMemory(forCleo.content))).toMatchObject({ fresh: 4, waiting: 0 });
    expect(same(ana.peer, cleo.peer)).toBe(true);
    expect(() => ana.peer.bundles.make('0'.repeat(64))).toThrow('no-member');
  });

  it('say how much waits for what is not here, and let it in when that comes', async () => {
    const [ana, ben, cleo] = await three();
    await rename(ana.peer, 'Anna');
    await take(ben.peer, await madeBy(ana.peer));
    await rename(ben.peer, 'Benno');
    const [both, late] = [await madeBy(ana.peer), await madeBy(ben.peer)];
    const only = await remade(ben, late, ({ record }) => [{ events: [record.at(-1)!.events.at(-1)!], texts: [] }]);
    expect(await take(cleo.peer, only)).toMatchObject({ events: 1, fresh: 0, waiting: 1 });
    await take(cleo.peer, both);
    expect(same(cleo.peer, ben.peer)).toBe(true);
  });

  it('of another network are refused', async () => {
    const [ana] = await three();
    const other = await founder();
    open.push(other.peer);
    await write(other.peer, 'page:1', 'Not ours');
    const before = await diskOf(ana);
    await expect(take(ana.peer, await madeBy(other.peer))).rejects.toThrow('wrong-network');
    expect(await diskOf(ana)).toEqual(before);
  });

  it.each([
    ['an event with a wrong signature', 'signature-wrong', (event: Uint8Array) => flipped(event, 3)],
    ['an event that is none', '-malformed', (event: Uint8Array) => event.subarray(0, 80)],
    ['an event of changed content', '-(malformed|wrong)', (event: Uint8Array) => flipped(event, event.length - 2)],
  ])('with %s leave nothing behind, however much good stands beside it', async (_what, code, spoil) => {
    const [ana, ben] = await three();
    for (const name of ['One', 'Two', 'Three']) await rename(ana.peer, name);
    await write(ana.peer, 'page:1', 'Roof');
    const bad = await remade(ana, await madeBy(ana.peer), ({ record, docs }) => {
      const events = record.flatMap((batch) => batch.events);
      const batches = events.map((event, index) => ({
        events: [index === events.length - 1 ? spoil(event) : event],
        texts: [],
      }));
      return [...docs, ...batches];
    });
    const before = await diskOf(ben);
    const digest = stateDigest(ben.peer.state);
    await expect(take(ben.peer, bad)).rejects.toThrow(new RegExp(code));
    expect(await diskOf(ben)).toEqual(before);
    expect(stateDigest(ben.peer.state)).toBe(digest);
  });

  it('by who may not write to the commons bring their events, and no documents', async () => {
    const [ana, ben] = await three();
    await write(ben.peer, 'page:1', 'Mine');
    await ben.peer.act({ type: 'member.leave', payload: {} });
    const taken = await take(ana.peer, await madeBy(ben.peer));
    expect(taken).toMatchObject({ fresh: 1, documents: 1, changed: 0, documentsRefused: true });
    expect(ana.peer.docs.ids()).toEqual([]);
    // Nor do somebody's of whom the record here knows nothing.
    const mallory = await testSigner('mallory');
    const { head, docs } = await readAll(contentOf(await madeBy(ben.peer)));
    const forged = await contentFrom({ ...head, device: mallory.device }, docs, mallory);
    expect(await take(ana.peer, forged)).toMatchObject({ maker: { member: null }, documentsRefused: true });
    expect(ana.peer.docs.ids()).toEqual([]);
  });

  it('show a restored backup that it is behind, as neighbours do', async () => {
    const [ana, ben] = await three();
    const backup = await copyOf(ana.store);
    await rename(ana.peer, 'Anna');
    await take(ben.peer, await madeBy(ana.peer));
    const restored = await Peer.open(ana.peer.id, ana.signer, backup, quiet);
    open.push(restored);
    await take(restored, await madeBy(ben.peer));
    expect(restored.problem).toBe('device-behind');
    await expect(rename(restored, 'Another')).rejects.toThrow('device-behind');
  });

  it('are told to fail where the disk is full, and can be taken in again once there is room', async () => {
    const [ana, ben] = await three();
    for (const name of ['One', 'Two']) await rename(ana.peer, name);
    await write(ana.peer, 'page:1', 'Roof');
    const content = await madeBy(ana.peer);
    await ben.peer.close();
    const disk = new FailingStore(ben.store);
    const full = await Peer.open(ana.peer.id, ben.signer, disk, hasty);
    open.push(full);
    disk.fate = () => new PeerholdError('storage-full');
    await expect(take(full, content)).rejects.toThrow('storage-full');
    disk.fate = () => 'done';
    await take(full, content);
    expect(same(full, ana.peer)).toBe(true);
    expect(await textOf(full, 'page:1')).toBe('Roof');
  });

  it.each(['off before', 'off after'] as const)(
    'are taken in to the end after a crash at any write: %s it',
    async (fate) => {
      const [ana, ben] = await three();
      for (const name of ['One', 'Two']) await rename(ana.peer, name);
      await write(ana.peer, 'page:1', 'Roof');
      await write(ana.peer, 'page:2', 'Cellar');
      const content = await madeBy(ana.peer);
      await ben.peer.close();
      let writes = 1;
      for (let at = 1; at <= writes; at++) {
        const disk = new FailingStore(await copyOf(ben.store));
        const peer = await Peer.open(ana.peer.id, ben.signer, disk, around);
        // The first run crashes nowhere, and counts.
        disk.fate = (write) => (at > 1 && write === at - 1 ? fate : 'done');
        const off = (async () => {
          while (!disk.off) await new Promise((resolve) => setTimeout(resolve, 2));
        })();
        await Promise.race([take(peer, content), off]);
        if (at === 1) writes = disk.writes + 1;
        disk.turnOff();
        const again = await Peer.open(ana.peer.id, ben.signer, disk.contents, around);
        expect(again.problem).toBeNull();
        expect(again.replica.record.waiting).toBe(0);
        await take(again, content);
        expect(same(again, ana.peer)).toBe(true);
        expect([await textOf(again, 'page:1'), await textOf(again, 'page:2')]).toEqual(['Roof', 'Cellar']);
        await again.close();
      }
      expect(writes).toBeGreaterThan(3);
    },
  );

  it('do not bring back what was erased', async () => {
    const [ana, ben] = await three();
    const event = await rename(ben.peer, 'A name to forget');
    const early = await madeBy(ben.peer);
    const { name } = ben.peer.state.members.get(ben.peer.me!.member)!;
    await ben.peer.act({ type: 'text.erase', payload: { event, text: name } });
    await take(ana.peer, await madeBy(ben.peer));
    await take(ana.peer, early);
    expect(textsOf(ana.peer)).not.toContain('A name to forget');
    expect(textsOf(ben.peer)).not.toContain('A name to forget');
  });

  it('of version 2 are taken in as those of now', async () => {
    const [ana, ben] = await three();
    await rename(ana.peer, 'Ana the elder');
    await write(ana.peer, 'page:1', 'The roof leaks.');
    const { head, record, docs } = await readAll(contentOf(await madeBy(ana.peer)));
    const old = await signedBefore(
      ana.signer,
      ...[encoded.head(head), ...record.map(encoded.events), ...docs.map(encoded.updates)],
    );
    expect(await ben.peer.bundles.take(contentOf(old, 2))).toMatchObject({ fresh: 1, documents: 1, changed: 1 });
    expect(textsOf(ben.peer)).toContain('Ana the elder');
    expect(await textOf(ben.peer, 'page:1')).toBe('The roof leaks.');
  });

  it('that are others when they are read again bring nothing more, and nothing at all where the file is not whole', async () => {
    const [ana, ben] = await three();
    await rename(ana.peer, 'Ana the elder');
    const first = await madeBy(ana.peer);
    await write(ana.peer, 'page:1', 'The roof leaks.');
    const second = await madeBy(ana.peer);
    let reads = 0;
    const swapped = () => contentOf(reads++ === 0 ? second : first)();
    await expect(ben.peer.bundles.take(swapped)).rejects.toThrow('bundle-damaged');
    expect(ben.peer.docs.ids()).toEqual([]);
    const before = await diskOf(ben);
    const broken = () => Promise.reject(new PeerholdError('bundle-malformed'));
    await expect(ben.peer.bundles.take(contentOf(second), undefined, broken)).rejects.toThrow('bundle-malformed');
    expect(await diskOf(ben)).toEqual(before);
    expect(await take(ben.peer, second)).toMatchObject({ fresh: 1, changed: 1 });
  });
});

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const changed = bytes.slice();
  changed[at]! ^= 1;
  return changed;
}
