import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from './bytes';

const { crypto } = globalThis as unknown as {
  crypto: { readonly subtle: { digest(algorithm: string, bytes: Uint8Array): Promise<ArrayBuffer> } };
};

/** SHA-256 by the platform and beside this thread: for much at once. */
export async function hashBeside(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/**
 * SHA-256 over a domain prefix and the given bytes; 32 bytes. What the hash is after the prefix is worked out once: of a short input that
 * is a quarter of the work.
 */
export function hashUnder(domain: string): (bytes: Uint8Array) => Uint8Array {
  const start = sha256.create().update(utf8(domain));
  const hash = sha256.create();
  return (bytes) => start._cloneInto(hash).update(bytes).digest();
}
