import { PeerholdError } from '../errors';
import { concat } from '../record/bytes';
import { type Cipher, NONCE_BYTES, TAG_BYTES } from '../record/cipher';
import { type Source, readRange } from './source';

/**
 * Encryption piece by piece, so that neither side holds a whole file: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015)
 * over AES-256-GCM. The nonce counts the chunks and says which is the last, so none can be left out, repeated, moved or cut off. A key is
 * good for one file.
 */
export const CHUNK_BYTES = 256 * 1024;
const SEALED_BYTES = CHUNK_BYTES + TAG_BYTES;

/** `beside` is proved with each chunk and not hidden. */
export async function* sealChunks(
  cipher: Cipher,
  beside: Uint8Array,
  plain: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let waiting: readonly Uint8Array[] = [];
  let size = 0;
  let index = 0;
  for await (const bytes of plain) {
    waiting = [...waiting, bytes];
    size += bytes.length;
    // A full chunk waits for what comes after it: only then is it known not to be the last.
    if (size <= CHUNK_BYTES) continue;
    const joined = concat(...waiting);
    let at = 0;
    for (; size - at > CHUNK_BYTES; at += CHUNK_BYTES)
      yield cipher.encrypt(nonceOf(index++, false), beside, joined.subarray(at, at + CHUNK_BYTES));
    waiting = [joined.slice(at)];
    size -= at;
  }
  yield cipher.encrypt(nonceOf(index, true), beside, concat(...waiting));
}

/** What was sealed, chunk by chunk. Rejects with `bundle-damaged` at the first that is not as it was made. */
export async function* openChunks(
  cipher: Cipher,
  beside: Uint8Array,
  source: Source,
  start: number,
): AsyncGenerator<Uint8Array> {
  let index = 0;
  for (let at = start, isLast = false; !isLast; at += SEALED_BYTES) {
    const sealed = await readRange(source, at, at + SEALED_BYTES);
    isLast = at + SEALED_BYTES >= source.size;
    try {
      yield await cipher.decrypt(nonceOf(index++, isLast), beside, sealed);
    } catch (cause) {
      throw new PeerholdError('bundle-damaged', {}, { cause });
    }
  }
}

function nonceOf(index: number, isLast: boolean): Uint8Array {
  const nonce = new Uint8Array(NONCE_BYTES);
  new DataView(nonce.buffer).setUint32(NONCE_BYTES - 5, index);
  nonce[NONCE_BYTES - 1] = isLast ? 1 : 0;
  return nonce;
}
