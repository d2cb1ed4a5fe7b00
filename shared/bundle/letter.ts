import { type WrittenPart, readContent } from './content';
import { type FilePart, readFiles } from './files';
import type { Unlocked } from './lock';
import { StreamReader } from './stream-reader';

/** Is told how many bytes were read; what it throws ends the reading. */
export type Step = (bytes: number) => void;

/** What is locked in a bundle: the content, and files. */
export async function* writeLetter(
  content: AsyncIterable<Uint8Array>,
  files: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* content;
  yield* files;
}

/** An opened bundle, read as often as is wanted, from the start; one part or piece of it is held at a time. */
export class Letter {
  readonly #unlocked: Unlocked;

  constructor(unlocked: Unlocked) {
    this.#unlocked = unlocked;
  }

  /** Rejects as `readContent` does, or with `bundle-damaged`. */
  async *content(step: Step = () => undefined): AsyncGenerator<WrittenPart> {
    const { read, version } = this.#unlocked;
    const reader = new StreamReader(read());
    for await (const part of readContent(reader, version)) {
      step(reader.count);
      yield part;
    }
  }

  /** The files behind the content, each piece checked, to the end of the bundle. Rejects as `readFiles` does too. */
  async *files(step: Step): AsyncGenerator<FilePart> {
    const { read, version } = this.#unlocked;
    const reader = new StreamReader(read());
    for await (const _part of readContent(reader, version)) step(reader.count);
    for await (const part of readFiles(reader)) {
      step(reader.count);
      yield part;
    }
  }
}
