import { PeerholdError } from '../errors';
import { Cipher } from '../record/cipher';
import { openChunks, sealChunks } from './chunks';
import { type Opener, type Receiver, lockForMembers, openAsMember } from './members';
import { type Opening, type Version, isForMembers, readOpening, writeOpening } from './opening';
import { lockByPassphrase, openByPassphrase } from './passphrase';
import type { Source } from './source';

/** By what a bundle is locked when it is made. `cost` is for tests: what is made in earnest takes as long as it should. */
export type Locking =
  | { readonly passphrase: string; readonly cost?: number }
  | { readonly network: string; readonly members: readonly Receiver[] };

/** What a reader has to open one with. */
export interface Keys {
  readonly passphrase: string | null;
  readonly opener: Opener | null;
}

/** Locks content; gives the file piece by piece. Throws `bundle-passphrase-short`, `bundle-too-many`, or what `plain` throws. */
export async function* lock(
  plain: AsyncIterable<Uint8Array>,
  by: Locking,
  isBackup = false,
): AsyncGenerator<Uint8Array> {
  const made =
    'passphrase' in by ? lockByPassphrase(by.passphrase, by.cost) : await lockForMembers(by.network, by.members);
  const { bytes, sum } = await writeOpening(made.lock, isBackup);
  yield bytes;
  yield* sealChunks(await Cipher.of(made.key), sum, plain);
}

/** A file that was opened. */
export interface Unlocked {
  readonly version: Version;
  /** What was locked, from the start; as often as is wanted. */
  readonly read: () => AsyncGenerator<Uint8Array>;
}

/**
 * Opens a bundle; nothing but its beginning has been checked then. Throws what `readOpening` does, `bundle-is-backup`,
 * `bundle-passphrase-missing`, `bundle-passphrase-wrong`, or what `openAsMember` does. Nothing is spent on a passphrase before the beginning is
 * known to be whole.
 */
export async function unlock(file: Source, keys: Keys): Promise<Unlocked> {
  const opening = await readOpening(file);
  if (opening.isBackup) throw new PeerholdError('bundle-is-backup');
  return open(file, opening, keys);
}

/** The same for a backup, which only a passphrase opens. Throws what `readOpening` does, `backup-is-bundle`, `bundle-passphrase-wrong`. */
export async function unlockBackup(file: Source, passphrase: string): Promise<Unlocked> {
  const opening = await readOpening(file);
  if (!opening.isBackup) throw new PeerholdError('backup-is-bundle');
  if (isForMembers(opening.lock)) throw new PeerholdError('bundle-malformed');
  return open(file, opening, { passphrase, opener: null });
}

async function open(file: Source, opening: Opening, keys: Keys): Promise<Unlocked> {
  const cipher = await Cipher.of(await keyOf(opening, keys));
  const { version, sum, end } = opening;
  return { version, read: () => openChunks(cipher, sum, file, end) };
}

async function keyOf({ lock: locked }: Opening, { passphrase, opener }: Keys): Promise<Uint8Array> {
  if (isForMembers(locked)) {
    if (opener === null) throw new PeerholdError('not-a-member-here');
    return openAsMember(locked, opener);
  }
  if (passphrase === null) throw new PeerholdError('bundle-passphrase-missing');
  return openByPassphrase(locked, passphrase);
}
