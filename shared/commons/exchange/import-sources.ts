import type { Source } from '../../bundle/source';
import { PeerholdError } from '../../errors';
import { readRange } from '../../bundle/source';
import { readZip } from './zip-read';

/** A file that a person chose: by its path in a folder, or its name. A `Blob` is a content. */
export interface ChosenFile {
  readonly path: string;
  readonly content: Source;
}

/** One file of what is imported. */
export interface ImportSource {
  readonly path: string;
  /** Bytes, as far as they are known before it is read. */
  readonly size: number;
  /** Rejects with `import-file-too-large` for more than `most` bytes, or with why it can not be read. */
  read(most: number): Promise<Uint8Array>;
}

/** Bytes of all files together. */
export const MAX_IMPORT = 1024 * 1024 * 1024;

const isArchive = (path: string): boolean => /\.zip$/i.test(path);

/** What was chosen, a single archive as what is in it. Rejects with `import-too-large`, or what `readZip` does. */
export async function importSources(chosen: readonly ChosenFile[]): Promise<readonly ImportSource[]> {
  const [only] = chosen;
  const sources =
    chosen.length === 1 && only !== undefined && isArchive(only.path)
      ? await readZip(only.content)
      : chosen.map(({ path, content }): ImportSource => ({ path, size: content.size, read: readerOf(content) }));
  const size = sources.reduce((sum, one) => sum + one.size, 0);
  if (size > MAX_IMPORT) throw new PeerholdError('import-too-large', { most: MAX_IMPORT / 1024 / 1024 });
  return sources;
}

const readerOf = (content: Source) => async (most: number) => {
  if (content.size > most) throw new PeerholdError('import-file-too-large', { most: Math.floor(most / 1024 / 1024) });
  return readRange(content, 0, content.size);
};
