/** One piece of a file, by its place. */
export interface Piece {
  readonly index: number;
  readonly bytes: Uint8Array;
}

/** A file of which something is stored. */
export interface StoredFile {
  readonly id: string;
  readonly manifest: Uint8Array;
  /** Places of the pieces that are stored, in any order. */
  readonly pieces: readonly number[];
}

/**
 * Where files are kept, piece by piece. Ids are 64 hexadecimal digits. Rejections are passed on as they are; what was asked for in one call
 * is done whole or not at all.
 */
export interface FileStore {
  /** Every file with a manifest. What can not be read is left out. */
  list(): Promise<readonly StoredFile[]>;
  /** Begins a file. */
  begin(id: string, manifest: Uint8Array): Promise<void>;
  /**
   * Stores pieces, in the place of those that were there. `safe`: resolves once they would survive a power cut. Else they may be missing after
   * one, never wrong: they are fetched again.
   */
  put(id: string, pieces: readonly Piece[], safe: boolean): Promise<void>;
  /** One stored piece; undefined where it is not here or can not be read. */
  piece(id: string, index: number): Promise<Uint8Array | undefined>;
  /** Deletes a file with all its pieces. */
  drop(id: string): Promise<void>;
}
