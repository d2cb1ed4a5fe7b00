import { type Patience, type Sought, excerpt, mark } from './excerpt';
import {
  type Discussed,
  MOST_HITS,
  SEARCH_KINDS,
  type SearchAnswer,
  type SearchHit,
  type SearchKind,
  type SearchQuery,
} from './model';
import { type Searchable, partsOf } from './record-texts';
import type { TextIndex } from './text-index';
import { queryWords } from './words';

/** Characters that one answer reads word by word for its excerpts. */
const PATIENCE = 200_000;

/** What is discussed under an id, its own id, and what it is called; undefined where that is not known here. */
export type Subject = (
  subject: string,
) => { readonly about: Discussed; readonly id: string; readonly title: string } | undefined;

/** Answers a query from the index; bounded in time and size, whatever is asked. */
export function answer(
  index: TextIndex<SearchKind>,
  query: SearchQuery,
  subject: Subject,
): Pick<SearchAnswer, 'match' | 'hits' | 'counts'> {
  const beginnings = queryWords(query.words);
  const each = Math.min(Math.max(Math.floor(query.each), 1), MOST_HITS);
  const { match, best, counts, similar } = index.find(beginnings, each);
  const sought: Sought = { beginnings, similar };
  const patience: Patience = { characters: PATIENCE };
  const hits: SearchHit[] = [];
  for (const [kind, entries] of best)
    if (query.kind === null || query.kind === kind)
      hits.push(...entries.flatMap((entry) => hitOf(entry, sought, subject, patience) ?? []));
  const counted = SEARCH_KINDS.flatMap((kind) => (counts.has(kind) ? [[kind, counts.get(kind)!] as const] : []));
  return { match, hits, counts: Object.fromEntries(counted) };
}

function hitOf(
  { key, kind, title, text, gone }: Searchable,
  sought: Sought,
  subject: Subject,
  patience: Patience,
): SearchHit | undefined {
  const { id } = partsOf(key);
  const discussed = kind === 'discussion' ? subject(id) : undefined;
  if (kind === 'discussion' && discussed === undefined) return undefined;
  return {
    kind,
    id: discussed?.id ?? id,
    about: discussed?.about ?? null,
    title: discussed === undefined ? mark(title, sought) : { text: discussed.title, marks: [] },
    excerpt: text === '' ? null : excerpt(text, sought, patience),
    gone,
  };
}
