import { useSyncExternalStore } from 'react';

const TICK = 30_000;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, TICK);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function current(): number {
  // While nobody listens the clock stands still; whoever comes first sets it.
  if (timer === undefined) now = Date.now();
  return now;
}

/** This machine's time in ms, half a minute fine, for display only: one timer for all views. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, current);
}
