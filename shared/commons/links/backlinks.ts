import type { Marked } from '../search/excerpt';
import { SEARCH_KINDS, type SearchAnswer, type SearchKind } from '../search/model';
import { keyOf, partsOf } from '../search/record-texts';
import type { TextIndex } from '../search/text-index';
import type { Mention } from '../text/schema';
import type { LinkIndex } from './link-index';

/** Most that one answer names. */
const MOST = 200;

/** A text that mentions what was asked for. */
export interface Backlink {
  readonly kind: SearchKind;
  /** Id of the page or proposal; of a protocol its slug. */
  readonly id: string;
  /** Empty for a page without one. */
  readonly title: string;
  /** The part of the text around the first mention, which is marked. */
  readonly excerpt: Marked;
  /** How often it does. */
  readonly times: number;
}

export interface Backlinks extends Pick<SearchAnswer, 'reading' | 'cut'> {
  /** Pages first, each kind by title; at most so many as one answer names. */
  readonly links: readonly Backlink[];
  readonly count: number;
}

/** Which texts mention something; neither what is deleted nor the thing's own. */
export function backlinksTo(
  links: LinkIndex,
  index: TextIndex<SearchKind>,
  target: Mention,
): Pick<Backlinks, 'links' | 'count'> {
  const own = keyOf(target.kind === 'decision' ? 'proposal' : (target.kind as SearchKind), target.id);
  const all: Backlink[] = [];
  for (const [source, { excerpt, times }] of links.to(target)) {
    const entry = index.get(source);
    const isOwn = source === own || (target.kind === 'protocol' && isProtocol(source, target.id));
    if (entry === undefined || entry.gone || isOwn) continue;
    all.push({ kind: entry.kind, id: partsOf(source).id, title: entry.title, excerpt, times });
  }
  const place = (kind: SearchKind): number => SEARCH_KINDS.indexOf(kind);
  all.sort((a, b) => place(a.kind) - place(b.kind) || compare(a.title, b.title) || compare(a.id, b.id));
  return { links: all.slice(0, MOST), count: all.length };
}

const isProtocol = (source: string, id: string): boolean =>
  source === keyOf('agreement', id) || source === keyOf('draft', id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
