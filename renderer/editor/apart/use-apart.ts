import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import type { ChangedApart } from '../../../shared/commons/apart';
import { useEngine } from '../../app/engine';
import { useNetworkStore } from '../../app/network';

const NONE: readonly ChangedApart[] = [];

export interface Apart {
  readonly doc: string;
  readonly found: readonly ChangedApart[];
  readonly settle: (block: ChangedApart['block']) => void;
}

/** Where several texts of one document are shown, it is asked once for all of them. */
export const ApartContext = createContext<Apart | null>(null);

/** The paragraphs of a document that this person and others changed while apart, until they have settled them. */
export function useApart(doc: string): Apart {
  const given = useContext(ApartContext);
  const isGiven = given?.doc === doc;
  const asked = useAskedApart(isGiven ? null : doc);
  return isGiven ? given : asked;
}

/** The same, asked of the engine; nothing of no document. */
export function useAskedApart(doc: string | null): Apart {
  const client = useEngine();
  const { engine, id: network } = useNetworkStore();
  const [found, setFound] = useState(NONE);
  useEffect(() => {
    setFound(NONE);
    if (doc === null) return undefined;
    let stale = false;
    // Where they can not be read the text itself says so.
    const ask = () =>
      void engine.docApart(network, doc).then(
        (all) => !stale && setFound(all),
        () => undefined,
      );
    ask();
    const stop = client.listen((event) => {
      if (event.kind === 'apart' && event.network === network && event.doc === doc) ask();
    });
    return () => {
      stale = true;
      stop();
    };
  }, [client, engine, network, doc]);
  return useMemo(
    () => ({
      doc: doc ?? '',
      found,
      settle: (block) => doc !== null && void engine.settleApart(network, doc, block).catch(() => undefined),
    }),
    [engine, network, doc, found],
  );
}
