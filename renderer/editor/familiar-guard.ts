import { Extension } from '@tiptap/core';
import { type EditorState, Plugin } from '@tiptap/pm/state';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import type * as Y from 'yjs';
import { isFamiliarChange } from '../../shared/commons/text/familiar';

interface Options {
  readonly fragment: Y.XmlFragment;
  /** Called once, when the text has become one that the editor can not hold. */
  readonly onUnfamiliar: () => void;
}

/** Ends the editing of a text in which something arrives that the editor does not know. */
export const familiarGuard = ({ fragment, onUnfamiliar }: Options): Extension =>
  Extension.create({
    name: 'familiarGuard',
    addProseMirrorPlugins() {
      const { editor } = this;
      const ended = (): void => {
        editor.setEditable(false, false);
        onUnfamiliar();
      };
      return [new Plugin({ view: (view) => ({ destroy: watchFamiliar(fragment, () => view.state, ended) }) })];
    },
  });

/**
 * Cuts an editor from its document before a change that it can not hold reaches it: it would answer by deleting what it does not
 * know. Yjs tells of a change first here, then the editor's binding. Returns what ends the watch.
 */
export function watchFamiliar(fragment: Y.XmlFragment, state: () => EditorState, ended: () => void): () => void {
  const { doc } = fragment;
  const check = (transaction: Y.Transaction): void => {
    // What the editor wrote itself it can hold.
    if (transaction.origin === ySyncPluginKey || isFamiliarChange(fragment, transaction.changed.keys())) return;
    const { binding } = ySyncPluginKey.getState(state()) as { readonly binding: { destroy(): void } };
    binding.destroy();
    stop();
    ended();
  };
  const stop = (): void => doc?.off('beforeObserverCalls', check);
  doc?.on('beforeObserverCalls', check);
  return stop;
}
