import type * as Y from 'yjs';
import { type ChangedApart, changedApart } from '../commons/apart';
import { type FieldApart, type FieldName, fieldKey, fieldsApart } from '../commons/apart-fields';
import type { Meeting } from '../commons/apart-sides';
import type { Docs } from '../commons/docs';
import { AGREEMENT_DOC, draftProtocols, protocolTexts } from '../commons/draft';
import { PAGE_TEXT } from '../commons/pages';
import { Listeners } from '../sync/listeners';
import type { PeerStore } from './store';

const KEY = 'changed-apart';
/** Documents that are kept, and meetings of each: the oldest go. */
const MAX_DOCS = 100;
const MAX_MEETINGS = 5;
/** Bytes of what one side said it knows. */
const MAX_KNOWN = 256 * 1024;

interface Kept extends Meeting {
  /** What this person has settled: blocks by their numbers, fields of the draft by their names. */
  readonly settled: readonly string[];
}

interface Parts {
  readonly docs: Docs;
  readonly store: PeerStore;
  /** This device's member. */
  readonly me: () => string | undefined;
}

/** Whether texts are in a document that a person is told about. */
const isTold = (doc: string): boolean => doc === AGREEMENT_DOC || doc.startsWith('page:');

const textsIn = (id: string, doc: Y.Doc): readonly string[] =>
  id === AGREEMENT_DOC ? protocolTexts(doc) : [PAGE_TEXT];

export const blockKey = ([client, clock]: ChangedApart['block']): string => `${client}:${clock}`;

/** A block, or a title or parameters in the draft. */
export type ApartName = ChangedApart['block'] | FieldName;
const keyOf = (name: ApartName): string => ('field' in name ? fieldKey(name) : blockKey(name));

interface Found {
  readonly blocks: readonly ChangedApart[];
  readonly fields: readonly FieldApart[];
}
const isEmpty = ({ blocks, fields }: Found): boolean => blocks.length + fields.length === 0;

/**
 * The paragraphs of pages and of the agreement's draft, and the draft's titles and parameters, that this device's member and others changed
 * while apart, until the member has settled them.
 */
export class ApartDesk {
  /** A document that has others than before. */
  readonly changed = new Listeners<string>();
  readonly #parts: Parts;
  #kept: Map<string, readonly Kept[]> | null = null;
  /** One after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Two replicas of a document met, and each is what the two had made. */
  met(doc: string, meeting: Meeting): Promise<void> {
    return this.#next(async (kept) => {
      if (!isTold(doc) || Math.max(meeting.here.length, meeting.there.length) > MAX_KNOWN) return;
      const made = { here: meeting.here, there: meeting.there, settled: [] };
      if (isEmpty(await this.#found(doc, [made]))) return;
      const meetings = [...(kept.get(doc) ?? []), made].slice(-MAX_MEETINGS);
      kept.delete(doc);
      kept.set(doc, meetings);
      for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - MAX_DOCS))) kept.delete(oldest);
      await this.#keep(kept, doc);
    });
  }

  /** What is not settled of a document, the newest of each block. */
  of(doc: string): Promise<readonly ChangedApart[]> {
    return this.#next(async (kept) => (await this.#found(doc, kept.get(doc) ?? [])).blocks);
  }

  /** The same of the titles and parameters of the draft. */
  fields(): Promise<readonly FieldApart[]> {
    return this.#next(async (kept) => (await this.#found(AGREEMENT_DOC, kept.get(AGREEMENT_DOC) ?? [])).fields);
  }

  /** The member wants to hear no more of it. */
  settle(doc: string, name: ApartName): Promise<void> {
    return this.#next(async (kept) => {
      const meetings = (kept.get(doc) ?? []).map((one) => ({ ...one, settled: [...one.settled, keyOf(name)] }));
      const left: Kept[] = [];
      for (const one of meetings) if (!isEmpty(await this.#found(doc, [one]))) left.push(one);
      if (left.length === 0) kept.delete(doc);
      else kept.set(doc, left);
      await this.#keep(kept, doc);
    });
  }

  async #found(doc: string, meetings: readonly Kept[]): Promise<Found> {
    const me = this.#parts.me();
    const blocks = new Map<string, ChangedApart>();
    const fields = new Map<string, FieldApart>();
    if (me !== undefined && meetings.length > 0)
      await this.#parts.docs.study(doc, (text, stored) => {
        const drafted = doc === AGREEMENT_DOC ? draftProtocols(text).map(({ id }) => id) : [];
        for (const meeting of meetings) {
          for (const found of changedApart(text, stored, meeting, textsIn(doc, text), me))
            if (!meeting.settled.includes(blockKey(found.block))) blocks.set(blockKey(found.block), found);
          for (const found of fieldsApart(text, stored, meeting, drafted, me))
            if (!meeting.settled.includes(fieldKey(found))) fields.set(fieldKey(found), found);
        }
      });
    return { blocks: [...blocks.values()], fields: [...fields.values()] };
  }

  async #keep(kept: ReadonlyMap<string, readonly Kept[]>, doc: string): Promise<void> {
    // Where the disk does not take it, it is told until the app is closed.
    await this.#parts.store.remember(KEY, new Map(kept)).catch(() => undefined);
    this.changed.emit(doc);
  }

  #next<T>(run: (kept: Map<string, readonly Kept[]>) => Promise<T>): Promise<T> {
    const turn = this.#turn.then(async () => run((this.#kept ??= read(await this.#parts.store.recall(KEY)))));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

function read(stored: unknown): Map<string, readonly Kept[]> {
  const kept = new Map<string, readonly Kept[]>();
  if (!(stored instanceof Map)) return kept;
  for (const [doc, meetings] of stored as ReadonlyMap<unknown, unknown>)
    if (typeof doc === 'string' && Array.isArray(meetings)) kept.set(doc, (meetings as unknown[]).filter(isKept));
  return kept;
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const { here, there, settled } = value as Readonly<Record<string, unknown>>;
  return here instanceof Uint8Array && there instanceof Uint8Array && Array.isArray(settled);
}
