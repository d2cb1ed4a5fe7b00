import { PeerholdError } from '../errors';
import { MAX_FILE_BYTES } from '../files/limits';
import { MAX_MANIFEST, Manifest } from '../files/manifest';
import type { Piece } from '../files/ports';
import { concat } from '../record/bytes';
import { MAX_CARRIED_BYTES, MAX_CARRIED_FILES, tooLarge } from './limits';
import type { StreamReader } from './stream-reader';

/** A file that begins (`piece` null), or one more piece of it. */
export interface FilePart {
  readonly manifest: Manifest;
  readonly piece: Piece | null;
}

const SIZE_BYTES = 4;
const HASH_BYTES = 32;

/** Bytes of a file in a bundle: its manifest, then all of it. */
export const carriedBytes = (manifest: Manifest): number => manifest.bytes.length + manifest.size;

/**
 * Files one after the other, to the end; every piece was checked against its manifest. Rejects with `bundle-malformed` for what is not of this
 * form, `bundle-too-large`.
 */
export async function* readFiles(reader: StreamReader): AsyncGenerator<FilePart> {
  const known = new Set<string>();
  let total = 0;
  while (!(await reader.isAtEnd())) {
    const manifest = await readManifest(reader);
    total += carriedBytes(manifest);
    if (total > MAX_CARRIED_BYTES || known.size >= MAX_CARRIED_FILES) throw tooLarge();
    if (known.has(manifest.id)) throw new PeerholdError('bundle-malformed');
    known.add(manifest.id);
    yield { manifest, piece: null };
    for (let index = 0; index < manifest.pieces; index++) {
      const bytes = await reader.take(manifest.lengthOf(index));
      if (!(await manifest.fits(index, bytes))) throw new PeerholdError('bundle-malformed');
      yield { manifest, piece: { index, bytes } };
    }
  }
}

async function readManifest(reader: StreamReader): Promise<Manifest> {
  const size = await reader.take(SIZE_BYTES);
  const bytes = new DataView(size.buffer).getUint32(0);
  const length = SIZE_BYTES + Manifest.piecesOf(bytes) * HASH_BYTES;
  if (bytes > MAX_FILE_BYTES || length > MAX_MANIFEST) throw new PeerholdError('bundle-malformed');
  return new Manifest(concat(size, await reader.take(length - SIZE_BYTES)));
}
