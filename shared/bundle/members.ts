import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { PeerholdError } from '../errors';
import { concat, fromHex, utf8 } from '../record/bytes';
import { Cipher, NONCE_BYTES } from '../record/cipher';
import { decodeCanonical } from '../record/cbor-reader';
import { encodeCanonical } from '../record/cbor-writer';
import type { ReceivingKey } from '../record/receiving-key';
import { id, integer, list, tuple } from '../record/shape';
import { randomBytes } from '../record/signature';
import { KEY_BYTES, MAX_DEVICES, MAX_MEMBERS, WRAPPED_BYTES } from './limits';
import type { MembersLock } from './opening';

/** Somebody to whom a bundle is locked, with the public keys (hex) of their devices, one at least. */
export interface Receiver {
  readonly member: string;
  readonly keys: readonly string[];
}

/** Who wants to open one. */
export interface Opener {
  readonly network: string;
  readonly member: string;
  /** What this device received by, if it has published any key. */
  readonly key: ReceivingKey | null;
  /** For an error's words. */
  readonly nameOf: (member: string) => string;
}

const whose = list(tuple(id, integer(1, MAX_DEVICES)), MAX_MEMBERS, 1);

/** HPKE (RFC 9180) in base mode: who made the bundle is proved by the signature inside. */
const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const infoFor = (network: string): Uint8Array => concat(utf8('peerhold/bundle-key/1\0'), fromHex(network));

/** A new lock and its key of 32 bytes. Throws `bundle-too-many`. */
export async function lockForMembers(
  network: string,
  receivers: readonly Receiver[],
): Promise<{ lock: MembersLock; key: Uint8Array }> {
  const sorted = receivers.toSorted((a, b) => (a.member < b.member ? -1 : 1));
  const about = sorted.map(({ member, keys }) => [member, keys.length] as const);
  if (!whose(about)) throw new PeerholdError('bundle-too-many');
  const key = randomBytes(KEY_BYTES);
  const wrapped: Uint8Array[] = [];
  for (const receives of sorted.flatMap(({ keys }) => keys)) {
    const recipientPublicKey = await publicKey(receives);
    const { enc, ct } = await suite.seal({ recipientPublicKey, info: infoFor(network) }, buffer(key));
    wrapped.push(new Uint8Array(enc), new Uint8Array(ct));
  }
  const nonce = randomBytes(NONCE_BYTES);
  const note = await (await noteCipher(network)).encrypt(nonce, new Uint8Array(), encodeCanonical(about));
  return { lock: { keys: concat(...wrapped), note: concat(nonce, note) }, key };
}

/**
 * Throws `wrong-network`, `bundle-malformed`, `bundle-not-for-you` with the names of whom it is for, or `bundle-not-for-device` where it was
 * made for the member and no device of theirs that this one could be.
 */
export async function openAsMember({ keys, note }: MembersLock, opener: Opener): Promise<Uint8Array> {
  const { network, member, key, nameOf } = opener;
  const about = await readNote(note, network);
  if (keys.length !== WRAPPED_BYTES * about.reduce((sum, [, count]) => sum + count, 0))
    throw new PeerholdError('bundle-malformed');
  let at = 0;
  const own: Uint8Array[] = [];
  for (const [whom, count] of about)
    for (let index = 0; index < count; index++, at += WRAPPED_BYTES)
      if (whom === member) own.push(keys.subarray(at, at + WRAPPED_BYTES));
  if (own.length === 0)
    throw new PeerholdError('bundle-not-for-you', { names: about.map(([whom]) => nameOf(whom)).join(', ') });
  if (key !== null) {
    const recipientKey = { privateKey: key.secret, publicKey: await publicKey(key.receives) };
    for (const one of own) {
      const [enc, ct] = [one.slice(0, KEY_BYTES), one.slice(KEY_BYTES)];
      // Of a key that is not this device's it says so by failing.
      const opened = await suite.open({ recipientKey, enc: buffer(enc), info: infoFor(network) }, buffer(ct)).then(
        (plain) => new Uint8Array(plain),
        () => undefined,
      );
      if (opened?.length === KEY_BYTES) return opened;
    }
  }
  throw new PeerholdError('bundle-not-for-device');
}

async function readNote(note: Uint8Array, network: string): Promise<readonly (readonly [string, number])[]> {
  const cipher = await noteCipher(network);
  const written = await cipher
    .decrypt(note.subarray(0, NONCE_BYTES), new Uint8Array(), note.subarray(NONCE_BYTES))
    .catch((cause: unknown) => {
      throw new PeerholdError('wrong-network', {}, { cause });
    });
  const about = decodeCanonical(written);
  if (!whose(about) || about.some(([member], index) => index > 0 && about[index - 1]![0] >= member))
    throw new PeerholdError('bundle-malformed');
  return about;
}

const noteCipher = (network: string): Promise<Cipher> =>
  Cipher.of(hkdf(sha256, fromHex(network), undefined, utf8('peerhold/bundle-note/1'), 32));
const publicKey = (receives: string) => suite.kem.deserializePublicKey(buffer(fromHex(receives)));
/** The library takes whole buffers, where a view may be of a larger one. */
const buffer = (bytes: Uint8Array): ArrayBuffer => bytes.slice().buffer;
