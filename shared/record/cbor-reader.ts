import { PeerholdError } from '../errors';
import { ID_BYTES, idToHex } from './bytes';
import { MAX_DEPTH, MAX_VALUES } from './cbor-bounds';
import { isId } from './shape';

/**
 * Reads canonical bytes in one pass: CBOR in the core deterministic encoding of RFC 8949, section 4.2.1, of integers, booleans, null, byte
 * strings, text, lists, and maps by text. Ids come out as hex digits. It is the only reader of such bytes, so that no two peers can differ
 * over which are taken; the tests compare it with a library. Throws `bytes-malformed` for anything that is not the one encoding of a value.
 */
export function decodeCanonical(bytes: Uint8Array): unknown {
  const reader = new Reader(bytes);
  const value = reader.value(0);
  if (reader.at !== bytes.length) throw malformed();
  return value;
}

const malformed = (): PeerholdError => new PeerholdError('bytes-malformed');

class Reader {
  at = 0;
  #values = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** `depth`: lists and maps around it. */
  value(depth: number): unknown {
    // What a small message unfolds to in memory is bounded too.
    if ((this.#values += 1) > MAX_VALUES) throw malformed();
    const head = this.#next();
    switch (head >> 5) {
      case 0:
        return this.#argument(head);
      case 1: {
        const value = -1 - this.#argument(head);
        if (!Number.isSafeInteger(value)) throw malformed();
        return value;
      }
      case 2:
        return this.#byteString(this.#argument(head));
      case 3: {
        const text = this.#text(this.#argument(head));
        // An id travels as bytes only.
        if (text.length === 64 && isId(text)) throw malformed();
        return text;
      }
      case 4:
        return this.#list(this.#argument(head), depth + 1);
      case 5:
        return this.#map(this.#argument(head), depth + 1);
      default:
        if (head === 0xf6) return null;
        if (head === 0xf5) return true;
        if (head === 0xf4) return false;
        throw malformed();
    }
  }

  #next(): number {
    const byte = this.#bytes[this.at];
    if (byte === undefined) throw malformed();
    this.at += 1;
    return byte;
  }

  /** The number in a head, in its shortest form and safe in JavaScript. */
  #argument(head: number): number {
    const minor = head & 31;
    if (minor < 24) return minor;
    if (minor > 27) throw malformed();
    const width = 1 << (minor - 24);
    let value = 0;
    for (let i = 0; i < width; i++) value = value * 256 + this.#next();
    const least = minor === 24 ? 24 : 2 ** (width * 4);
    if (value < least || value > Number.MAX_SAFE_INTEGER) throw malformed();
    return value;
  }

  #byteString(length: number): string | Uint8Array {
    const start = this.#skip(length);
    if (length === ID_BYTES) return idToHex(this.#bytes, start);
    // A copy also where the bytes are a Buffer of Node's, whose slice is a view.
    return new Uint8Array(this.#bytes.subarray(start, this.at));
  }

  #list(length: number, depth: number): unknown[] {
    if (depth > MAX_DEPTH) throw malformed();
    // Most are of one or two, and what is put in item by item reserves room for 17. Nothing is reserved for what a head merely claims.
    if (length === 1) return [this.value(depth)];
    if (length === 2) return [this.value(depth), this.value(depth)];
    const list: unknown[] = [];
    for (let i = 0; i < length; i++) list.push(this.value(depth));
    return list;
  }

  #map(size: number, depth: number): Record<string, unknown> {
    if (depth > MAX_DEPTH) throw malformed();
    const map: Record<string, unknown> = {};
    let last = -1;
    for (let i = 0; i < size; i++) {
      const start = this.at;
      const head = this.#next();
      if (head >> 5 !== 3) throw malformed();
      const key = this.#text(this.#argument(head));
      // Keys ascend as they are encoded, so none comes twice.
      if ((last >= 0 && !this.#ascends(last, start)) || key === '__proto__') throw malformed();
      last = start;
      map[key] = this.value(depth);
    }
    return map;
  }

  /** Whether the encoded text at `second` sorts after the one at `first`, byte by byte. */
  #ascends(first: number, second: number): boolean {
    const bytes = this.#bytes;
    // Two different texts differ before either ends: their heads say how long they are.
    for (let i = 0; second + i < this.at; i++) {
      const difference = bytes[second + i]! - bytes[first + i]!;
      if (difference !== 0) return difference > 0;
    }
    return false;
  }

  #text(length: number): string {
    const start = this.#skip(length);
    return length <= MAX_SHARED ? sharedText(this.#bytes, start, this.at) : longText(this.#bytes, start, this.at);
  }

  /** Passes so many bytes; gives where they began. */
  #skip(length: number): number {
    const start = this.at;
    if (length > this.#bytes.length - start) throw malformed();
    this.at += length;
    return start;
  }
}

const MAX_SHARED = 32;
const SLOTS = 2_048;
const shared: (string | undefined)[] = Array.from({ length: SLOTS });

/** The same few keys, names of accounts and choices come with nearly every event: ASCII texts seen of late are not made again. */
function sharedText(bytes: Uint8Array, start: number, end: number): string {
  let hash = end - start;
  let all = 0;
  for (let i = start; i < end; i++) {
    hash = (Math.imul(hash, 31) + bytes[i]!) | 0;
    all |= bytes[i]!;
  }
  if (all >= 0x80) return unicodeText(bytes, start, end);
  const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
  const known = shared[slot];
  if (known !== undefined && known.length === end - start && isTextAt(known, bytes, start)) return known;
  return (shared[slot] = longText(bytes, start, end));
}

function isTextAt(text: string, bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[start + i]) return false;
  return true;
}

/** More arguments than this are too many for one call. */
const MAX_UNITS = 4_096;

function longText(bytes: Uint8Array, start: number, end: number): string {
  // In one piece where that can be: put together letter by letter, a string is kept as a chain of pieces.
  if (end - start <= MAX_UNITS && isAscii(bytes, start, end))
    return String.fromCharCode.apply(null, bytes.subarray(start, end) as unknown as number[]);
  return unicodeText(bytes, start, end);
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i]! >= 0x80) return false;
  return true;
}

/** UTF-8 in its shortest form, without surrogates. A mark of the byte order at the start is a letter like any other. */
function unicodeText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  let units: number[] = [];
  for (let at = start; at < end;) {
    const first = bytes[at]!;
    const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if ((first >= 0x80 && first < 0xc2) || first > 0xf4 || length > end - at) throw malformed();
    let point = length === 1 ? first : first & (0x7f >> length);
    for (let i = 1; i < length; i++) {
      const next = bytes[at + i]!;
      if (next >> 6 !== 2) throw malformed();
      point = (point << 6) | (next & 0x3f);
    }
    if (point < LEAST[length]! || point >> 11 === 0x1b || point > 0x10ffff) throw malformed();
    if (point < 0x10000) units.push(point);
    else units.push(0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff));
    at += length;
    if (units.length >= MAX_UNITS || at >= end) {
      text += String.fromCharCode.apply(null, units);
      units = [];
    }
  }
  return text;
}

/** The smallest code point of each length. */
const LEAST = [0, 0, 0x80, 0x800, 0x10000];
