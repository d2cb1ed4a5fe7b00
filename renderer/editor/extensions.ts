import { type Editor, Extension } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { CollaborationCaret } from '@tiptap/extension-collaboration-caret';
import type { Extensions } from '@tiptap/react';
import { StarterKit } from '@tiptap/starter-kit';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { caret, caretSelection } from './caret';
import { familiarGuard } from './familiar-guard';
import { heardSelection } from './heard-selection';
import type { MarginStore } from './margin/margin-store';
import { passageMarks } from './margin/passage-marks';
import { caretMenu } from './menu/menu-extension';
import type { MenuStore } from './menu/menu-store';
import { Callout } from './nodes/callout';
import { Picture, TextFile } from './nodes/files';
import { link } from './nodes/link';
import { Mention } from './nodes/mention';
import { tables } from './nodes/table';
import { tasks } from './nodes/tasks';
import type { TextMapping } from './use-made-editor';

interface Options {
  readonly fragment: Y.XmlFragment;
  /** Of `useMadeEditor`. */
  readonly mapping: TextMapping;
  readonly awareness: Awareness;
  /** This person's member id, told to the others; null: an onlooker without a caret. */
  readonly member: string | null;
  readonly nameOf: (member: string) => string;
  /** Names the box of a check list's item by the item's words. */
  readonly taskLabel: (text: string) => string;
  readonly menu: MenuStore;
  /** Left out where passages are not commented on. */
  readonly margin?: MarginStore;
  /** The text has become one that this version can not hold. */
  readonly onUnfamiliar: () => void;
}

/** The editor's schema and behaviour: exactly what `shared/commons/text` reads and writes, nothing more. */
export function extensions(options: Options): Extensions {
  const { fragment, mapping, awareness, member, nameOf, taskLabel, menu, margin, onUnfamiliar } = options;
  return [
    StarterKit.configure({
      heading: { levels: [1, 2, 3] },
      underline: false,
      link: false,
      // An empty last paragraph would be a change that nobody made.
      trailingNode: false,
      // Undo is the collaboration's: one's own changes only.
      undoRedo: false,
    }),
    ...tasks(taskLabel),
    ...tables,
    Callout,
    Picture,
    TextFile,
    Mention,
    link,
    Collaboration.configure({ fragment, ySyncOptions: { mapping } }),
    familiarGuard({ fragment, onUnfamiliar }),
    caretMenu(menu),
    heardSelection,
    ...(margin === undefined ? [] : [passageMarks(fragment, margin)]),
    toToolbar,
    ...(member === null
      ? []
      : [
          CollaborationCaret.configure({
            provider: { awareness },
            user: { member },
            render: (user) => caret(user, nameOf),
            selectionRender: caretSelection,
          }),
        ]),
  ];
}

/** Where Tab has a meaning in the text, this is the way out of it: to the toolbar, as elsewhere. */
const toToolbar = Extension.create({
  name: 'toToolbar',
  addKeyboardShortcuts() {
    return { 'Alt-F10': () => focusToolbar(this.editor) };
  },
});

function focusToolbar(editor: Editor): boolean {
  const frame = editor.view.dom.closest('[data-editor]');
  const first = frame?.querySelector<HTMLElement>('[role=toolbar] button:not([disabled])') ?? null;
  first?.focus();
  return first !== null;
}
