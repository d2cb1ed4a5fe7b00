import * as Y from 'yjs';
import { readNodes } from './fragment';
import type { Mention, Node, Span } from './schema';

export interface Mentioned extends Mention {
  /** As it stands in the text; what is mentioned may have another name by now. */
  readonly label: string;
}

/** Everything that a text mentions, in the order of the text, each once with the label of its first mention. */
export function mentionsIn(text: Y.XmlFragment | readonly Node[]): readonly Mentioned[] {
  const found = new Map<string, Mentioned>();
  const add = ({ text: label, mention }: Span): void => {
    if (mention === undefined) return;
    const key = `${mention.kind}/${mention.id}`;
    if (!found.has(key)) found.set(key, { ...mention, label });
  };
  for (const span of spansIn(text instanceof Y.AbstractType ? readNodes(text) : text)) add(span);
  return [...found.values()];
}

function* spansIn(nodes: readonly Node[]): Generator<Span> {
  for (const node of nodes) {
    switch (node.type) {
      case 'paragraph':
      case 'heading':
        yield* node.spans;
        break;
      case 'blockquote':
      case 'callout':
        yield* spansIn(node.children);
        break;
      case 'bulletList':
      case 'orderedList':
        for (const item of node.items) yield* spansIn(item);
        break;
      case 'taskList':
        for (const item of node.items) yield* spansIn(item.children);
        break;
      case 'table':
        for (const row of node.rows) for (const cell of row) yield* cell;
        break;
      default:
    }
  }
}
