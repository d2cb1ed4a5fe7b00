import { PeerholdError } from '../errors';
import { concat, fromBase64Url, fromHex, toHex } from './bytes';

/**
 * Ed25519 (RFC 8032) by the platform's WebCrypto, which browsers, workers and Node share, behind one pinned rule. Libraries disagree
 * on keys of small order and on encodings that are not canonical, and a disagreement splits peers; so those are refused here, before
 * any library sees them. What is left every cofactorless verifier decides alike.
 */
interface SubtleCrypto {
  importKey(
    format: 'raw',
    key: Uint8Array,
    algorithm: string,
    extractable: boolean,
    usages: string[],
  ): Promise<CryptoKey>;
  importKey(
    format: 'pkcs8',
    key: Uint8Array,
    algorithm: string,
    extractable: boolean,
    usages: string[],
  ): Promise<CryptoKey>;
  generateKey(algorithm: string, extractable: boolean, usages: string[]): Promise<unknown>;
  exportKey(format: 'raw', key: CryptoKey): Promise<ArrayBuffer>;
  exportKey(format: 'jwk', key: CryptoKey): Promise<{ readonly x: string }>;
  sign(algorithm: string, key: CryptoKey, data: Uint8Array): Promise<ArrayBuffer>;
  verify(algorithm: string, key: CryptoKey, signature: Uint8Array, data: Uint8Array): Promise<boolean>;
}
/** Opaque; may be stored by structured clone. */
export type CryptoKey = object;
interface WebCrypto {
  readonly subtle: SubtleCrypto;
  getRandomValues(array: Uint8Array): Uint8Array;
}
const { crypto } = globalThis as unknown as { crypto: WebCrypto };
const ED25519 = 'Ed25519';

/** Signs as one device. */
export interface Signer {
  /** Hex of the 32-byte public key. */
  readonly device: string;
  sign(message: Uint8Array): Promise<Uint8Array>;
}

export interface DeviceKey {
  readonly device: string;
  readonly secret: CryptoKey;
}

/** A new key whose secret half can not be read out, only used. */
export async function newDeviceKey(): Promise<DeviceKey> {
  const pair = (await crypto.subtle.generateKey(ED25519, false, ['sign', 'verify'])) as {
    publicKey: CryptoKey;
    privateKey: CryptoKey;
  };
  return {
    device: toHex(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))),
    secret: pair.privateKey,
  };
}

export function signerOf(key: DeviceKey): Signer {
  return {
    device: key.device,
    sign: async (message) => new Uint8Array(await crypto.subtle.sign(ED25519, key.secret, message)),
  };
}

/** RFC 8410 wrapping of a raw 32-byte seed. */
const PKCS8_PREFIX = fromHex('302e020100300506032b657004220420');

/** The key of a known 32-byte seed: invites, whose secret is in their link, and generated samples. */
export async function deviceKeyFromSeed(seed: Uint8Array): Promise<DeviceKey> {
  const { device } = await readableKeyFromSeed(seed);
  const wrapped = concat(PKCS8_PREFIX, seed);
  const secret = await crypto.subtle.importKey('pkcs8', wrapped, ED25519, false, ['sign']);
  wrapped.fill(0);
  return { device, secret };
}

/** The same, of which the secret half can be read out: only to be locked. */
export async function readableKeyFromSeed(seed: Uint8Array): Promise<DeviceKey> {
  const wrapped = concat(PKCS8_PREFIX, seed);
  const secret = await crypto.subtle.importKey('pkcs8', wrapped, ED25519, true, ['sign']);
  wrapped.fill(0);
  const { x } = await crypto.subtle.exportKey('jwk', secret);
  return { device: toHex(fromBase64Url(x)!), secret };
}

export function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}

const imported = new Map<string, Promise<CryptoKey>>();
const MAX_IMPORTED = 1_024;

/** The code of what is thrown where the runtime could not say of a signature whether it is one: nobody is to be blamed for it. */
export const SIGNATURE_UNCHECKED = 'signature-unchecked';

/**
 * Whether `signature` is `key`'s over `message`: what can not be a signature is none. Rejects with `signature-unchecked` where the runtime
 * failed twice, which says nothing of the signature: to be tried again later.
 */
export async function verify(key: string, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  if (signature.length !== 64 || !isPoint(signature.subarray(0, 32)) || !isScalar(signature.subarray(32))) return false;
  if (!imported.has(key) && !isPoint(fromHex(key))) return false;
  try {
    return await judge(key, message, signature);
  } catch {
    // Once more, with the key imported anew: what failed may have passed.
  }
  try {
    return await judge(key, message, signature);
  } catch (cause) {
    // Libraries may refuse a key that is no point when it is imported; such a key has signed nothing.
    if (cause instanceof Error && cause.name === 'DataError') return false;
    throw new PeerholdError(SIGNATURE_UNCHECKED, {}, { cause });
  }
}

async function judge(key: string, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  try {
    return await crypto.subtle.verify(ED25519, await importedKey(key), signature, message);
  } catch (error) {
    imported.delete(key);
    throw error;
  }
}

function importedKey(key: string): Promise<CryptoKey> {
  const known = imported.get(key);
  if (known !== undefined) return known;
  if (imported.size >= MAX_IMPORTED) imported.clear();
  const handle = crypto.subtle.importKey('raw', fromHex(key), ED25519, true, ['verify']);
  imported.set(key, handle);
  return handle;
}

/** The eight points of small order, and the two encodings of x = 0 with the sign bit set, without their sign bits. */
const SMALL_ORDER = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
]);
const SMALL_ORDER_FIRST = new Set([0x00, 0x01, 0xec, 0x26, 0xc7]);

/** A canonical encoding (y below 2^255 - 19) of something that is not of small order. */
function isPoint(encoded: Uint8Array): boolean {
  const top = encoded[31]! & 0x7f;
  if (top === 0x7f && encoded[0]! >= 0xed && encoded.subarray(1, 31).every((byte) => byte === 0xff)) return false;
  if (!SMALL_ORDER_FIRST.has(encoded[0]!)) return true;
  const unsigned = encoded.slice();
  unsigned[31] = top;
  return !SMALL_ORDER.has(toHex(unsigned));
}

/** Below the group's order, 2^252 + 27742317777372353535851937790883648493 (little endian). */
const ORDER = fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');
function isScalar(encoded: Uint8Array): boolean {
  for (let i = 31; i >= 0; i--) {
    if (encoded[i]! < ORDER[i]!) return true;
    if (encoded[i]! > ORDER[i]!) return false;
  }
  return false;
}
