import { PeerholdError } from '../errors';
import { concat, idToHex } from './bytes';
import { decodeCanonical } from './cbor-reader';
import { encodeCanonical } from './cbor-writer';
import { hashUnder } from './hash';
import { type Of, id, integer, list, nullable, text, tuple } from './shape';

/** What a device signs. Byte layout: docs/protocol.md, "Events". */
export interface EventBody {
  /** Id of the network; null only in its founding event, whose own id is the network's. */
  readonly network: string | null;
  /** Ed25519 public key of the signing device. */
  readonly device: string;
  /** Position in the device's chain, from 0. */
  readonly sequence: number;
  /** The device's previous event; null at sequence 0. */
  readonly previous: string | null;
  /** The other newest events that the author had seen, ascending. */
  readonly parents: readonly string[];
  /** Claimed time in milliseconds since 1970: shown, never ruled on. */
  readonly time: number;
  /** Rules version under which the author made it. */
  readonly rules: number;
  readonly type: string;
  readonly payload: unknown;
}

export interface SignedEvent extends EventBody {
  readonly id: string;
  /** The stored and sent form: 64 bytes of signature, then the signed bytes. */
  readonly bytes: Uint8Array;
}

export const FORMAT_VERSION = 1;
export const MAX_EVENT_BYTES = 65_536;
/** One head of each sealer in a network of the largest size, and room. */
export const MAX_PARENTS = 256;
export const MAX_RULES = 65_535;
const SIGNATURE_BYTES = 64;

const LAST = Number.MAX_SAFE_INTEGER;
const isAnything = (value: unknown): value is unknown => value !== undefined;
const layout = tuple(
  integer(FORMAT_VERSION, FORMAT_VERSION),
  nullable(id),
  id,
  integer(0, 0xffff_ffff),
  nullable(id),
  list(id, MAX_PARENTS),
  integer(0, LAST),
  integer(1, MAX_RULES),
  text(64, 1),
  isAnything,
);

/** The bytes that are hashed and signed. Throws `event-too-large` and `value-unwritable`. */
export function encodeBody(body: EventBody): Uint8Array {
  const bytes = encodeCanonical([
    FORMAT_VERSION,
    body.network,
    body.device,
    body.sequence,
    body.previous,
    body.parents,
    body.time,
    body.rules,
    body.type,
    body.payload,
  ]);
  if (bytes.length + SIGNATURE_BYTES > MAX_EVENT_BYTES)
    throw new PeerholdError('event-too-large', { bytes: bytes.length });
  return bytes;
}

export const idOf = hashUnder('peerhold/event/1\0');

/** The stored and sent form. */
export const withSignature = (body: Uint8Array, signature: Uint8Array): Uint8Array => concat(signature, body);

/** Id of an event in its stored form, whatever is in it. */
export const idOfStored = (bytes: Uint8Array): string => idToHex(idOf(bytes.subarray(SIGNATURE_BYTES)));

export function signatureOf(event: SignedEvent): Uint8Array {
  return event.bytes.subarray(0, SIGNATURE_BYTES);
}

/**
 * Reads an event without checking its signature. `known`: its id, where these bytes were read before as they are; they are not checked again.
 * Throws `event-too-large`, `bytes-malformed` or `event-malformed`.
 */
export function decodeEvent(bytes: Uint8Array, known?: string): SignedEvent {
  if (bytes.length > MAX_EVENT_BYTES) throw new PeerholdError('event-too-large', { bytes: bytes.length });
  if (bytes.length <= SIGNATURE_BYTES) throw new PeerholdError('event-malformed');
  const body = bytes.subarray(SIGNATURE_BYTES);
  const value = decodeCanonical(body);
  if (known !== undefined) return eventOf(value as Of<typeof layout>, known, bytes);
  if (!layout(value)) throw new PeerholdError('event-malformed');
  const [, network, , sequence, previous, parents] = value;
  const chained = (sequence === 0) === (previous === null);
  const founding = network === null;
  const rooted = founding === (parents.length === 0 && previous === null);
  const ascending = parents.every((parent, index) => index === 0 || parents[index - 1]! < parent);
  if (!chained || !rooted || !ascending || (previous !== null && parents.includes(previous))) {
    throw new PeerholdError('event-malformed');
  }
  return eventOf(value, idToHex(idOf(body)), bytes);
}

function eventOf(
  [, network, device, sequence, previous, parents, time, rules, type, payload]: Of<typeof layout>,
  id: string,
  bytes: Uint8Array,
): SignedEvent {
  return { network, device, sequence, previous, parents, time, rules, type, payload, id, bytes };
}

/** The network an event belongs to: for a founding event, its own id. */
export function networkOf(event: SignedEvent): string {
  return event.network ?? event.id;
}

/** Ids that an event names as its ancestors. */
export function ancestorsOf(event: EventBody): string[] {
  return event.previous === null ? [...event.parents] : [event.previous, ...event.parents];
}
