import { ID_BYTES } from './bytes';

/** Not written here. */
export const UNWRITTEN = Symbol('unwritten');

/**
 * Writes the plain part of canonical CBOR in one pass: what `readPlain` reads. Ids, which are hex digits, go out as bytes. Whatever is not
 * plain gives `UNWRITTEN`, and codec.ts asks the library.
 */
export function writePlain(value: unknown): Uint8Array | typeof UNWRITTEN {
  const writer = new Writer();
  try {
    writer.value(value);
    return writer.bytes();
  } catch (error) {
    // Not plain, or nested too deep for the stack.
    if (error === UNWRITTEN || error instanceof RangeError) return UNWRITTEN;
    throw error;
  }
}

const ID_DIGITS = ID_BYTES * 2;
/** More than this of text goes through the library, which knows faster ways. */
const MAX_TEXT = 4_096;
/** One for all: nothing is written while something else is. */
let scratch = new Uint8Array(65_536);

class Writer {
  #at = 0;

  bytes(): Uint8Array {
    return scratch.slice(0, this.#at);
  }

  value(value: unknown): void {
    switch (typeof value) {
      case 'string':
        return this.#text(value, true);
      case 'number':
        return this.#number(value);
      case 'boolean':
        return this.#byte(value ? 0xf5 : 0xf4);
      case 'object':
        if (value === null) return this.#byte(0xf6);
        if (value instanceof Uint8Array) return this.#byteString(value);
        if (Array.isArray(value)) return this.#list(value);
        return this.#map(value as Record<string, unknown>);
      default:
        throw UNWRITTEN;
    }
  }

  #number(value: number): void {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw UNWRITTEN;
    if (value < 0) this.#head(0x20, -1 - value);
    else this.#head(0, value);
  }

  #list(list: readonly unknown[]): void {
    this.#head(0x80, list.length);
    for (let i = 0; i < list.length; i++) this.value(list[i]);
  }

  #map(map: Record<string, unknown>): void {
    const prototype: unknown = Object.getPrototypeOf(map);
    if (prototype !== Object.prototype && prototype !== null) throw UNWRITTEN;
    const keys = Object.keys(map).filter((key) => map[key] !== undefined);
    // As they are encoded: the head says how long they are.
    keys.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
    this.#head(0xa0, keys.length);
    for (const key of keys) {
      this.#text(key, false);
      this.value(map[key]);
    }
  }

  #byteString(bytes: Uint8Array): void {
    this.#head(0x40, bytes.length);
    this.#room(bytes.length);
    scratch.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  #text(text: string, mayBeId: boolean): void {
    const { length } = text;
    if (length > MAX_TEXT) throw UNWRITTEN;
    if (mayBeId && length === ID_DIGITS && this.#id(text)) return;
    this.#head(0x60, length);
    this.#room(length);
    const at = this.#at;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) throw UNWRITTEN;
      scratch[at + i] = code;
    }
    this.#at += length;
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
