import { PeerholdError } from '../errors';
import { concat } from '../record/bytes';
import { decodeCanonical } from '../record/cbor-reader';
import { encodeCanonical } from '../record/cbor-writer';
import { type Of, id, list, object, text } from '../record/shape';
import { MAX_BACKUP_START, MAX_PLACES, MAX_PLACE, SEED_BYTES } from './limits';
import type { Unlocked } from './lock';
import { StreamReader } from './stream-reader';

const about = object({
  network: id,
  /** Signalling servers where others may be met. */
  places: list(text(MAX_PLACE, 1), MAX_PLACES),
});

/** What a backup says before its content: as whom whoever restores it begins. Whoever reads it can sign as that device. */
export interface BackupStart extends Of<typeof about> {
  /** Of the key of a device that the content certifies, and that has signed nothing. To be wiped by whoever has used it. */
  readonly seed: Uint8Array;
}

const LENGTH = 4;

export function writeStart({ seed, ...rest }: BackupStart): Uint8Array {
  const written = encodeCanonical(rest);
  const length = new Uint8Array(LENGTH);
  new DataView(length.buffer).setUint32(0, written.length);
  return concat(seed, length, written);
}

/** Rejects with `bundle-malformed`, `bytes-malformed`. */
export async function readStart(reader: StreamReader): Promise<BackupStart> {
  const seed = await reader.take(SEED_BYTES);
  const length = new DataView((await reader.take(LENGTH)).buffer).getUint32(0);
  if (length > MAX_BACKUP_START) throw new PeerholdError('bundle-malformed');
  const given = decodeCanonical(await reader.take(length));
  if (!about(given)) throw new PeerholdError('bundle-malformed');
  return { seed, ...given };
}

/** What an opened backup begins with, and the rest of it, which is what a bundle has. Rejects as `readStart` does, or with `bundle-damaged`. */
export async function openBackup({ version, read }: Unlocked): Promise<{ start: BackupStart; rest: Unlocked }> {
  const reader = new StreamReader(read());
  const start = await readStart(reader);
  const { count } = reader;
  return { start, rest: { version, read: () => behind(read(), count) } };
}

async function* behind(stream: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of stream) {
    const skipped = Math.min(left, chunk.length);
    left -= skipped;
    if (skipped < chunk.length) yield chunk.subarray(skipped);
  }
}
