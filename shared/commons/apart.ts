import * as Y from 'yjs';
import { type BlockNumber, blockNumbers } from './text/change-text';
import type { StoredUpdate } from './ports';
import { isKnown } from './updates';

/** Two replicas of a document as they stood before they met: encoded Yjs snapshots, of this one and of the other. */
export interface Meeting {
  readonly here: Uint8Array;
  readonly there: Uint8Array;
}

/** A block of a text that was changed here and elsewhere by people who had not seen the other's change. */
export interface ChangedApart {
  /** Name of the text in its document. */
  readonly text: string;
  readonly block: BlockNumber;
  /** Canonical Markdown; null: it was deleted. */
  readonly before: string;
  readonly mine: string | null;
  readonly theirs: string | null;
  /** As it is after both; null: it is not there. */
  readonly merged: string | null;
  /** The block before it that is still there; null: it was the first. */
  readonly after: BlockNumber | null;
  /** Who changed it elsewhere, as far as that is said. */
  readonly who: readonly (string | null)[];
}

interface Sides {
  readonly here: Y.Snapshot;
  readonly there: Y.Snapshot;
}

/**
 * The blocks of these texts that `me` changed here and others elsewhere while they were apart, in the order of the text before. `doc` has
 * all of both; `stored` are its updates. A change that one of them had seen is no such change, nor is one that left a block as it was. Empty where
 * the snapshots can not be read or are of another document.
 */
export function changedApart(
  doc: Y.Doc,
  stored: readonly StoredUpdate[],
  { here, there }: Meeting,
  texts: readonly string[],
  me: string | null,
): readonly ChangedApart[] {
  try {
    const sides = { here: Y.decodeSnapshot(here), there: Y.decodeSnapshot(there) };
    const states = [common(sides, deletedSince(stored, sides, me)), sides.here, sides.there]
      .map((snapshot) => Y.createDocFromSnapshot(doc, snapshot))
      .concat(doc);
    const authors = authorsOf(doc, stored, sides, texts);
    return texts.flatMap((text) => {
      const blocks = states.map((state) => blocksOf(state.getXmlFragment(text))) as [Blocks, Blocks, Blocks, Blocks];
      return changedIn(blocks, authors, me).map((changed) => ({ text, ...changed }));
    });
  } catch {
    return [];
  }
}

function changedIn(
  [before, mine, theirs, merged]: readonly [before: Blocks, mine: Blocks, theirs: Blocks, merged: Blocks],
  authors: ReadonlyMap<string, Authors>,
  me: string | null,
): readonly Omit<ChangedApart, 'text'>[] {
  const found = [...before].filter(([id, words]) => mine.get(id) !== words && theirs.get(id) !== words);
  return found.flatMap(([id, words]) => {
    const by = authors.get(id);
    if (by === undefined || !by.here.has(me) || by.there.size === 0) return [];
    const earlier = [...before.keys()].slice(0, [...before.keys()].indexOf(id));
    const after = earlier.findLast((one) => merged.has(one));
    return {
      block: numberOf(id),
      after: after === undefined ? null : numberOf(after),
      before: words,
      mine: mine.get(id) ?? null,
      theirs: theirs.get(id) ?? null,
      merged: merged.get(id) ?? null,
      who: [...by.there].sort(),
    };
  });
}

/** Canonical text of each block of the first level, by its number. */
type Blocks = ReadonlyMap<string, string>;

const blocksOf = (fragment: Y.XmlFragment): Blocks =>
  new Map(blockNumbers(fragment).map(({ block, text }) => [block.join(':'), text]));

const keyOf = ({ client, clock }: { readonly client: number; readonly clock: number }): string => `${client}:${clock}`;

const numberOf = (key: string): BlockNumber => key.split(':').map(Number) as [number, number];

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

interface Authors {
  readonly here: Set<string | null>;
  readonly there: Set<string | null>;
}

/** By block, who changed it here without the other side's having it, and who there without this side's. */
function authorsOf(
  doc: Y.Doc,
  stored: readonly StoredUpdate[],
  { here, there }: Sides,
  texts: readonly string[],
): ReadonlyMap<string, Authors> {
  const authors = new Map<string, Authors>();
  const blocks = new BlockFinder(doc, texts);
  for (const { bytes, member } of stored) {
    const { structs, ds } = Y.decodeUpdate(bytes);
    const note = (client: number, clock: number, len: number, side: keyof Authors): void => {
      for (const block of blocks.of(client, clock, len)) {
        const by = authors.get(block) ?? { here: new Set(), there: new Set() };
        by[side].add(member);
        authors.set(block, by);
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

/** In which block of some texts something is that was written into their document. */
class BlockFinder {
  readonly #doc: Y.Doc;
  readonly #texts: ReadonlySet<unknown>;
  readonly #known = new Map<unknown, string | null>();

  constructor(doc: Y.Doc, texts: readonly string[]) {
    this.#doc = doc;
    this.#texts = new Set(texts.map((text) => doc.getXmlFragment(text)));
  }

  /** The blocks that so many of a session's characters are in. */
  *of(client: number, clock: number, len: number): Iterable<string> {
    const end = Math.min(clock + len, Y.getState(this.#doc.store, client));
    for (let at = clock; at < end;) {
      const item: unknown = Y.getItem(this.#doc.store, Y.createID(client, at));
      if (!(item instanceof Y.Item)) {
        at += Math.max(1, (item as { readonly length: number }).length);
        continue;
      }
      const block = this.#texts.has(item.parent) ? keyOf(item.id) : this.#around(item.parent);
      if (block !== null) yield block;
      at = item.id.clock + item.length;
    }
  }

  #around(parent: unknown): string | null {
    const known = this.#known.get(parent);
    if (known !== undefined) return known;
    const item = parent instanceof Y.AbstractType ? (parent as { readonly _item: Y.Item | null })._item : null;
    const block = item === null ? null : this.#texts.has(item.parent) ? keyOf(item.id) : this.#around(item.parent);
    this.#known.set(parent, block);
    return block;
  }
}
