import type { Node, Span } from '../text/schema';

/** The words of a text without its form: a line for each block, each item and each cell. */
export function plainText(nodes: readonly Node[]): string {
  const lines: string[] = [];
  collect(nodes, lines);
  return lines.join('\n');
}

function collect(nodes: readonly Node[], lines: string[]): void {
  for (const node of nodes) {
    switch (node.type) {
      case 'paragraph':
      case 'heading':
        lines.push(lineOf(node.spans));
        break;
      case 'blockquote':
      case 'callout':
        collect(node.children, lines);
        break;
      case 'bulletList':
      case 'orderedList':
        for (const item of node.items) collect(item, lines);
        break;
      case 'taskList':
        for (const item of node.items) collect(item.children, lines);
        break;
      case 'table':
        for (const row of node.rows) for (const cell of row) lines.push(lineOf(cell));
        break;
      case 'codeBlock':
        lines.push(node.text);
        break;
      case 'image':
        lines.push(node.alt);
        break;
      case 'file':
        lines.push(node.name);
        break;
      case 'horizontalRule':
        break;
    }
  }
}

const lineOf = (spans: readonly Span[]): string => spans.map(({ text }) => text).join('');
