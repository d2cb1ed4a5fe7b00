import {
  type KeyObject,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
} from 'node:crypto';

/**
 * Of WebCrypto what locked bundles need, at once instead of on threads: X25519, AES-256-GCM, and the HMAC and HKDF over SHA-256 by which
 * HPKE derives its keys.
 */
export class CipherKey {
  readonly raw: Uint8Array;
  readonly key: KeyObject | undefined;

  constructor(raw: Uint8Array, key?: KeyObject) {
    this.raw = raw;
    this.key = key;
  }
}

interface Algorithm {
  readonly name: string;
  readonly iv?: Source;
  readonly additionalData?: Source;
  readonly public?: CipherKey;
  readonly salt?: Source;
  readonly info?: Source;
}

const X25519 = 'X25519';
const TAG = 16;
/** RFC 8410 wrapping of a raw secret. */
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const whole = (bytes: Uint8Array): ArrayBuffer =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
/** The library hands over buffers, our own code views. */
type Source = ArrayBuffer | Uint8Array;
const view = (source: Source = new Uint8Array()): Uint8Array =>
  source instanceof ArrayBuffer ? new Uint8Array(source) : source;

function publicKey(raw: Uint8Array): CipherKey {
  const x = Buffer.from(raw).toString('base64url');
  return new CipherKey(raw, createPublicKey({ key: { kty: 'OKP', crv: X25519, x }, format: 'jwk' }));
}

/** `raw` is the public half's bytes. */
function privateKey(wrapped: Uint8Array): CipherKey {
  const key = createPrivateKey({ key: Buffer.from(wrapped), format: 'der', type: 'pkcs8' });
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  return new CipherKey(Buffer.from(x!, 'base64url'), key);
}

export const ciphers = {
  importKey(format: string, source: Source, name: string): CipherKey {
    const bytes = view(source).slice();
    if (name !== X25519) return new CipherKey(bytes);
    return format === 'pkcs8' ? privateKey(bytes) : publicKey(bytes);
  },

  pairFrom(seed: Uint8Array): { readonly publicKey: CipherKey; readonly privateKey: CipherKey } {
    const own = privateKey(Buffer.concat([PKCS8, seed]));
    return { publicKey: publicKey(own.raw), privateKey: own };
  },

  exportKey(format: string, { raw }: CipherKey): ArrayBuffer | { readonly x: string } {
    return format === 'raw' ? whole(raw) : { x: Buffer.from(raw).toString('base64url') };
  },

  deriveBits({ name, public: other, salt, info }: Algorithm, own: CipherKey, bits: number): ArrayBuffer {
    if (name === X25519) return whole(diffieHellman({ privateKey: own.key!, publicKey: other!.key! }));
    return hkdfSync('sha256', own.raw, view(salt), view(info), bits / 8);
  },

  sign: ({ raw }: CipherKey, message: Source): ArrayBuffer =>
    whole(createHmac('sha256', raw).update(view(message)).digest()),

  encrypt({ iv, additionalData }: Algorithm, { raw }: CipherKey, plain: Source): ArrayBuffer {
    const cipher = createCipheriv('aes-256-gcm', raw, view(iv));
    cipher.setAAD(view(additionalData));
    return whole(Buffer.concat([cipher.update(view(plain)), cipher.final(), cipher.getAuthTag()]));
  },

  decrypt({ iv, additionalData }: Algorithm, { raw }: CipherKey, source: Source): ArrayBuffer {
    const sealed = view(source);
    if (sealed.length < TAG) throw new Error('no tag');
    const cipher = createDecipheriv('aes-256-gcm', raw, view(iv), { authTagLength: TAG });
    cipher.setAAD(view(additionalData));
    cipher.setAuthTag(sealed.subarray(sealed.length - TAG));
    return whole(Buffer.concat([cipher.update(sealed.subarray(0, sealed.length - TAG)), cipher.final()]));
  },
};
