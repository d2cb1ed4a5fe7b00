import { useEffect, useState } from 'react';
import type { ProtocolFacts } from '../../../shared/network/certainty/protocols';
import { useNetwork, useNetworkStore } from '../../app/network';

type Comments = ProtocolFacts['comments'];
const NONE: Comments = new Map();

/** The open comments on protocols as they were when the screen was opened; none until they are known, and where they can not be read. */
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
