import { PeerholdError } from '../errors';
import { ID_BYTES, utf8 } from './bytes';
import { MAX_DEPTH, MAX_VALUES } from './cbor-bounds';
import { isWellFormed } from './shape';

/**
 * Writes canonical bytes in one pass: what `decodeCanonical` reads. Ids, which are hex digits, go out as bytes; fields that are undefined are
 * left out. Throws `value-unwritable` for what has no such encoding, which is a fault of the caller.
 */
export function encodeCanonical(value: unknown): Uint8Array {
  const writer = new Writer();
  writer.value(value, 0);
  return writer.bytes();
}

const unwritable = (): PeerholdError => new PeerholdError('value-unwritable');

const ID_DIGITS = ID_BYTES * 2;
/** Longer text is encoded by the platform, which knows faster ways. */
const SHORT = 256;
/** One for all: nothing is written while something else is. */
let scratch = new Uint8Array(65_536);

class Writer {
  #at = 0;
  #values = 0;

  bytes(): Uint8Array {
    return scratch.slice(0, this.#at);
  }

  /** `depth`: lists and maps around it. */
  value(value: unknown, depth: number): void {
    if ((this.#values += 1) > MAX_VALUES) throw unwritable();
    switch (typeof value) {
      case 'string':
        return this.#text(value, true);
      case 'number':
        return this.#number(value);
      case 'boolean':
        return this.#byte(value ? 0xf5 : 0xf4);
      case 'object':
        if (value === null) return this.#byte(0xf6);
        if (value instanceof Uint8Array) return this.#raw(0x40, value);
        if (Array.isArray(value)) return this.#list(value, depth + 1);
        return this.#map(value as Record<string, unknown>, depth + 1);
      default:
        throw unwritable();
    }
  }

  #number(value: number): void {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw unwritable();
    if (value < 0) this.#head(0x20, -1 - value);
    else this.#head(0, value);
  }

  #list(list: readonly unknown[], depth: number): void {
    if (depth > MAX_DEPTH) throw unwritable();
    this.#head(0x80, list.length);
    for (let i = 0; i < list.length; i++) this.value(list[i], depth);
  }

  #map(map: Record<string, unknown>, depth: number): void {
    if (depth > MAX_DEPTH) throw unwritable();
    const prototype: unknown = Object.getPrototypeOf(map);
    if (prototype !== Object.prototype && prototype !== null) throw unwritable();
    const keys = Object.keys(map).filter((key) => map[key] !== undefined);
    if (keys.includes('__proto__')) throw unwritable();
    keys.sort(keys.every(isShortAscii) ? byLength : byEncoding);
    this.#head(0xa0, keys.length);
    for (const key of keys) {
      this.#text(key, false);
      this.value(map[key], depth);
    }
  }

  #raw(major: number, bytes: Uint8Array): void {
    this.#head(major, bytes.length);
    this.#room(bytes.length);
    scratch.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  #text(text: string, mayBeId: boolean): void {
    if (mayBeId && text.length === ID_DIGITS && this.#id(text)) return;
    if (!isShortAscii(text)) return this.#raw(0x60, encoded(text));
    this.#head(0x60, text.length);
    this.#room(text.length);
    for (let i = 0; i < text.length; i++) scratch[this.#at + i] = text.charCodeAt(i);
    this.#at += text.length;
  }

  /** Whether these 64 characters are an id, which is then written. */
  #id(text: string): boolean {
    this.#room(2 + ID_BYTES);
    const at = this.#at + 2;
    for (let i = 0; i < ID_BYTES; i++) {
      const high = digitOf(text.charCodeAt(2 * i));
      const low = digitOf(text.charCodeAt(2 * i + 1));
      if (high < 0 || low < 0) return false;
      scratch[at + i] = (high << 4) | low;
    }
    scratch[at - 2] = 0x58;
    scratch[at - 1] = ID_BYTES;
    this.#at = at + ID_BYTES;
    return true;
  }

  /** What it is and a number, in the shortest form. */
  #head(major: number, argument: number): void {
    this.#room(9);
    if (argument < 24) return this.#byte(major | argument);
    const width = argument < 0x100 ? 1 : argument < 0x1_0000 ? 2 : argument < 0x1_0000_0000 ? 4 : 8;
    this.#byte(major | (width === 1 ? 24 : width === 2 ? 25 : width === 4 ? 26 : 27));
    let rest = argument;
    for (let i = width - 1; i >= 0; i--) {
      scratch[this.#at + i] = rest % 256;
      rest = Math.floor(rest / 256);
    }
    this.#at += width;
  }

  #byte(byte: number): void {
    this.#room(1);
    scratch[this.#at] = byte;
    this.#at += 1;
  }

  #room(length: number): void {
    if (this.#at + length <= scratch.length) return;
    const larger = new Uint8Array(2 * (this.#at + length));
    larger.set(scratch);
    scratch = larger;
  }
}

/** The value of a lower-case hexadecimal digit; negative where it is none. */
function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
}

function isShortAscii(text: string): boolean {
  if (text.length > SHORT) return false;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

/** UTF-8; half a surrogate pair has none, and what stood in its place for others would not be what the author has. */
function encoded(text: string): Uint8Array {
  if (!isWellFormed(text)) throw unwritable();
  return utf8(text);
}

/** As the encoded ones sort, head and all: the head says how long they are. */
const byLength = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);

function byEncoding(a: string, b: string): number {
  const [left, right] = [encoded(a), encoded(b)];
  if (left.length !== right.length) return left.length - right.length;
  // Two keys of one map differ, and so do their bytes.
  const at = left.findIndex((byte, index) => byte !== right[index]);
  return left[at]! - right[at]!;
}
