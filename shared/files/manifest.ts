import { PeerholdError } from '../errors';
import { equalBytes, toHex } from '../record/bytes';
import { hashBeside, hashUnder } from '../record/hash';
import { MAX_FILE_BYTES, MAX_PIECES, PIECE_BYTES } from './limits';

const HASH_BYTES = 32;
const SIZE_BYTES = 4;
export const MAX_MANIFEST = SIZE_BYTES + MAX_PIECES * HASH_BYTES;
const hashManifest = hashUnder('peerhold/file/1\0');

/**
 * What a file consists of: its size and the hash of each piece. The file's id is the hash of this, so whoever knows the id can check
 * the manifest, and by it each piece, alone and from whoever sends it. Equal content has an equal id.
 */
export class Manifest {
  /** Four bytes of size, big-endian, then 32 for each piece. */
  readonly bytes: Uint8Array;
  readonly size: number;
  readonly id: string;

  /** Throws `file-manifest-malformed`. */
  constructor(bytes: Uint8Array) {
    if (bytes.length < SIZE_BYTES) throw new PeerholdError('file-manifest-malformed');
    this.size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    if (this.size > MAX_FILE_BYTES || bytes.length !== SIZE_BYTES + this.pieces * HASH_BYTES)
      throw new PeerholdError('file-manifest-malformed');
    this.bytes = bytes.slice();
    this.id = toHex(hashManifest(this.bytes));
  }

  static of(size: number, hashes: readonly Uint8Array[]): Manifest {
    const bytes = new Uint8Array(SIZE_BYTES + hashes.length * HASH_BYTES);
    new DataView(bytes.buffer).setUint32(0, size);
    hashes.forEach((hash, index) => bytes.set(hash, SIZE_BYTES + index * HASH_BYTES));
    return new Manifest(bytes);
  }

  /** Pieces of a file of so many bytes. */
  static piecesOf(size: number): number {
    return Math.ceil(size / PIECE_BYTES);
  }

  get pieces(): number {
    return Manifest.piecesOf(this.size);
  }

  /** Bytes of a piece; 0 for one that the file does not have. */
  lengthOf(piece: number): number {
    return Math.max(0, Math.min(PIECE_BYTES, this.size - piece * PIECE_BYTES));
  }

  async fits(piece: number, bytes: Uint8Array): Promise<boolean> {
    if (bytes.length === 0 || bytes.length !== this.lengthOf(piece)) return false;
    const start = SIZE_BYTES + piece * HASH_BYTES;
    return equalBytes(await hashBeside(bytes), this.bytes.subarray(start, start + HASH_BYTES));
  }
}
