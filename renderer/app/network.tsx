import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { TextRef } from '../../shared/record/text';
import type { Draft } from '../../shared/record/text';
import type { EventType, Payloads } from '../../shared/network/events';
import type { Me } from '../../shared/engine/contract';
import type { NetworkSnapshot, NetworkStore } from './network-store';

const NetworkContext = createContext<NetworkStore | null>(null);
export const NetworkProvider = NetworkContext.Provider;

export function useNetworkStore(): NetworkStore {
  const store = useContext(NetworkContext);
  if (store === null) throw new Error('used outside a network');
  return store;
}

/** Whether a network is open around here: a text can also be shown before there is one. */
export const useInNetwork = (): boolean => useContext(NetworkContext) !== null;

/** Re-renders on every change of the network; select and memoise in the view. */
export function useNetwork(): NetworkSnapshot {
  const store = useNetworkStore();
  return useSyncExternalStore(store.subscribe, store.snapshot);
}

/** This device and its member; null until this device's admission has arrived. */
export function useMe(): Me | null {
  return useNetwork().status.me;
}

/** Signs and stores an event; resolves with its id, rejects with a `PeerholdError`. */
export function useAct(): <T extends EventType>(type: T, payload: Draft<Payloads[T]>) => Promise<string> {
  return useNetworkStore().act;
}

/** A detached text: the text, null when it was erased or is not here, undefined while it loads. */
export function useText(ref: TextRef | undefined): string | null | undefined {
  const store = useNetworkStore();
  const refs = useMemo(() => (ref === undefined ? [] : [ref]), [ref]);
  return useTexts(refs, store)[0];
}

/** Several detached texts at once, in the order of `refs`. Pass a memoised array. */
export function useTexts(refs: readonly TextRef[], given?: NetworkStore): readonly (string | null | undefined)[] {
  const own = useContext(NetworkContext);
  const store = given ?? own;
  if (store === null) throw new Error('used outside a network');
  const version = useSyncExternalStore(store.texts.subscribe, store.texts.version);
  useEffect(() => store.texts.request(refs), [store, refs]);
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the cache changes in place, its version says when
  return useMemo(() => refs.map((ref) => store.texts.get(ref)), [refs, store, version]);
}
