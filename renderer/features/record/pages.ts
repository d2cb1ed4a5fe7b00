import { useCallback, useEffect, useRef, useState } from 'react';
import type { EventView } from '../../../shared/engine/contract';
import { useNetwork, useNetworkStore } from '../../app/network';

export const PAGE_SIZE = 100;
/** Pages kept in memory; the farthest from what is shown are let go first. */
const MAX_PAGES = 30;

export interface PagedRecord {
  readonly total: number | undefined;
  readonly error: unknown;
  /** The event at a place counted from the newest; undefined while it loads. */
  readonly at: (index: number) => EventView | undefined;
  /** Loads what lies between two places, inclusive. */
  readonly show: (first: number, last: number) => void;
  readonly retry: () => void;
}

/** Which pages cover the places from `first` to `last`. */
export function pagesBetween(first: number, last: number): readonly number[] {
  const from = Math.floor(Math.max(0, first) / PAGE_SIZE);
  const to = Math.floor(Math.max(0, last) / PAGE_SIZE);
  return Array.from({ length: to - from + 1 }, (_, step) => from + step);
}

/** The pages to keep when `page` comes in: the nearest to it. */
export function keepNear(pages: readonly number[], page: number, max = MAX_PAGES): readonly number[] {
  return pages.toSorted((a, b) => Math.abs(a - page) - Math.abs(b - page)).slice(0, max);
}

/** The record page by page, newest first; when it grows, places shift, so what is shown is asked for again. */
export function usePagedRecord(): PagedRecord {
  const store = useNetworkStore();
  const { events: count } = useNetwork().status;
  const [total, setTotal] = useState<number>();
  const [error, setError] = useState<unknown>();
  const [pages, setPages] = useState<ReadonlyMap<number, readonly EventView[]>>(new Map());
  const asked = useRef(new Map<number, number>());
  const shown = useRef<readonly number[]>([0]);

  const load = useCallback(
    (page: number, version: number) => {
      if (asked.current.get(page) === version) return;
      asked.current.set(page, version);
      store.engine.events(store.id, page * PAGE_SIZE, PAGE_SIZE).then(
        (found) => {
          if (asked.current.get(page) !== version) return;
          setTotal(found.total);
          setError(undefined);
          setPages((old) => {
            const next = new Map(old).set(page, found.events);
            const kept = keepNear([...next.keys()], page);
            for (const each of next.keys()) {
              if (kept.includes(each)) continue;
              next.delete(each);
              asked.current.delete(each);
            }
            return next;
          });
        },
        (failure: unknown) => {
          asked.current.delete(page);
          setError(failure);
        },
      );
    },
    [store],
  );

  useEffect(() => {
    for (const page of shown.current) load(page, count);
  }, [load, count]);

  const show = useCallback(
    (first: number, last: number) => {
      shown.current = pagesBetween(first, last);
      for (const page of shown.current) load(page, count);
    },
    [load, count],
  );
  const at = useCallback((index: number) => pages.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE], [pages]);
  const retry = useCallback(() => {
    setError(undefined);
    for (const page of shown.current) load(page, count);
  }, [load, count]);
  return { total, error, at, show, retry };
}
