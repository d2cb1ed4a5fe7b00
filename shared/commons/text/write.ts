import { MAX_COLUMNS, type Node, type Span, type TaskItem, codeLanguage, codeText } from './schema';
import { inline, longestRun, reference } from './write-inline';

/**
 * Canonical Markdown of a text: the same text gives the same characters on every peer, since a proposal binds it by its hash. It is
 * read back by `parseMarkdown` to the same text, and reads as plain CommonMark elsewhere.
 */
export function markdownOf(nodes: readonly Node[]): string {
  return blocks(nodes).join('\n');
}

interface Written {
  readonly lines: readonly string[];
  /** The first of them that has lines at all. */
  readonly first: Node | undefined;
}

const blocks = (nodes: readonly Node[]): readonly string[] => written(nodes).lines;

/** Lines of blocks, one empty line between two of them. */
function written(nodes: readonly Node[]): Written {
  const lines: string[] = [];
  let first: Node | undefined;
  let before: Node | undefined;
  for (const node of nodes) {
    const block = linesOf(node);
    if (block.length === 0) continue;
    first ??= node;
    if (before !== undefined) {
      lines.push('');
      // Two lists in a row would read as one.
      if (marker(before) !== null && marker(before) === marker(node)) lines.push('<!-- -->', '');
    }
    for (const line of block) lines.push(line);
    before = node;
  }
  return { lines, first };
}

const MARKERS = { bulletList: '-', taskList: '-', orderedList: '1.' } as const;
const marker = (node: Node): string | null =>
  node.type in MARKERS ? MARKERS[node.type as keyof typeof MARKERS] : null;

function linesOf(node: Node): readonly string[] {
  switch (node.type) {
    case 'paragraph':
      return paragraph(node.spans);
    case 'heading': {
      const text = inline(oneLine(node.spans));
      return text === '' ? [] : [`${'#'.repeat(node.level)} ${text.replace(/(^| )(#+)$/, '$1\\$2')}`];
    }
    case 'blockquote':
      return quoted(blocks(node.children));
    case 'callout':
      return quoted([`[!${node.kind.toUpperCase()}]`, ...blocks(node.children)]);
    case 'bulletList':
      return items(node.items, () => '- ');
    case 'orderedList':
      return items(node.items, (index) => `${node.start + index}. `);
    case 'taskList':
      return node.items.flatMap(task);
    case 'codeBlock':
      return codeBlock(node.text, node.language);
    case 'horizontalRule':
      return ['---'];
    case 'table':
      return table(node.rows);
    case 'image':
      return [`!${reference(node.alt, `file/${node.file}`)}`];
    case 'file':
      return [reference(node.name, `file/${node.file}`)];
  }
}

const quoted = (lines: readonly string[]): readonly string[] => lines.map((line) => (line === '' ? '>' : `> ${line}`));

const indented = (lines: readonly string[], indent: string): readonly string[] =>
  lines.map((line) => (line === '' ? '' : indent + line));

const oneLine = (spans: readonly Span[]): readonly Span[] =>
  spans.map((span) => ({ ...span, text: span.text.replaceAll('\n', ' ') }));

function items(all: readonly (readonly Node[])[], marker: (index: number) => string): readonly string[] {
  return all.flatMap((nodes, index) => {
    const mark = marker(index);
    const [first, ...rest] = blocks(nodes);
    return first === undefined ? [mark.trimEnd()] : [mark + first, ...indented(rest, ' '.repeat(mark.length))];
  });
}

/** The box stands before a paragraph, and alone where the item begins with something else. */
function task({ checked, children }: TaskItem): readonly string[] {
  const box = checked ? '- [x]' : '- [ ]';
  const { lines, first } = written(children);
  if (first === undefined) return [box];
  if (first.type !== 'paragraph') return [box, '', ...indented(lines, '  ')];
  return [`${box} ${lines[0]!}`, ...indented(lines.slice(1), '  ')];
}

function codeBlock(content: string, language: string): readonly string[] {
  const text = codeText(content);
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return [fence + codeLanguage(language), ...(text === '' ? [] : text.split('\n')), fence];
}

function table(rows: readonly (readonly (readonly Span[])[])[]): readonly string[] {
  const longest = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const width = Math.min(longest, MAX_COLUMNS);
  if (width === 0) return [];
  const [head = '', ...rest] = rows.map((row) => {
    const cells = Array.from({ length: width }, (_, column) =>
      // What has no column of its own stays in the last one.
      cell(column < width - 1 ? (row[column] ?? []) : row.slice(column).flatMap((spans) => [SPACE, ...spans])),
    );
    return `| ${cells.join(' | ')} |`;
  });
  return [head, `|${' --- |'.repeat(width)}`, ...rest];
}

const SPACE: Span = { text: ' ', marks: {} };
const cell = (spans: readonly Span[]): string => inline(oneLine(spans)).replaceAll('|', '\\|');

function paragraph(spans: readonly Span[]): readonly string[] {
  const lines = inline(spans).split('\n').map(guardStart);
  return lines.length === 1 && lines[0] === ''
    ? []
    : lines.map((line, index) => (index < lines.length - 1 ? `${line}\\` : line));
}

/** Escapes what would make a block of the beginning of a line. */
function guardStart(line: string): string {
  if (/^([#>+-]|<!--)/.test(line)) return `\\${line}`;
  return line.replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}
