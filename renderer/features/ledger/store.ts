import { create } from 'zustand';
import type { EntryFilter } from '../../../shared/network/ledger/queries';

export type LedgerView = 'balances' | 'entries';

interface LedgerScreen {
  readonly view: LedgerView;
  readonly filter: EntryFilter;
  show(view: LedgerView): void;
  /** Fields given as undefined are cleared. */
  narrow(change: { readonly [K in keyof EntryFilter]?: EntryFilter[K] | undefined }): void;
  clear(): void;
}

/** What the ledger's screen showed last, so that coming back from an entry finds it again. */
export const useLedgerScreen = create<LedgerScreen>()((set) => ({
  view: 'balances',
  filter: {},
  show: (view) => set({ view }),
  narrow: (change) =>
    set(({ filter }) => ({
      filter: Object.fromEntries(Object.entries({ ...filter, ...change }).filter(([, value]) => value !== undefined)),
    })),
  clear: () => set({ filter: {} }),
}));
