import { sha256 } from '@noble/hashes/sha2.js';
import { decode, encode } from 'cborg';
import { PeerholdError } from '../../errors';
import { concat, equalBytes, fromHex, toHex, utf8 } from '../../record/bytes';
import { bytes, integer, list, object, type Of, oneOf, optional, type Shape } from '../../record/shape';
import type { Random } from '../clock';
import type { Signer, TransportInfo, Verify } from './ports';

/**
 * Both sides prove their device keys before anything else is said:
 *
 *   hello    version, role, purpose, nonce, device key, network tag, invite
 *   proof    signature by the device key over the transcript; from a joiner also one by the invite's key
 *   accept   "I verified you and you may"
 *
 * The transcript is the signer's role, the network, both certificates' fingerprints and both hellos, byte for byte, under a domain
 * prefix. So a proof is worth nothing in another connection (nonces, fingerprints), from the other side (role), in another
 * network, or as a signature over anything else (prefix); and a relay in the middle would need a certificate with our fingerprint.
 */
export const CHANNEL_VERSION = 1;
const DOMAIN = utf8('peerhold/channel/1\0');
const JOIN_DOMAIN = utf8('peerhold/channel-join/1\0');
const NETWORK_DOMAIN = utf8('peerhold/channel-network/1\0');
/** Larger than any hello or proof; the decoder sees nothing longer. */
const MAX_HANDSHAKE_MESSAGE = 7_680;
/** Bounds of an introduction. */
const MAX_INTRODUCTIONS = 4;
export const MAX_INTRODUCTION_BYTES = 6_144;

export type Purpose = 'member' | 'join';

/** Who is at the other end, proved. */
export interface RemoteIdentity {
  /** Device key, 64 hex digits. */
  readonly device: string;
  /** What the other side came for. */
  readonly purpose: Purpose;
  /** What we came for; never both `join`. */
  readonly localPurpose: Purpose;
  /** The invite whose secret a joiner proved to know, 64 hex digits. */
  readonly invite?: string;
}

export interface JoinProof {
  /** The invite's id, 64 hex digits. */
  readonly invite: string;
  /** Signs with the key derived from the invite's secret. Ed25519. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

export interface HandshakeOptions {
  /** 64 hex digits. */
  readonly network: string;
  readonly signer: Signer;
  readonly verify: Verify;
  readonly random: Random;
  /** Set when we come as a joiner. */
  readonly join?: JoinProof;
  /**
   * Signed events that say who admitted our device: two members may meet before the one has heard of the other's admission.
   */
  introduction?(): readonly Uint8Array[];
  /** Takes a member's introduction into account, before `authorise` is asked. */
  introduced?(device: string, events: readonly Uint8Array[]): Promise<void>;
  /** The public key of a known invite; nothing for one that is not known, or no longer open. */
  inviteKey(invite: string): Uint8Array | undefined;
  /** Whether this remote may be here: the roster check. Asked once its proof is verified, and again on `Channel.reauthorise`. */
  authorise(remote: RemoteIdentity): boolean;
}

/** What a message of the other side leads to: bytes to send, and in the end its identity. */
export interface HandshakeStep {
  readonly send?: Uint8Array;
  readonly done?: RemoteIdentity;
}

const versioned = (value: unknown): value is { readonly version: number } =>
  typeof value === 'object' && value !== null && Number.isSafeInteger((value as { version?: unknown }).version);
const helloShape = object({
  version: integer(1, 65535),
  role: oneOf('dialler', 'answerer'),
  purpose: oneOf('member', 'join'),
  nonce: bytes(32),
  device: bytes(32),
  network: bytes(32),
  invite: optional(bytes(32)),
});
const proofShape = object({
  signature: bytes(64),
  invite: optional(bytes(64)),
  introduction: optional(list(bytes(1, MAX_INTRODUCTION_BYTES), MAX_INTRODUCTIONS)),
});
const acceptShape = object({ accept: (value): value is true => value === true });
type Hello = Of<typeof helloShape>;

/** One side of one handshake. Messages are to be given in order, each after the step before it is done. Throws `channel.…` codes. */
export class Handshake {
  readonly #options: HandshakeOptions;
  readonly #info: TransportInfo;
  readonly #ours: Uint8Array;
  #theirs: { readonly raw: Uint8Array; readonly hello: Hello } | undefined;
  #verified: RemoteIdentity | undefined;
  #proved: string | undefined;

  constructor(options: HandshakeOptions, info: TransportInfo) {
    this.#options = options;
    this.#info = info;
    const nonce = options.random(32);
    this.#ours = encode({
      version: CHANNEL_VERSION,
      role: info.role,
      purpose: options.join === undefined ? 'member' : 'join',
      nonce,
      device: options.signer.deviceKey,
      network: networkTag(options.network, nonce),
      ...(options.join === undefined ? {} : { invite: fromHex(options.join.invite) }),
    });
  }

  /** The first message to send. */
  hello(): Uint8Array {
    return this.#ours;
  }

  /** Whether the other side's proof was verified and authorised: all that is missing is its word that ours was. */
  get verified(): boolean {
    return this.#verified !== undefined;
  }

  /** The device whose key the other side proved to have, whether or not it may be here. */
  get proved(): string | undefined {
    return this.#proved;
  }

  async receive(message: Uint8Array): Promise<HandshakeStep> {
    if (this.#theirs === undefined) return this.#hello(message);
    if (this.#verified === undefined) return this.#proof(message, this.#theirs.hello);
    parse(message, acceptShape, 'channel.bad-accept');
    return { done: this.#verified };
  }

  async #hello(raw: Uint8Array): Promise<HandshakeStep> {
    const { version } = parse(raw, versioned, 'channel.bad-hello');
    if (version !== CHANNEL_VERSION)
      throw new PeerholdError('channel.version', { theirs: version, ours: CHANNEL_VERSION });
    const hello = parse(raw, helloShape, 'channel.bad-hello');
    if (!equalBytes(hello.network, networkTag(this.#options.network, hello.nonce)))
      throw new PeerholdError('channel.wrong-network');
    if (hello.role === this.#info.role) throw new PeerholdError('channel.same-role');
    if (equalBytes(hello.device, this.#options.signer.deviceKey)) throw new PeerholdError('channel.own-device');
    if ((hello.purpose === 'join') !== (hello.invite !== undefined)) throw new PeerholdError('channel.bad-hello');
    if (hello.purpose === 'join' && this.#options.join !== undefined) throw new PeerholdError('channel.both-join');
    this.#theirs = { raw, hello };
    const told = this.#transcript(this.#info.role, raw);
    const { signer, join } = this.#options;
    const signature = await signer.sign(concat(DOMAIN, told));
    return {
      send: encode(
        join === undefined
          ? { signature, introduction: this.#options.introduction?.() ?? [] }
          : { signature, invite: await join.sign(concat(JOIN_DOMAIN, told)) },
      ),
    };
  }

  async #proof(message: Uint8Array, { device, purpose, invite, role }: Hello): Promise<HandshakeStep> {
    const proof = parse(message, proofShape, 'channel.bad-proof');
    if (this.#theirs === undefined) throw new PeerholdError('channel.bad-proof');
    const told = this.#transcript(role, this.#theirs.raw);
    const options = this.#options;
    if (!(await options.verify(device, concat(DOMAIN, told), proof.signature)))
      throw new PeerholdError('channel.bad-proof');
    this.#proved = toHex(device);
    const remote: RemoteIdentity = {
      device: this.#proved,
      purpose,
      localPurpose: this.#options.join === undefined ? 'member' : 'join',
      ...(invite === undefined ? {} : { invite: toHex(invite) }),
    };
    if ((proof.invite !== undefined) !== (remote.invite !== undefined)) throw new PeerholdError('channel.bad-proof');
    if (proof.invite !== undefined && remote.invite !== undefined) {
      const key = options.inviteKey(remote.invite);
      if (key === undefined) throw new PeerholdError('channel.unknown-invite');
      if (!(await options.verify(key, concat(JOIN_DOMAIN, told), proof.invite)))
        throw new PeerholdError('channel.bad-invite-proof');
    }
    if (purpose === 'member' && proof.introduction !== undefined) {
      await options.introduced?.(remote.device, proof.introduction);
    }
    if (!options.authorise(remote)) throw new PeerholdError('channel.not-authorised');
    this.#verified = remote;
    return { send: encode({ accept: true }) };
  }

  /** What the side with this role signs. Both sides compute the same bytes. */
  #transcript(signer: TransportInfo['role'], theirHello: Uint8Array): Uint8Array {
    const { role, localFingerprint, remoteFingerprint } = this.#info;
    const mine = [localFingerprint, this.#ours];
    const theirs = [remoteFingerprint, theirHello];
    return encode([signer, fromHex(this.#options.network), ...(role === 'dialler' ? [mine, theirs] : [theirs, mine])]);
  }
}

/** Says which network without naming it to somebody who does not know it. */
function networkTag(network: string, nonce: Uint8Array): Uint8Array {
  return sha256(concat(NETWORK_DOMAIN, fromHex(network), nonce));
}

function parse<T>(message: Uint8Array, shape: Shape<T>, code: string): T {
  if (message.length > MAX_HANDSHAKE_MESSAGE) throw new PeerholdError(code);
  let value: unknown;
  try {
    value = decode(message, {
      strict: true,
      allowIndefinite: false,
      allowUndefined: false,
      allowBigInt: false,
      rejectDuplicateMapKeys: true,
    });
  } catch (cause) {
    throw new PeerholdError(code, {}, { cause });
  }
  if (!shape(value)) throw new PeerholdError(code);
  return value;
}
