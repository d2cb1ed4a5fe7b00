import { Editor, type EditorOptions } from '@tiptap/core';
import { EditorState } from '@tiptap/pm/state';
import { type ProsemirrorBinding, initProseMirrorDoc } from '@tiptap/y-tiptap';
import { useEffect, useRef, useState } from 'react';
import type * as Y from 'yjs';
import { isFamiliar } from '../../shared/commons/text/familiar';

/** Where in the document the parts of the editor's text are; of the editor's binding. */
export type TextMapping = ProsemirrorBinding['mapping'];

interface Made {
  readonly options: Partial<EditorOptions>;
  /** Empty, and given to the editor's collaboration: filled with what the editor begins with. */
  readonly mapping: TextMapping;
  /** Called instead where the text has become one that the editor can not hold. */
  readonly onUnfamiliar: () => void;
}

/**
 * An editor on a text, made anew when one of `deps` changes; null until there is one. It is made in turns of their own, so that neither it
 * nor the screen around it holds up a frame, and once: what is made while a screen is drawn is lost when something else comes between.
 */
export function useMadeEditor(fragment: Y.XmlFragment, make: () => Made, deps: readonly unknown[]): Editor | null {
  const [editor, setEditor] = useState<Editor | null>(null);
  const shown = useRef<Editor | null>(null);
  useEffect(() => {
    const { options, mapping, onUnfamiliar } = make();
    const made = new Editor({ ...options, element: null });
    const show = (): void => {
      if (!isFamiliar(fragment)) {
        onUnfamiliar();
        return;
      }
      begin(made, fragment, mapping);
      const before = shown.current;
      shown.current = made;
      setEditor(made);
      before?.destroy();
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    // In place of another it comes at once.
    if (shown.current === null) timer = setTimeout(show, 0);
    else show();
    return () => {
      clearTimeout(timer);
      if (shown.current !== made) made.destroy();
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- as with every hook that takes them
  }, [fragment, ...deps]);
  useEffect(
    () => () => {
      shown.current?.destroy();
      shown.current = null;
    },
    [],
  );
  return editor;
}

/** Draws the text as it is now: put in afterwards it would be a change, and drawn twice. */
function begin(editor: Editor, fragment: Y.XmlFragment, mapping: TextMapping): void {
  if (fragment.length > 0) {
    const first = initProseMirrorDoc(fragment, editor.schema);
    for (const [part, node] of first.mapping) mapping.set(part, node);
    editor.view.updateState(EditorState.create({ schema: editor.schema, doc: first.doc }));
  }
  editor.mount(document.createElement('div'));
}
