import { type FilePart, readFiles } from './files';
import { MAX_CONTENT, tooLarge } from './limits';
import type { Unlocked } from './lock';
import { StreamReader } from './stream-reader';

/** What is locked in a bundle: the length of the content (u32, big endian), the content, and files. */
export async function* writeLetter(content: Uint8Array, files: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { length } = content;
  yield Uint8Array.of(length >>> 24, length >>> 16, length >>> 8, length);
  yield content;
  yield* files;
}

/**
 * The content, once all of the bundle is known to be as it was made, files and all; of these one piece at a time is held. `step` is told how
 * many bytes were read. Rejects with `bundle-damaged`, `bundle-malformed`, `bundle-too-large`.
 */
export async function readLetter(unlocked: Unlocked, step: (bytes: number) => void): Promise<Uint8Array> {
  const reader = new StreamReader(unlocked());
  const content = await reader.take(await lengthOfContent(reader));
  step(reader.count);
  for await (const _part of readFiles(reader)) step(reader.count);
  return content;
}

/** The files of a bundle that `readLetter` has read, checked once more. */
export async function* filesOfLetter(unlocked: Unlocked, step: (bytes: number) => void): AsyncGenerator<FilePart> {
  const reader = new StreamReader(unlocked());
  await reader.take(await lengthOfContent(reader));
  for await (const part of readFiles(reader)) {
    step(reader.count);
    yield part;
  }
}

async function lengthOfContent(reader: StreamReader): Promise<number> {
  const start = await reader.take(4);
  const length = new DataView(start.buffer).getUint32(0);
  if (length > MAX_CONTENT) throw tooLarge();
  return length;
}
