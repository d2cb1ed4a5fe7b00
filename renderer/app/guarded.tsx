import { type ReactNode, Suspense } from 'react';
import { useLocation } from 'wouter';
import { Loading } from '../ui/loading';
import { ErrorBoundary } from './error-boundary';

/** Around a lazily loaded view: its loading state, and a boundary for its failures that another route resets. */
export function Guarded({ children }: { readonly children: ReactNode }) {
  const [location] = useLocation();
  return (
    <ErrorBoundary resetKey={location}>
      <Suspense fallback={<Loading wholeScreen />}>{children}</Suspense>
    </ErrorBoundary>
  );
}
