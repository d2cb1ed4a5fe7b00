import { useEffect, useState } from 'react';
import type { OpenComments } from '../../../shared/engine/clause-comments';
import { useNetwork, useNetworkStore } from '../../app/network';

/** What is said about one protocol. */
export type Said = Omit<OpenComments, 'protocol'>;
/** By the id of the protocol. */
type Comments = ReadonlyMap<string, Said>;
const NONE: Comments = new Map();

/** The comments on protocols in force as they were when the screen was opened; none until they are known, and where they can not be read. */
export function useClauseComments(): Comments {
  const store = useNetworkStore();
  const { versions } = useNetwork().state;
  const [comments, setComments] = useState(NONE);
  useEffect(() => {
    let stale = false;
    store.engine.openComments(store.id).then(
      (found) => stale || setComments(new Map(found.map(({ protocol, ...rest }) => [protocol, rest]))),
      () => stale || setComments(NONE),
    );
    return () => {
      stale = true;
    };
  }, [store, versions]);
  return comments;
}
