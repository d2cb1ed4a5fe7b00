import { PeerholdError } from '../errors';
import { TAG_BYTES } from '../record/cipher';

/** Bounds of a bundle: everything that a file says is checked against one of these before it is used. */

const MIB = 1024 * 1024;

/** Bytes of head, record and documents, and of one part of them: one part is in memory at a time, a message of a channel. */
export const MAX_CONTENT = 256 * MIB;
export const MAX_PART = 32 * MIB;
export const MAX_PARTS = 100_000;
/** Bytes of the files that pages name, with their manifests, and how many there are. */
export const MAX_CARRIED_BYTES = 440 * MIB;
export const MAX_CARRIED_FILES = 10_000;
/** Bytes of the largest bundle: what one is saved by in the app takes as much. */
export const MAX_FILE = 512 * MIB;
/** Bytes of content and files together: the lock takes less than the rest. */
export const MAX_LOCKED = 511 * MIB;
/** Members to whom one bundle is locked, and devices of each. */
export const MAX_MEMBERS = 150;
export const MAX_DEVICES = 10;
/** UTF-16 units. */
export const MIN_PASSPHRASE = 10;
export const MAX_PASSPHRASE = 1_024;
/** Scrypt's cost, as a power of two: a reader spends no more than 256 MiB on anybody's word. */
export const MIN_COST = 10;
export const MAX_COST = 18;
/** A key; and one with what HPKE adds to it, the encapsulated key and a tag. */
export const KEY_BYTES = 32;
export const WRAPPED_BYTES = KEY_BYTES + KEY_BYTES + TAG_BYTES;
/** What a backup says before its content: its bytes, a key's seed, and where others may be met. */
export const MAX_BACKUP_START = 16_384;
export const SEED_BYTES = 32;
export const MAX_PLACES = 32;
export const MAX_PLACE = 200;
/** What a reader takes of one file at most; the bytes alone would allow many more of the smallest. */
export const MAX_EVENTS = 500_000;
export const MAX_UPDATES = 1_000_000;

export const tooLarge = (): PeerholdError =>
  new PeerholdError('bundle-too-large', { most: MAX_CONTENT / MIB, files: MAX_CARRIED_BYTES / MIB });
