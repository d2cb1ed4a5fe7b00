import { PeerholdError } from '../errors';
import { concat, equalBytes } from '../record/bytes';
import { NONCE_BYTES, TAG_BYTES } from '../record/cipher';
import { decodeCanonical } from '../record/cbor-reader';
import { encodeCanonical } from '../record/cbor-writer';
import { hashBeside } from '../record/hash';
import { type Of, bytes, integer, object } from '../record/shape';
import { MAX_COST, MAX_DEVICES, MAX_FILE, MAX_MEMBERS, MIN_COST, WRAPPED_BYTES, tooLarge } from './limits';
import { type Source, readRange } from './source';

/** The first byte is no text and the rest has ends of lines: a transfer that takes the file for text shows. */
const MAGIC = Uint8Array.of(0x89, 0x50, 0x48, 0x42, 0x0d, 0x0a, 0x1a, 0x0a);
/** The form of a content: what is written, and of before, what is read. They differ in what is locked, not in the lock. */
export type Version = 2 | 3;
const VERSION: Version = 3;
/** A file that has a secret for one to begin with before such a content. An app that does not know it must not take it for a bundle. */
const BACKUP = 4;
const BYTES: ReadonlySet<number | undefined> = new Set([2, VERSION, BACKUP]);
/** Magic, version, length of the header. */
const START = MAGIC.length + 5;
const MAX_HEADER = 131_072;
const MAX_NOTE = 8_192;
const SUM = 32;

/** How a passphrase opens a file. */
const passphraseLock = object({
  cost: integer(MIN_COST, MAX_COST),
  salt: bytes(16, 16),
  /** Says whether a passphrase is the right one, before anything is decrypted. */
  check: bytes(16, 16),
});
export type PassphraseLock = Of<typeof passphraseLock>;

/** How members open a file. */
const membersLock = object({
  /** The content's key, once for each device. */
  keys: bytes(WRAPPED_BYTES, MAX_MEMBERS * MAX_DEVICES * WRAPPED_BYTES),
  /** Whose devices these are, in this order: only who knows the network's id can read it. */
  note: bytes(NONCE_BYTES + TAG_BYTES, MAX_NOTE),
});
export type MembersLock = Of<typeof membersLock>;

/** The beginning of a file. */
export interface Opening {
  readonly version: Version;
  readonly isBackup: boolean;
  readonly lock: PassphraseLock | MembersLock;
  /** SHA-256 of it. */
  readonly sum: Uint8Array;
  /** Its length: where what is locked begins. */
  readonly end: number;
}

export const isForMembers = (lock: PassphraseLock | MembersLock): lock is MembersLock => 'keys' in lock;

/** The beginning, which ends with its sum. */
export async function writeOpening(
  lock: PassphraseLock | MembersLock,
  isBackup = false,
): Promise<{ bytes: Uint8Array; sum: Uint8Array }> {
  const header = encodeCanonical(lock);
  const { length } = header;
  const version = isBackup ? BACKUP : VERSION;
  const open = concat(MAGIC, Uint8Array.of(version, length >>> 24, length >>> 16, length >>> 8, length), header);
  const sum = await hashBeside(open);
  return { bytes: concat(open, sum), sum };
}

/** What a file says about itself before it is opened. Throws `bundle-too-large`, `bundle-malformed` (it is none), `bundle-version`, `bundle-damaged`. */
export async function readOpening(file: Source): Promise<Opening> {
  if (file.size > MAX_FILE) throw tooLarge();
  const start = await readRange(file, 0, START);
  const end = START + lengthOfHeader(start);
  const rest = await readRange(file, START, end + SUM);
  const header = rest.subarray(0, end - START);
  const sum = await hashBeside(concat(start, header));
  if (!equalBytes(sum, rest.subarray(header.length))) throw new PeerholdError('bundle-damaged');
  const byte = start[MAGIC.length];
  return {
    version: byte === 2 ? byte : VERSION,
    isBackup: byte === BACKUP,
    lock: readHeader(header),
    sum,
    end: end + SUM,
  };
}

/** Throws `bundle-malformed`, `bundle-version`, `bundle-damaged`. */
export function lengthOfHeader(start: Uint8Array): number {
  if (!equalBytes(start.subarray(0, MAGIC.length), MAGIC)) throw new PeerholdError('bundle-malformed');
  if (start.length < START) throw new PeerholdError('bundle-damaged');
  if (!BYTES.has(start[MAGIC.length])) throw new PeerholdError('bundle-version');
  const length = new DataView(start.buffer, start.byteOffset).getUint32(MAGIC.length + 1);
  if (length > MAX_HEADER) throw new PeerholdError('bundle-malformed');
  return length;
}

/** Throws `bundle-malformed`, `bytes-malformed`. */
export function readHeader(written: Uint8Array): PassphraseLock | MembersLock {
  const header = decodeCanonical(written);
  if (!passphraseLock(header) && !membersLock(header)) throw new PeerholdError('bundle-malformed');
  return header;
}
