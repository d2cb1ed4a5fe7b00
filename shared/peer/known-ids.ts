import { ID_BYTES, concat, fromHex, idToHex } from '../record/bytes';
import { hashBeside } from '../record/hash';
import * as shape from '../record/shape';
import type { PeerStore } from './store';

/** Ids are noted of so many stored events at once; not of those left over at the end. */
export const TOGETHER = 2_000;
const keyOf = (part: number): string => `ids-${part}`;

const note = shape.object({ sum: shape.bytes(32), ids: shape.bytes(TOGETHER * ID_BYTES) });
type Note = shape.Of<typeof note>;

/**
 * The ids of stored events, as far as they are noted: a start then need not hash each event. A note holds for the very bytes of which it was
 * made. Its sum, SHA-256 over their lengths, them and the ids, says whether the disk gives all of that back as it was; otherwise there is
 * no note, and the events are hashed.
 */
export async function recallIds(stored: readonly Uint8Array[], store: PeerStore): Promise<(string | undefined)[]> {
  const parts = await Promise.all(
    partsOf(stored).map(async (part, index) => {
      const known = await store.recall(keyOf(index));
      return note(known) && (await holds(known, part)) ? idsIn(known) : part.map(() => undefined);
    }),
  );
  return [...parts.flat(), ...stored.slice(parts.length * TOGETHER).map(() => undefined)];
}

/** Notes ids for the next start where they were not known. `ids` are those of `stored`, undefined of what can not be read. Never rejects. */
export async function noteIds(
  stored: readonly Uint8Array[],
  ids: readonly (string | undefined)[],
  known: readonly (string | undefined)[],
  store: PeerStore,
): Promise<void> {
  for (const [index, part] of partsOf(stored).entries()) {
    const [from, to] = [index * TOGETHER, (index + 1) * TOGETHER];
    const named = ids.slice(from, to).filter((id) => id !== undefined);
    if (named.length < TOGETHER || known[from] !== undefined) continue;
    // Where it can not be written, the next start hashes again.
    await store.remember(keyOf(index), await noteOf(part, named)).catch(() => undefined);
  }
}

export async function noteOf(part: readonly Uint8Array[], ids: readonly string[]): Promise<Note> {
  const bytes = concat(...ids.map(fromHex));
  return { sum: await sumOf(part, bytes), ids: bytes };
}

async function holds({ sum, ids }: Note, part: readonly Uint8Array[]): Promise<boolean> {
  const now = await sumOf(part, ids);
  return now.every((byte, at) => byte === sum[at]);
}

function sumOf(part: readonly Uint8Array[], ids: Uint8Array): Promise<Uint8Array> {
  const lengths = new Uint8Array(Uint32Array.from(part, ({ length }) => length).buffer);
  return hashBeside(concat(lengths, ...part, ids));
}

/** The whole parts of `TOGETHER` events. */
function partsOf(stored: readonly Uint8Array[]): (readonly Uint8Array[])[] {
  return Array.from({ length: Math.floor(stored.length / TOGETHER) }, (_none, index) =>
    stored.slice(index * TOGETHER, (index + 1) * TOGETHER),
  );
}

function idsIn({ ids }: Note): string[] {
  return Array.from({ length: TOGETHER }, (_none, index) => idToHex(ids, index * ID_BYTES));
}
