import { useEffect, useState } from 'react';
import type { EventView } from '../engine/contract';
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

/** The newest events about the network's affairs; asked for again whenever the record has grown. */
export function useRecent(limit: number): Omit<Recorded, 'total'> {
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
