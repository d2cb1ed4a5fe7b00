import { webcrypto } from 'node:crypto';
import type { Signer, Verify } from '../../shared/sync/channel/ports';
import type { Random } from '../../shared/sync/clock';

let working = 0;

/** How many signatures are being made or checked now: what a test waits for before it calls a network quiet. */
export const cryptoAtWork = (): number => working;

async function counted<T>(work: () => Promise<T>): Promise<T> {
  working += 1;
  try {
    return await work();
  } finally {
    working -= 1;
  }
}

/** Device and invite keys for tests, and the real verification. */
export async function newSigner(): Promise<Signer> {
  const keys = (await webcrypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const deviceKey = new Uint8Array(await webcrypto.subtle.exportKey('raw', keys.publicKey));
  return {
    deviceKey,
    sign: (bytes) =>
      counted(async () => new Uint8Array(await webcrypto.subtle.sign('Ed25519', keys.privateKey, bytes))),
  };
}

export const verify: Verify = (key, bytes, signature) =>
  counted(async () => {
    try {
      const imported = await webcrypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
      return await webcrypto.subtle.verify('Ed25519', imported, signature, bytes);
    } catch {
      return false;
    }
  });

export const random: Random = (length) => webcrypto.getRandomValues(new Uint8Array(length));
