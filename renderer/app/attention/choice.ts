import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { QuietHours } from './quiet';

/** What the person wants to be told while they do not look at the app. Nothing, until they choose it. */
export interface AttentionChoice {
  /** Notifications of the system's. */
  readonly notify: boolean;
  /** Whether they say what needs the person, and in which network: a screen may be seen by others. */
  readonly contents: boolean;
  /** The number on the app's icon. */
  readonly badge: boolean;
  readonly quiet: QuietHours;
}

export const NOTHING: AttentionChoice = {
  notify: false,
  contents: false,
  badge: false,
  quiet: { on: false, from: 22 * 60, until: 7 * 60 },
};

/** What was stored, as far as it can be read. */
export function readChoice(stored: unknown): AttentionChoice {
  const { notify, contents, badge, quiet } = (stored ?? {}) as Record<string, unknown>;
  const { on, from, until } = (quiet ?? {}) as Record<string, unknown>;
  return {
    notify: notify === true,
    contents: contents === true,
    badge: badge === true,
    quiet: {
      on: on === true,
      from: isMinute(from) ? from : NOTHING.quiet.from,
      until: isMinute(until) ? until : NOTHING.quiet.until,
    },
  };
}

const isMinute = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < 24 * 60;

interface ChoiceStore extends AttentionChoice {
  readonly choose: (change: Partial<AttentionChoice>) => void;
}

/** The choice on this device. */
export const attentionChoice = create<ChoiceStore>()(
  persist((set) => ({ ...NOTHING, choose: (change) => set(change) }), {
    name: 'peerhold-attention',
    merge: (stored, initial) => ({ ...initial, ...readChoice(stored) }),
  }),
);
