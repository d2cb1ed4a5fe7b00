import { type FilePart, carriedBytes } from '../bundle/files';
import { MAX_CARRIED_BYTES, MAX_CARRIED_FILES } from '../bundle/limits';
import type { Docs } from '../commons/docs';
import { PeerholdError } from '../errors';
import type { Files } from '../files/files';
import type { Manifest } from '../files/manifest';
import { namedFiles } from './named-files';

/** Pieces that are being stored at once. */
const AT_ONCE = 16;

/** What a bundle would carry of the files that documents name. */
export interface Carried {
  readonly manifests: readonly Manifest[];
  /** Bytes of their contents. */
  readonly bytes: number;
  /** Files that are here and do not fit in as well. */
  readonly left: number;
  /** Files that are named and not here, or not all of them. */
  readonly absent: number;
}

/** Files of a bundle that was taken in. */
export interface TakenFiles {
  readonly files: number;
  /** Those of which something was missing here and is not any more. */
  readonly fresh: number;
  /** Those that no document here names: they were left out. */
  readonly unnamed: number;
}

/** The files that pages name, put into bundles and taken from them. */
export class BundleFiles {
  readonly #docs: Docs;
  readonly #files: Files;

  constructor(docs: Docs, files: Files) {
    this.#docs = docs;
    this.#files = files;
  }

  /** What is here, as much as fits into so many bytes, that was attached last before the rest. */
  async carried(most = MAX_CARRIED_BYTES): Promise<Carried> {
    const named = [...(await namedFiles(this.#docs))].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
    const here = named.flatMap(([id]) => (this.#files.has(id) ? this.#files.get(id)!.manifest : []));
    const manifests: Manifest[] = [];
    let room = Math.min(most, MAX_CARRIED_BYTES);
    for (const manifest of here) {
      if (carriedBytes(manifest) > room || manifests.length >= MAX_CARRIED_FILES) continue;
      room -= carriedBytes(manifest);
      manifests.push(manifest);
    }
    const bytes = manifests.reduce((sum, { size }) => sum + size, 0);
    return { manifests, bytes, left: here.length - manifests.length, absent: named.length - here.length };
  }

  /** `step` is called for each piece. Rejects with `file-damaged` where the disk has altered one. */
  async *write({ manifests }: Carried, step: () => void): AsyncGenerator<Uint8Array> {
    for (const { id, bytes, pieces } of manifests) {
      yield bytes;
      for (let index = 0; index < pieces; index++) {
        const piece = await this.#files.piece(id, index);
        if (piece === undefined) throw new PeerholdError('file-damaged');
        yield piece;
        step();
      }
    }
  }

  /** Stores what documents here name; what is here already stays. Rejects with why it can not be stored; what came before is kept then. */
  async take(parts: AsyncIterable<FilePart>): Promise<TakenFiles> {
    const named = await namedFiles(this.#docs);
    const fresh = new Set<string>();
    const counts = { files: 0, unnamed: 0 };
    const storing = new Set<Promise<unknown>>();
    let failed: unknown;
    try {
      for await (const { manifest, piece } of parts) {
        const { id } = manifest;
        if (piece === null) {
          counts.files += 1;
          if (!named.has(id)) counts.unnamed += 1;
          else if (!this.#files.has(id)) {
            await this.#files.begin(manifest);
            fresh.add(id);
          }
        } else if (fresh.has(id)) {
          const stored = this.#files.take(id, piece.index, piece.bytes).catch((error: unknown) => (failed ??= error));
          storing.add(stored);
          void stored.finally(() => storing.delete(stored));
          if (storing.size >= AT_ONCE) await Promise.race(storing);
        }
        if (failed !== undefined) throw failed;
      }
    } finally {
      await Promise.all(storing);
    }
    if (failed !== undefined) throw failed;
    return { ...counts, fresh: fresh.size };
  }
}
