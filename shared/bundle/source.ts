import { PeerholdError } from '../errors';

/** What a file is read from, by places: a `Blob` is one, in browsers and in Node. */
export interface Source {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** A file that is in memory. */
export const sourceOf = (bytes: Uint8Array): Source => ({
  size: bytes.length,
  slice: (start, end) => ({ arrayBuffer: async () => bytes.slice(start, end).buffer }),
});

/** Bytes from `start` up to `end`, fewer where the file ends before. */
export async function readRange(source: Source, start: number, end: number): Promise<Uint8Array> {
  const last = Math.min(end, source.size);
  if (start >= last) return new Uint8Array();
  const bytes = new Uint8Array(await source.slice(start, last).arrayBuffer());
  // It was cut off while it was read.
  if (bytes.length !== last - start) throw new PeerholdError('bundle-damaged');
  return bytes;
}
