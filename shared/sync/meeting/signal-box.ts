import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concat, fromHex, toHex, utf8 } from '../../record/bytes';
import { randomBytes } from '../../record/signature';

/** What is used of the platform's WebCrypto and Base64, which browsers, workers and Node share. */
interface AesGcm {
  readonly name: 'AES-GCM';
  readonly iv: Uint8Array;
  readonly additionalData: Uint8Array;
}
interface Platform {
  readonly crypto: {
    readonly subtle: {
      importKey(
        format: 'raw',
        key: Uint8Array,
        algorithm: 'AES-GCM',
        extractable: false,
        usages: readonly string[],
      ): Promise<object>;
      encrypt(algorithm: AesGcm, key: object, data: Uint8Array): Promise<ArrayBuffer>;
      decrypt(algorithm: AesGcm, key: object, data: Uint8Array): Promise<ArrayBuffer>;
    };
  };
  atob(text: string): string;
  btoa(binary: string): string;
}
const { crypto, atob, btoa } = globalThis as unknown as Platform;

const NONCE = 12;
const TAG = 16;
/** Base64 characters of the largest signal with nonce and tag. */
const MAX_SEALED = 96 * 1024;

/** Encrypts what passes through a meeting place, which sees a random-looking topic and ciphertext. */
export class SignalBox {
  readonly topic: string;
  readonly #key: object;
  readonly #topicBytes: Uint8Array;

  private constructor(topic: string, key: object) {
    this.topic = topic;
    this.#key = key;
    this.#topicBytes = Uint8Array.from(utf8(topic));
  }

  /** `network`: its id, 64 hex digits. */
  static async forNetwork(network: string): Promise<SignalBox> {
    const derive = (label: string): Uint8Array => hkdf(sha256, fromHex(network), undefined, utf8(label), 32);
    const key = await crypto.subtle.importKey('raw', derive('peerhold/signal-key/1'), 'AES-GCM', false, [
      'encrypt',
      'decrypt',
    ]);
    return new SignalBox(toHex(derive('peerhold/signal-topic/1')), key);
  }

  async seal(plain: Uint8Array): Promise<string> {
    const iv = randomBytes(NONCE);
    const sealed = await crypto.subtle.encrypt(this.#algorithm(iv), this.#key, plain);
    return toBase64(concat(iv, new Uint8Array(sealed)));
  }

  /** Nothing for whatever was not sealed with this network's key; never rejects. */
  async open(sealed: unknown): Promise<Uint8Array | undefined> {
    if (typeof sealed !== 'string' || sealed.length > MAX_SEALED) return undefined;
    try {
      const bytes = Uint8Array.from(atob(sealed), (char) => char.charCodeAt(0));
      if (bytes.length < NONCE + TAG) return undefined;
      const iv = bytes.slice(0, NONCE);
      return new Uint8Array(await crypto.subtle.decrypt(this.#algorithm(iv), this.#key, bytes.slice(NONCE)));
    } catch {
      return undefined;
    }
  }

  #algorithm(iv: Uint8Array): AesGcm {
    return { name: 'AES-GCM', iv, additionalData: this.#topicBytes };
  }
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
