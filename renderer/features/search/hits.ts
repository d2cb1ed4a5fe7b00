import type { SearchAnswer, SearchHit, SearchKind } from '../../../shared/commons/search/model';

/** The hits of one kind, in the order of the answer. */
export interface HitGroup {
  readonly kind: SearchKind;
  readonly hits: readonly SearchHit[];
}

/** An answer's hits by kind, the kind of the best first. */
export function groupsOf({ hits }: SearchAnswer): readonly HitGroup[] {
  const groups = new Map<SearchKind, SearchHit[]>();
  for (const hit of hits) {
    const group = groups.get(hit.kind);
    if (group === undefined) groups.set(hit.kind, [hit]);
    else group.push(hit);
  }
  return [...groups].map(([kind, of]) => ({ kind, hits: of }));
}

export const countOf = ({ counts }: SearchAnswer): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

export const hrefOfAll = (words: string): string => `/search?q=${encodeURIComponent(words)}`;
