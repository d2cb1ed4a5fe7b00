import type { SearchHit } from '../../../shared/commons/search/model';

/** Where something that was found is read, inside the network. */
export function foundHref({ kind, id, about }: Pick<SearchHit, 'kind' | 'id' | 'about'>): string {
  switch (kind) {
    case 'page':
      return `/commons/${id}`;
    case 'discussion':
      if (about === 'clause') return `/agreement?view=draft&protocol=${id}`;
      return about === 'page' ? `/commons/${id}` : `/decisions/${id}`;
    case 'agreement':
      return `/agreement?protocol=${id}`;
    case 'draft':
      return `/agreement?view=draft&protocol=${id}`;
    case 'proposal':
      return `/decisions/${id}`;
    case 'resource':
      return `/resources/${id}`;
    case 'member':
      return `/members/${id}`;
    case 'entry':
      return `/ledger/${id}`;
  }
}
