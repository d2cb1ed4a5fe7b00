import type { Editor } from '@tiptap/core';
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table';
import { Plugin, TextSelection } from '@tiptap/pm/state';
import { CellSelection, fixTables, isInTable, selectedRect, tableEditing } from '@tiptap/pm/tables';
import type { Extensions } from '@tiptap/react';
import { MAX_COLUMNS } from '../../../shared/commons/text/schema';
import { writeBelow } from '../insert/write-below';

// A cell is one line of text over one column and one row, as a table in Markdown has it.
const ONE = { default: 1, parseHTML: () => 1, rendered: false };
const cell = {
  content: 'paragraph+',
  addAttributes: () => ({
    colspan: ONE,
    rowspan: ONE,
    colwidth: { default: null, parseHTML: () => null, rendered: false },
  }),
};

/**
 * Editing of tables without their repair on every change. Two peers who receive a table with a short row would both mend it, each
 * mending makes another row short, and so on for ever. A short row is shown as it is, and mended where a person changes the table.
 */
function editing(): Plugin {
  const whole = tableEditing();
  const { appendTransaction } = whole.spec;
  return new Plugin({
    ...whole.spec,
    // Given the same state as before and after, it only sees to the selection.
    appendTransaction: (transactions, _, state) => appendTransaction?.call(whole, transactions, state, state) ?? null,
  });
}

const QuietTable = Table.extend({
  addNodeView: () => null,
  addProseMirrorPlugins: () => [editing()],
  renderHTML: ({ HTMLAttributes }) => ['table', HTMLAttributes, ['tbody', 0]],
  addKeyboardShortcuts() {
    return {
      ...this.parent?.(),
      Tab: () => isInTable(this.editor.state) && nextCell(this.editor),
      Enter: () => isInTable(this.editor.state) && cellBelow(this.editor),
    };
  },
});

export const tables: Extensions = [
  QuietTable.configure({ resizable: false }),
  TableRow,
  TableHeader.extend(cell).configure({ HTMLAttributes: { scope: 'col' } }),
  TableCell.extend(cell),
];

const COMMANDS = {
  rowAbove: 'addRowBefore',
  rowBelow: 'addRowAfter',
  removeRow: 'deleteRow',
  columnBefore: 'addColumnBefore',
  columnAfter: 'addColumnAfter',
  removeColumn: 'deleteColumn',
  removeTable: 'deleteTable',
} as const;
export type TableChange = keyof typeof COMMANDS;
export const TABLE_CHANGES = Object.keys(COMMANDS) as readonly TableChange[];

/** Whether a table can be changed so where the caret is: the head stays the first row, and something of a table stays. */
export function canChangeTable(editor: Editor, change: TableChange): boolean {
  if (!isInTable(editor.state)) return false;
  const { top, bottom, left, right, map } = selectedRect(editor.state);
  switch (change) {
    case 'rowAbove':
      return top > 0;
    case 'removeRow':
      return top > 0 && bottom - top < map.height;
    case 'columnBefore':
    case 'columnAfter':
      return map.width < MAX_COLUMNS;
    case 'removeColumn':
      return right - left < map.width;
    default:
      return true;
  }
}

/** Changes the table at the caret. Short rows are filled up first: what is asked for counts on rows of one length. */
export function changeTable(editor: Editor, change: TableChange): void {
  if (!canChangeTable(editor, change)) return;
  mend(editor);
  editor.chain().focus()[COMMANDS[change]]().run();
}

function mend(editor: Editor): void {
  const mended = fixTables(editor.state);
  if (mended !== undefined) editor.view.dispatch(mended);
}

function nextCell(editor: Editor): boolean {
  if (editor.commands.goToNextCell()) return true;
  mend(editor);
  return editor.chain().addRowAfter().goToNextCell().run();
}

/** Enter goes down a row, and from the last one out of the table. */
function cellBelow(editor: Editor): boolean {
  const { state, view } = editor;
  if (state.selection instanceof CellSelection) return false;
  const { bottom, left, map, tableStart, table } = selectedRect(state);
  if (bottom < map.height) {
    const below = tableStart + (map.map[bottom * map.width + left] ?? 0);
    view.dispatch(state.tr.setSelection(TextSelection.near(state.doc.resolve(below + 1))).scrollIntoView());
    return true;
  }
  view.dispatch(writeBelow(state.tr, tableStart - 1 + table.nodeSize));
  return true;
}
