import { create } from 'zustand';
import type { Habits } from '../../shared/ipc/contract';
import { getPlatform } from '../platform';

interface HabitsStore {
  /** Undefined until the shell has said. */
  readonly current: Habits | undefined;
  readonly error: unknown;
  load(): void;
  setBackground(isOn: boolean): Promise<void>;
  setStartAtLogin(isOn: boolean): Promise<void>;
}

/** What the shell does beside showing this page; the system may change it, so it is asked anew wherever it is shown. */
export const habits = create<HabitsStore>()((set) => {
  const ask = async (before: Promise<void> = Promise.resolve()): Promise<void> => {
    try {
      await before;
      set({ current: await getPlatform().habits(), error: undefined });
    } catch (error) {
      set({ error });
    }
  };
  return {
    current: undefined,
    error: undefined,
    load: () => void ask(),
    setBackground: (isOn) => ask(getPlatform().setBackground(isOn)),
    setStartAtLogin: (isOn) => ask(getPlatform().setStartAtLogin(isOn)),
  };
});
