import { useEffect, useMemo, useState } from 'react';
import type * as Y from 'yjs';
import { COMMONS_DOC, type Page, allPages, discussionDoc, pageDoc } from '../../../../shared/commons/pages';
import type { Certainty } from '../../../../shared/network/certainty/model';
import { type Written, pageCertainty } from '../../../../shared/network/certainty/pages';
import { useDoc, useDocValue } from '../../../app/docs';
import { useNetworkStore } from '../../../app/network';
import { useNetworkNow } from '../../../app/network-now';
import { mentionsOf, useMentionedInAdopted, useMentionedInOpen } from '../../../ui/certainty';

export interface CertainPage {
  readonly page: Page;
  readonly certainty: Certainty;
}

export interface PageCertainties {
  readonly pages: readonly CertainPage[];
  /** How many of them have been looked through. */
  readonly done: number;
  readonly total: number;
  readonly error: unknown;
}

interface History {
  readonly text: readonly Written[];
  readonly talk: readonly Written[];
}

/** How certain each living page is. When each was written is asked of the engine one page after the other, so that nothing waits for it. */
export function usePageCertainties(): PageCertainties {
  const pages = useDocValue(useDoc(COMMONS_DOC), livingPages) ?? NONE;
  const now = useNetworkNow();
  const open = useMentionedInOpen('page');
  const adopted = useMentionedInAdopted('page');
  const [histories, error] = useHistories(pages);
  return useMemo(() => {
    const known = pages.flatMap((page): CertainPage[] => {
      const history = histories.get(page.id);
      if (history === undefined) return [];
      const facts = { now, made: page.time, open: mentionsOf(open, page.id), adopted: mentionsOf(adopted, page.id) };
      return [{ page, certainty: pageCertainty({ ...facts, ...history }) }];
    });
    return { pages: known, done: known.length, total: pages.length, error };
  }, [pages, histories, now, open, adopted, error]);
}

const NONE: readonly Page[] = [];
const livingPages = (doc: Y.Doc): readonly Page[] => [...allPages(doc).values()].filter(({ deleted }) => !deleted);

function useHistories(pages: readonly Page[]): [ReadonlyMap<string, History>, unknown] {
  const store = useNetworkStore();
  const [histories, setHistories] = useState<ReadonlyMap<string, History>>(new Map());
  const [error, setError] = useState<unknown>();
  const key = pages.map(({ id }) => id).join();
  useEffect(() => {
    let stale = false;
    const look = async (): Promise<void> => {
      for (const id of key === '' ? [] : key.split(',')) {
        const [text, talk] = await Promise.all(
          [pageDoc(id), discussionDoc(id)].map((doc) => store.engine.docHistory(store.id, doc)),
        );
        if (stale) return;
        setHistories((known) => new Map(known).set(id, { text: text ?? [], talk: talk ?? [] }));
      }
    };
    look().catch((failure: unknown) => stale || setError(failure));
    return () => {
      stale = true;
    };
  }, [store, key]);
  return [histories, error];
}
