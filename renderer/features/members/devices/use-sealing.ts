import { useEffect, useState } from 'react';
import { parametersInForce } from '../../../../shared/network/agreement/queries';
import { quorumOf } from '../../../../shared/network/seals/sealers';
import { useNetwork, useNetworkStore } from '../../../app/network';

const NONE: ReadonlySet<string> = new Set();

interface Sealing {
  /** The devices by which members seal now; none while that is not known. */
  readonly devices: ReadonlySet<string>;
  /** Whether it takes all of them: then none can be done without. */
  readonly all: boolean;
}

export function useSealing(): Sealing {
  const store = useNetworkStore();
  const { state } = useNetwork();
  const { seals, network } = state;
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
  }, [store, seals, network]);
  const rule = parametersInForce(state, 'sealing')?.quorum ?? 'two-thirds';
  return { devices, all: quorumOf(devices.size, rule) === devices.size };
}
