import { openProposals } from '../decisions/queries';
import type { State } from '../state';
import type { Publication } from './model';

type Rows = Pick<State, 'publications'>;

/** All that was made public of a page, or was to be, the newest first by its claimed time. */
export function publicationsOf(state: Rows, page: string): readonly Publication[] {
  return [...state.publications.values()].filter((one) => one.page === page).sort(newestFirst);
}

/** What is public of a page. */
export function publicOf(state: Rows, page: string): Publication | undefined {
  return publicationsOf(state, page).find(({ status }) => status === 'public');
}

/** What is public of all pages, the newest first. At most one text of each page. */
export function publicPages(state: Rows): readonly Publication[] {
  return [...state.publications.values()].filter(({ status }) => status === 'public').sort(newestFirst);
}

/** Ids of the proposals to make a page public: the open ones, those with the nearest deadline first, and the adopted ones, the newest first. */
export interface Publishing {
  readonly open: readonly string[];
  readonly adopted: readonly string[];
}

/** The proposals to make pages public, by the page; none of pages that nobody proposed to. */
export function publishings(state: State): ReadonlyMap<string, Publishing> {
  const found = new Map<string, { open: string[]; adopted: string[] }>();
  const of = (page: string): { open: string[]; adopted: string[] } => {
    const known = found.get(page) ?? { open: [], adopted: [] };
    found.set(page, known);
    return known;
  };
  for (const { id, effect } of openProposals(state)) if (effect.kind === 'publish') of(effect.page).open.push(id);
  for (const { id, page } of [...state.publications.values()].sort(newestFirst))
    if (state.proposals.has(id)) of(page).adopted.push(id);
  return found;
}

/** The same of one page. */
export const publishingOf = (state: State, page: string): Publishing => publishings(state).get(page) ?? NOTHING;

const NOTHING: Publishing = { open: [], adopted: [] };
const newestFirst = (a: Publication, b: Publication): number => b.time - a.time || (a.id < b.id ? -1 : 1);
