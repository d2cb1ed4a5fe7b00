import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { fromBase64, toBase64 } from '../../record/base64';
import { concat, fromHex, toHex, utf8 } from '../../record/bytes';
import { Cipher, NONCE_BYTES, TAG_BYTES } from '../../record/cipher';
import { randomBytes } from '../../record/signature';

/** Base64 characters of the largest signal with nonce and tag. */
const MAX_SEALED = 96 * 1024;

/** Encrypts what passes through a meeting place, which sees a random-looking topic and ciphertext. */
export class SignalBox {
  readonly topic: string;
  readonly #cipher: Cipher;
  readonly #topicBytes: Uint8Array;

  private constructor(topic: string, cipher: Cipher) {
    this.topic = topic;
    this.#cipher = cipher;
    this.#topicBytes = Uint8Array.from(utf8(topic));
  }

  /** `network`: its id, 64 hex digits. */
  static async forNetwork(network: string): Promise<SignalBox> {
    const derive = (label: string): Uint8Array => hkdf(sha256, fromHex(network), undefined, utf8(label), 32);
    const cipher = await Cipher.of(derive('peerhold/signal-key/1'));
    return new SignalBox(toHex(derive('peerhold/signal-topic/1')), cipher);
  }

  async seal(plain: Uint8Array): Promise<string> {
    const nonce = randomBytes(NONCE_BYTES);
    return toBase64(concat(nonce, await this.#cipher.encrypt(nonce, this.#topicBytes, plain)));
  }

  /** Nothing for whatever was not sealed with this network's key; never rejects. */
  async open(sealed: unknown): Promise<Uint8Array | undefined> {
    if (typeof sealed !== 'string' || sealed.length > MAX_SEALED) return undefined;
    try {
      const bytes = fromBase64(sealed);
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
      const [nonce, rest] = [bytes.slice(0, NONCE_BYTES), bytes.slice(NONCE_BYTES)];
      return await this.#cipher.decrypt(nonce, this.#topicBytes, rest);
    } catch {
      return undefined;
    }
  }
}
