import { type Editor, Extension } from '@tiptap/core';
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { LONGEST, matchBefore } from './match';
import { type MenuStore, type OpenMenu, choose, move } from './menu-store';

interface Typed {
  readonly open: OpenMenu | null;
  /** Closed by Escape; it stays so while the same is being typed. */
  readonly dismissed: boolean;
}

/** How far before the caret a trigger is looked for: further than any that counts. */
const REACH = 2 * LONGEST;
const NOTHING: Typed = { open: null, dismissed: false };
const key = new PluginKey<Typed>('caretMenu');

/** Watches what is typed at the caret and leads the keys to the list while one is open. */
export const caretMenu = (store: MenuStore): Extension =>
  Extension.create({
    name: 'caretMenu',
    // Before the keys of lists and tables.
    priority: 1_000,
    addProseMirrorPlugins() {
      const { editor } = this;
      return [
        new Plugin<Typed>({
          key,
          state: {
            init: () => NOTHING,
            apply: (transaction, before, _, state) => next(transaction, before, state),
          },
          props: {
            handleKeyDown: (_, event) => handle(editor, store, event),
            handleDOMEvents: {
              blur: () => {
                close(editor);
                return false;
              },
            },
          },
          view: () => ({
            update: (view) => {
              const typed = key.getState(view.state) ?? NOTHING;
              const open = typed.dismissed ? null : typed.open;
              const { open: shown } = store.getState();
              if (open === shown) return;
              const same = open !== null && open.trigger === shown?.trigger && open.query === shown.query;
              store.setState(same ? { open } : { open, index: 0 });
            },
            destroy: () => store.setState({ open: null, items: [], index: 0 }),
          }),
        }),
      ];
    },
  });

function next(transaction: Transaction, before: Typed, state: EditorState): Typed {
  if (transaction.getMeta(key) === 'close') return { open: before.open, dismissed: true };
  if (!transaction.docChanged && !transaction.selectionSet) return before;
  const open = asked(state);
  if (open === null) return NOTHING;
  const was = before.open;
  const goesOn = was?.trigger === open.trigger && related(was.query, open.query);
  // Only typing opens it: neither a caret that comes by nor what others write.
  const typed = transaction.docChanged && transaction.getMeta(ySyncPluginKey) === undefined;
  if (!goesOn && !typed) return NOTHING;
  return { open, dismissed: goesOn && before.dismissed };
}

const related = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);

function asked({ selection, storedMarks, schema }: EditorState): OpenMenu | null {
  const { $from, empty } = selection;
  if (!empty || !$from.parent.isTextblock || $from.parent.type.spec.code === true) return null;
  const code = schema.marks['code'];
  if (code !== undefined && code.isInSet(storedMarks ?? $from.marks()) !== undefined) return null;
  const offset = Math.max(0, $from.parentOffset - REACH);
  const match = matchBefore($from.parent.textBetween(offset, $from.parentOffset, undefined, '\ufffc'));
  if (match === null) return null;
  const { trigger, query, at } = match;
  return { trigger, query, range: { from: $from.start() + offset + at, to: $from.pos } };
}

function close(editor: Editor): void {
  const typed = key.getState(editor.state);
  if (typed !== undefined && typed.open !== null && !typed.dismissed)
    editor.view.dispatch(editor.state.tr.setMeta(key, 'close'));
}

function handle(editor: Editor, store: MenuStore, event: KeyboardEvent): boolean {
  const { open, items, index } = store.getState();
  if (open === null || event.isComposing) return false;
  if (event.key === 'Escape') {
    close(editor);
    return true;
  }
  // What nothing was found for is text, and its keys are the text's.
  const item = items[index];
  if (item === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
  switch (event.key) {
    case 'ArrowDown':
      move(store, 1);
      return true;
    case 'ArrowUp':
      move(store, -1);
      return true;
    case 'Enter':
    case 'Tab':
      choose(editor, store, item);
      return true;
    default:
      return false;
  }
}
