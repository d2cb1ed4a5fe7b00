import type { Socket } from 'node:net';
import { PeerholdError } from '../../../shared/errors';

/** Bytes of a line before its sender has proved anything. */
export const MAX_GREETING = 1_024;
/** Bytes of any other: the longest command line that a system takes, with what JSON adds to it. */
export const MAX_LINE = 8 * 1024 * 1024;

/** Cuts what comes into lines. Throws `message-malformed` for one that is longer than `most` allows; no more of it is held than that. */
export class LineReader {
  most = MAX_GREETING;
  #parts: Buffer[] = [];
  #held = 0;

  push(chunk: Buffer): string[] {
    const lines: string[] = [];
    let rest = chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      this.#hold(rest.subarray(0, end));
      lines.push(Buffer.concat(this.#parts).toString('utf8'));
      this.#parts = [];
      this.#held = 0;
      rest = rest.subarray(end + 1);
    }
    this.#hold(rest);
    return lines;
  }

  #hold(part: Buffer): void {
    this.#held += part.length;
    if (this.#held > this.most) throw new PeerholdError('message-malformed');
    this.#parts.push(part);
  }
}

/** The lines of a connection, as they come. They end where it does, however that is. */
export class Lines {
  readonly #reader = new LineReader();
  readonly #chunks: AsyncIterator<Buffer>;
  #waiting: string[] = [];

  constructor(socket: Socket) {
    this.#chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** The other end has proved who it is: its lines may be long. */
  trust(): void {
    this.#reader.most = MAX_LINE;
  }

  /** Undefined at the end. Rejects with `message-malformed` for a line that is too long. */
  async next(): Promise<string | undefined> {
    while (this.#waiting.length === 0) {
      const { value, done } = await this.#chunks.next().catch(() => ({ value: undefined, done: true }) as const);
      if (done === true || value === undefined) return undefined;
      this.#waiting = this.#reader.push(value);
    }
    return this.#waiting.shift();
  }
}
