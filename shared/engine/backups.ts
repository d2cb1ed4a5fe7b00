import { openBackup, writeStart } from '../bundle/backup';
import { readPart } from '../bundle/content';
import { Letter } from '../bundle/letter';
import { MAX_PLACE, MAX_PLACES, SEED_BYTES } from '../bundle/limits';
import { unlockBackup } from '../bundle/lock';
import { needLong } from '../bundle/passphrase';
import type { Source } from '../bundle/source';
import { PeerholdError } from '../errors';
import { consentMessage } from '../network/certificates';
import { checkSignatures } from '../network/check';
import { activeMembers } from '../network/membership/queries';
import { NETWORK_KEY } from '../network/state';
import type { Progress } from '../peer/bundles';
import { OwnChain } from '../peer/own-chain';
import { Peer } from '../peer/peer';
import type { Surroundings } from '../peer/surroundings';
import { type SignedEvent, decodeEvent } from '../record/event';
import { type DeviceKey, deviceKeyFromSeed, randomBytes, signerOf } from '../record/signature';
import type { BundleDesk } from './bundles';
import type { BackupOrder, MadeBackup } from './contract';
import { isStopped } from './devices';
import type { HeldNetwork, Installation, OpenStore } from './ports';

/**
 * Certifies a fresh key as a further device of this peer's member, and puts it into a file with the network, which `put` is given piece by
 * piece. A device whose file was not finished is revoked. `places`: where others may be met. Rejects with `bundle-passphrase-short`,
 * `not-a-member-here`, what the rules refuse, or what `BundleDesk.make` does.
 */
export async function makeBackup(
  { peer, bundles, places }: { readonly peer: Peer; readonly bundles: BundleDesk; readonly places: readonly string[] },
  { label, passphrase, files }: BackupOrder,
  put: (bytes: Uint8Array) => Promise<void>,
): Promise<MadeBackup> {
  // First: a device that nobody can begin as would be one too many.
  needLong(passphrase);
  if (peer.me === null) throw new PeerholdError('not-a-member-here');
  const seed = randomBytes(SEED_BYTES);
  const kept = places.filter(({ length }) => length > 0 && length <= MAX_PLACE).slice(0, MAX_PLACES);
  const start = writeStart({ network: peer.id, seed, places: kept });
  try {
    const key = await deviceKeyFromSeed(seed);
    const { device } = key;
    const proof = await signerOf(key).sign(consentMessage(peer.id, peer.me.device));
    await peer.act({ type: 'device.certify', payload: { device, label, proof } });
    try {
      return { device, ...(await bundles.make({ recipient: null, lock: { passphrase }, files }, put, start)) };
    } catch (error) {
      // Where even that can not be done, it stands in the list of devices, and is of no use to anybody.
      await peer.act({ type: 'device.revoke', payload: { device } }).catch(() => undefined);
      throw error;
    }
  } finally {
    seed.fill(0);
    start.fill(0);
  }
}

export interface RestoringOptions {
  readonly installation: Installation;
  readonly around: Surroundings;
  readonly progress: Progress;
}

/**
 * Takes a backup's network onto this installation, with the key in it; what it gives is still to be kept, so that it is held. All of it or
 * nothing is stored. Rejects with what `unlockBackup`, `openBackup`, `Letter` and `Bundles.take` do, `backup-restored-here` and
 * `backup-network-here`.
 */
export async function restoreBackup(
  file: Source,
  passphrase: string,
  { installation, around, progress }: RestoringOptions,
): Promise<HeldNetwork> {
  const { start, rest } = await openBackup(await unlockBackup(file, passphrase));
  const { network, seed, places } = start;
  const key = await installation.keyFromSeed(seed).finally(() => seed.fill(0));
  const held = await installation.network(network);
  if (held !== undefined)
    throw new PeerholdError(held.key.device === key.device ? 'backup-restored-here' : 'backup-network-here');
  // What an attempt before this one has left, which was broken off.
  await installation.dropStore(network);
  const store = await installation.openStore(network);
  try {
    const found = await takeIn({ letter: new Letter(rest), network, key, store, around, progress, size: file.size });
    await store.close();
    return { id: network, key, sample: false, meetingPlaces: places, ...found };
  } catch (error) {
    await store.close();
    await installation.dropStore(network);
    throw error;
  }
}

interface Taking extends Omit<RestoringOptions, 'installation'> {
  readonly letter: Letter;
  readonly network: string;
  readonly key: DeviceKey;
  readonly store: OpenStore;
  readonly size: number;
}

/** Begins with the founding alone; all else goes the way of a bundle, with its checks. */
async function takeIn({
  letter,
  network,
  key,
  store,
  around,
  progress,
  size,
}: Taking): Promise<Pick<HeldNetwork, 'name' | 'members' | 'changed'>> {
  const founding = await foundingIn(letter);
  if (founding?.id !== network) throw new PeerholdError('bundle-malformed');
  await checkSignatures(founding);
  await store.append({ events: [founding.bytes], texts: [] });
  await OwnChain.restored(store, key.device);
  const peer = await Peer.open(network, signerOf(key), store, around);
  try {
    // The whole file is read for each of three things: to check it, to take in what it has, and for its files.
    let most = 0;
    const step = (bytes: number): void => progress((most = Math.max(most, bytes)), 2 * size);
    const whole = async (): Promise<void> => {
      for await (const _part of letter.files(step));
    };
    const { waiting, documentsRefused } = await peer.bundles.take(() => letter.content(step), undefined, whole);
    if (waiting > 0 || documentsRefused || peer.me === null || isStopped(peer))
      throw new PeerholdError('backup-not-whole');
    await peer.bundles.files.take(letter.files((bytes) => progress(size + bytes, 2 * size)));
    const row = peer.state.network.get(NETWORK_KEY);
    return {
      name: (row && peer.replica.text(row.name)) ?? '',
      members: activeMembers(peer.state).length,
      changed: peer.replica.newest?.time ?? 0,
    };
  } finally {
    await peer.close();
  }
}

async function foundingIn(letter: Letter): Promise<SignedEvent | undefined> {
  for await (const written of letter.content()) {
    const part = readPart(written);
    if (part.kind === 'events') return part.batch.events[0] && decodeEvent(part.batch.events[0]);
  }
  return undefined;
}
