import { expect } from 'vitest';
import * as Y from 'yjs';
import { attach } from '../../shared/commons/attachments';
import { pageDoc } from '../../shared/commons/pages';
import { type InviteLink, decodeInvite, encodeInvite, inviteKey } from '../../shared/invite/link';
import { Joiner } from '../../shared/peer/joiner';
import { MemoryStore } from '../../shared/peer/memory-store';
import { Peer } from '../../shared/peer/peer';
import type { Surroundings } from '../../shared/peer/surroundings';
import { randomBytes, type Signer } from '../../shared/record/signature';
import { type Batch, foundNetwork } from '../../shared/replica/replica';
import { memoryPair } from '../channel/memory-link';
import { protocols, testSigner } from './group';

/** The real clock and chance. */
export const around: Surroundings = {
  clock: {
    now: () => performance.now(),
    setTimer(delay, run) {
      const timer = setTimeout(run, delay);
      return () => clearTimeout(timer);
    },
  },
  random: randomBytes,
  now: () => Date.now(),
};

/**
 * Where nobody seals, however slow the machine is: what is signed is what the test signs. For the sealer no time goes by, and a timer of
 * more than a second, as all of its are then, never rings.
 */
export const quiet: Surroundings = {
  ...around,
  clock: {
    now: () => 0,
    setTimer: (delay, run) => (delay > 1_000 ? () => undefined : around.clock.setTimer(delay, run)),
  },
};

const stored = ({ events, texts }: Batch) => ({ events: events.map((event) => event.bytes), texts });

/** A network of one, with its store and key. */
export async function founder(given = protocols()): Promise<{ peer: Peer; store: MemoryStore; signer: Signer }> {
  const signer = await testSigner('ana');
  const { replica, batch } = await foundNetwork(
    signer,
    {
      name: { text: 'The house' },
      purpose: { text: 'To live together' },
      unit: 'EUR',
      protocols: given,
      founder: { name: { text: 'Ana' }, type: 'resident', device: 'laptop' },
    },
    Date.now(),
  );
  const store = new MemoryStore();
  await store.append(stored(batch));
  return { peer: await Peer.open(replica.id, signer, store, around), store, signer };
}

/** Connects two in memory; `cut` ends it without a word. */
export function link(a: Pick<Peer, 'connect'>, b: Pick<Peer, 'connect'>): { cut: () => void } {
  const pair = memoryPair();
  const pump = setInterval(() => pair.carry(0) + pair.carry(1), 1);
  for (const [index, side] of [a, b].entries()) void side.connect(pair.transports[index]!);
  const cut = (): void => {
    clearInterval(pump);
    for (const end of pair.links) end.events?.closed();
  };
  return { cut };
}

/** Waits up to four seconds. */
export async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !condition(); tries++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(condition()).toBe(true);
}

/** Issues an invite; resolves with its link. */
export async function invite(peer: Peer, uses = 1, type = 'resident'): Promise<string> {
  const secret = randomBytes(16);
  const key = await inviteKey(secret);
  await peer.act({
    type: 'invite.issue',
    payload: { invite: key.device, type, uses, days: 1 },
  });
  return encodeInvite({
    network: peer.id,
    secret,
    expires: Date.now() + 60_000,
    seal: null,
    networkName: 'The house',
    inviter: 'Ana',
    meetingPlaces: [],
  });
}

/** Makes a device link; `expires` in milliseconds since 1970. */
export async function offerDevice(peer: Peer, expires = Date.now() + 60_000): Promise<InviteLink> {
  const secret = randomBytes(16);
  await peer.devices.offer((await inviteKey(secret)).device, expires);
  const { device } = peer.me!;
  const names = { networkName: 'The house', inviter: 'Ana' };
  return decodeInvite(
    encodeInvite({ network: peer.id, secret, expires, seal: null, ...names, meetingPlaces: [], device }),
  );
}

/** Joins by a link at an open peer. */
export async function join(
  at: Peer,
  text: string,
  name: string,
  members = 1,
): Promise<{ peer: Peer; store: MemoryStore; signer: Signer }> {
  const signer = await testSigner(name);
  const store = new MemoryStore();
  const joiner = await Joiner.start(decodeInvite(text), signer, store, around);
  link(at, joiner);
  const preview = await joiner.look(2_000);
  expect(preview).toMatchObject({
    networkName: 'The house',
    inviter: 'Ana',
    type: 'Resident',
    mode: 'invite',
    members,
  });
  await joiner.join(name, 2_000);
  joiner.close();
  return { peer: await Peer.open(at.id, signer, store, around), store, signer };
}

/** What a backup of the disk holds at this moment. */
export async function copyOf(store: MemoryStore): Promise<MemoryStore> {
  const copy = new MemoryStore();
  for (const batch of await store.load()) await copy.append(batch);
  return copy;
}

/** Names a file in a page, as a screen does. */
export async function attachTo(peer: Peer, page: string, file: string): Promise<void> {
  const doc = new Y.Doc();
  attach(doc, { file, name: 'Plan.pdf', size: 1, type: '', time: 1, by: peer.me!.member });
  await peer.docs.apply(pageDoc(page), { bytes: Y.encodeStateAsUpdate(doc), member: peer.me!.member, time: 1 }, null);
}
