import { PeerholdError } from '../errors';
import { concat, toHex, utf8 } from './bytes';
import type { ReceivingKey } from './receiving-key';
import { type CryptoKey, type DeviceKey, randomBytes, readableKeyFromSeed } from './signature';

/** What is used of the platform's WebCrypto, which browsers, workers and Node share. */
interface AesGcm {
  readonly name: 'AES-GCM';
  readonly iv: Uint8Array;
  readonly additionalData: Uint8Array;
}
interface SubtleCrypto {
  importKey(
    format: 'raw',
    key: Uint8Array,
    algorithm: 'AES-GCM',
    extractable: false,
    usages: readonly string[],
  ): Promise<CryptoKey>;
  generateKey(algorithm: string, extractable: true, usages: readonly string[]): Promise<unknown>;
  exportKey(format: 'raw', key: CryptoKey): Promise<ArrayBuffer>;
  wrapKey(format: 'pkcs8', key: CryptoKey, by: CryptoKey, algorithm: AesGcm): Promise<ArrayBuffer>;
  unwrapKey(
    format: 'pkcs8',
    wrapped: Uint8Array,
    by: CryptoKey,
    algorithm: AesGcm,
    of: string,
    extractable: false,
    usages: readonly string[],
  ): Promise<CryptoKey>;
}
const { subtle } = (globalThis as unknown as { crypto: { readonly subtle: SubtleCrypto } }).crypto;

/** Bytes of the secret that a keychain holds for an installation. */
export const KEY_SECRET_BYTES = 32;
const NONCE_BYTES = 12;

/** The secret half of a key as it may lie on a disk: its nonce, then the key in PKCS #8 under AES-256-GCM. */
export interface Locked {
  readonly locked: Uint8Array;
}

interface Kind {
  readonly algorithm: string;
  readonly usages: readonly string[];
  /** What the lock proves beside the key itself: one kind of key never opens as the other, nor one device's as another's. */
  readonly label: string;
}
const SIGNING: Kind = { algorithm: 'Ed25519', usages: ['sign'], label: 'peerhold device key ' };
const RECEIVING: Kind = { algorithm: 'X25519', usages: ['deriveBits'], label: 'peerhold receiving key ' };

/** Makes keys that lie locked by a secret on the disk, and opens them for use; what it gives can be used and not read out. */
export class KeyLock {
  readonly #by: CryptoKey;

  private constructor(by: CryptoKey) {
    this.#by = by;
  }

  /** `secret`: 32 bytes, not needed any more afterwards. */
  static async of(secret: Uint8Array): Promise<KeyLock> {
    return new KeyLock(await subtle.importKey('raw', secret, 'AES-GCM', false, ['wrapKey', 'unwrapKey']));
  }

  async newDeviceKey(): Promise<DeviceKey & Locked> {
    const { id, secret, locked } = await this.#make(SIGNING, ['sign', 'verify']);
    return { device: id, secret, locked };
  }

  async newReceivingKey(): Promise<ReceivingKey & Locked> {
    const { id, secret, locked } = await this.#make(RECEIVING, RECEIVING.usages);
    return { receives: id, secret, locked };
  }

  /** Of a seed that came in a backup. */
  async deviceKeyFromSeed(seed: Uint8Array): Promise<DeviceKey & Locked> {
    const { device, secret } = await readableKeyFromSeed(seed);
    return { device, ...(await this.#wrap(SIGNING, device, secret)) };
  }

  /** Rejects with `key-locked` where it was locked by another secret, or changed. */
  async openDeviceKey(device: string, locked: Uint8Array): Promise<DeviceKey & Locked> {
    return { device, secret: await this.#open(SIGNING, device, locked), locked };
  }

  /** Rejects as `openDeviceKey`. */
  async openReceivingKey(receives: string, locked: Uint8Array): Promise<ReceivingKey & Locked> {
    return { receives, secret: await this.#open(RECEIVING, receives, locked), locked };
  }

  async #make(kind: Kind, usages: readonly string[]): Promise<{ id: string; secret: CryptoKey; locked: Uint8Array }> {
    const pair = (await subtle.generateKey(kind.algorithm, true, usages)) as {
      readonly publicKey: CryptoKey;
      readonly privateKey: CryptoKey;
    };
    const id = toHex(new Uint8Array(await subtle.exportKey('raw', pair.publicKey)));
    return { id, ...(await this.#wrap(kind, id, pair.privateKey)) };
  }

  async #wrap(kind: Kind, id: string, readable: CryptoKey): Promise<{ secret: CryptoKey; locked: Uint8Array }> {
    const nonce = randomBytes(NONCE_BYTES);
    const wrapped = await subtle.wrapKey('pkcs8', readable, this.#by, gcm(kind, id, nonce));
    const locked = concat(nonce, new Uint8Array(wrapped));
    // The one that was made could be read out; what is used from here on can not.
    return { secret: await this.#open(kind, id, locked), locked };
  }

  async #open(kind: Kind, id: string, locked: Uint8Array): Promise<CryptoKey> {
    const [nonce, wrapped] = [locked.slice(0, NONCE_BYTES), locked.slice(NONCE_BYTES)];
    try {
      return await subtle.unwrapKey(
        'pkcs8',
        wrapped,
        this.#by,
        gcm(kind, id, nonce),
        kind.algorithm,
        false,
        kind.usages,
      );
    } catch (cause) {
      throw new PeerholdError('key-locked', {}, { cause });
    }
  }
}

const gcm = ({ label }: Kind, id: string, iv: Uint8Array): AesGcm => ({
  name: 'AES-GCM',
  iv,
  additionalData: utf8(label + id),
});
