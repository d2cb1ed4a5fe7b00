import { PeerholdError } from '../errors';
import { hashBeside } from '../record/hash';
import { Listeners } from '../sync/listeners';
import { MAX_FILE_BYTES, PIECE_BYTES } from './limits';
import { Manifest } from './manifest';
import { PieceSet } from './piece-set';
import type { FileStore, Piece, StoredFile } from './ports';

/** What a file is read from: a `Blob` is one, in browsers and in Node. */
export interface FileContent {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** Pieces in one write. */
const WRITE = 32;

export interface HeldFile {
  readonly manifest: Manifest;
  readonly pieces: PieceSet;
}

/** Bytes of a file that are here. */
export function bytesHere({ manifest, pieces }: HeldFile): number {
  if (pieces.count === 0) return 0;
  const last = manifest.pieces - 1;
  const full = manifest.lengthOf(0);
  return pieces.has(last) ? (pieces.count - 1) * full + manifest.lengthOf(last) : pieces.count * full;
}

interface Waiting extends Piece {
  readonly stored: () => void;
  readonly failed: (error: unknown) => void;
}

/** The files of one network on this device, whole or in part. Every piece is checked when it comes in and when it is read. */
export class Files {
  /** Id of a file of which there is more or less here than before. */
  readonly changed = new Listeners<string>();
  readonly #store: FileStore;
  readonly #held: Map<string, HeldFile>;
  readonly #queue = new Map<string, Waiting[]>();
  #writing: Promise<void> | null = null;
  #dropping: Promise<void> = Promise.resolve();

  private constructor(store: FileStore, held: Map<string, HeldFile>) {
    this.#store = store;
    this.#held = held;
  }

  static async open(store: FileStore): Promise<Files> {
    const held = new Map<string, HeldFile>();
    for (const stored of await store.list()) {
      const file = heldOf(stored);
      if (file !== undefined) held.set(stored.id, file);
    }
    return new Files(store, held);
  }

  get(id: string): HeldFile | undefined {
    return this.#held.get(id);
  }

  has(id: string): boolean {
    const file = this.#held.get(id);
    return file !== undefined && file.pieces.count === file.manifest.pieces;
  }

  /** Bytes of all files that are here, whole or in part. */
  get bytes(): number {
    return [...this.#held.values()].reduce((sum, held) => sum + bytesHere(held), 0);
  }

  /** Takes in a file of this device; resolves once it is on the disk. Rejects with `file-too-large`, `file-changed` or why it can not be stored. */
  async add(content: FileContent): Promise<Manifest> {
    const { size } = content;
    if (size > MAX_FILE_BYTES) throw new PeerholdError('file-too-large', { most: MAX_FILE_BYTES / 1024 / 1024 });
    const read = async (piece: number) =>
      new Uint8Array(await content.slice(piece * PIECE_BYTES, Math.min(size, (piece + 1) * PIECE_BYTES)).arrayBuffer());
    const hashes: Uint8Array[] = [];
    for (let piece = 0; piece * PIECE_BYTES < size; piece++) hashes.push(await hashBeside(await read(piece)));
    const manifest = Manifest.of(size, hashes);
    const { pieces } = await this.begin(manifest);
    for (let next = 0; next < manifest.pieces;) {
      const batch: Piece[] = [];
      for (; next < manifest.pieces && batch.length < WRITE; next++) {
        if (pieces.has(next)) continue;
        const bytes = await read(next);
        if (!(await manifest.fits(next, bytes))) throw new PeerholdError('file-changed');
        batch.push({ index: next, bytes });
      }
      if (batch.length === 0) continue;
      await this.#store.put(manifest.id, batch, true);
      for (const { index } of batch) pieces.add(index);
    }
    this.changed.emit(manifest.id);
    return manifest;
  }

  /** Makes place for a file whose manifest is known. */
  async begin(manifest: Manifest): Promise<HeldFile> {
    const known = this.#held.get(manifest.id);
    if (known !== undefined) return known;
    await this.#dropping;
    await this.#store.begin(manifest.id, manifest.bytes);
    const held = this.#held.get(manifest.id) ?? { manifest, pieces: new PieceSet(manifest.pieces) };
    this.#held.set(manifest.id, held);
    this.changed.emit(manifest.id);
    return held;
  }

  /**
   * Stores a piece that somebody sent. `wrong`: it is not what the manifest says. `late`: its file was removed meanwhile. Rejects with why it
   * can not be stored.
   */
  async take(id: string, index: number, bytes: Uint8Array): Promise<'stored' | 'wrong' | 'late'> {
    const file = this.#held.get(id);
    if (file === undefined) return 'late';
    if (!(await file.manifest.fits(index, bytes))) return 'wrong';
    if (file.pieces.has(index)) return 'stored';
    if (this.#held.get(id) !== file) return 'late';
    await new Promise<void>((stored, failed) => {
      const waiting = this.#queue.get(id) ?? [];
      this.#queue.set(id, waiting);
      waiting.push({ index, bytes, stored, failed });
      this.#writing ??= this.#drain();
    });
    return 'stored';
  }

  /** A piece as it was taken in; undefined where it is not here or the disk has altered it, which is noted. */
  async piece(id: string, index: number): Promise<Uint8Array | undefined> {
    const file = this.#held.get(id);
    if (file === undefined || !file.pieces.has(index)) return undefined;
    const bytes = await this.#store.piece(id, index);
    if (bytes !== undefined && (await file.manifest.fits(index, bytes))) return bytes;
    file.pieces.delete(index);
    this.changed.emit(id);
    return undefined;
  }

  /** The whole file. Rejects with `file-not-here`, or `file-damaged` where a piece can not be read any more: it is then to be fetched again. */
  async read(id: string): Promise<Uint8Array> {
    const file = this.#held.get(id);
    if (file === undefined || !this.has(id)) throw new PeerholdError('file-not-here');
    const whole = new Uint8Array(file.manifest.size);
    for (let index = 0; index < file.manifest.pieces; index++) {
      const bytes = await this.piece(id, index);
      if (bytes === undefined) throw new PeerholdError('file-damaged');
      whole.set(bytes, index * PIECE_BYTES);
    }
    return whole;
  }

  /** Deletes what is here of a file. */
  async drop(id: string): Promise<void> {
    this.#held.delete(id);
    const turn = this.#dropping.then(async () => {
      // A write under way must not come after the deletion.
      await this.#writing;
      await this.#store.drop(id);
    });
    this.#dropping = turn.catch(() => undefined);
    await turn;
    this.changed.emit(id);
  }

  /** Resolves when nothing is written any more. */
  async close(): Promise<void> {
    await this.#writing;
  }

  async #drain(): Promise<void> {
    for (let next = first(this.#queue); next !== undefined; next = first(this.#queue)) {
      const [id, waiting] = next;
      const batch = waiting.splice(0, WRITE);
      if (waiting.length === 0) this.#queue.delete(id);
      await this.#write(id, batch);
    }
    this.#writing = null;
  }

  async #write(id: string, batch: readonly Waiting[]): Promise<void> {
    const file = this.#held.get(id);
    try {
      if (file === undefined) throw new PeerholdError('file-not-here');
      // The last write brings the earlier ones to safety with it.
      const last = file.pieces.count + batch.length >= file.manifest.pieces;
      await this.#store.put(id, batch, last);
      for (const { index } of batch) file.pieces.add(index);
      for (const { stored } of batch) stored();
      this.changed.emit(id);
    } catch (error) {
      for (const { failed } of batch) failed(error);
    }
  }
}

const first = <K, V>(map: ReadonlyMap<K, V>): [K, V] | undefined => map.entries().next().value;

/** Nothing for a row that is not what it says: the file is then as if it had not been fetched. */
function heldOf({ id, manifest: bytes, pieces }: StoredFile): HeldFile | undefined {
  try {
    const manifest = new Manifest(bytes);
    if (manifest.id !== id) return undefined;
    const set = new PieceSet(manifest.pieces);
    for (const piece of pieces) if (piece < manifest.pieces) set.add(piece);
    return { manifest, pieces: set };
  } catch (error) {
    if (!(error instanceof PeerholdError)) throw error;
    return undefined;
  }
}
