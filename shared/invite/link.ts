import { sha256 } from '@noble/hashes/sha2.js';
import { PeerholdError } from '../errors';
import { type Parameters, stunAddress, turnAddress } from '../network/agreement/model';
import { concat, fromBase64Url, toBase64Url, utf8 } from '../record/bytes';
import { decodeCanonical } from '../record/cbor-reader';
import { encodeCanonical } from '../record/cbor-writer';
import { bytes, id, integer, list, nullable, text, tuple } from '../record/shape';
import { type DeviceKey, deviceKeyFromSeed } from '../record/signature';

/** What an invite link or a device link carries. Whoever has it may join as it says: treat it like a key, never log it. */
export interface InviteLink {
  readonly network: string;
  /** 128 random bits; the invite's key pair follows from it, the record holds only the public half. */
  readonly secret: Uint8Array;
  /** Milliseconds since 1970. */
  readonly expires: number;
  /** Value of the newest seal that the inviter knew: a newcomer takes no history that does not lead through it. Null before the first. */
  readonly seal: string | null;
  readonly networkName: string;
  readonly inviter: string;
  /** Where signalling servers of the network's peers may be reached: `ws:` or `wss:` addresses. */
  readonly meetingPlaces: readonly string[];
  /**
   * Set in a device link, which adds a device to the member who made it: the device that made it, which alone answers and certifies.
   * Nothing of such a link is in the record.
   */
  readonly device?: string;
  /** Whom the newcomer's app asks for help with the connection, until it knows the agreement; nobody where this is missing. */
  readonly helpers?: Helpers;
}

/** Servers that tell an app at which address others see it, and that pass connections on. */
export type Helpers = Pick<Parameters<'meeting'>, 'stun' | 'turn'>;

export const SECRET_BYTES = 16;
const VERSION = 1;
/** With helpers. Without, the first version is written, which every app reads. */
const WITH_HELPERS = 2;
const CHECKSUM_BYTES = 4;
const MAX_LINK = 4_096;
/** Meeting places that a link has room for. */
export const MAX_PLACES = 12;
const PREFIX = 'peerhold://join/';

const fields = [
  id,
  bytes(SECRET_BYTES),
  integer(0, Number.MAX_SAFE_INTEGER),
  nullable(id),
  text(120),
  text(120),
  list(text(200, 1), MAX_PLACES),
] as const;
const first = integer(VERSION, VERSION);
const inviteLayout = tuple(first, ...fields);
const deviceLayout = tuple(first, ...fields, id);
const helpedLayout = tuple(
  integer(WITH_HELPERS, WITH_HELPERS),
  ...fields,
  nullable(id),
  list(stunAddress, 2),
  list(tuple(turnAddress, text(128, 1), text(128, 1)), 2),
);

export function encodeInvite(link: InviteLink): string {
  const { device, helpers } = link;
  const content = encodeCanonical([
    helpers === undefined ? VERSION : WITH_HELPERS,
    link.network,
    link.secret,
    link.expires,
    link.seal,
    link.networkName.slice(0, 120),
    link.inviter.slice(0, 120),
    link.meetingPlaces,
    ...(helpers === undefined
      ? [device].filter((one) => one !== undefined)
      : [
          device ?? null,
          helpers.stun,
          helpers.turn.map(({ address, username, credential }) => [address, username, credential]),
        ]),
  ]);
  return PREFIX + toBase64Url(concat(content, checksum(content)));
}

/**
 * Reads a link as it was pasted, opened or scanned: with or without its scheme, with white space that a mail program put in.
 * Throws `invite-malformed` for what was never an invite, `invite-damaged` for one that lost or changed a character, and
 * `invite-version` for one of a newer app.
 */
export function decodeInvite(pasted: string): InviteLink {
  const compact = pasted.replace(/\s+/g, '');
  const encoded = compact.slice(compact.lastIndexOf('/') + 1);
  if (encoded.length < 40 || encoded.length > MAX_LINK || !/^[A-Za-z0-9_-]+$/.test(encoded))
    throw new PeerholdError('invite-malformed');
  const whole = fromBase64Url(encoded);
  if (whole === null) throw new PeerholdError('invite-damaged');
  const content = whole.subarray(0, -CHECKSUM_BYTES);
  if (!checksum(content).every((byte, index) => byte === whole[content.length + index]))
    throw new PeerholdError('invite-damaged');
  const value = decodeCanonical(content);
  if (Array.isArray(value) && typeof value[0] === 'number' && value[0] > WITH_HELPERS)
    throw new PeerholdError('invite-version');
  if (!inviteLayout(value) && !deviceLayout(value) && !helpedLayout(value)) throw new PeerholdError('invite-malformed');
  const [, network, secret, expires, seal, networkName, inviter, places, device, stun = [], turn = []] = value;
  // Who names nobody writes the first version.
  if (value[0] === WITH_HELPERS && stun.length + turn.length === 0) throw new PeerholdError('invite-malformed');
  const meetingPlaces = places.filter((place) => /^wss?:\/\/[^\s/]+/.test(place));
  const link = { network, secret, expires, seal, networkName, inviter, meetingPlaces };
  const helpers = {
    stun,
    turn: turn.map(([address, username, credential]) => ({ address, username, credential })),
  };
  return {
    ...link,
    ...(typeof device === 'string' ? { device } : {}),
    ...(value[0] === WITH_HELPERS ? { helpers } : {}),
  };
}

/** The invite's key pair; its public half is the invite's id in the record. */
export function inviteKey(secret: Uint8Array): Promise<DeviceKey> {
  return deviceKeyFromSeed(sha256(concat(utf8('peerhold/invite-secret/1\0'), secret)));
}

function checksum(content: Uint8Array): Uint8Array {
  return sha256(concat(utf8('peerhold/invite-link/1\0'), content)).subarray(0, CHECKSUM_BYTES);
}
