import { Node } from '@tiptap/core';
import { type NodeViewProps, NodeViewWrapper, ReactNodeViewRenderer } from '@tiptap/react';
import { labelText, mentionOf } from '../../../shared/commons/text/schema';
import { MentionLink } from '../../ui/mention/mention-link';
import { carried } from './carried';

/** A member, page, protocol, decision, resource or entry that the text mentions; drawn by the name that it has now. */
export const Mention = Node.create({
  name: 'mention',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: true,
  addAttributes: () => ({
    kind: carried('kind', labelText),
    id: carried('id', labelText),
    label: carried('label', labelText),
  }),
  parseHTML: () => [{ tag: 'span[data-kind][data-id]' }],
  renderHTML: ({ HTMLAttributes, node }) => ['span', HTMLAttributes, `@${labelText(node.attrs['label'])}`],
  renderText: ({ node }) => `@${labelText(node.attrs['label'])}`,
  addNodeView: () => ReactNodeViewRenderer(MentionView, { as: 'span' }),
});

function MentionView({ node }: NodeViewProps) {
  const mention = mentionOf(node.attrs['kind'], node.attrs['id']);
  const label = labelText(node.attrs['label']);
  return (
    <NodeViewWrapper as="span">
      {mention === null ? `@${label}` : <MentionLink mention={mention} label={label} />}
    </NodeViewWrapper>
  );
}
