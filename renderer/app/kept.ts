import { useCallback, useEffect, useState } from 'react';
import type { EngineEvent } from '../../shared/engine/contract';
import type { Kept, KeptAmount } from '../../shared/peer/kept-files';
import { useEngine } from './engine';
import { useNetworkStore } from './network';

export interface KeptChoice {
  /** What is kept by choice; undefined until it is known. */
  readonly kept: Kept | undefined;
  /** Keeps all files of a document, or of the network where it is null, or does so no more. */
  readonly choose: (doc: string | null, keep: boolean) => Promise<void>;
}

/** Which files this device keeps by its person's choice, and on as it changes. */
export function useKept(): KeptChoice {
  const { id: network, engine } = useNetworkStore();
  const [kept, setKept] = useFollowed<Kept>(
    useCallback(() => engine.kept(network), [engine, network]),
    useCallback((event) => (event.kind === 'kept' && event.network === network ? event.kept : undefined), [network]),
  );
  const choose = useCallback(
    async (doc: string | null, keep: boolean) => {
      await engine.keepFiles(network, doc, keep);
      setKept(await engine.kept(network));
    },
    [engine, network, setKept],
  );
  return { kept, choose };
}

/** How much of all files of the network is on this device, and on as it changes; undefined until it is known. */
export function useKeptAmount(): KeptAmount | undefined {
  const { id: network, engine } = useNetworkStore();
  const [amount] = useFollowed<KeptAmount>(
    useCallback(() => engine.keptAmount(network), [engine, network]),
    useCallback(
      (event) => (event.kind === 'kept-amount' && event.network === network ? event.amount : undefined),
      [network],
    ),
  );
  return amount;
}

/** Asks once, and goes on with what is told. Both functions have to stay the same. */
function useFollowed<T>(ask: () => Promise<T>, told: (event: EngineEvent) => T | undefined) {
  const client = useEngine();
  const state = useState<T>();
  const [, set] = state;
  useEffect(() => {
    let shown = true;
    const take = (value: T | undefined): void => {
      if (shown && value !== undefined) set(value);
    };
    const stop = client.listen((event) => take(told(event)));
    // Fails only when the network was closed meanwhile.
    ask().then(take, () => undefined);
    return () => {
      shown = false;
      stop();
    };
  }, [client, ask, told, set]);
  return state;
}
