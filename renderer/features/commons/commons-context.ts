import { type Dispatch, type SetStateAction, createContext, useContext } from 'react';
import type * as Y from 'yjs';
import type { Page, PageNode } from '../../../shared/commons/pages';

/** The index of the commons, as it stands. */
export interface Commons {
  readonly index: Y.Doc;
  readonly tree: readonly PageNode[];
  /** Deleted pages too. */
  readonly all: ReadonlyMap<string, Page>;
  /** Only pages with this tag are listed; null: the whole tree is. */
  readonly tag: string | null;
  readonly setTag: (tag: string | null) => void;
  /** The page that was just made here: its text is begun at once. */
  readonly made: string | null;
  readonly setMade: Dispatch<SetStateAction<string | null>>;
}

export const CommonsContext = createContext<Commons | null>(null);

export function useCommons(): Commons {
  const commons = useContext(CommonsContext);
  if (commons === null) throw new Error('used outside the commons');
  return commons;
}
