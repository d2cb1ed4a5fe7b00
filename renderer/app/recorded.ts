import { useEffect, useState } from 'react';
import type { EventView } from '../../shared/engine/contract';
import { useNetwork, useNetworkStore } from './network';

/** One event of the record: undefined while it loads. */
export function useEvent(id: string): {
  readonly view: EventView | undefined;
  readonly error: unknown;
  readonly retry: () => void;
} {
  const store = useNetworkStore();
  const [view, setView] = useState<EventView>();
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let stale = false;
    setError(undefined);
    store.engine.event(store.id, id).then(
      (found) => stale || setView(found),
      (failure: unknown) => stale || setError(failure),
    );
    return () => {
      stale = true;
    };
  }, [store, id, attempt]);
  return { view: view?.id === id ? view : undefined, error, retry: () => setAttempt((tries) => tries + 1) };
}

export interface Recent {
  /** Undefined until the first answer. */
  readonly events: readonly EventView[] | undefined;
  readonly error: unknown;
  readonly retry: () => void;
}

/** The newest events about the network's affairs; asked for again whenever the record has grown. */
export function useRecent(limit: number): Recent {
  const store = useNetworkStore();
  const { events: count } = useNetwork().status;
  const [events, setEvents] = useState<readonly EventView[]>();
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let stale = false;
    store.engine.recent(store.id, limit).then(
      (found) => {
        if (stale) return;
        setEvents(found);
        setError(undefined);
      },
      (failure: unknown) => stale || setError(failure),
    );
    return () => {
      stale = true;
    };
  }, [store, limit, count, attempt]);
  return { events, error, retry: () => setAttempt((tries) => tries + 1) };
}
