import { isSound } from '../network/check';
import type { SignedEvent } from '../record/event';
import { noteIds, recallIds } from './known-ids';
import { type PeerStore, readStored } from './store';

export interface StoredRecord {
  /** In the order in which they were stored. */
  readonly events: readonly SignedEvent[];
  /** Whether some were set aside. */
  readonly damaged: boolean;
}

/**
 * Reads stored events and sets aside what the disk changed: what can not be read, and what nobody signed so. Checking every signature would
 * cost each start; but a changed event has another id, so either somebody built on the one that it was, which is missing then, or nobody
 * built on it. Only a signature that changed beside an event on which others build is not seen here: whoever is sent it says so.
 * Rejects with `signature-unchecked` where the runtime could not check one: nothing is set aside for that.
 */
export async function readRecord(stored: readonly Uint8Array[], store: PeerStore): Promise<StoredRecord> {
  const known = await recallIds(stored, store);
  const read = stored.map((bytes, index) => readStored(bytes, known[index]));
  const ids = read.map((event) => event?.id);
  void noteIds(stored, ids, known, store);
  const readable = read.filter((event) => event !== undefined);
  const here = new Set<string>();
  const twice = new Set<string>();
  const cited = new Set<string>();
  for (const event of readable) {
    (here.has(event.id) ? twice : here).add(event.id);
    if (event.previous !== null) cited.add(event.previous);
    for (const parent of event.parents) cited.add(parent);
  }
  let complete = readable.length === stored.length;
  for (const id of cited) complete &&= here.has(id);
  const unsure = readable.filter(({ id }) => !cited.has(id) || twice.has(id));
  const wrong = await wrongAmong(complete ? unsure : readable);
  if (complete && wrong.size > 0) for (const event of await wrongAmong(readable)) wrong.add(event);
  const events = readable.filter((event) => !wrong.has(event));
  const sound = new Set(events.map(({ id }) => id));
  const lost = [...wrong].some(({ id }) => !sound.has(id));
  return { events, damaged: lost || readable.length < stored.length };
}

async function wrongAmong(events: readonly SignedEvent[]): Promise<Set<SignedEvent>> {
  const sound = await Promise.all(events.map(isSound));
  return new Set(events.filter((_event, index) => !sound[index]!));
}
