import type { DocStore } from '../commons/ports';
import { PeerholdError } from '../errors';
import type { FileStore } from '../files/ports';
import { type SignedEvent, decodeEvent } from '../record/event';
import type { DetachedText, TextRef } from '../record/text';

/** Events in their stored form and the texts that came with them, as one write. */
export interface StoredBatch {
  readonly events: readonly Uint8Array[];
  readonly texts: readonly DetachedText[];
}

/** What one peer keeps of one network on its disk. Every write resolves once it would survive a power cut, and is whole or not at all. */
export interface PeerStore {
  readonly docs: DocStore;
  readonly files: FileStore;
  /**
   * All events in the order in which they were appended, in batches of whatever size, and every text once, with any of them; empty
   * where nothing was appended. What the disk does not give back any more is left out, and `onDamaged` called for it.
   */
  load(onDamaged?: () => void): Promise<readonly StoredBatch[]>;
  append(batch: StoredBatch): Promise<void>;
  /** Deletes texts for good; the events keep their hashes. */
  erase(refs: readonly TextRef[]): Promise<void>;
  /** Small facts of this peer that are not part of the record. Values are structured-clone data. */
  recall(key: string): Promise<unknown>;
  remember(key: string, value: unknown): Promise<void>;
}

/** A stored event that can not be read is set aside: its hash names it, and neighbours send it again. */
export function readStored(bytes: Uint8Array, known?: string): SignedEvent | undefined {
  try {
    return decodeEvent(bytes, known);
  } catch (error) {
    if (!(error instanceof PeerholdError)) throw error;
    return undefined;
  }
}
