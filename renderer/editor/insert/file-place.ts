import type { Node, NodeType } from '@tiptap/pm/model';

/**
 * Where a block that was dropped or pasted at a position has its place: instead of an empty paragraph, between two blocks, or after
 * the one in which it can not be, such as a table.
 */
export function blockPlace(doc: Node, at: number, type: NodeType): { readonly from: number; readonly to: number } {
  const $at = doc.resolve(Math.max(0, Math.min(at, doc.content.size)));
  for (let depth = $at.depth; depth >= 0; depth--) {
    const parent = $at.node(depth);
    const index = $at.index(depth);
    const isWithin = depth < $at.depth;
    const child = isWithin ? $at.node(depth + 1) : null;
    const isEmpty = child?.type.name === 'paragraph' && child.childCount === 0;
    if (isEmpty && parent.canReplaceWith(index, index + 1, type))
      return { from: $at.before(depth + 1), to: $at.after(depth + 1) };
    const after = isWithin ? index + 1 : index;
    if (parent.canReplaceWith(after, after, type)) {
      const place = isWithin ? $at.after(depth + 1) : $at.pos;
      return { from: place, to: place };
    }
  }
  return { from: doc.content.size, to: doc.content.size };
}
