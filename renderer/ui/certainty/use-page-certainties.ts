import { startTransition, useEffect, useMemo, useState } from 'react';
import type * as Y from 'yjs';
import type { PageWriting } from '../../../shared/engine/page-writing';
import { COMMONS_DOC, type Page, allPages } from '../../../shared/commons/pages';
import type { Certainty } from '../../../shared/network/certainty/model';
import { pageCertainty } from '../../../shared/network/certainty/pages';
import { useDoc, useDocValue } from '../../app/docs';
import { useNetworkStore } from '../../app/network';
import { useNetworkNow } from '../../app/network-now';
import { usePageDecisions } from './use-page-decisions';

export interface CertainPage {
  readonly page: Page;
  readonly certainty: Certainty;
}

export interface PageCertainties {
  /** Undefined until it is known when they were written. */
  readonly pages: readonly CertainPage[] | undefined;
  readonly error: unknown;
}

/**
 * How certain each living page is, by what was written up to the last half minute. `adopted`: whether what was decided on pages is looked
 * through as well; without, those that members are certain of are not told from those that nobody decided on.
 */
export function usePageCertainties(adopted = true): PageCertainties {
  const pages = useDocValue(useDoc(COMMONS_DOC), livingPages);
  const now = useNetworkNow();
  const decisionsOn = usePageDecisions(adopted);
  const [writings, error] = useWritings(now);
  return useMemo(() => {
    const known = pages?.map((page): CertainPage => {
      const { text, talk } = writings?.get(page.id) ?? UNWRITTEN;
      return { page, certainty: pageCertainty({ now, made: page.time, ...decisionsOn(page.id), text, talk }) };
    });
    return { pages: writings === undefined ? undefined : known, error };
  }, [pages, writings, now, decisionsOn, error]);
}

const UNWRITTEN: Pick<PageWriting, 'text' | 'talk'> = { text: [], talk: [] };
const livingPages = (doc: Y.Doc): readonly Page[] => [...allPages(doc).values()].filter(({ deleted }) => !deleted);

function useWritings(now: number): [ReadonlyMap<string, PageWriting> | undefined, unknown] {
  const store = useNetworkStore();
  const [writings, setWritings] = useState<ReadonlyMap<string, PageWriting>>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    let stale = false;
    store.engine.pageWriting(store.id, now).then(
      (found) => {
        if (stale) return;
        // A thousand pages are judged, and their list drawn, between frames.
        startTransition(() => setWritings(new Map(found.map((writing) => [writing.page, writing]))));
        setError(undefined);
      },
      (failure: unknown) => stale || setError(failure),
    );
    return () => {
      stale = true;
    };
  }, [store, now]);
  return [writings, error];
}
