import {
  type KeyObject,
  createHash,
  createPrivateKey,
  createPublicKey,
  sign as signNow,
  verify as verifyNow,
  webcrypto,
} from 'node:crypto';
import { CipherKey, ciphers } from './ciphers';
import type { Chance } from './random';

/**
 * The platform's WebCrypto, as the real code finds it on the global object: the same Ed25519 (OpenSSL's, as in Node's own WebCrypto), but
 * done at once instead of on threads, so that the order of effects follows from the seed alone; and chance from the run. An answer
 * is remembered: each of thirty peers checks the same signature, which is a pure function of its bytes. So is, without asking, that
 * what was just signed here is rightly signed.
 */
interface Handle {
  /** The public key's bytes. */
  readonly raw: string;
  readonly key: KeyObject;
}

/** By signature: over what, by whose key, and whether it is one. */
const answers = new Map<string, { readonly raw: string; readonly message: Uint8Array; readonly answer: boolean }>();
const keys = new Map<string, Handle>();
const MAX_ANSWERS = 50_000;
const MAX_KEYS = 8_000;
let chance: Chance | undefined;

/** Chance for whatever asks the platform for random bytes, such as the salts of texts. */
export function drawFrom(next: Chance): void {
  chance = next;
}

const latin = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

function importNow(format: string, bytes: Uint8Array): Handle {
  const name = latin(bytes);
  const known = keys.get(name);
  if (known !== undefined) return known;
  if (keys.size >= MAX_KEYS) keys.clear();
  const handle = format === 'pkcs8' ? secretFrom(bytes) : { raw: name, key: publicFrom(bytes) };
  keys.set(name, handle);
  return handle;
}

function secretFrom(bytes: Uint8Array): Handle {
  const key = createPrivateKey({ key: Buffer.from(bytes), format: 'der', type: 'pkcs8' });
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  return { raw: Buffer.from(x!, 'base64url').toString('latin1'), key };
}

function publicFrom(bytes: Uint8Array): KeyObject {
  const x = Buffer.from(bytes).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

function remember(signature: string, raw: string, message: Uint8Array, answer: boolean): boolean {
  if (answers.size >= MAX_ANSWERS) answers.clear();
  answers.set(signature, { raw, message: message.slice(), answer });
  return answer;
}

function signOnce({ raw, key }: Handle, message: Uint8Array): ArrayBuffer {
  const signature = signNow(null, message, key);
  remember(latin(signature), raw, message, true);
  return signature.buffer.slice(signature.byteOffset, signature.byteOffset + signature.length);
}

function verifyOnce({ raw, key }: Handle, signature: Uint8Array, message: Uint8Array): boolean {
  const name = latin(signature);
  const known = answers.get(name);
  if (known?.raw === raw && Buffer.compare(known.message, message) === 0) return known.answer;
  return remember(name, raw, message, verifyNow(null, message, key, signature));
}

const { subtle } = webcrypto;
const define = (on: object, name: string, value: unknown): void => {
  Object.defineProperty(on, name, { value, configurable: true, writable: true });
};
const nameOf = (algorithm: string | { readonly name: string }): string =>
  typeof algorithm === 'string' ? algorithm : algorithm.name;
define(subtle, 'importKey', async (format: string, bytes: Uint8Array, algorithm: string | { readonly name: string }) =>
  nameOf(algorithm) === 'Ed25519' ? importNow(format, bytes) : ciphers.importKey(format, bytes, nameOf(algorithm)),
);
define(subtle, 'exportKey', async (format: string, handle: Handle | CipherKey) =>
  handle instanceof CipherKey ? ciphers.exportKey(format, handle) : handle.key.export({ format: 'jwk' }),
);
define(subtle, 'generateKey', async () => ciphers.pairFrom(chance!.bytes(32)));
for (const done of ['deriveBits', 'encrypt', 'decrypt'] as const) {
  const now = ciphers[done] as (...given: readonly unknown[]) => ArrayBuffer;
  define(subtle, done, async (...given: readonly unknown[]) => now(...given));
}
define(subtle, 'digest', async (_algorithm: string, bytes: Uint8Array) => {
  const { buffer, byteOffset, length } = createHash('sha256').update(bytes).digest();
  return buffer.slice(byteOffset, byteOffset + length);
});
define(subtle, 'sign', async (_algorithm: string, handle: Handle | CipherKey, message: Uint8Array) =>
  handle instanceof CipherKey ? ciphers.sign(handle, message) : signOnce(handle, message),
);
define(subtle, 'verify', async (_algorithm: string, handle: Handle, signature: Uint8Array, message: Uint8Array) =>
  verifyOnce(handle, signature, message),
);
const original = webcrypto.getRandomValues.bind(webcrypto);
define(webcrypto, 'getRandomValues', (array: Uint8Array) => {
  if (chance === undefined) return original(array);
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(chance.bytes(array.byteLength));
  return array;
});
