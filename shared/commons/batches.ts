import { MAX_BATCH } from './messages';
import type { StoredUpdate } from './ports';

/** Bytes of updates that are put into one message, where more than one fits. */
const BATCH_BYTES = 512 * 1024;

/** One message each. At least one part, so that an answer always ends. */
export function batches(updates: readonly StoredUpdate[]): readonly (readonly StoredUpdate[])[] {
  const parts: StoredUpdate[][] = [[]];
  let size = 0;
  for (const update of updates) {
    if (parts.at(-1)!.length > 0 && (size + update.bytes.length > BATCH_BYTES || parts.at(-1)!.length >= MAX_BATCH)) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)!.push(update);
    size += update.bytes.length;
  }
  return parts;
}
