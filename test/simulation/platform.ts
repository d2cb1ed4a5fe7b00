import {
  type KeyObject,
  createPrivateKey,
  createPublicKey,
  sign as signNow,
  verify as verifyNow,
  webcrypto,
} from 'node:crypto';
import type { Chance } from './random';

/**
 * The platform's WebCrypto, as the real code finds it on the global object: the same Ed25519 (OpenSSL's, as in Node's own WebCrypto), but
 * done at once instead of on threads, so that the order of effects follows from the seed alone; and chance from the run. An answer
 * is remembered: each of thirty peers checks the same signature, which is a pure function of its bytes.
 */
interface Handle {
  readonly raw: string;
  readonly key: KeyObject;
}

const answers = new Map<string, boolean>();
const MAX_ANSWERS = 50_000;
let chance: Chance | undefined;

/** Chance for whatever asks the platform for random bytes, such as the salts of texts. */
export function drawFrom(next: Chance): void {
  chance = next;
}

const latin = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

function importNow(format: string, bytes: Uint8Array): Handle {
  if (format === 'pkcs8') {
    return { raw: '', key: createPrivateKey({ key: Buffer.from(bytes), format: 'der', type: 'pkcs8' }) };
  }
  const x = Buffer.from(bytes).toString('base64url');
  return { raw: latin(bytes), key: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }) };
}

function verifyOnce({ raw, key }: Handle, signature: Uint8Array, message: Uint8Array): boolean {
  const question = `${raw}${latin(signature)}${latin(message)}`;
  const known = answers.get(question);
  if (known !== undefined) return known;
  const answer = verifyNow(null, message, key, signature);
  if (answers.size >= MAX_ANSWERS) answers.clear();
  answers.set(question, answer);
  return answer;
}

const { subtle } = webcrypto;
const define = (on: object, name: string, value: unknown): void => {
  Object.defineProperty(on, name, { value, configurable: true, writable: true });
};
define(subtle, 'importKey', async (format: string, bytes: Uint8Array) => importNow(format, bytes));
define(subtle, 'exportKey', async (_format: string, handle: Handle) => handle.key.export({ format: 'jwk' }));
define(subtle, 'sign', async (_algorithm: string, handle: Handle, message: Uint8Array) => {
  const signature = signNow(null, message, handle.key);
  return signature.buffer.slice(signature.byteOffset, signature.byteOffset + signature.length);
});
define(subtle, 'verify', async (_algorithm: string, handle: Handle, signature: Uint8Array, message: Uint8Array) =>
  verifyOnce(handle, signature, message),
);
const original = webcrypto.getRandomValues.bind(webcrypto);
define(webcrypto, 'getRandomValues', (array: Uint8Array) => {
  if (chance === undefined) return original(array);
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(chance.bytes(array.byteLength));
  return array;
});
