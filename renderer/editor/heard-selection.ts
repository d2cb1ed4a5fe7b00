import { Extension } from '@tiptap/core';
import { Plugin, TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';

/**
 * Browsers tell of a new selection in a task of its own, which can come after the key that is to do something with it: pressed fast, or
 * on a busy machine, the command would find nothing selected. So before a key with Ctrl, Alt or Meta is looked at, the selection is read.
 */
export const heardSelection = Extension.create({
  name: 'heardSelection',
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        handleDOMEvents: {
          keydown: (view, { ctrlKey, altKey, metaKey }) => {
            if (ctrlKey || altKey || metaKey) hear(view);
            return false;
          },
        },
      },
    }),
  ],
});

const NOWHERE = { anchorNode: null, anchorOffset: 0, focusNode: null, focusOffset: 0 };

function hear(view: EditorView): void {
  const { selection, doc, tr } = view.state;
  const shown = view.dom.ownerDocument.getSelection() ?? NOWHERE;
  // Nodes and cells are selected by the editor itself, and text that is just being composed is not in its state.
  if (!(selection instanceof TextSelection) || view.composing) return;
  if (shown.anchorNode === null || shown.focusNode === null) return;
  if (!view.dom.contains(shown.anchorNode) || !view.dom.contains(shown.focusNode)) return;
  const anchor = view.posAtDOM(shown.anchorNode, shown.anchorOffset);
  const head = view.posAtDOM(shown.focusNode, shown.focusOffset);
  if (anchor < 0 || head < 0 || Math.max(anchor, head) > doc.content.size) return;
  const heard = TextSelection.between(doc.resolve(anchor), doc.resolve(head));
  if (!heard.eq(selection)) view.dispatch(tr.setSelection(heard));
}
