import * as Y from 'yjs';
import { type Authors, type Finder, type Meeting, authorsOf, sidesOf, statesOf } from './apart-sides';
import { type BlockNumber, blockNumbers } from './text/change-text';
import type { StoredUpdate } from './ports';

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

/**
 * The blocks of these texts that `me` changed here and others elsewhere while they were apart, in the order of the text before. `doc` has
 * all of both; `stored` are its updates. A change that one of them had seen is no such change, nor is one that left a block as it was. Empty where
 * the snapshots can not be read or are of another document.
 */
export function changedApart(
  doc: Y.Doc,
  stored: readonly StoredUpdate[],
  meeting: Meeting,
  texts: readonly string[],
  me: string | null,
): readonly ChangedApart[] {
  try {
    const sides = sidesOf(meeting);
    const states = statesOf(doc, stored, sides, me);
    const authors = authorsOf(stored, sides, new BlockFinder(doc, texts));
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

/** In which block of some texts something is that was written into their document. */
class BlockFinder implements Finder {
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
