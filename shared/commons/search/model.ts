import type { Marked } from './excerpt';
import type { Match } from './text-index';

/** What can be found, in the order in which screens name it. `draft`: a protocol as the draft of the agreement has it. */
export const SEARCH_KINDS = [
  'page',
  'agreement',
  'draft',
  'proposal',
  'discussion',
  'resource',
  'member',
  'entry',
] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

/** What can be discussed. `clause`: a protocol, in the draft of the agreement. */
export type Discussed = 'page' | 'proposal' | 'clause';

/** Most of one kind in an answer. */
export const MOST_HITS = 100;

export interface SearchQuery {
  /** As they were typed; a word that is not finished finds what begins so. */
  readonly words: string;
  /** Only of this kind. */
  readonly kind: SearchKind | null;
  /** At most so many of each kind, up to `MOST_HITS`. */
  readonly each: number;
}

export interface SearchHit {
  readonly kind: SearchKind;
  /** Id of the page, proposal, resource, member or entry; of a discussion, that of what is discussed; of a protocol its slug. */
  readonly id: string;
  /** What is discussed; null where it is no discussion. */
  readonly about: Discussed | null;
  /** Empty for a page without one. */
  readonly title: Marked;
  /** The part of the text that has the words; null where there is no text. */
  readonly excerpt: Marked | null;
  /** Deleted, left, removed or dropped. */
  readonly gone: boolean;
}

export interface SearchAnswer {
  readonly match: Match;
  /** The best of each kind together, the kind of the best first. */
  readonly hits: readonly SearchHit[];
  /** How many there are of each kind, whichever are asked for. */
  readonly counts: Readonly<Partial<Record<SearchKind, number>>>;
  /** How many texts have been read so far; null once all are. */
  readonly reading: { readonly done: number; readonly total: number } | null;
  /** Texts that are too long, too many or unreadable, and searched in part or not at all. */
  readonly cut: number;
}
