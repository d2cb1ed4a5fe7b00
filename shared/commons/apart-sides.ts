import * as Y from 'yjs';
import type { StoredUpdate } from './ports';
import { isKnown } from './updates';

/** Two replicas of a document as they stood before they met: encoded Yjs snapshots, of this one and of the other. */
export interface Meeting {
  readonly here: Uint8Array;
  readonly there: Uint8Array;
}

export interface Sides {
  readonly here: Y.Snapshot;
  readonly there: Y.Snapshot;
}

/** Throws where they can not be read. */
export const sidesOf = ({ here, there }: Meeting): Sides => ({
  here: Y.decodeSnapshot(here),
  there: Y.decodeSnapshot(there),
});

/** The document as both had it, as it was here, as it was there, and as it is. `doc` has all of both; `stored` are its updates. */
export function statesOf(
  doc: Y.Doc,
  stored: readonly StoredUpdate[],
  sides: Sides,
  me: string | null,
): readonly [before: Y.Doc, mine: Y.Doc, theirs: Y.Doc, merged: Y.Doc] {
  const at = (snapshot: Y.Snapshot): Y.Doc => Y.createDocFromSnapshot(doc, snapshot);
  return [at(common(sides, deletedSince(stored, sides, me))), at(sides.here), at(sides.there), doc];
}

/**
 * What both had: of each session as much as the one that has less of it, and what both know to be deleted; not what each deleted by
 * itself, as far as that can be told.
 */
function common({ here, there }: Sides, since: ReadonlyMap<number, readonly Span[]>): Y.Snapshot {
  const sv = new Map<number, number>();
  for (const [client, clock] of here.sv) {
    const least = Math.min(clock, there.sv.get(client) ?? 0);
    if (least > 0) sv.set(client, least);
  }
  const ds = Y.createDeleteSet();
  for (const [client, ranges] of here.ds.clients) {
    const both = without(overlaps(ranges, there.ds.clients.get(client) ?? []), since.get(client) ?? []);
    if (both.length > 0) ds.clients.set(client, both);
  }
  return Y.createSnapshot(ds, sv);
}

/** What this member deleted from their first change on that the other side does not have. */
function deletedSince(
  stored: readonly StoredUpdate[],
  { there }: Sides,
  me: string | null,
): ReadonlyMap<number, readonly Span[]> {
  const mine = stored.filter(({ member }) => member === me);
  const first = mine.findIndex(({ bytes }) => !isKnown(there, bytes));
  const since = new Map<number, Span[]>();
  if (first === -1) return since;
  for (const { bytes } of mine.slice(first))
    for (const [client, ranges] of Y.decodeUpdate(bytes).ds.clients)
      since.set(client, [...(since.get(client) ?? []), ...ranges]);
  for (const ranges of since.values()) ranges.sort((a, b) => a.clock - b.clock);
  return since;
}

interface Span {
  readonly clock: number;
  readonly len: number;
}

/** What is in both of two lists of ranges in order. */
function overlaps(one: readonly Span[], two: readonly Span[]): Span[] {
  const both: Span[] = [];
  let [i, j] = [0, 0];
  while (i < one.length && j < two.length) {
    const [a, b] = [one[i]!, two[j]!];
    const clock = Math.max(a.clock, b.clock);
    const end = Math.min(a.clock + a.len, b.clock + b.len);
    if (end > clock) both.push({ clock, len: end - clock });
    if (a.clock + a.len < b.clock + b.len) i += 1;
    else j += 1;
  }
  return both;
}

export interface Authors {
  readonly here: Set<string | null>;
  readonly there: Set<string | null>;
}

/** In which parts of a document something is that was written into it. */
export interface Finder {
  /** The names of the parts that so many characters of a session are in. */
  of(client: number, clock: number, len: number): Iterable<string>;
}

/** By part, who changed it here without the other side's having it, and who there without this side's. */
export function authorsOf(
  stored: readonly StoredUpdate[],
  { here, there }: Sides,
  finder: Finder,
): ReadonlyMap<string, Authors> {
  const authors = new Map<string, Authors>();
  for (const { bytes, member } of stored) {
    const { structs, ds } = Y.decodeUpdate(bytes);
    const note = (client: number, clock: number, len: number, side: keyof Authors): void => {
      for (const part of finder.of(client, clock, len)) {
        const by = authors.get(part) ?? { here: new Set(), there: new Set() };
        by[side].add(member);
        authors.set(part, by);
      }
    };
    for (const struct of structs) {
      if (struct instanceof Y.Skip) continue;
      const { client, clock } = struct.id;
      const [ours, theirs] = [here.sv.get(client) ?? 0, there.sv.get(client) ?? 0];
      const [end, between] = [clock + struct.length, Math.max(clock, Math.min(ours, theirs))];
      if (ours > theirs) note(client, between, Math.min(end, ours) - between, 'here');
      if (theirs > ours) note(client, between, Math.min(end, theirs) - between, 'there');
    }
    for (const [client, ranges] of ds.clients) {
      const [ours, theirs] = [here, there].map((side) => side.ds.clients.get(client) ?? []) as [Span[], Span[]];
      for (const { clock, len } of without(overlaps(ranges, ours), theirs)) note(client, clock, len, 'here');
      for (const { clock, len } of without(overlaps(ranges, theirs), ours)) note(client, clock, len, 'there');
    }
  }
  return authors;
}

/** What is in the first and not in the second of two lists of ranges in order. */
function without(one: readonly Span[], two: readonly Span[]): Span[] {
  const left: Span[] = [];
  for (const { clock, len } of one) {
    let at = clock;
    for (const gone of overlaps([{ clock, len }], two)) {
      if (gone.clock > at) left.push({ clock: at, len: gone.clock - at });
      at = gone.clock + gone.len;
    }
    if (at < clock + len) left.push({ clock: at, len: clock + len - at });
  }
  return left;
}
