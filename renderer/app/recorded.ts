import { useEffect, useState } from 'react';
import type { EventView } from '../engine/contract';
import { useNetwork, useNetworkStore } from './network';

export interface Recorded {
  /** Undefined until the first answer. */
  readonly events: readonly EventView[] | undefined;
  readonly total: number;
  readonly error: unknown;
  readonly retry: () => void;
}

/** Events of the record, newest first, from an offset; asked for again whenever the record has grown. */
export function useRecorded(offset: number, limit: number): Recorded {
  const store = useNetworkStore();
  const { events: count } = useNetwork().status;
  const [answer, setAnswer] = useState<{ total: number; events: readonly EventView[] }>();
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let stale = false;
    store.engine.events(store.id, offset, limit).then(
      (found) => {
        if (stale) return;
        setAnswer(found);
        setError(undefined);
      },
      (failure: unknown) => stale || setError(failure),
    );
    return () => {
      stale = true;
    };
  }, [store, offset, limit, count, attempt]);
  return {
    events: answer?.events,
    total: answer?.total ?? 0,
    error,
    retry: () => setAttempt((tries) => tries + 1),
  };
}
