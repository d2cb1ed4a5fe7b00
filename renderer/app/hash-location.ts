import { createContext, useContext } from 'react';
import type { BaseLocationHook } from 'wouter';

/**
 * Routes in the fragment, with their search in the fragment too: `#/n/abc/ledger?account=bank`. Wouter's own hook puts the search before
 * the `#`, where it outlives the next navigation and is lost from a link that is copied or opened in another window.
 */
const EVENT = 'hashchange';

/** A route: its path and its search, without `?`. */
export interface RouteParts {
  readonly path: string;
  readonly search: string;
}

export function subscribeToFragment(listener: () => void): () => void {
  addEventListener(EVENT, listener);
  return () => removeEventListener(EVENT, listener);
}

export const currentFragment = (): string => location.hash;

/** The path and the search of a fragment, with or without `#`. */
export function partsOf(fragment: string): RouteParts {
  const route = fragment.replace(/^#?\/?/, '/');
  const mark = route.indexOf('?');
  return mark < 0 ? { path: route, search: '' } : { path: route.slice(0, mark), search: route.slice(mark + 1) };
}

/** The path to which the app went by itself: its screen begins at its top. Going back is not done here: the browser finds the place again. */
let entered: string | undefined;

/** Whether the screen of a path that is now there is one that was gone to, and not back to; asked once. */
export function wasEntered(path: string): boolean {
  const was = entered === path;
  if (was) entered = undefined;
  return was;
}

function navigate(to: string, { replace = false, state = null }: { replace?: boolean; state?: unknown } = {}): void {
  const { path, search } = partsOf(to);
  const url = `#${path}${search === '' ? '' : `?${search}`}`;
  if (path !== partsOf(location.hash).path) entered = path;
  if (replace) history.replaceState(state, '', url);
  else history.pushState(state, '', url);
  // Neither call tells anyone.
  dispatchEvent(new Event(EVENT));
}

/** The route whose screen is shown: `ShownRoute` says when that is another one. */
export const ShownRouteContext = createContext<RouteParts>({ path: '/', search: '' });

export const useHashLocation: BaseLocationHook = () => [useContext(ShownRouteContext).path, navigate];
useHashLocation.hrefs = (href: string) => `#${href}`;
useHashLocation.searchHook = useHashSearch;

function useHashSearch(): string {
  return useContext(ShownRouteContext).search;
}
