/** What is used of the platform's WebCrypto, which browsers, workers and Node share. */
interface AesGcm {
  readonly name: 'AES-GCM';
  readonly iv: Uint8Array;
  readonly additionalData: Uint8Array;
}
interface Subtle {
  importKey(
    format: 'raw',
    key: Uint8Array,
    algorithm: 'AES-GCM',
    extractable: false,
    usages: readonly string[],
  ): Promise<object>;
  encrypt(algorithm: AesGcm, key: object, data: Uint8Array): Promise<ArrayBuffer>;
  decrypt(algorithm: AesGcm, key: object, data: Uint8Array): Promise<ArrayBuffer>;
}
const { subtle } = (globalThis as unknown as { crypto: { readonly subtle: Subtle } }).crypto;

export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;

/** AES-256-GCM (NIST SP 800-38D) under one key. `beside` is what is proved with it and not hidden; no nonce may be used twice. */
export class Cipher {
  readonly #key: object;

  private constructor(key: object) {
    this.#key = key;
  }

  /** `key`: 32 bytes. */
  static async of(key: Uint8Array): Promise<Cipher> {
    return new Cipher(await subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']));
  }

  async encrypt(nonce: Uint8Array, beside: Uint8Array, plain: Uint8Array): Promise<Uint8Array> {
    return new Uint8Array(await subtle.encrypt(gcm(nonce, beside), this.#key, plain));
  }

  /** Rejects where key, nonce, what is beside it or the bytes themselves are not those of `encrypt`. */
  async decrypt(nonce: Uint8Array, beside: Uint8Array, sealed: Uint8Array): Promise<Uint8Array> {
    return new Uint8Array(await subtle.decrypt(gcm(nonce, beside), this.#key, sealed));
  }
}

const gcm = (iv: Uint8Array, additionalData: Uint8Array): AesGcm => ({ name: 'AES-GCM', iv, additionalData });
