import { useCallback, useEffect, useState } from 'react';
import * as Y from 'yjs';
import type { OpenDoc } from '../../app/docs';
import { useNetworkStore } from '../../app/network';
import type { DocChange } from '../../../shared/engine/contract';

/** Milliseconds of quiet after a change before the history is asked for again. */
const QUIET = 700;

export interface DocHistory {
  /** Oldest first; undefined while it loads. */
  readonly changes: readonly DocChange[] | undefined;
  readonly error: unknown;
  readonly reload: () => void;
}

/** Who changed a document and when, kept up to date while it changes. */
export function useDocHistory(open: OpenDoc | null): DocHistory {
  const store = useNetworkStore();
  const [changes, setChanges] = useState<readonly DocChange[]>();
  const [error, setError] = useState<unknown>();
  const id = open?.id;
  const doc = open?.synced === true ? open.doc : undefined;
  const reload = useCallback(() => {
    if (id === undefined) return;
    setError(undefined);
    store.engine.docHistory(store.id, id).then(setChanges, setError);
  }, [store, id]);
  useEffect(() => {
    if (doc === undefined) return undefined;
    setChanges(undefined);
    reload();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const changed = () => {
      clearTimeout(timer);
      timer = setTimeout(reload, QUIET);
    };
    doc.on('update', changed);
    return () => {
      clearTimeout(timer);
      doc.off('update', changed);
    };
  }, [doc, reload]);
  return { changes, error, reload };
}

/** The document as it stood after a change, as a copy that can be read and thrown away. Rejects as the engine does. */
export async function docAfter(store: ReturnType<typeof useNetworkStore>, id: string, change: number): Promise<Y.Doc> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, await store.engine.docAt(store.id, id, change));
  return doc;
}
