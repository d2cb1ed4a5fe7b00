import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, TextSelection } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import type * as Y from 'yjs';
import { anchorOf, locate } from '../../../shared/commons/passages/anchor';
import { FlatText } from '../../../shared/commons/passages/flat-text';
import classes from './margin.module.css';
import type { MarginStore } from './margin-store';

const key = new PluginKey<DecorationSet>('passageMarks');

/** Marks the passages that have comments. The marks are on the screen only: nothing of them is in the text. */
export const passageMarks = (fragment: Y.XmlFragment, store: MarginStore): Extension =>
  Extension.create({
    name: 'passageMarks',
    addKeyboardShortcuts() {
      return { 'Mod-Alt-m': () => this.editor.isEditable && comment(this.editor.state, fragment, store) };
    },
    addProseMirrorPlugins: () => [
      new Plugin<DecorationSet>({
        key,
        state: {
          init: (_, { doc }) => decorate(doc, fragment, store),
          apply: (transaction, before, _, { doc }) => {
            // What came from elsewhere replaces whole blocks; what is written here moves the marks along.
            const anew = transaction.docChanged && transaction.getMeta(ySyncPluginKey) !== undefined;
            if (anew || transaction.getMeta(key) !== undefined) return decorate(doc, fragment, store);
            return before.map(transaction.mapping, doc);
          },
        },
        props: {
          decorations: (state) => key.getState(state),
          handleClick: (view, pos) => {
            const active = markAt(view.state, pos);
            if (active !== null) store.setState({ active });
            return false;
          },
        },
        view: (view) => {
          store.setState({ goToText: (passage) => goTo(view, passage) });
          const stop = store.subscribe((now, before) => {
            if (now.marked !== before.marked || now.chosen !== before.chosen || now.active !== before.active)
              view.dispatch(view.state.tr.setMeta(key, 'anew'));
          });
          return {
            destroy: () => {
              stop();
              store.setState({ goToText: null });
            },
          };
        },
      }),
    ],
  });

/**
 * Begins a comment on what is selected or, with the caret in a passage, goes to the comments on it. False: there is nothing to
 * comment on.
 */
export function comment(state: EditorState, fragment: Y.XmlFragment, store: MarginStore): boolean {
  const { from, to, empty } = state.selection;
  if (empty) {
    const at = markAt(state, from);
    if (at !== null) store.setState({ active: at, focus: at });
    return at !== null;
  }
  const chosen = anchorOf(new FlatText(fragment), { from, to });
  if (chosen !== null) store.setState({ chosen });
  return chosen !== null;
}

/** The thread whose passage is at a place in the text; of several the one that begins last. */
export function markAt(state: EditorState, pos: number): string | null {
  const found = (key.getState(state)?.find(pos, pos) ?? []).toSorted((a, b) => b.from - a.from);
  for (const { spec } of found) {
    const id: unknown = spec['passage'];
    if (typeof id === 'string') return id;
  }
  return null;
}

function decorate(doc: Node, fragment: Y.XmlFragment, store: MarginStore): DecorationSet {
  const { marked, chosen, active } = store.getState();
  const yDoc = fragment.doc;
  if (yDoc === null || (marked.size === 0 && chosen === null)) return DecorationSet.empty;
  const text = new FlatText(fragment);
  const marks: Decoration[] = [];
  for (const [id, anchor] of [...marked, ...(chosen === null ? [] : [[null, chosen] as const])]) {
    const range = locate(yDoc, text, anchor);
    if (range === null || range.to > doc.content.size) continue;
    marks.push(
      Decoration.inline(
        range.from,
        range.to,
        {
          nodeName: 'mark',
          class: classes['mark'] ?? '',
          ...(id === null || id === active ? { 'data-active': 'true' } : {}),
        },
        { passage: id },
      ),
    );
  }
  return DecorationSet.create(doc, marks);
}

function goTo(view: EditorView, passage: { readonly from: number; readonly to: number } | null): void {
  if (passage !== null && passage.to <= view.state.doc.content.size) {
    const { doc, tr } = view.state;
    const selection = TextSelection.between(doc.resolve(passage.from), doc.resolve(passage.to));
    view.dispatch(tr.setSelection(selection).scrollIntoView());
    const { node } = view.domAtPos(selection.from);
    (node instanceof Element ? node : node.parentElement)?.scrollIntoView({ block: 'center' });
  }
  view.focus();
}
