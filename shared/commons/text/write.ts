import type { Marks, Node, Span } from './schema';

/**
 * Canonical Markdown of a text: the same text gives the same characters on every peer, since a proposal binds it by its hash. It is
 * read back by `parseMarkdown` to the same text, and reads as plain CommonMark elsewhere.
 */
export function markdownOf(nodes: readonly Node[]): string {
  return blocks(nodes).join('\n');
}

/** Lines of blocks, one empty line between two of them. */
function blocks(nodes: readonly Node[]): readonly string[] {
  const lines: string[] = [];
  let before: Node | undefined;
  for (const node of nodes) {
    const block = linesOf(node);
    if (block.length === 0) continue;
    if (before !== undefined) {
      lines.push('');
      // Two lists in a row would read as one.
      if (isList(before) && isList(node) && before.type === node.type) lines.push('<!-- -->', '');
    }
    lines.push(...block);
    before = node;
  }
  return lines;
}

const isList = (node: Node) => node.type === 'bulletList' || node.type === 'orderedList';

function linesOf(node: Node): readonly string[] {
  switch (node.type) {
    case 'paragraph':
      return paragraph(node.spans);
    case 'heading': {
      const text = inline(node.spans.map((span) => ({ ...span, text: span.text.replaceAll('\n', ' ') })));
      return text === '' ? [] : [`${'#'.repeat(node.level)} ${text.replace(/(^| )(#+)$/, '$1\\$2')}`];
    }
    case 'blockquote': {
      const inner = blocks(node.children);
      return inner.map((line) => (line === '' ? '>' : `> ${line}`));
    }
    case 'bulletList':
      return items(node.items, () => '- ');
    case 'orderedList':
      return items(node.items, (index) => `${node.start + index}. `);
  }
}

function items(all: readonly (readonly Node[])[], marker: (index: number) => string): readonly string[] {
  return all.flatMap((nodes, index) => {
    const mark = marker(index);
    const lines = blocks(nodes);
    if (lines.length === 0) return [mark.trimEnd()];
    return lines.map((line, at) => (at === 0 ? mark + line : line === '' ? '' : ' '.repeat(mark.length) + line));
  });
}

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

interface Piece {
  readonly text: string;
  readonly marks: Marks;
}

/** Spans as one line, or several where there are hard breaks; runs of spaces are one, none stand at the ends of a line. */
function inline(spans: readonly Span[]): string {
  return lines(spans)
    .map((line) => links(joined(line)))
    .join('\n');
}

/** Cut at hard breaks, spaces reduced, empty lines at both ends left out. */
function lines(spans: readonly Span[]): readonly (readonly Piece[])[] {
  const all: Piece[][] = [[]];
  for (const { text, marks } of spans) {
    text.split('\n').forEach((part, index) => {
      if (index > 0) all.push([]);
      if (part !== '') all.at(-1)!.push({ text: part, marks });
    });
  }
  const tidy = all.map(spaced);
  while (tidy.length > 0 && tidy[0]!.length === 0) tidy.shift();
  while (tidy.length > 0 && tidy.at(-1)!.length === 0) tidy.pop();
  // A hard break needs text on both sides; of several in a row one is kept.
  return tidy.filter((line, index) => line.length > 0 || index === 0);
}

function spaced(line: readonly Piece[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let space = true;
  for (const { text, marks } of line) {
    let kept = text.replace(/\s+/g, ' ');
    if (space) kept = kept.replace(/^ /, '');
    if (kept === '') continue;
    space = kept.endsWith(' ');
    pieces.push({ text: kept, marks });
  }
  const last = pieces.at(-1);
  if (last?.text.endsWith(' ') === true) {
    pieces.pop();
    const text = last.text.slice(0, -1);
    if (text !== '') pieces.push({ ...last, text });
  }
  return pieces;
}

/** Spaces at the ends of a link or a mark belong to neither: `** a**` is not bold. Neighbours with the same marks are one. */
function joined(line: readonly Piece[]): readonly Piece[] {
  const cut = outsideLinks(line).flatMap(outsideMarks);
  const pieces: Piece[] = [];
  for (const piece of cut) {
    if (piece.text === '') continue;
    const last = pieces.at(-1);
    if (last !== undefined && sameMarks(last.marks, piece.marks))
      pieces[pieces.length - 1] = { ...last, text: last.text + piece.text };
    else pieces.push(piece);
  }
  return pieces;
}

function outsideLinks(line: readonly Piece[]): readonly Piece[] {
  return line.flatMap((piece, index) => {
    const { text, marks } = piece;
    if (marks.link === undefined) return [piece];
    const first = line[index - 1]?.marks.link !== marks.link;
    const last = line[index + 1]?.marks.link !== marks.link;
    const from = first && text.startsWith(' ') ? 1 : 0;
    const to = last && text.length > from && text.endsWith(' ') ? text.length - 1 : text.length;
    return [
      { text: text.slice(0, from), marks: {} },
      { text: text.slice(from, to), marks },
      { text: text.slice(to), marks: {} },
    ];
  });
}

function outsideMarks({ text, marks }: Piece): readonly Piece[] {
  if (Object.keys(marks).length === 0) return [{ text, marks }];
  const [, before = '', inner = '', after = ''] = /^( ?)(.*?)( ?)$/.exec(text) ?? [];
  const outside = marks.link === undefined ? {} : { link: marks.link };
  return [
    { text: before, marks: outside },
    { text: inner, marks },
    { text: after, marks: outside },
  ];
}

const sameMarks = (a: Marks, b: Marks) =>
  a.bold === b.bold && a.italic === b.italic && a.code === b.code && a.link === b.link;

function links(pieces: readonly Piece[]): string {
  let text = '';
  for (let start = 0; start < pieces.length;) {
    const { link } = pieces[start]!.marks;
    let end = start + 1;
    while (end < pieces.length && pieces[end]!.marks.link === link) end += 1;
    const inner = emphasised(pieces.slice(start, end));
    text += link === undefined ? inner : `[${inner}](${link.replaceAll('(', '%28').replaceAll(')', '%29')})`;
    start = end;
  }
  return text;
}

function emphasised(pieces: readonly Piece[]): string {
  let text = '';
  let bold = false;
  let italic = false;
  for (const { text: plain, marks } of [...pieces, { text: '', marks: {} as Marks }]) {
    const toBold = marks.bold === true;
    const toItalic = marks.italic === true;
    // Closing goes inside out, opening outside in: bold is the outer one.
    if (italic && !toItalic) text += '*';
    if (bold !== toBold) text += '**';
    if (!italic && toItalic) text += '*';
    bold = toBold;
    italic = toItalic;
    text += marks.code === true ? code(plain) : escaped(plain);
  }
  return text;
}

function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return fence + pad + text + pad + fence;
}

const escaped = (text: string) => text.replace(/[\\`*_[\]<]/g, '\\$&');
