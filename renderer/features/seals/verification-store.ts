import { create } from 'zustand';
import type { Verification } from '../../../shared/seal/verify';
import type { EngineCalls } from '../../../shared/engine/contract';

/** Where `Verify everything` stands; kept while one looks at other pages. */
export interface Verifying {
  readonly running: boolean;
  readonly result?: Verification;
  readonly error?: unknown;
}

interface Verifications {
  readonly byNetwork: Readonly<Record<string, Verifying>>;
  readonly start: (engine: EngineCalls, network: string) => void;
}

export const useVerifications = create<Verifications>((set, get) => {
  const put = (network: string, verifying: Verifying): void =>
    set(({ byNetwork }) => ({ byNetwork: { ...byNetwork, [network]: verifying } }));
  return {
    byNetwork: {},
    start(engine, network) {
      if (get().byNetwork[network]?.running === true) return;
      put(network, { running: true });
      engine.verify(network).then(
        (result) => put(network, { running: false, ...(result === null ? {} : { result }) }),
        (error: unknown) => put(network, { running: false, error }),
      );
    },
  };
});
