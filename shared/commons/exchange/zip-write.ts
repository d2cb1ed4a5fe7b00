import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

/** Years that the format can say. */
const FIRST = Date.UTC(1981, 0, 1);
const LAST = Date.UTC(2099, 0, 1);
/** Bytes that are packed at a stretch. */
const STRETCH = 256 * 1024;
/** Bytes of a whole archive: the plain format says places in 32 bits. */
export const MAX_ARCHIVE = 3 * 1024 * 1024 * 1024;

/** Writes an archive piece by piece: of its content only one file is in memory. */
export class ZipWriter {
  readonly #put: (bytes: Uint8Array) => Promise<void>;
  readonly #time: Date;
  readonly #zip: Zip;
  #pieces: Uint8Array[] = [];
  #failure: unknown;
  bytes = 0;

  /** `time`: of all files, in milliseconds since 1970. */
  constructor(time: number, put: (bytes: Uint8Array) => Promise<void>) {
    this.#put = put;
    this.#time = new Date(Math.min(Math.max(time, FIRST), LAST));
    this.#zip = new Zip((error, piece) => {
      if (error !== null) this.#failure = error;
      else this.#pieces.push(piece);
    });
  }

  /** `packed`: whether it is to be made smaller, which what is packed already does not become. */
  async add(path: string, content: Uint8Array, packed: boolean): Promise<void> {
    const file = packed ? new ZipDeflate(path, { level: 6 }) : new ZipPassThrough(path);
    file.mtime = this.#time;
    this.#zip.add(file);
    for (let at = 0; at === 0 || at < content.length; at += STRETCH) {
      file.push(content.subarray(at, at + STRETCH), at + STRETCH >= content.length);
      await this.#flush();
    }
  }

  async finish(): Promise<void> {
    this.#zip.end();
    await this.#flush();
  }

  async #flush(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    const pieces = this.#pieces;
    this.#pieces = [];
    for (const piece of pieces) {
      this.bytes += piece.length;
      await this.#put(piece);
    }
  }
}
