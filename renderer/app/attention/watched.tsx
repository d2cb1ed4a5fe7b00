import { useEffect } from 'react';
import type { Need } from '../../../shared/network/needs/needs';
import { useEngine } from '../engine';
import { heldNetworks } from '../held-networks';
import { needsReader } from '../needs';
import { NetworkStore } from '../network-store';

/** Milliseconds after a change: what comes in a row is looked at once. */
const LOOK_AFTER = 500;
/** What is due changes by itself. */
const LOOK_EVERY = 60_000;

interface Props {
  readonly network: string;
  readonly onNeeds: (network: string, needs: readonly Need[]) => void;
  readonly onGone: (network: string) => void;
}

/** Keeps a network open, and so in sync, and tells what it needs of the person. Shows nothing. */
export function Watched({ network, onNeeds, onGone }: Props) {
  const engine = useEngine();
  useEffect(() => {
    const store = new NetworkStore(network, engine.calls);
    const stop = engine.listen((event) => store.receive(event));
    const needsOf = needsReader();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      clearTimeout(timer);
      timer = undefined;
      const { state, status } = store.snapshot();
      if (store.loaded && status.me !== null) onNeeds(network, needsOf(state, status.me.member, Date.now()));
    };
    const unsubscribe = store.subscribe(() => {
      timer ??= setTimeout(look, LOOK_AFTER);
    });
    const ticking = setInterval(look, LOOK_EVERY);
    const held = heldNetworks(engine).hold(network);
    // Whoever opens its screens is told why it can not be opened.
    held.opened.catch(() => undefined);
    return () => {
      clearTimeout(timer);
      clearInterval(ticking);
      unsubscribe();
      stop();
      held.release();
      onGone(network);
    };
  }, [engine, network, onNeeds, onGone]);
  return null;
}
