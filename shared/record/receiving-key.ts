import { concat, fromBase64Url, fromHex, toHex } from './bytes';
import type { CryptoKey } from './signature';

/**
 * X25519 (RFC 7748) by the platform's WebCrypto: the key by which a device receives what is encrypted to it, beside the one by which it
 * signs. One key for both would have to be readable to be converted.
 */
interface SubtleCrypto {
  generateKey(algorithm: string, extractable: boolean, usages: readonly string[]): Promise<unknown>;
  importKey(
    format: 'pkcs8',
    key: Uint8Array,
    algorithm: string,
    extractable: boolean,
    usages: readonly string[],
  ): Promise<CryptoKey>;
  exportKey(format: 'raw', key: CryptoKey): Promise<ArrayBuffer>;
  exportKey(format: 'jwk', key: CryptoKey): Promise<{ readonly x: string }>;
}
const { subtle } = (globalThis as unknown as { crypto: { readonly subtle: SubtleCrypto } }).crypto;
const X25519 = 'X25519';
const USAGES = ['deriveBits'] as const;

export interface ReceivingKey {
  /** Hex of the 32-byte public key. */
  readonly receives: string;
  readonly secret: CryptoKey;
}

/** A new key whose secret half can not be read out, only used. */
export async function newReceivingKey(): Promise<ReceivingKey> {
  const pair = (await subtle.generateKey(X25519, false, USAGES)) as {
    publicKey: CryptoKey;
    privateKey: CryptoKey;
  };
  return { receives: toHex(new Uint8Array(await subtle.exportKey('raw', pair.publicKey))), secret: pair.privateKey };
}

/** RFC 8410 wrapping of a raw 32-byte secret. */
const PKCS8_PREFIX = fromHex('302e020100300506032b656e04220420');

/** The key of 32 secret bytes, where an installation writes them down. */
export async function receivingKeyFromSeed(seed: Uint8Array): Promise<ReceivingKey> {
  const wrapped = concat(PKCS8_PREFIX, seed);
  const readable = await subtle.importKey('pkcs8', wrapped, X25519, true, USAGES);
  const { x } = await subtle.exportKey('jwk', readable);
  return {
    receives: toHex(fromBase64Url(x)!),
    secret: await subtle.importKey('pkcs8', wrapped, X25519, false, USAGES),
  };
}

/** The points of small order whose encodings are canonical: with any of them every secret agrees on zero. */
const SMALL_ORDER = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

/** Whether something can be encrypted to a public key (64 hex digits): u below 2^255 - 19, in its one encoding, not of small order. */
export function canReceive(key: string): boolean {
  const bytes = fromHex(key);
  const top = bytes[31]!;
  if (top > 0x7f) return false;
  if (top === 0x7f && bytes[0]! >= 0xed && bytes.subarray(1, 31).every((byte) => byte === 0xff)) return false;
  return !SMALL_ORDER.has(key);
}
