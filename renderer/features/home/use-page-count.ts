import type * as Y from 'yjs';
import { COMMONS_DOC, allPages } from '../../../shared/commons/pages';
import { useDoc, useDocValue } from '../../app/docs';

/** Living pages of the knowledge commons; 0 until its index is here. */
export function usePageCount(): number {
  return useDocValue(useDoc(COMMONS_DOC), countPages) ?? 0;
}

function countPages(doc: Y.Doc): number {
  return [...allPages(doc).values()].filter(({ deleted }) => !deleted).length;
}
