import { MAX_HEADING, type Node, type Span } from './schema';
import { parseInline } from './parse-inline';

/** Lists and quotes inside one another; further in, markers are text. */
const MAX_LEVELS = 8;

/**
 * Reads the Markdown that `markdownOf` writes, and the plain Markdown that people write: headings to level three, paragraphs, lists,
 * quotes, bold, italic, code, https and mailto links. What is none of these is text. Time is linear in the lines times their nesting.
 */
export function parseMarkdown(markdown: string): readonly Node[] {
  return parseBlocks(markdown.replace(/\r\n?/g, '\n').replace(/\t/g, '    ').split('\n'), 0);
}

const HEADING = /^ {0,3}(#{1,6}) +(.*?)(?: +#+)? *$/;
const QUOTE = /^ {0,3}> ?/;
const BULLET = /^( {0,3})[-*+]( +|$)/;
const NUMBER = /^( {0,3})(\d{1,9})[.)]( +|$)/;
const COMMENT = /^ {0,3}<!--.*--> *$/;

type Kind = 'blank' | 'heading' | 'quote' | 'bullet' | 'number' | 'comment' | 'text';
function kindOf(line: string, level: number): Kind {
  if (line.trim() === '') return 'blank';
  if (HEADING.test(line)) return 'heading';
  if (COMMENT.test(line)) return 'comment';
  if (level < MAX_LEVELS) {
    if (QUOTE.test(line)) return 'quote';
    if (BULLET.test(line)) return 'bullet';
    if (NUMBER.test(line)) return 'number';
  }
  return 'text';
}

function parseBlocks(lines: readonly string[], level: number): readonly Node[] {
  const nodes: Node[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at]!;
    const kind = kindOf(line, level);
    if (kind === 'blank' || kind === 'comment') at += 1;
    else if (kind === 'heading') {
      const [, marks = '#', text = ''] = HEADING.exec(line) ?? [];
      nodes.push({ type: 'heading', level: Math.min(marks.length, MAX_HEADING), spans: parseInline(text) });
      at += 1;
    } else if (kind === 'quote') {
      let end = at;
      while (end < lines.length && kindOf(lines[end]!, level) === 'quote') end += 1;
      const inner = lines.slice(at, end).map((quoted) => quoted.replace(QUOTE, ''));
      nodes.push({ type: 'blockquote', children: parseBlocks(inner, level + 1) });
      at = end;
    } else if (kind === 'bullet' || kind === 'number') {
      const start = Number(NUMBER.exec(line)?.[2] ?? 1);
      const { items, end } = parseItems(lines, at, kind, level);
      if (kind === 'bullet') nodes.push({ type: 'bulletList', items });
      else nodes.push({ type: 'orderedList', start: Math.max(start, 1), items });
      at = end;
    } else {
      let end = at + 1;
      while (end < lines.length && kindOf(lines[end]!, level) === 'text') end += 1;
      nodes.push({ type: 'paragraph', spans: paragraph(lines.slice(at, end)) });
      at = end;
    }
  }
  return nodes;
}

function parseItems(
  lines: readonly string[],
  from: number,
  kind: 'bullet' | 'number',
  level: number,
): { items: readonly (readonly Node[])[]; end: number } {
  const items: (readonly Node[])[] = [];
  const marker = kind === 'bullet' ? BULLET : NUMBER;
  let at = from;
  while (at < lines.length && kindOf(lines[at]!, level) === kind) {
    const [whole = ''] = marker.exec(lines[at]!) ?? [];
    const width = lines[at]!.length === whole.trimEnd().length ? whole.trimEnd().length + 1 : whole.length;
    const inner = [lines[at]!.slice(whole.length)];
    let end = at + 1;
    while (end < lines.length) {
      const line = lines[end]!;
      const indented = line.startsWith(' '.repeat(width));
      // An empty line belongs to the item when something indented follows it.
      if (line.trim() === '' && lines[end + 1]?.startsWith(' '.repeat(width)) === true) inner.push('');
      else if (indented) inner.push(line.slice(width));
      else if (kindOf(line, level) === 'text' && inner.at(-1) !== '' && inner.at(-1)?.trim() !== '')
        inner.push(line.trimStart());
      else break;
      end += 1;
    }
    items.push(parseBlocks(inner, level + 1));
    at = end;
    // Items may stand apart; a list goes on over empty lines when the next item follows.
    let next = at;
    while (next < lines.length && lines[next]!.trim() === '') next += 1;
    if (next < lines.length && kindOf(lines[next]!, level) === kind) at = next;
  }
  return { items, end: at };
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
