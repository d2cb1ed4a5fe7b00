import type { Proposal } from '../decisions/model';
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
export function publishingOf(
  state: State,
  page: string,
): { readonly open: readonly string[]; readonly adopted: readonly string[] } {
  const isMeant = ({ effect }: Proposal): boolean => effect.kind === 'publish' && effect.page === page;
  return {
    open: openProposals(state)
      .filter(isMeant)
      .map(({ id }) => id),
    adopted: publicationsOf(state, page)
      .map(({ id }) => id)
      .filter((id) => state.proposals.has(id)),
  };
}

const newestFirst = (a: Publication, b: Publication): number => b.time - a.time || (a.id < b.id ? -1 : 1);
