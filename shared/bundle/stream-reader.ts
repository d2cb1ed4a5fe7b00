import { PeerholdError } from '../errors';

/** Reads a stream of chunks in pieces of any size. */
export class StreamReader {
  readonly #stream: AsyncIterator<Uint8Array>;
  /** Bytes taken so far. */
  count = 0;
  #chunk: Uint8Array = new Uint8Array();
  #at = 0;

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#stream = stream[Symbol.asyncIterator]();
  }

  /** So many bytes. Rejects with `bundle-malformed` where there are fewer, or with what the stream does. */
  async take(size: number): Promise<Uint8Array> {
    const taken = new Uint8Array(size);
    for (let filled = 0; filled < size;) {
      if (await this.isAtEnd()) throw new PeerholdError('bundle-malformed');
      const part = this.#chunk.subarray(this.#at, this.#at + size - filled);
      taken.set(part, filled);
      filled += part.length;
      this.#at += part.length;
    }
    this.count += size;
    return taken;
  }

  async isAtEnd(): Promise<boolean> {
    while (this.#at === this.#chunk.length) {
      const { done, value } = await this.#stream.next();
      if (done === true) return true;
      [this.#chunk, this.#at] = [value, 0];
    }
    return false;
  }
}
