import { createStore } from 'zustand/vanilla';
import type { Anchor } from '../../../shared/commons/passages/anchor';
import type { Range } from '../../../shared/commons/passages/flat-text';

export interface MarginState {
  /** The passages to mark in the text, by their threads' ids. */
  readonly marked: ReadonlyMap<string, Anchor>;
  /** A passage that a first comment is being written on. */
  readonly chosen: Anchor | null;
  /** The thread that was pointed at last. */
  readonly active: string | null;
  /** The thread that is to get the focus, once. */
  readonly focus: string | null;
  /** Goes into the text, to a passage or to where one was; null while the text can not be gone into. */
  readonly goToText: ((passage: Range | null) => void) | null;
}

/** Between a text and the comments beside it: the text marks what the margin has, and says what was chosen in it. */
export const newMarginStore = () =>
  createStore<MarginState>(() => ({ marked: new Map(), chosen: null, active: null, focus: null, goToText: null }));
export type MarginStore = ReturnType<typeof newMarginStore>;
