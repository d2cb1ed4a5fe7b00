import { describe, expect, it } from 'vitest';
import { FailingStore } from '../../test/kit/failing-store';
import { Person, group, testSigner } from '../../test/kit/group';
import { around, invite, link, until } from '../../test/kit/peers';
import { SealingGroup } from '../../test/kit/sealing';
import { decodeInvite, encodeInvite } from '../invite/link';
import { checkSignatures } from '../network/check';
import { stateDigest } from '../network/digest/digest';
import { decodeEvent } from '../record/event';
import type { Signer } from '../record/signature';
import { Replica } from '../replica/replica';
import { valueOf } from '../seal/value';
import { Joiner } from './joiner';
import { MemoryStore } from './memory-store';
import { Peer } from './peer';

const sealedBy = (person: Person): string => person.replica.seals.seals.at(-1)!.value;

/** Ana's network with a seal of hers, and something that came after it. */
async function sealed(names: readonly string[] = ['ana']): Promise<Person> {
  const sealing = new SealingGroup((await group(names)).slice(0, 1));
  const ana = sealing.people[0]!;
  await ana.act('member.describe', { name: { text: 'Anna' } });
  await sealing.pass(3);
  expect(ana.replica.seals.seals.length).toBeGreaterThan(0);
  await ana.act('member.describe', { name: { text: 'Ana again' } });
  return ana;
}

/** Her peer, with these bytes in the place of her events: a peer that passes on what nobody signed so. */
async function peerOf(
  person: Person,
  change: (bytes: Uint8Array, id: string) => Uint8Array = (bytes) => bytes,
): Promise<Peer> {
  const store = new MemoryStore();
  const entries = person.replica.record.all();
  await store.append({
    events: entries.map(({ bytes }) => bytes),
    texts: entries.flatMap((entry) => person.replica.textsOf(entry)),
  });
  const peer = await Peer.open(person.replica.id, person.signer, store, around);
  for (const entry of peer.replica.record.all()) entry.bytes = change(entry.bytes, entry.id);
  return peer;
}

function spoil(bytes: Uint8Array): Uint8Array {
  const spoilt = bytes.slice();
  spoilt[3]! ^= 1;
  return spoilt;
}

interface Newcomer {
  readonly signer: Signer;
  readonly store: MemoryStore;
  readonly open: () => Promise<Peer>;
}

async function joinThrough(at: Peer, seal: string, name: string, disk = new FailingStore()): Promise<Newcomer> {
  const text = encodeInvite({ ...decodeInvite(await invite(at)), seal });
  const signer = await testSigner(name);
  const store = disk.contents;
  const joiner = await Joiner.start(decodeInvite(text), signer, disk, around);
  const wire = link(at, joiner);
  try {
    await joiner.join(name, 2_000);
  } finally {
    joiner.close();
    wire.cut();
  }
  return { signer, store, open: () => Peer.open(at.id, signer, store, around) };
}

async function allSigned(peer: Peer): Promise<boolean> {
  const checks = peer.replica.record.all().map(({ bytes }) => checkSignatures(decodeEvent(bytes)));
  return (await Promise.allSettled(checks)).every(({ status }) => status === 'fulfilled');
}

describe('joining from a seal', () => {
  it('starts from the sealed state and checks the signatures behind it afterwards', async () => {
    const ana = await sealed();
    const at = await peerOf(ana);
    const ben = await (await joinThrough(at, sealedBy(ana), 'ben')).open();
    expect(stateDigest(ben.state)).toBe(stateDigest(at.state));
    expect(ben.historyCheck).toMatchObject({ done: 0 });
    // Nothing waits for it.
    await ben.act({ type: 'member.describe', payload: { name: { text: 'Benjamin' } } });
    await until(() => ben.historyCheck === null);
    expect(ben.problem).toBeNull();
    await at.close();
    await ben.close();
  });

  it('goes on with the check after a restart, and remembers that it is done', async () => {
    const ana = await sealed();
    const at = await peerOf(ana);
    const ben = await joinThrough(at, sealedBy(ana), 'ben');
    const stopped = await ben.open();
    await stopped.close();
    const again = await ben.open();
    await until(() => again.historyCheck === null);
    await again.close();
    const last = await ben.open();
    expect(last.historyCheck).toBeNull();
    await last.close();
    await at.close();
  });

  it('gets a signature that was spoiled on the way from somebody else, and keeps it', async () => {
    const ana = await sealed();
    const inCut = ana.replica.record.all().find(({ type, seal }) => type === 'member.describe' && seal === 1)!;
    const spoiler = await peerOf(ana, (bytes, id) => (id === inCut.id ? spoil(bytes) : bytes));
    const joined = await joinThrough(spoiler, sealedBy(ana), 'ben');
    await spoiler.close();
    const ben = await joined.open();
    await until(() => ben.historyCheck === null);
    expect(ben.problem).toBe('history-wrong');
    expect(await allSigned(ben)).toBe(false);
    const honest = await peerOf(ana);
    // Who has the signature as it was made: another device would do as well.
    link(honest, ben);
    await until(() => ben.problem === null);
    expect(await allSigned(ben)).toBe(true);
    await ben.close();
    const again = await joined.open();
    expect(again.problem).toBeNull();
    expect(await allSigned(again)).toBe(true);
    await again.close();
    await honest.close();
  });

  it('still knows after a restart that a signature is wrong, and votes on no seal', async () => {
    const ana = await sealed();
    const spoiler = await peerOf(ana, (bytes, id) => (id === ana.replica.id ? spoil(bytes) : bytes));
    const joined = await joinThrough(spoiler, sealedBy(ana), 'ben');
    const ben = await joined.open();
    await until(() => ben.historyCheck === null);
    await ben.close();
    const again = await joined.open();
    expect(again.problem).toBe('history-wrong');
    await again.close();
    await spoiler.close();
  });

  it('takes nothing unchecked that the seal has not got', async () => {
    const ana = await sealed();
    const newest = ana.replica.newest!;
    expect(newest.type).toBe('member.describe');
    const at = await peerOf(ana, (bytes, id) => (id === newest.id ? spoil(bytes) : bytes));
    await expect(joinThrough(at, sealedBy(ana), 'ben')).rejects.toMatchObject({ code: 'signature-wrong' });
    await at.close();
  });

  it('takes nothing unchecked that came before the seal did, and waited for its parents until after', async () => {
    const ana = await sealed(['ana', 'ben']);
    const ben = new Person('ben', await testSigner('ben'), new Replica(ana.replica.id), ana.replica.newest!.time);
    // The first fills a batch, so that the second comes in another.
    const wide = await ana.act('member.describe', { name: { text: 'wide' } });
    const parent = await ana.act('member.describe', { name: { text: 'parent' } });
    await ben.pull(ana);
    const child = await ben.act('member.describe', { name: { text: 'child' } });
    await ana.pull(ben);
    const at = await peerOf(ana, (bytes, id) => (id === child ? spoil(bytes) : bytes));
    const { record } = at.replica;
    const all = record.all.bind(record);
    // The child first, its parent last, of what is here by now.
    const here = all().filter(({ id }) => id !== child && id !== parent);
    const order = [record.get(child)!, ...here, record.get(parent)!];
    record.all = () => [...order, ...all().slice(order.length)];
    const { textsOf } = at.replica;
    at.replica.textsOf = (entry) =>
      entry.id === wide
        ? [{ author: ana.signer.device, salt: new Uint8Array(16), text: 'w'.repeat(65_536) }]
        : textsOf.call(at.replica, entry);
    await expect(joinThrough(at, sealedBy(ana), 'cleo')).rejects.toMatchObject({ code: 'signature-wrong' });
    await at.close();
  });

  it('refuses a seal that fixed another state than the one that its events give', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const { ground } = ana.replica.seals.current!;
    const about = { height: 1, previous: ground.value };
    const time = ground.time + 1;
    const ready = [await ana.act('seal.ready', { ...about, time })];
    const digest = 'ab'.repeat(32);
    await ana.act('seal.propose', { ...about, round: 0, ready, time, digest, valid: null });
    const value = valueOf({ network: ana.replica.id, ...about, ready, time, digest });
    await ana.act('seal.prevote', { ...about, round: 0, value });
    const at = await peerOf(ana);
    await at.act({ type: 'seal.precommit', payload: { ...about, round: 0, value } });
    expect(at.problem).toBe('state-differs');
    await expect(joinThrough(at, value, 'ben')).rejects.toMatchObject({ code: 'join-state-differs' });
    await at.close();
  });

  it('says that the disk failed, whatever it says itself, when it begins and while it takes the history', async () => {
    const ana = await sealed();
    const at = await peerOf(ana);
    const failed = new Error('the disk failed');
    // The note that signatures are to be checked, then the events.
    for (const failing of [1, 2]) {
      const disk = new FailingStore();
      disk.fate = (write) => (write === failing ? failed : 'done');
      const joining = joinThrough(at, sealedBy(ana), `ben ${failing}`, disk);
      await expect(joining).rejects.toMatchObject({ code: 'storage-failed' });
    }
    const disk = new FailingStore();
    await joinThrough(at, sealedBy(ana), 'ben', disk);
    disk.fate = () => failed;
    const again = joinThrough(at, sealedBy(ana), 'ben', disk);
    await expect(again).rejects.toMatchObject({ code: 'storage-failed' });
    await at.close();
  });
});
