import { decode, encode, rfc8949EncodeOptions } from 'cborg';
import { PeerholdError } from '../errors';
import { ID_BYTES, equalBytes, fromHex, idToHex } from './bytes';
import { UNREAD, readPlain } from './plain-cbor';
import { UNWRITTEN, writePlain } from './plain-cbor-writer';
import { isId } from './shape';

/**
 * Canonical bytes: CBOR in the core deterministic encoding of RFC 8949, section 4.2.1. Ids are 32 raw bytes on the wire and 64 hex
 * digits in memory; a byte string of that length is always an id, a text of that form never travels.
 */
export function encodeCanonical(value: unknown): Uint8Array {
  const plain = writePlain(value);
  return plain === UNWRITTEN ? encodeByLibrary(value) : plain;
}

/** The same for any value that has an encoding. */
export function encodeByLibrary(value: unknown): Uint8Array {
  return encode(toWire(value), rfc8949EncodeOptions);
}

const DECODE = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: false,
  rejectDuplicateMapKeys: true,
} as const;

/** Decodes bytes that were checked before (our own disk): no second look at their canonical form. Throws `bytes-malformed` for damaged ones. */
export function decodeTrusted(bytes: Uint8Array): unknown {
  const plain = readPlain(bytes);
  if (plain !== UNREAD) return plain;
  try {
    return fromWire(decode(bytes, DECODE));
  } catch (cause) {
    throw new PeerholdError('bytes-malformed', {}, { cause });
  }
}

/** Decodes foreign bytes. Throws `bytes-malformed` for anything that is not the one canonical encoding of its value. */
export function decodeCanonical(bytes: Uint8Array): unknown {
  const plain = readPlain(bytes);
  return plain === UNREAD ? decodeByLibrary(bytes) : plain;
}

/** The same for any value: encodes again what was decoded, to compare. */
export function decodeByLibrary(bytes: Uint8Array): unknown {
  try {
    const wire: unknown = decode(bytes, DECODE);
    // What was decoded is what is encoded again: only an id that travelled as text would not come back as it came.
    if (equalBytes(encode(wire, rfc8949EncodeOptions), bytes) && !namesIdAsText(wire)) return fromWire(wire);
  } catch (cause) {
    // Includes the stack overflow of absurdly nested input: whatever the reason, these bytes are no value of ours.
    throw new PeerholdError('bytes-malformed', {}, { cause });
  }
  throw new PeerholdError('bytes-malformed');
}

function namesIdAsText(wire: unknown): boolean {
  if (typeof wire === 'string') return isId(wire);
  if (typeof wire !== 'object' || wire === null || wire instanceof Uint8Array) return false;
  if (Array.isArray(wire)) return wire.some(namesIdAsText);
  const record = wire as Record<string, unknown>;
  for (const key in record) if (namesIdAsText(record[key])) return true;
  return false;
}

function toWire(value: unknown): unknown {
  if (typeof value === 'string') return isId(value) ? fromHex(value) : value;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(toWire);
  const copy: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) if (field !== undefined) copy[key] = toWire(field);
  return copy;
}

function fromWire(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return value.length === ID_BYTES ? idToHex(value) : value;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = fromWire(value[i]);
    return value;
  }
  const record = value as Record<string, unknown>;
  for (const key in record) record[key] = fromWire(record[key]);
  return record;
}
