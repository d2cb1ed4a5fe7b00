import { Anchor, Container, Title } from '@mantine/core';
import { type ReactNode, useDeferredValue, useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { EngineClient } from '../engine/client';
import { ErrorState } from '../ui/errors';
import { Loading } from '../ui/loading';
import { useEngine } from './engine';
import { heldNetworks } from './held-networks';
import { NetworkProvider } from './network';
import { NetworkStore } from './network-store';

interface Opened {
  readonly store: NetworkStore;
  readonly error: unknown;
}

/** Opens a network while its screens are shown, and mirrors its state to them. */
export function OpenNetwork({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  const engine = useEngine();
  const [attempt, setAttempt] = useState(0);
  const opened = useOpened(engine, id, attempt);
  if (opened === undefined) return <Waiting />;
  if (opened.error !== undefined)
    return <Refused error={opened.error} retry={() => setAttempt((count) => count + 1)} />;
  return (
    <NetworkProvider value={opened.store}>
      <WhenLoaded store={opened.store}>{children}</WhenLoaded>
    </NetworkProvider>
  );
}

function useOpened(engine: EngineClient, id: string, attempt: number): Opened | undefined {
  const [opened, setOpened] = useState<Opened>();
  useEffect(() => {
    const store = new NetworkStore(id, engine.calls);
    const stop = engine.listen((event) => store.receive(event));
    let stale = false;
    setOpened({ store, error: undefined });
    const held = heldNetworks(engine).hold(id);
    held.opened.catch((error: unknown) => {
      if (!stale) setOpened({ store, error });
    });
    return () => {
      stale = true;
      stop();
      held.release();
    };
  }, [engine, id, attempt]);
  return opened;
}

function WhenLoaded({ store, children }: { readonly store: NetworkStore; readonly children: ReactNode }) {
  const loaded = useSyncExternalStore(store.subscribe, () => store.loaded);
  // All of a network's first screen is drawn between frames, not in one of them.
  const shown = useDeferredValue(loaded);
  return loaded && shown ? children : <Waiting />;
}

function Waiting() {
  const { t } = useTranslation('app');
  return (
    <main>
      <Loading label={t('opening')} wholeScreen />
    </main>
  );
}

function Refused({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const { t } = useTranslation('app');
  return (
    <Container component="main" size="40rem" py="xl">
      <Title order={1} mb="md">
        {t('notOpened')}
      </Title>
      <ErrorState error={error} retry={retry} />
      <Anchor component={Link} href="~/" mt="md" display="inline-block">
        {t('allNetworks')}
      </Anchor>
    </Container>
  );
}
