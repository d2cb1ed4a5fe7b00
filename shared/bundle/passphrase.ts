import { scrypt } from '@noble/hashes/scrypt.js';
import { PeerholdError } from '../errors';
import { equalBytes, utf8 } from '../record/bytes';
import { randomBytes } from '../record/signature';
import { MAX_PASSPHRASE, MIN_PASSPHRASE } from './limits';
import type { PassphraseLock } from './opening';

/** Scrypt (RFC 7914) with N = 2^cost, r = 8, p = 1: memory is 2^cost KiB, time about a second at 17. */
const COST = 17;

/** A new lock and its key of 32 bytes. Throws `bundle-passphrase-short`. */
export function lockByPassphrase(passphrase: string, cost = COST): { lock: PassphraseLock; key: Uint8Array } {
  needLong(passphrase);
  const salt = randomBytes(16);
  const { key, check } = derive(passphrase, salt, cost);
  return { lock: { cost, salt, check }, key };
}

/** Throws `bundle-passphrase-short`. */
export function needLong(passphrase: string): void {
  if (passphrase.length < MIN_PASSPHRASE || passphrase.length > MAX_PASSPHRASE)
    throw new PeerholdError('bundle-passphrase-short', { least: MIN_PASSPHRASE });
}

/** Throws `bundle-passphrase-wrong`. */
export function openByPassphrase({ cost, salt, check }: PassphraseLock, passphrase: string): Uint8Array {
  const derived = derive(passphrase, salt, cost);
  if (!equalBytes(derived.check, check)) throw new PeerholdError('bundle-passphrase-wrong');
  return derived.key;
}

function derive(passphrase: string, salt: Uint8Array, cost: number) {
  // The same letters can be typed as different code points on two systems.
  const typed = utf8(passphrase.slice(0, MAX_PASSPHRASE).normalize('NFKC'));
  const derived = scrypt(typed, salt, { N: 2 ** cost, r: 8, p: 1, dkLen: 48 });
  return { key: derived.slice(0, 32), check: derived.slice(32) };
}
