import { useSyncExternalStore } from 'react';
import type { BaseLocationHook } from 'wouter';

/**
 * Routes in the fragment, with their search in the fragment too: `#/n/abc/ledger?account=bank`. Wouter's own hook puts the search before
 * the `#`, where it outlives the next navigation and is lost from a link that is copied or opened in another window.
 */
const EVENT = 'hashchange';

function subscribe(listener: () => void): () => void {
  addEventListener(EVENT, listener);
  return () => removeEventListener(EVENT, listener);
}

/** The path and the search of a fragment, with or without `#`. */
export function partsOf(fragment: string): { readonly path: string; readonly search: string } {
  const route = fragment.replace(/^#?\/?/, '/');
  const mark = route.indexOf('?');
  return mark < 0 ? { path: route, search: '' } : { path: route.slice(0, mark), search: route.slice(mark + 1) };
}

const currentPath = (): string => partsOf(location.hash).path;
const currentSearch = (): string => partsOf(location.hash).search;

function navigate(to: string, { replace = false, state = null }: { replace?: boolean; state?: unknown } = {}): void {
  const { path, search } = partsOf(to);
  const url = `#${path}${search === '' ? '' : `?${search}`}`;
  const moves = path !== currentPath();
  if (replace) history.replaceState(state, '', url);
  else history.pushState(state, '', url);
  // A new page begins at its top. Going back is not done here: the browser itself finds the place again.
  if (moves) scrollTo({ top: 0 });
  // Neither call tells anyone.
  dispatchEvent(new Event(EVENT));
}

export const useHashLocation: BaseLocationHook = () => [useSyncExternalStore(subscribe, currentPath), navigate];
useHashLocation.hrefs = (href: string) => `#${href}`;
useHashLocation.searchHook = useHashSearch;

function useHashSearch(): string {
  return useSyncExternalStore(subscribe, currentSearch);
}
