import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export const TEXT_SCALES = [1, 1.125, 1.25, 1.5] as const;
export type TextScale = (typeof TEXT_SCALES)[number];

interface Preferences {
  /** Null: as the browser asks. */
  readonly language: string | null;
  readonly textScale: TextScale;
  readonly setLanguage: (language: string | null) => void;
  readonly setTextScale: (scale: TextScale) => void;
}

const isTextScale = (value: unknown): value is TextScale => TEXT_SCALES.some((scale) => scale === value);

/** How this person wants the app to look on this device; the colour scheme is kept by Mantine's own manager. */
export const preferences = create<Preferences>()(
  persist(
    (set) => ({
      language: null,
      textScale: 1,
      setLanguage: (language) => set({ language }),
      setTextScale: (textScale) => set({ textScale }),
    }),
    {
      name: 'peerhold-preferences',
      merge: (stored, initial) => {
        const { language, textScale } = (stored ?? {}) as Record<string, unknown>;
        return {
          ...initial,
          language: typeof language === 'string' ? language : null,
          textScale: isTextScale(textScale) ? textScale : 1,
        };
      },
    },
  ),
);
