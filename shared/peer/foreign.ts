import { checkSignatures } from '../network/check';
import { type SignedEvent, decodeEvent } from '../record/event';
import type { RecordSet } from '../record/record';
import type { DetachedText } from '../record/text';
import type { EventBatch } from '../sync/record-messages';

/** What is what it claims to be: each event has its form, and those that were not here are rightly signed. */
export interface CheckedBatch {
  readonly events: readonly SignedEvent[];
  /** Those of them that were not in the record. */
  readonly fresh: readonly SignedEvent[];
  readonly texts: readonly DetachedText[];
}

/** Rejects with the code of the first event that is none: nothing of the batch is to be used then. */
export async function checkForeign({ events, texts }: EventBatch, record: RecordSet): Promise<CheckedBatch> {
  const decoded = events.map((bytes) => decodeEvent(bytes));
  const fresh = decoded.filter(({ id }) => !record.has(id));
  await Promise.all(fresh.map(checkSignatures));
  return { events: decoded, fresh, texts };
}
