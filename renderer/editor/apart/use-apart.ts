import { useEffect, useState } from 'react';
import type { ChangedApart } from '../../../shared/commons/apart';
import { useEngine } from '../../app/engine';
import { useNetworkStore } from '../../app/network';

const NONE: readonly ChangedApart[] = [];

/** The paragraphs of a document that this person and others changed while apart, until they have settled them. */
export function useApart(doc: string): {
  readonly found: readonly ChangedApart[];
  readonly settle: (block: ChangedApart['block']) => void;
} {
  const client = useEngine();
  const { engine, id: network } = useNetworkStore();
  const [found, setFound] = useState(NONE);
  useEffect(() => {
    let stale = false;
    // Where they can not be read the text itself says so.
    const ask = () =>
      void engine.docApart(network, doc).then(
        (all) => !stale && setFound(all),
        () => undefined,
      );
    setFound(NONE);
    ask();
    const stop = client.listen((event) => {
      if (event.kind === 'apart' && event.network === network && event.doc === doc) ask();
    });
    return () => {
      stale = true;
      stop();
    };
  }, [client, engine, network, doc]);
  return { found, settle: (block) => void engine.settleApart(network, doc, block).catch(() => undefined) };
}
