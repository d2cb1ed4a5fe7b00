import {
  MAX_HEADING,
  MAX_LEVELS,
  type Node,
  type Span,
  type TaskItem,
  calloutKind,
  codeLanguage,
  codeText,
  labelText,
} from './schema';
import { parseInline, unescaped } from './parse-inline';
import { beginsTable, isRow, tableRows } from './parse-table';

/**
 * Reads the Markdown that `markdownOf` writes, and the plain Markdown that people write: headings to level three, paragraphs, lists,
 * check lists, quotes, callouts, tables, code blocks, rules, bold, italic, strike, code, https and mailto links; files and mentions of
 * the network by their addresses. What is none of these is text. Time is linear in the lines times their nesting.
 */
export function parseMarkdown(markdown: string): readonly Node[] {
  return parseBlocks(markdown.replace(/\r\n?/g, '\n').split('\n'), 0);
}

const HEADING = /^ {0,3}(#{1,6}) +(.*?)(?: +#+)? *$/;
const QUOTE = /^ {0,3}> ?/;
const CALLOUT = /^ {0,3}\[!([A-Za-z]{1,20})\] *$/;
const BULLET = /^( {0,3})[-*+]( +|$)/;
const TASK = /^ {0,3}[-*+] +\[[ xX]\]( |$)/;
const NUMBER = /^( {0,3})(\d{1,9})[.)]( +|$)/;
const COMMENT = /^ {0,3}<!--.*--> *$/;
const FENCE = /^ {0,3}(`{3,}) *([^`]*)$/;
// Without spaces between: `- - -` are lists.
const RULE = /^ {0,3}(?:-{3,}|\*{3,}|_{3,}) *$/;
const FILE = /^ {0,3}(!?)\[((?:[^[\]\\]|\\.)*)\]\(peerhold:file\/([0-9a-f]{64})\) *$/;

type List = 'bullet' | 'task' | 'number';
type Kind = List | 'blank' | 'heading' | 'comment' | 'fence' | 'rule' | 'file' | 'table' | 'quote' | 'text';

/** Lines of one level, and what their reading needs to know of them; a tab counts as four spaces but inside code. */
class Lines {
  readonly raw: readonly string[];
  readonly level: number;
  readonly #spaced: readonly string[];
  /** For each line the next one, itself included, that is not blank. */
  readonly #filled: Uint32Array;

  constructor(raw: readonly string[], level: number) {
    this.raw = raw;
    this.level = level;
    this.#spaced = raw.map((line) => (line.includes('\t') ? line.replaceAll('\t', '    ') : line));
    this.#filled = new Uint32Array(raw.length + 1);
    this.#filled[raw.length] = raw.length;
    for (let at = raw.length - 1; at >= 0; at--) this.#filled[at] = raw[at]!.trim() === '' ? this.#filled[at + 1]! : at;
  }

  get length(): number {
    return this.raw.length;
  }

  at(index: number): string {
    return this.#spaced[index]!;
  }

  filledFrom(index: number): number {
    return this.#filled[Math.min(index, this.length)]!;
  }

  slice(from: number, to: number): readonly string[] {
    return this.#spaced.slice(from, to);
  }

  kind(index: number): Kind {
    const line = this.at(index);
    if (line.trim() === '') return 'blank';
    if (HEADING.test(line)) return 'heading';
    if (COMMENT.test(line)) return 'comment';
    if (FENCE.test(line)) return 'fence';
    if (RULE.test(line)) return 'rule';
    if (FILE.test(line)) return 'file';
    if (this.level < MAX_LEVELS) {
      if (QUOTE.test(line)) return 'quote';
      if (TASK.test(line)) return 'task';
      if (BULLET.test(line)) return 'bullet';
      if (NUMBER.test(line)) return 'number';
    }
    return beginsTable(this.#spaced, index) ? 'table' : 'text';
  }
}

function parseBlocks(raw: readonly string[], level: number): readonly Node[] {
  const nodes: Node[] = [];
  const lines = new Lines(raw, level);
  for (let at = 0; at < lines.length;) {
    const { node, end } = block(lines, at);
    if (node !== null) nodes.push(node);
    at = end;
  }
  return nodes;
}

interface Block {
  readonly node: Node | null;
  /** The line after it. */
  readonly end: number;
}

function block(lines: Lines, at: number): Block {
  const line = lines.at(at);
  const kind = lines.kind(at);
  switch (kind) {
    case 'blank':
    case 'comment':
      return { node: null, end: at + 1 };
    case 'heading': {
      const [, marks = '#', text = ''] = HEADING.exec(line) ?? [];
      const depth = Math.min(marks.length, MAX_HEADING);
      return { node: { type: 'heading', level: depth, spans: parseInline(text) }, end: at + 1 };
    }
    case 'rule':
      return { node: { type: 'horizontalRule' }, end: at + 1 };
    case 'file': {
      const [, sign = '', label = '', file = ''] = FILE.exec(line) ?? [];
      const name = labelText(unescaped(label));
      const node: Node = sign === '!' ? { type: 'image', file, alt: name } : { type: 'file', file, name };
      return { node, end: at + 1 };
    }
    case 'fence':
      return code(lines, at);
    case 'table': {
      let end = at + 2;
      while (end < lines.length && (isRow(lines.at(end)) || lines.kind(end) === 'text')) end += 1;
      return { node: { type: 'table', rows: tableRows(lines.slice(at, end)) }, end };
    }
    case 'quote': {
      let end = at;
      while (end < lines.length && lines.kind(end) === 'quote') end += 1;
      const inner = lines.raw.slice(at, end).map((quoted) => quoted.replace(QUOTE, ''));
      const callout = CALLOUT.exec(inner[0]!)?.[1];
      const children = parseBlocks(callout === undefined ? inner : inner.slice(1), lines.level + 1);
      const node: Node =
        callout === undefined
          ? { type: 'blockquote', children }
          : { type: 'callout', kind: calloutKind(callout), children };
      return { node, end };
    }
    case 'bullet':
    case 'task':
    case 'number':
      return list(lines, at, kind);
    case 'text': {
      let end = at + 1;
      while (end < lines.length && lines.kind(end) === 'text') end += 1;
      return { node: { type: 'paragraph', spans: paragraph(lines.slice(at, end)) }, end };
    }
  }
}

/** To the line that closes it, or to the end. */
function code(lines: Lines, at: number): Block {
  const [, fence = '', info = ''] = FENCE.exec(lines.at(at)) ?? [];
  const indent = lines.at(at).indexOf('`');
  const closes = (line: string): boolean => {
    const [, closing = ''] = /^ {0,3}(`+)[ \t]*$/.exec(line) ?? [];
    return closing.length >= fence.length;
  };
  let end = at + 1;
  while (end < lines.length && !closes(lines.raw[end]!)) end += 1;
  const margin = new RegExp(`^ {0,${indent}}`);
  const text = lines.raw.slice(at + 1, end).map((line) => line.replace(margin, ''));
  const language = codeLanguage(info.trim().split(' ')[0]);
  return { node: { type: 'codeBlock', language, text: codeText(text.join('\n')) }, end: end + 1 };
}

function list(lines: Lines, from: number, kind: List): Block {
  const items: { readonly first: string; readonly lines: readonly string[] }[] = [];
  const marker = kind === 'number' ? NUMBER : BULLET;
  let at = from;
  while (at < lines.length && lines.kind(at) === kind) {
    const line = lines.at(at);
    const [whole = ''] = marker.exec(line) ?? [];
    const width = line.length === whole.trimEnd().length ? whole.trimEnd().length + 1 : whole.length;
    const first = line.slice(whole.length);
    const { inner, end } = itemLines(lines, at, width, kind === 'task' ? first.slice(4) : first);
    items.push({ first, lines: inner });
    at = end;
    // Items may stand apart; a list goes on over empty lines when the next item follows.
    const next = lines.filledFrom(at);
    if (next < lines.length && lines.kind(next) === kind) at = next;
  }
  const read = (item: readonly string[]) => parseBlocks(item, lines.level + 1);
  if (kind === 'task') {
    const tasks = items.map((item): TaskItem => ({ checked: item.first[1] !== ' ', children: read(item.lines) }));
    return { node: { type: 'taskList', items: tasks }, end: at };
  }
  const plain = items.map((item) => read(item.lines));
  if (kind === 'bullet') return { node: { type: 'bulletList', items: plain }, end: at };
  const start = Number(NUMBER.exec(lines.at(from))?.[2] ?? 1);
  return { node: { type: 'orderedList', start: Math.max(start, 1), items: plain }, end: at };
}

/** The lines of an item without what indents them, and the line after it. */
function itemLines(lines: Lines, at: number, width: number, first: string): { inner: readonly string[]; end: number } {
  const indent = ' '.repeat(width);
  const inner = [first];
  let end = at + 1;
  while (end < lines.length) {
    const raw = lines.raw[end]!;
    const line = raw.startsWith(indent) ? raw : lines.at(end);
    const filled = lines.filledFrom(end);
    // Empty lines belong to the item when something indented follows them.
    if (filled > end && filled < lines.length && lines.at(filled).startsWith(indent)) {
      for (; end < filled; end++) inner.push(lines.raw[end]!.slice(width));
      continue;
    }
    if (line.startsWith(indent)) inner.push(line.slice(width));
    else if (lines.kind(end) === 'text' && inner.at(-1)!.trim() !== '') inner.push(line.trimStart());
    else break;
    end += 1;
  }
  return { inner, end };
}

/** Lines of one paragraph: a backslash or two spaces at the end make a hard break, else the line goes on. */
function paragraph(lines: readonly string[]): readonly Span[] {
  let text = '';
  lines.forEach((line, index) => {
    const last = index === lines.length - 1;
    const content = line.trim();
    const hard = !last && (/(^|[^\\])(\\\\)*\\$/.test(content) || / {2,}$/.test(line));
    text += hard ? `${content.replace(/\\$/, '')}\n` : content + (last ? '' : ' ');
  });
  return parseInline(text);
}
