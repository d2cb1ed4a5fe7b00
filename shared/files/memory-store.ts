import type { FileStore, Piece, StoredFile } from './ports';

interface Held {
  readonly manifest: Uint8Array;
  readonly pieces: Map<number, Uint8Array>;
}

/** Files in memory: for tests and for what need not outlive the session. */
export class MemoryFileStore implements FileStore {
  readonly #files = new Map<string, Held>();

  async list(): Promise<readonly StoredFile[]> {
    return [...this.#files].map(([id, { manifest, pieces }]) => ({
      id,
      manifest: manifest.slice(),
      pieces: [...pieces.keys()],
    }));
  }

  async begin(id: string, manifest: Uint8Array): Promise<void> {
    if (!this.#files.has(id)) this.#files.set(id, { manifest: manifest.slice(), pieces: new Map() });
  }

  async put(id: string, pieces: readonly Piece[]): Promise<void> {
    const held = this.#files.get(id);
    for (const { index, bytes } of pieces) held?.pieces.set(index, bytes.slice());
  }

  async piece(id: string, index: number): Promise<Uint8Array | undefined> {
    return this.#files.get(id)?.pieces.get(index)?.slice();
  }

  async drop(id: string): Promise<void> {
    this.#files.delete(id);
  }
}
