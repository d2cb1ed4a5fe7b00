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
export async function checkForeign(batch: EventBatch, record: RecordSet): Promise<CheckedBatch> {
  return checkUnknown(batch, record, new Set());
}

/** The same, where the signatures of some events are known to be right already. */
export async function checkUnknown(
  { events, texts }: EventBatch,
  record: RecordSet,
  known: ReadonlySet<string>,
): Promise<CheckedBatch> {
  const decoded = events.map((bytes) => decodeEvent(bytes));
  const fresh = decoded.filter(({ id }) => !record.has(id));
  await Promise.all(fresh.filter(({ id }) => !known.has(id)).map(checkSignatures));
  return { events: decoded, fresh, texts };
}
