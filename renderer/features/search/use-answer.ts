import { useEffect, useState } from 'react';
import type { SearchAnswer, SearchKind } from '../../../shared/commons/search/model';
import { useNetworkStore } from '../../app/network';

/** Milliseconds until a question is put again while texts are still being read. */
const AGAIN = 500;

export interface Asked {
  /** To these words, which may be those of before for a moment; undefined before the first. */
  readonly answer: SearchAnswer | undefined;
  readonly words: string;
  readonly error: unknown;
  readonly retry: () => void;
}

/** Asks the engine on each change of the question, and again until everything is read. The newest question's answer counts. */
export function useAnswer(words: string, kind: SearchKind | null, each: number): Asked {
  const store = useNetworkStore();
  const [given, setGiven] = useState<{ readonly answer: SearchAnswer; readonly words: string }>();
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let stale = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      store.engine.search(store.id, { words, kind, each }).then(
        (answer) => {
          if (stale) return;
          setGiven({ answer, words });
          setError(undefined);
          if (answer.reading !== null) timer = setTimeout(ask, AGAIN);
        },
        (failure: unknown) => stale || setError(failure),
      );
    };
    ask();
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [store, words, kind, each, attempt]);
  return {
    answer: given?.answer,
    words: given?.words ?? '',
    error,
    retry: () => setAttempt((tries) => tries + 1),
  };
}
