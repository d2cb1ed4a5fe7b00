/**
 * A small generator of pseudo-random numbers (sfc32, public domain, seeded by FNV-1a), so that a sample is the same from the same seed
 * everywhere. Each purpose draws from a stream of its own: a change to one part of the story leaves the keys as they were. Not for secrets.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, stream: string) {
    this.#a = hash(`${seed}/${stream}/a`);
    this.#b = hash(`${seed}/${stream}/b`);
    this.#c = hash(`${seed}/${stream}/c`);
    for (let i = 0; i < 15; i++) this.next();
  }

  /** Unsigned, 32 bit. */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** Whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + (this.next() % (high - low + 1));
  }

  pick<T>(of: readonly T[]): T {
    return of[this.next() % of.length]!;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.next() & 255);
  }
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value | 0;
}
