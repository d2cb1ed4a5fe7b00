import { useEffect, useState } from 'react';
import type { Backlinks } from '../../../shared/commons/links/backlinks';
import type { Mention } from '../../../shared/commons/text/schema';
import { useEngine } from '../../app/engine';
import { useNetworkStore } from '../../app/network';

/** Milliseconds until it is asked again while texts are still being read. */
const AGAIN = 500;

export interface AskedBacklinks {
  /** Undefined before the first answer. */
  readonly answer: Backlinks | undefined;
  readonly error: unknown;
  readonly retry: () => void;
}

/** What mentions something: asked of the engine, again until everything is read, and when links have changed. */
export function useBacklinks({ kind, id }: Mention): AskedBacklinks {
  const client = useEngine();
  const { engine, id: network } = useNetworkStore();
  const [answer, setAnswer] = useState<Backlinks>();
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let stale = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      clearTimeout(timer);
      engine.backlinks(network, { kind, id }).then(
        (given) => {
          if (stale) return;
          setAnswer(given);
          setError(undefined);
          if (given.reading !== null) timer = setTimeout(ask, AGAIN);
        },
        (failure: unknown) => stale || setError(failure),
      );
    };
    ask();
    const stop = client.listen((event) => {
      if (event.kind === 'links' && event.network === network) ask();
    });
    return () => {
      stale = true;
      clearTimeout(timer);
      stop();
    };
  }, [client, engine, network, kind, id, attempt]);
  return { answer, error, retry: () => setAttempt((tries) => tries + 1) };
}
