import { Refused } from './refused';

/** "Canonical bytes" of docs/protocol.md. Ids are hexadecimal digits here, other byte strings buffers. */
export type Value = null | boolean | number | string | Buffer | readonly Value[] | { readonly [key: string]: Value };

const MAX_DEPTH = 32;
const MAX_VALUES = 262_144;
const ID = /^[0-9a-f]{64}$/;
const malformed = (): Refused => new Refused('bytes-malformed');

export function read(bytes: Buffer): Value {
  const reader = new Reader(bytes);
  const value = reader.value(0);
  if (reader.at !== bytes.length) throw malformed();
  return value;
}

class Reader {
  at = 0;
  #values = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  value(depth: number): Value {
    if ((this.#values += 1) > MAX_VALUES) throw malformed();
    const first = this.#take(1)[0]!;
    const major = first >> 5;
    if (major === 7) {
      if (first === 0xf4 || first === 0xf5) return first === 0xf5;
      if (first === 0xf6) return null;
      throw malformed();
    }
    const argument = this.#argument(first & 31);
    if (major === 0) return argument;
    if (major === 1 && argument < Number.MAX_SAFE_INTEGER) return -1 - argument;
    if (major === 2) {
      const bytes = this.#take(argument);
      return bytes.length === 32 ? bytes.toString('hex') : bytes;
    }
    if (major === 3) return this.#text(argument, true);
    if (major === 4) {
      if (depth === MAX_DEPTH) throw malformed();
      const list: Value[] = [];
      for (let i = 0; i < argument; i++) list.push(this.value(depth + 1));
      return list;
    }
    if (major === 5) return this.#map(argument, depth);
    throw malformed();
  }

  #map(size: number, depth: number): Value {
    if (depth === MAX_DEPTH) throw malformed();
    const map: [string, Value][] = [];
    let before: Buffer | null = null;
    for (let i = 0; i < size; i++) {
      const start = this.at;
      const first = this.#take(1)[0]!;
      if (first >> 5 !== 3) throw malformed();
      const key = this.#text(this.#argument(first & 31), false);
      const encoded = this.#bytes.subarray(start, this.at);
      if (key === '__proto__' || (before !== null && Buffer.compare(before, encoded) >= 0)) throw malformed();
      before = encoded;
      map.push([key, this.value(depth + 1)]);
    }
    return Object.fromEntries(map);
  }

  #text(length: number, isValue: boolean): string {
    const bytes = this.#take(length);
    const text = bytes.toString('utf8');
    // What is no UTF-8 in its shortest form comes back as something else.
    if (!Buffer.from(text, 'utf8').equals(bytes) || (isValue && ID.test(text))) throw malformed();
    return text;
  }

  #argument(short: number): number {
    if (short < 24) return short;
    if (short > 27) throw malformed();
    const size = 2 ** (short - 24);
    const bytes = this.#take(size);
    const value = size === 8 ? Number(bytes.readBigUInt64BE()) : bytes.readUIntBE(0, size);
    const least = size === 1 ? 24 : 2 ** (4 * size);
    if (value < least || value > Number.MAX_SAFE_INTEGER) throw malformed();
    return value;
  }

  #take(length: number): Buffer {
    if (this.at + length > this.#bytes.length) throw malformed();
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }
}

/** As far as the value of a seal needs it: ids, numbers from 0, and lists of these. */
export function write(
  value: string | number | readonly (string | number | readonly string[])[] | readonly string[],
): Buffer {
  if (typeof value === 'number') return head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(2, 32), Buffer.from(value, 'hex')]);
  return Buffer.concat([head(4, value.length), ...value.map((one) => write(one))]);
}

function head(major: number, argument: number): Buffer {
  if (argument < 24) return Buffer.of((major << 5) | argument);
  const size = [1, 2, 4, 8].find((bytes) => argument < 2 ** (8 * bytes))!;
  const bytes = Buffer.alloc(9);
  bytes.writeBigUInt64BE(BigInt(argument), 1);
  bytes[8 - size] = (major << 5) | (24 + Math.log2(size));
  return bytes.subarray(8 - size);
}
