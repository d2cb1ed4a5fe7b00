import { create } from 'zustand';
import type { FoundingDraft, Step } from '../../../shared/engine/founding-draft';

interface FoundingStore {
  /** Null before the first visit and after founding. */
  readonly draft: FoundingDraft | null;
  readonly step: Step;
  readonly set: (draft: FoundingDraft) => void;
  readonly go: (step: Step) => void;
  readonly clear: () => void;
}

/** Outlives the screen: whoever looks elsewhere and comes back finds what they wrote. */
export const useFounding = create<FoundingStore>()((set) => ({
  draft: null,
  step: 'purpose',
  set: (draft) => set({ draft }),
  go: (step) => set({ step }),
  clear: () => set({ draft: null, step: 'purpose' }),
}));
