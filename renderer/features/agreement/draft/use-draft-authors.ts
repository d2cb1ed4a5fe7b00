import { useEffect, useState } from 'react';
import type { DraftAuthor } from '../../../../shared/commons/draft-changes';
import type { OpenDoc } from '../../../app/docs';
import { useNetwork, useNetworkStore } from '../../../app/network';

/** Milliseconds of quiet after a change before it is asked again. */
const QUIET = 700;

/** Who made what in the draft differs from what is in force, of each protocol the last one last; empty until it is known. */
export function useDraftAuthors(open: OpenDoc): readonly DraftAuthor[] {
  const store = useNetworkStore();
  const { versions } = useNetwork().state;
  const [authors, setAuthors] = useState<readonly DraftAuthor[]>([]);
  const { doc } = open;
  useEffect(() => {
    let stale = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      // What is shown without them is complete in itself: when they can not be read, nobody is named.
      store.engine.draftAuthors(store.id).then(
        (found) => stale || setAuthors(found),
        () => stale || setAuthors([]),
      );
    };
    const later = (): void => {
      clearTimeout(timer);
      timer = setTimeout(ask, QUIET);
    };
    ask();
    doc.on('update', later);
    return () => {
      stale = true;
      clearTimeout(timer);
      doc.off('update', later);
    };
  }, [store, doc, versions]);
  return authors;
}
