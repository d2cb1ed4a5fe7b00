import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { ChangedApart } from '../../../shared/commons/apart';
import type { FieldApart, FieldName } from '../../../shared/commons/apart-fields';
import { AGREEMENT_DOC } from '../../../shared/commons/draft';
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
  const { engine, id: network } = useNetworkStore();
  const ask = useCallback(
    (): Promise<readonly ChangedApart[]> => (doc === null ? Promise.resolve(NONE) : engine.docApart(network, doc)),
    [engine, network, doc],
  );
  const found = useApartNow(doc, ask);
  return useMemo(
    () => ({
      doc: doc ?? '',
      found,
      settle: (block) => doc !== null && void engine.settleApart(network, doc, block).catch(() => undefined),
    }),
    [engine, network, doc, found],
  );
}

export interface ApartFields {
  readonly found: readonly FieldApart[];
  readonly settle: (name: FieldName) => void;
}

/** The titles and parameters in the draft of the agreement that this person and others changed while apart, until they have settled them. */
export function useApartFields(): ApartFields {
  const { engine, id: network } = useNetworkStore();
  const ask = useCallback(() => engine.fieldsApart(network), [engine, network]);
  const found = useApartNow(AGREEMENT_DOC, ask);
  return useMemo(
    () => ({
      found,
      settle: ({ protocol, field }) =>
        void engine.settleApart(network, AGREEMENT_DOC, { protocol, field }).catch(() => undefined),
    }),
    [engine, network, found],
  );
}

/** What is there now of a document, asked again when the engine says that it is not the same. */
function useApartNow<T>(doc: string | null, ask: () => Promise<readonly T[]>): readonly T[] {
  const client = useEngine();
  const { id: network } = useNetworkStore();
  const [found, setFound] = useState<readonly T[]>([]);
  useEffect(() => {
    setFound([]);
    let stale = false;
    // Where they can not be read the text itself says so.
    const look = () =>
      void ask().then(
        (all) => !stale && setFound(all),
        () => undefined,
      );
    look();
    const stop = client.listen((event) => {
      if (event.kind === 'apart' && event.network === network && event.doc === doc) look();
    });
    return () => {
      stale = true;
      stop();
    };
  }, [client, network, doc, ask]);
  return found;
}
