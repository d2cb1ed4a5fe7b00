import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { contentType } from './content-types';

export interface ServedFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

/**
 * The files of the built renderer by their address. What was not listed at start can not be asked for, so no spelling of
 * a path leads out of the folder: links are not followed and paths are never joined with what a request says.
 */
export class ServedFiles {
  readonly #files: ReadonlyMap<string, string>;

  private constructor(files: ReadonlyMap<string, string>) {
    this.#files = files;
  }

  /** Lists a folder. */
  static async list(root: string): Promise<ServedFiles> {
    const files = new Map<string, string>();
    for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      files.set(`/${relative(root, file).split(sep).join('/')}`, file);
    }
    return new ServedFiles(files);
  }

  /** Reads the file at an address's path, `/` being the page; undefined for everything else. */
  async read(path: string): Promise<ServedFile | undefined> {
    const file = this.#files.get(path === '/' ? '/index.html' : path);
    if (file === undefined) return undefined;
    return { bytes: new Uint8Array(await readFile(file)), type: contentType(file) };
  }
}
