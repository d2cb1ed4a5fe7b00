import { InputRule } from '@tiptap/core';
import { TaskItem, TaskList } from '@tiptap/extension-list';
import type { Extensions } from '@tiptap/react';

/** `[ ] ` or `[x] ` at the start of a paragraph, also of one in a list. */
const BOX = /^\s*\[([ xX]?)\]\s$/;

/** Check lists. `label` names a box for a screen reader by the item's own words. */
export function tasks(label: (text: string) => string): Extensions {
  const item = TaskItem.extend({
    addInputRules() {
      return [
        new InputRule({
          find: BOX,
          handler: ({ match, range, chain }) => {
            chain()
              .deleteRange(range)
              .toggleTaskList()
              .updateAttributes(this.name, { checked: match[1]?.toLowerCase() === 'x' })
              .run();
          },
        }),
      ];
    },
    addKeyboardShortcuts() {
      return {
        ...this.parent?.(),
        'Mod-Enter': () => {
          if (!this.editor.isActive(this.name)) return false;
          const checked: unknown = this.editor.getAttributes(this.name)['checked'];
          return this.editor.commands.updateAttributes(this.name, { checked: checked !== true });
        },
      };
    },
  });
  return [
    TaskList,
    item.configure({ nested: true, a11y: { checkboxLabel: (node) => label(node.firstChild?.textContent ?? '') } }),
  ];
}
