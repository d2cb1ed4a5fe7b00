import * as Y from 'yjs';
import { type Comment, isTime, passageComments } from '../comments';
import { type Anchor, type CharacterId, MAX_CONTEXT, MAX_QUOTE } from './anchor';

/** Passages of one text that are read. */
const MAX_PASSAGES = 1_000;

/** Who said when that a thread is done; claims, as all in a document. */
export interface Resolution {
  readonly member: string | null;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** The comments on one passage, oldest first, at least one. */
export interface PassageThread {
  readonly id: string;
  readonly anchor: Anchor;
  readonly comments: readonly Comment[];
  /** Null: open. */
  readonly resolved: Resolution | null;
}

const passages = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('passages');

/** The threads in a discussion's document, in no order that counts; whatever another writer put there, each field is of its type. */
export function passageThreads(doc: Y.Doc): readonly PassageThread[] {
  const on = passageComments(doc);
  const threads: PassageThread[] = [];
  for (const [id, value] of passages(doc)) {
    if (threads.length >= MAX_PASSAGES) break;
    const [anchor, written] = [readAnchor(value), on.get(id)];
    if (anchor === null || written === undefined) continue;
    threads.push({
      id,
      anchor,
      comments: written,
      resolved: readResolution((value as Y.Map<unknown>).get('resolved')),
    });
  }
  return threads;
}

function readAnchor(value: unknown): Anchor | null {
  if (!(value instanceof Y.Map)) return null;
  const [start, end] = [readId(value.get('start')), readId(value.get('end'))];
  const [quote, before, after] = ['quote', 'before', 'after'].map((key) => value.get(key));
  if (start === null || end === null || typeof quote !== 'string') return null;
  return {
    start,
    end,
    quote: quote.slice(0, MAX_QUOTE),
    before: typeof before === 'string' ? before.slice(-MAX_CONTEXT) : '',
    after: typeof after === 'string' ? after.slice(0, MAX_CONTEXT) : '',
  };
}

function readId(value: unknown): CharacterId | null {
  if (!Array.isArray(value) || value.length !== 2) return null;
  const [client, clock] = value as readonly unknown[];
  return isCount(client) && isCount(clock) ? [client, clock] : null;
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

function readResolution(value: unknown): Resolution | null {
  if (typeof value !== 'object' || value === null) return null;
  const { member, time } = value as Readonly<Record<string, unknown>>;
  return { member: typeof member === 'string' ? member : null, time: isTime(time) ? time : 0 };
}

/** Names a passage, for comments on it. A passage without a comment is not there. */
export function addPassage(doc: Y.Doc, id: string, anchor: Anchor): void {
  if (passages(doc).has(id)) return;
  const { start, end, ...words } = anchor;
  passages(doc).set(id, new Y.Map<unknown>(Object.entries({ start: [...start], end: [...end], ...words })));
}

/** Says that a thread is done, or that it is not (null). Of two who say otherwise at the same time one wins, the same everywhere. */
export function resolvePassage(doc: Y.Doc, id: string, resolution: Resolution | null): void {
  const passage = passages(doc).get(id);
  if (passage instanceof Y.Map) passage.set('resolved', resolution === null ? null : { ...resolution });
}
