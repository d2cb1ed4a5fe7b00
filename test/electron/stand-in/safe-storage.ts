import type { SafeStorage } from 'electron';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Keychain } from './keychain';
import { strict } from './strict';
import { world } from './world';

const NONCE = 12;
const TAG = 16;
const MARK = 3;

function keychain(call: string): Keychain {
  world.callWhenReady(`safeStorage.${call}`);
  if (world.keychain === undefined) throw new Error('Encryption is not available');
  return world.keychain;
}

/** Only the asynchronous half: the other blocks, and goes with Electron 46. */
export const safeStorage = strict<SafeStorage>('safeStorage', {
  isAsyncEncryptionAvailable: async () => {
    world.callWhenReady('safeStorage.isAsyncEncryptionAvailable');
    return world.keychain !== undefined;
  },
  encryptStringAsync: async (text) => {
    const { key, isScrambling } = keychain('encryptStringAsync');
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from(isScrambling ? 'v10' : 'v11'), nonce, cipher.getAuthTag(), encrypted]);
  },
  decryptStringAsync: async (encrypted) => {
    const { key, isRotated } = keychain('decryptStringAsync');
    const [nonce, rest] = [encrypted.subarray(MARK, MARK + NONCE), encrypted.subarray(MARK + NONCE)];
    const decipher = createDecipheriv('aes-256-gcm', key, nonce);
    decipher.setAuthTag(rest.subarray(0, TAG));
    const result = Buffer.concat([decipher.update(rest.subarray(TAG)), decipher.final()]).toString('utf8');
    return { result, shouldReEncrypt: isRotated };
  },
});
