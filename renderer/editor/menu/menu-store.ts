import type { Editor, Range } from '@tiptap/core';
import type { ReactNode } from 'react';
import { createStore } from 'zustand/vanilla';
import type { Match } from './match';

/** One thing that a list at the caret offers. */
export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly hint?: string;
  /** Does it; what was typed to find it is gone already. */
  readonly run: (editor: Editor) => void;
}

export interface OpenMenu extends Omit<Match, 'at'> {
  /** What was typed, from the trigger to the caret. */
  readonly range: Range;
}

export interface MenuState {
  readonly open: OpenMenu | null;
  readonly items: readonly MenuItem[];
  readonly index: number;
}

/** The list at the caret: the editor says what was typed and which keys, the view what there is to choose. */
export const newMenuStore = () => createStore<MenuState>(() => ({ open: null, items: [], index: 0 }));
export type MenuStore = ReturnType<typeof newMenuStore>;

/** Chooses an item: what was typed goes, and it is done. */
export function choose(editor: Editor, store: MenuStore, item: MenuItem): void {
  const { open } = store.getState();
  if (open === null) return;
  editor.chain().focus().deleteRange(open.range).run();
  item.run(editor);
}

/** Moves what is chosen by so many, round and round. */
export function move(store: MenuStore, by: number): void {
  store.setState(({ items, index }) => ({
    index: items.length === 0 ? 0 : (index + by + items.length) % items.length,
  }));
}
