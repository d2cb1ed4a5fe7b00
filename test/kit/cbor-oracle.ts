import { decode, encode, rfc8949EncodeOptions } from 'cborg';
import { equalBytes, fromHex, toHex } from '../../shared/record/bytes';
import { isId } from '../../shared/record/shape';

/**
 * Canonical bytes by a library that shares no code with ours, for tests to compare with: `undefined` where they are none. Bounds of depth
 * and number are not looked at, nor is a mark of the byte order at the start of a text, which the library leaves out.
 */
export function decodeByLibrary(bytes: Uint8Array): unknown {
  try {
    const wire: unknown = decode(bytes, STRICT);
    const isOne = equalBytes(encode(wire, rfc8949EncodeOptions), bytes) && isOurs(wire);
    return isOne ? fromWire(wire) : undefined;
  } catch {
    return undefined;
  }
}

/** Throws for a value without an encoding of ours. */
export function encodeByLibrary(value: unknown): Uint8Array {
  return encode(toWire(value), rfc8949EncodeOptions);
}

const STRICT = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: false,
  rejectDuplicateMapKeys: true,
} as const;

/** No fraction, no key that JavaScript takes for something else, no id as text. */
function isOurs(wire: unknown): boolean {
  if (typeof wire === 'number') return Number.isSafeInteger(wire);
  if (typeof wire === 'string') return !isId(wire);
  if (typeof wire !== 'object' || wire === null || wire instanceof Uint8Array) return true;
  if (Array.isArray(wire)) return wire.every(isOurs);
  return Object.entries(wire).every(([key, field]) => key !== '__proto__' && isOurs(field));
}

const isWellFormed = (text: string): boolean => Buffer.from(text, 'utf8').toString('utf8') === text;

function toWire(value: unknown): unknown {
  if (typeof value === 'number' && !(Number.isSafeInteger(value) && !Object.is(value, -0)))
    throw new Error('no integer');
  if (value === undefined || (typeof value === 'string' && !isWellFormed(value))) throw new Error('no value');
  if (typeof value === 'string') return isId(value) ? fromHex(value) : value;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(toWire);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  if (fields.some(([key]) => key === '__proto__' || !isWellFormed(key))) throw new Error('no key');
  return Object.fromEntries(fields.map(([key, field]) => [key, toWire(field)]));
}

function fromWire(wire: unknown): unknown {
  if (wire instanceof Uint8Array) return wire.length === 32 ? toHex(wire) : wire;
  if (typeof wire !== 'object' || wire === null) return wire;
  if (Array.isArray(wire)) return wire.map(fromWire);
  return Object.fromEntries(Object.entries(wire).map(([key, field]) => [key, fromWire(field)]));
}
