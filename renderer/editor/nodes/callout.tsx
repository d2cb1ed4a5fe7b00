import { Menu, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { Node } from '@tiptap/core';
import { NodeViewContent, type NodeViewProps, NodeViewWrapper, ReactNodeViewRenderer } from '@tiptap/react';
import { useTranslation } from 'react-i18next';
import { CALLOUTS, calloutKind } from '../../../shared/commons/text/schema';
import { CALLOUT_ICONS } from '../../ui/callout/callout-icons';
import { CalloutFrame } from '../../ui/callout/callout-frame';
import classes from '../editor.module.css';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    callout: {
      /** Sets what is selected apart, or changes the kind of the callout around it. */
      setCallout: (kind: string) => ReturnType;
    };
  }
}

/** A part of the text that is set apart, of one of four kinds. */
export const Callout = Node.create({
  name: 'callout',
  group: 'block',
  content: 'block+',
  defining: true,
  addAttributes: () => ({
    kind: {
      default: 'note',
      parseHTML: (element: HTMLElement) => calloutKind(element.dataset['callout']),
      renderHTML: ({ kind }: Record<string, unknown>) => ({ 'data-callout': calloutKind(kind) }),
    },
  }),
  parseHTML: () => [{ tag: 'div[data-callout]' }],
  renderHTML: ({ HTMLAttributes }) => ['div', HTMLAttributes, 0],
  addCommands() {
    return {
      setCallout:
        (kind) =>
        ({ commands, editor }) =>
          editor.isActive(this.name)
            ? commands.updateAttributes(this.name, { kind })
            : commands.wrapIn(this.name, { kind }),
    };
  },
  addKeyboardShortcuts() {
    return {
      // At the beginning of a callout's first line: its content stays, the frame goes.
      Backspace: () => {
        const { $from, empty } = this.editor.state.selection;
        const depth = $from.depth - 1;
        if (!empty || $from.parentOffset > 0 || depth < 1 || $from.node(depth).type !== this.type) return false;
        return $from.index(depth) === 0 && this.editor.commands.lift(this.name);
      },
    };
  },
  addNodeView: () => ReactNodeViewRenderer(CalloutView),
});

function CalloutView({ node, editor, updateAttributes }: NodeViewProps) {
  const { t } = useTranslation(['editor', 'ui']);
  const kind = calloutKind(node.attrs['kind']);
  const word = t(`callout.${kind}`, { ns: 'ui' });
  const tools = editor.isEditable ? (
    <Menu>
      <Menu.Target>
        <UnstyledButton className={classes['calloutKind'] ?? ''} aria-label={t('callout.change', { kind: word })}>
          {word} <IconChevronDown size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {CALLOUTS.map((one) => {
          const Icon = CALLOUT_ICONS[one];
          return (
            <Menu.Item
              key={one}
              leftSection={<Icon size={16} aria-hidden />}
              onClick={() => updateAttributes({ kind: one })}
            >
              {t(`callout.${one}`, { ns: 'ui' })}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  ) : undefined;
  return (
    <NodeViewWrapper>
      <CalloutFrame kind={kind} tools={tools}>
        <NodeViewContent />
      </CalloutFrame>
    </NodeViewWrapper>
  );
}
