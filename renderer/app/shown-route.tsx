import {
  type ReactNode,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { ShownRouteContext, currentFragment, partsOf, subscribeToFragment, wasEntered } from './hash-location';

/** Milliseconds for which the screen before may stay: what is drawn between frames begins anew with each change to what it shows. */
const PATIENCE = 250;

/**
 * Hands on the route of the window. The screen of another path is drawn between frames, not in one of them; until it is there, the one before
 * stays and can be used.
 */
export function ShownRoute({ children }: { readonly children: ReactNode }) {
  const now = useSyncExternalStore(subscribeToFragment, currentFragment);
  const drawn = useDeferredValue(now);
  const [overdue, setOverdue] = useState<string>();
  useEffect(() => {
    if (now === drawn) return undefined;
    const timer = setTimeout(() => setOverdue(now), PATIENCE);
    return () => clearTimeout(timer);
  }, [now, drawn]);
  // On one screen at once: a field that shows its route's search must not fall behind its keys.
  const isHere = overdue === now || partsOf(now).path === partsOf(drawn).path;
  const fragment = isHere ? now : drawn;
  const route = useMemo(() => partsOf(fragment), [fragment]);
  useLayoutEffect(() => {
    if (wasEntered(route.path)) scrollTo({ top: 0 });
  }, [route.path]);
  // For whoever looks from outside, as tests do: the address may be ahead of the screen.
  useLayoutEffect(() => {
    document.documentElement.dataset['route'] = fragment;
  }, [fragment]);
  return <ShownRouteContext value={route}>{children}</ShownRouteContext>;
}
