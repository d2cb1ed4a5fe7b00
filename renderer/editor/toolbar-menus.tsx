import { Menu } from '@mantine/core';
import { RichTextEditor } from '@mantine/tiptap';
import { IconPlus, IconTable } from '@tabler/icons-react';
import type { Editor } from '@tiptap/core';
import { isInTable } from '@tiptap/pm/tables';
import { useEditorState } from '@tiptap/react';
import { useTranslation } from 'react-i18next';
import classes from './editor.module.css';
import type { FileTools } from './insert/use-file-tools';
import { insertGroups, tableItems } from './menu/insert-items';
import { canChangeTable } from './nodes/table';

/** What can be put in at the caret, for who does not type `/`. */
export function InsertControl({ editor, tools }: { readonly editor: Editor; readonly tools: FileTools }) {
  const { t } = useTranslation('editor');
  // What fits depends on where the caret is.
  useEditorState({
    editor,
    selector: ({ editor: at }) => `${isInTable(at.state)} ${at.isActive('listItem')} ${at.isActive('taskItem')}`,
  });
  return (
    <Menu position="bottom-start" returnFocus={false}>
      <Menu.Target>
        <RichTextEditor.Control aria-label={t('menu.insert')} title={t('menu.insertHint')}>
          <IconPlus size={16} aria-hidden />
        </RichTextEditor.Control>
      </Menu.Target>
      <Menu.Dropdown className={classes['menu'] ?? ''}>
        {insertGroups(editor, tools, t, '').map(({ label, items }) => (
          <div key={label} role="group" aria-label={label}>
            <Menu.Label aria-hidden>{label}</Menu.Label>
            {items.map((item) => (
              <Menu.Item key={item.id} leftSection={item.icon} onClick={() => item.run(editor)}>
                {item.label}
              </Menu.Item>
            ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Rows and columns of the table at the caret; nothing elsewhere. */
export function TableControl({ editor }: { readonly editor: Editor }) {
  const { t } = useTranslation('editor');
  const shown = useEditorState({ editor, selector: (at) => isInTable(at.editor.state) });
  if (!shown) return null;
  return (
    <RichTextEditor.ControlsGroup>
      <Menu position="bottom-start" returnFocus={false}>
        <Menu.Target>
          <RichTextEditor.Control aria-label={t('table.label')} title={t('table.label')}>
            <IconTable size={16} aria-hidden />
          </RichTextEditor.Control>
        </Menu.Target>
        <Menu.Dropdown className={classes['menu'] ?? ''}>
          {tableItems(editor, t).map((item) => (
            <Menu.Item
              key={item.id}
              leftSection={item.icon}
              disabled={!canChangeTable(editor, item.change)}
              onClick={() => item.run(editor)}
            >
              {item.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </RichTextEditor.ControlsGroup>
  );
}
