import * as Y from 'yjs';
import { type Finder, type Meeting, authorsOf, sidesOf, statesOf } from './apart-sides';
import { DRAFT_FIELDS, type DraftField, draftField, draftRow } from './draft';
import type { StoredUpdate } from './ports';

/** A title or the parameters of a protocol in the draft. */
export interface FieldName {
  /** The protocol's slug. */
  readonly protocol: string;
  readonly field: DraftField;
}

/** One that was changed here and elsewhere by people who had not seen the other's change: of the two, one is in the draft now. */
export interface FieldApart extends FieldName {
  /** Words of the title; parameters as JSON. */
  readonly before: string;
  readonly mine: string;
  readonly theirs: string;
  /** Who changed it elsewhere, as far as that is said. */
  readonly who: readonly (string | null)[];
}

export const fieldKey = ({ protocol, field }: FieldName): string => `${protocol}.${field}`;

/**
 * The titles and parameters of the draft's protocols that `me` changed here and others elsewhere, to something else, while they were apart.
 * As `changedApart` does it for texts.
 */
export function fieldsApart(
  doc: Y.Doc,
  stored: readonly StoredUpdate[],
  meeting: Meeting,
  protocols: readonly string[],
  me: string | null,
): readonly FieldApart[] {
  try {
    const sides = sidesOf(meeting);
    const [before, mine, theirs] = statesOf(doc, stored, sides, me);
    const authors = authorsOf(stored, sides, new FieldFinder(doc, protocols));
    const names = protocols.flatMap((protocol) => DRAFT_FIELDS.map((field): FieldName => ({ protocol, field })));
    return names.flatMap((name) => {
      const [was, here, there] = [before, mine, theirs].map((state) => draftField(state, name.protocol, name.field));
      if (was === undefined || here === undefined || there === undefined) return [];
      const by = authors.get(fieldKey(name));
      const isApart = here !== was && there !== was && here !== there;
      if (!isApart || by === undefined || !by.here.has(me) || by.there.size === 0) return [];
      return [{ ...name, before: was, mine: here, theirs: there, who: [...by.there].sort() }];
    });
  } catch {
    return [];
  }
}

/** In which title or parameters of some protocols something is. */
class FieldFinder implements Finder {
  readonly #doc: Y.Doc;
  readonly #rows: ReadonlyMap<unknown, string>;

  constructor(doc: Y.Doc, protocols: readonly string[]) {
    this.#doc = doc;
    this.#rows = new Map(protocols.map((protocol) => [draftRow(doc, protocol), protocol]));
  }

  *of(client: number, clock: number, len: number): Iterable<string> {
    const end = Math.min(clock + len, Y.getState(this.#doc.store, client));
    for (let at = clock; at < end;) {
      const item: unknown = Y.getItem(this.#doc.store, Y.createID(client, at));
      const { id, length } = item as Y.Item;
      at = Math.max(at + 1, id.clock + length);
      if (!(item instanceof Y.Item)) continue;
      const protocol = this.#rows.get(item.parent);
      const field = DRAFT_FIELDS.find((one) => one === item.parentSub);
      if (protocol !== undefined && field !== undefined) yield fieldKey({ protocol, field });
    }
  }
}
