import { sha256 } from '@noble/hashes/sha2.js';
import { PeerholdError } from '../../../errors';
import { concat, equalBytes, fromBase64Url, fromHex, toBase64Url, toHex, utf8 } from '../../../record/bytes';
import { decodeCanonical } from '../../../record/cbor-reader';
import { encodeCanonical } from '../../../record/cbor-writer';
import { bytes, id, integer, list, text, tuple } from '../../../record/shape';
import { type Endpoint, MAX_CANDIDATES, endpointShape } from './endpoint';

/**
 * An offer or an answer as a text that people carry from one device to another. It is no secret and no proof: whoever has it learns where
 * a device can be reached for a while, and the handshake follows as after any other way of meeting.
 */
export interface HandCode {
  readonly type: 'offer' | 'answer';
  /** 16 hex digits, chosen by whoever offers; an answer repeats them. */
  readonly attempt: string;
  /** Milliseconds since 1970, by the clock of whoever offers; whole seconds. */
  readonly expires: number;
  readonly endpoint: Endpoint;
}

const VERSION = 1;
const TAG_BYTES = 8;
const CHECKSUM_BYTES = 4;
const TYPES = ['offer', 'answer'] as const;
const KINDS = ['host', 'srflx', 'relay'] as const;
const PREFIX = { offer: 'peerhold-offer.', answer: 'peerhold-answer.' } as const;
/** Characters; eight addresses of the longest kind fit. */
const MAX_CODE = 1_024;

const layout = tuple(
  integer(VERSION, VERSION),
  integer(0, TYPES.length - 1),
  bytes(TAG_BYTES),
  bytes(8),
  integer(0, 2 ** 40),
  text(60),
  text(60),
  id,
  list(tuple(integer(0, KINDS.length - 1), text(60), integer(1, 65_535)), MAX_CANDIDATES, 1),
);

export function encodeHandCode(network: string, { type, attempt, expires, endpoint }: HandCode): string {
  const content = encodeCanonical([
    VERSION,
    TYPES.indexOf(type),
    tagOf(network, attempt),
    fromHex(attempt),
    Math.floor(expires / 1_000),
    endpoint.ufrag,
    endpoint.password,
    endpoint.fingerprint,
    endpoint.candidates.map(({ kind, address, port }) => [KINDS.indexOf(kind), address, port]),
  ]);
  return PREFIX[type] + toBase64Url(sealContent(content));
}

/**
 * Reads a code as it was pasted or scanned, with white space that something put in. Throws `by-hand-malformed` for what was never a
 * code, `by-hand-damaged` for one that lost or changed a character, `by-hand-version` for one of a newer app, and
 * `by-hand-network` for one of another network.
 */
export function decodeHandCode(network: string, pasted: string): HandCode {
  const compact = pasted.length > 2 * MAX_CODE ? '' : pasted.replace(/\s+/g, '');
  const encoded = compact.slice(compact.lastIndexOf('.') + 1);
  if (encoded.length < 80 || encoded.length > MAX_CODE || !/^[A-Za-z0-9_-]+$/.test(encoded))
    throw new PeerholdError('by-hand-malformed');
  const whole = fromBase64Url(encoded);
  const content = whole?.subarray(0, -CHECKSUM_BYTES);
  if (content === undefined || !equalBytes(checksum(content), whole!.subarray(-CHECKSUM_BYTES)))
    throw new PeerholdError('by-hand-damaged');
  const value = decoded(content);
  if (Array.isArray(value) && typeof value[0] === 'number' && value[0] > VERSION)
    throw new PeerholdError('by-hand-version');
  if (!layout(value)) throw new PeerholdError('by-hand-malformed');
  const [, type, tag, attemptBytes, seconds, ufrag, password, fingerprint, listed] = value;
  const attempt = toHex(attemptBytes);
  if (!equalBytes(tag, tagOf(network, attempt))) throw new PeerholdError('by-hand-network');
  const endpoint = {
    ufrag,
    password,
    fingerprint,
    candidates: listed.map(([kind, address, port]) => ({ kind: KINDS[kind], address, port })),
  };
  if (!endpointShape(endpoint)) throw new PeerholdError('by-hand-malformed');
  return { type: TYPES[type]!, attempt, expires: seconds * 1_000, endpoint };
}

function decoded(content: Uint8Array): unknown {
  try {
    return decodeCanonical(content);
  } catch {
    throw new PeerholdError('by-hand-malformed');
  }
}

/** Tells whoever knows the network's id that a code is of it; another in each code, so that two codes do not show that they belong together. */
function tagOf(network: string, attempt: string): Uint8Array {
  return sha256(concat(utf8('peerhold/by-hand-network/1\0'), fromHex(network), fromHex(attempt))).subarray(
    0,
    TAG_BYTES,
  );
}

/** A code's content with its checksum. */
export function sealContent(content: Uint8Array): Uint8Array {
  return concat(content, checksum(content));
}

function checksum(content: Uint8Array): Uint8Array {
  return sha256(concat(utf8('peerhold/by-hand-code/1\0'), content)).subarray(0, CHECKSUM_BYTES);
}
