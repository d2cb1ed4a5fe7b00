import { useEffect, useState } from 'react';
import { useNetwork, useNetworkStore } from '../../../app/network';

const NONE: ReadonlySet<string> = new Set();

/** The devices by which members seal now; none while that is not known. */
export function useSealing(): ReadonlySet<string> {
  const store = useNetworkStore();
  const { state } = useNetwork();
  const { seals, network, devices: known } = state;
  const [devices, setDevices] = useState(NONE);
  useEffect(() => {
    let stale = false;
    store.engine.sealingDevices(store.id).then(
      (found) => stale || setDevices(new Set(found)),
      // Only where the network was closed meanwhile.
      () => undefined,
    );
    return () => {
      stale = true;
    };
  }, [store, seals, network, known]);
  return devices;
}
