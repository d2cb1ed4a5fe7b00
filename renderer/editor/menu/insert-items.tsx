import {
  IconAt,
  IconBlockquote,
  IconCode,
  IconColumnInsertLeft,
  IconColumnInsertRight,
  IconColumnRemove,
  IconFileText,
  IconH1,
  IconH2,
  IconH3,
  IconList,
  IconListCheck,
  IconListNumbers,
  IconPaperclip,
  IconPhoto,
  IconRowInsertBottom,
  IconRowInsertTop,
  IconRowRemove,
  IconSeparatorHorizontal,
  IconTable,
  IconTableOff,
  type TablerIcon,
} from '@tabler/icons-react';
import type { Editor } from '@tiptap/core';
import { isInTable } from '@tiptap/pm/tables';
import type { TFunction } from 'i18next';
import { CALLOUTS, MAX_HEADING } from '../../../shared/commons/text/schema';
import { CALLOUT_ICONS } from '../../ui/callout/callout-icons';
import type { FileTools } from '../insert/use-file-tools';
import { TABLE_CHANGES, type TableChange, canChangeTable, changeTable } from '../nodes/table';
import type { Group } from './caret-menu';
import { matching } from './filter';
import type { MenuItem } from './menu-store';

/** A new table: as many rows, the head among them, and columns. */
const TABLE = { rows: 3, cols: 3, withHeaderRow: true };
const HEADINGS = [IconH1, IconH2, IconH3];

/** An item with the words by which it is found beside its label. */
interface Insertable extends MenuItem {
  readonly words: readonly string[];
}

/** What can be put in at the caret and fits what was typed. `t` of the namespace `editor`. */
export function insertGroups(editor: Editor, tools: FileTools, t: TFunction, query: string): readonly Group[] {
  const groups = isInTable(editor.state) ? inTable(editor, t) : inText(editor, tools, t);
  return [...groups, reference(t)].map(({ label, items }) => ({
    label,
    items: matching(items, query, (item) => [item.label, ...item.words], items.length),
  }));
}

interface Insertables {
  readonly label: string;
  readonly items: readonly Insertable[];
}

const icon = (Icon: TablerIcon) => <Icon size={18} />;

function inText(editor: Editor, tools: FileTools, t: TFunction): readonly Insertables[] {
  const item = (id: string, Icon: TablerIcon, run: MenuItem['run'], label = t(`insert.${id}`)): Insertable => ({
    id,
    label,
    icon: icon(Icon),
    words: t(`insert.words.${id}`).split(','),
    run,
  });
  const inItem = editor.isActive('listItem') || editor.isActive('taskItem');
  const headings = Array.from({ length: MAX_HEADING }, (_, index) => {
    const level = (index + 1) as 1 | 2 | 3;
    const run: MenuItem['run'] = (at) => void at.chain().focus().setHeading({ level }).run();
    return { ...item('heading', HEADINGS[index]!, run, t('control.heading', { level })), id: `heading${level}` };
  });
  const lists = [
    item('bulletList', IconList, (at) => void at.chain().focus().toggleBulletList().run()),
    item('orderedList', IconListNumbers, (at) => void at.chain().focus().toggleOrderedList().run()),
    item('taskList', IconListCheck, (at) => void at.chain().focus().toggleTaskList().run()),
  ];
  const blocks = [
    item('table', IconTable, (at) => void at.chain().focus().insertTable(TABLE).run()),
    item('blockquote', IconBlockquote, (at) => void at.chain().focus().setBlockquote().run()),
    item('codeBlock', IconCode, (at) => void at.chain().focus().setCodeBlock().run()),
    item('horizontalRule', IconSeparatorHorizontal, (at) => void at.chain().focus().setHorizontalRule().run()),
  ];
  const callouts = CALLOUTS.map((kind) => {
    const run: MenuItem['run'] = (at) => void at.chain().focus().setCallout(kind).run();
    return { ...item('callout', CALLOUT_ICONS[kind], run, t(`insert.callout.${kind}`)), id: `callout-${kind}` };
  });
  const files = [
    item('image', IconPhoto, () => tools.pick('image')),
    item('file', IconPaperclip, () => tools.pick('file')),
  ];
  return [
    { label: t('insert.group.text'), items: [...(inItem ? [] : headings), ...lists] },
    { label: t('insert.group.blocks'), items: blocks },
    { label: t('insert.group.callouts'), items: callouts },
    { label: t('insert.group.files'), items: files },
  ];
}

const TABLE_ICONS: Readonly<Record<TableChange, TablerIcon>> = {
  rowAbove: IconRowInsertTop,
  rowBelow: IconRowInsertBottom,
  removeRow: IconRowRemove,
  columnBefore: IconColumnInsertLeft,
  columnAfter: IconColumnInsertRight,
  removeColumn: IconColumnRemove,
  removeTable: IconTableOff,
};

function inTable(editor: Editor, t: TFunction): readonly Insertables[] {
  return [
    { label: t('table.label'), items: tableItems(editor, t).filter(({ change }) => canChangeTable(editor, change)) },
  ];
}

/** Every change of a table, also those that can not be made where the caret is. */
export function tableItems(editor: Editor, t: TFunction): readonly (Insertable & { readonly change: TableChange })[] {
  return TABLE_CHANGES.map((change) => ({
    id: change,
    change,
    label: t(`table.${change}`),
    icon: icon(TABLE_ICONS[change]),
    words: [],
    run: () => changeTable(editor, change),
  }));
}

function reference(t: TFunction): Insertables {
  const typing =
    (text: string): MenuItem['run'] =>
    (editor) =>
      void editor.chain().focus().insertContent(text).run();
  return {
    label: t('insert.group.references'),
    items: [
      {
        id: 'mention',
        label: t('insert.mention'),
        icon: icon(IconAt),
        hint: '@',
        words: t('insert.words.mention').split(','),
        run: typing('@'),
      },
      {
        id: 'page',
        label: t('insert.page'),
        icon: icon(IconFileText),
        hint: '[[',
        words: t('insert.words.page').split(','),
        run: typing('[['),
      },
    ],
  };
}
