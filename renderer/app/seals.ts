import { useCallback, useEffect, useState } from 'react';
import type { SealStatus, SealView } from '../../shared/seal/status';
import { useNetwork, useNetworkStore } from './network';

/** An answer of the engine; `value` is undefined until the first one. */
export interface Asked<T> {
  readonly value: T | undefined;
  readonly error: unknown;
  readonly retry: () => void;
}

/** Asks at once, and again whenever `ask` or `version` is another. Memoise `ask`. */
function useAsked<T>(ask: () => Promise<T>, version: unknown): Asked<T> {
  const [answer, setAnswer] = useState<{ readonly ask: () => Promise<T>; readonly value: T }>();
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let stale = false;
    ask().then(
      (value) => {
        if (stale) return;
        setAnswer({ ask, value });
        setError(undefined);
      },
      (failure: unknown) => stale || setError(failure),
    );
    return () => {
      stale = true;
    };
  }, [ask, version, attempt]);
  const retry = useCallback(() => setAttempt((tries) => tries + 1), []);
  return { value: answer?.ask === ask ? answer.value : undefined, error, retry };
}

/** Height of the seal by which all of these events are fixed; null while one is not. Pass an array that stays the same. */
export function useFinality(events: readonly string[]): Asked<number | null> {
  const store = useNetworkStore();
  const { seals } = useNetwork().state;
  const ask = useCallback(() => store.engine.finality(store.id, events), [store, events]);
  return useAsked(ask, seals);
}

/** The same for each account of the ledger. */
export function useAccountsFinality(): ReadonlyMap<string, number | null> | undefined {
  const store = useNetworkStore();
  const { seals, balances } = useNetwork().state;
  const [version, setVersion] = useState({ seals, balances });
  if (version.seals !== seals || version.balances !== balances) setVersion({ seals, balances });
  const ask = useCallback(() => store.engine.accountsFinality(store.id), [store]);
  return useAsked(ask, version).value;
}

/** One seal with its signers. */
export function useSeal(height: number): Asked<SealView | null> {
  const store = useNetworkStore();
  const { seals } = useNetwork().state;
  const ask = useCallback(() => store.engine.seal(store.id, height), [store, height]);
  return useAsked(ask, seals);
}

/** The newest seals and what the next one waits for; asked for again whenever the record has grown. */
export function useSealStatus(limit: number): Asked<SealStatus> {
  const store = useNetworkStore();
  const { events } = useNetwork().status;
  const [last, setLast] = useState<SealStatus>();
  const ask = useCallback(() => store.engine.sealStatus(store.id, limit), [store, limit]);
  const asked = useAsked(ask, events);
  if (asked.value !== undefined && asked.value !== last) setLast(asked.value);
  // While more of the chain is fetched, what is there stays.
  return { ...asked, value: asked.value ?? last };
}
