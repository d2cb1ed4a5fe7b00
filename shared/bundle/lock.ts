import { scrypt } from '@noble/hashes/scrypt.js';
import { PeerholdError } from '../errors';
import { concat, equalBytes, utf8 } from '../record/bytes';
import { Cipher, NONCE_BYTES, TAG_BYTES } from '../record/cipher';
import { decodeCanonical, encodeCanonical } from '../record/codec';
import { hashBeside } from '../record/hash';
import { bytes, integer, object } from '../record/shape';
import { randomBytes } from '../record/signature';

/** The first byte is no text and the rest has ends of lines: a transfer that takes the file for text shows. */
const MAGIC = Uint8Array.of(0x89, 0x50, 0x48, 0x42, 0x0d, 0x0a, 0x1a, 0x0a);
const VERSION = 1;
/** Magic, version, length of the header. */
const START = MAGIC.length + 3;
const MAX_HEADER = 1_024;
const SUM = 32;

/** Bytes of what is locked; all of it is in memory at once, several times over while it is read. */
export const MAX_CONTENT = 64 * 1024 * 1024;
/** Bytes of the largest file. */
export const MAX_FILE = MAX_CONTENT + START + MAX_HEADER + TAG_BYTES + SUM;
/** UTF-16 units, at least. */
export const MIN_PASSPHRASE = 10;
const MAX_PASSPHRASE = 1_024;

/** Scrypt (RFC 7914) with N = 2^cost, r = 8, p = 1: memory is 2^cost KiB, time about a second at 17. */
const COST = 17;
/** A reader spends no more than this on anybody's word: 256 MiB. */
const MAX_COST = 18;
const MIN_COST = 10;

const header = object({
  cost: integer(MIN_COST, MAX_COST),
  salt: bytes(16, 16),
  /** Says whether a passphrase is the right one, before anything is decrypted. */
  check: bytes(16, 16),
  nonce: bytes(12, 12),
});

/**
 * Locks content to a passphrase; gives the file. Throws `bundle-passphrase-short`, `bundle-too-large`. `cost` is for tests: what is
 * made in earnest takes as long as it should.
 */
export async function lock(content: Uint8Array, passphrase: string, cost = COST): Promise<Uint8Array> {
  if (passphrase.length < MIN_PASSPHRASE || passphrase.length > MAX_PASSPHRASE)
    throw new PeerholdError('bundle-passphrase-short', { least: MIN_PASSPHRASE });
  if (content.length > MAX_CONTENT) throw tooLarge();
  const salt = randomBytes(16);
  const nonce = randomBytes(NONCE_BYTES);
  const { cipher, check } = await derive(passphrase, salt, cost);
  const written = encodeCanonical({ cost, salt, check, nonce });
  const open = concat(MAGIC, Uint8Array.of(VERSION, written.length >> 8, written.length & 255), written);
  const file = concat(open, await cipher.encrypt(nonce, open, content));
  return concat(file, await hashBeside(file));
}

/**
 * Opens a file. Throws `bundle-too-large`, `bundle-malformed` (it is none), `bundle-version`, `bundle-damaged`,
 * `bundle-passphrase-wrong`. Nothing is spent on the passphrase before the file is known to be whole.
 */
export async function unlock(file: Uint8Array, passphrase: string): Promise<Uint8Array> {
  if (file.length > MAX_FILE) throw tooLarge();
  if (file.length < START || !equalBytes(file.subarray(0, MAGIC.length), MAGIC))
    throw new PeerholdError('bundle-malformed');
  if (file[MAGIC.length] !== VERSION) throw new PeerholdError('bundle-version');
  const whole = file.subarray(0, Math.max(0, file.length - SUM));
  if (!equalBytes(await hashBeside(whole), file.subarray(whole.length))) throw new PeerholdError('bundle-damaged');
  const end = START + file[START - 2]! * 256 + file[START - 1]!;
  const { cost, salt, check, nonce } = readHeader(whole.subarray(START, end));
  if (whole.length < end + TAG_BYTES) throw new PeerholdError('bundle-malformed');
  const derived = await derive(passphrase, salt, cost);
  if (!equalBytes(derived.check, check)) throw new PeerholdError('bundle-passphrase-wrong');
  try {
    return await derived.cipher.decrypt(nonce, whole.subarray(0, end), whole.subarray(end));
  } catch (cause) {
    // Somebody changed it and made its sum anew.
    throw new PeerholdError('bundle-damaged', {}, { cause });
  }
}

function readHeader(written: Uint8Array) {
  const value = written.length > MAX_HEADER ? undefined : decodeCanonical(written);
  if (!header(value)) throw new PeerholdError('bundle-malformed');
  return value;
}

async function derive(passphrase: string, salt: Uint8Array, cost: number) {
  // The same letters can be typed as different code points on two systems.
  const typed = utf8(passphrase.slice(0, MAX_PASSPHRASE).normalize('NFKC'));
  const derived = scrypt(typed, salt, { N: 2 ** cost, r: 8, p: 1, dkLen: 48 });
  return { cipher: await Cipher.of(derived.subarray(0, 32)), check: derived.slice(32) };
}

export const tooLarge = (): PeerholdError => new PeerholdError('bundle-too-large', { most: MAX_CONTENT >> 20 });
