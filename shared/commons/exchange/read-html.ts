import { type Marks, type Node, type Span, calloutKind, codeLanguage, labelText, linkAddress } from '../text/schema';
import { parseMarkdown } from '../text/parse';
import { markdownOf } from '../text/write';
import { MAX_TITLE } from '../pages';
import { type HtmlElement, type HtmlNode, findElement, readHtmlTree, textOf } from './html-tree';
import type { ReadPage, Resolve } from './read-markdown';

/** Blocks inside one another; what is further in is text of the last of them. */
const MAX_LEVELS = 6;
/** Columns that a cell may take. */
const MAX_SPAN = 40;

const HEADING = /^h([1-6])$/;
/** What begins and ends a line, and is no block of its own here. */
const APART: ReadonlySet<string> = new Set(
  'p div section article main header footer figure figcaption center details summary dl dt dd address nav body html form fieldset legend hgroup'.split(
    ' ',
  ),
);
const MARKS: Readonly<Record<string, Marks>> = {
  b: { bold: true },
  strong: { bold: true },
  i: { italic: true },
  em: { italic: true },
  cite: { italic: true },
  s: { strike: true },
  del: { strike: true },
  strike: { strike: true },
  code: { code: true },
  kbd: { code: true },
  samp: { code: true },
  tt: { code: true },
};

/** Reads an HTML file as a page: its text, without anything that it would do or fetch. */
export function readHtmlPage(html: string, resolve: Resolve): ReadPage {
  const { root } = readHtmlTree(html);
  const named = lineText(textOf(findElement(root, 'title') ?? EMPTY));
  const head = findElement(root, 'head');
  const reader = new Reader(resolve, head);
  const nodes = reader.blocks(findElement(root, 'body')?.children ?? root.children, 0);
  const [first, ...rest] = nodes;
  const heading = first?.type === 'heading' && first.level === 1 ? lineText(wordsOf(first.spans)) : '';
  const title = (heading === '' ? named : heading).slice(0, MAX_TITLE);
  const text = heading !== '' && title === heading ? rest : nodes;
  // As it would be read back, so that there is one form of it.
  const markdown = markdownOf(parseMarkdown(markdownOf(text)));
  return { ...(title === '' ? {} : { title }), markdown };
}

const EMPTY: HtmlElement = { name: '', attributes: {}, children: [] };
const lineText = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
const wordsOf = (spans: readonly Span[]): string => spans.map(({ text }) => text).join('');

/** In the middle of a line: words, or a block that ends the line before it. */
type Piece = Span | Node;
const isBlock = (piece: Piece): piece is Node => 'type' in piece;
const isWords = (piece: Piece): piece is Span => !isBlock(piece);

class Reader {
  readonly #resolve: Resolve;
  readonly #head: HtmlElement | undefined;

  constructor(resolve: Resolve, head: HtmlElement | undefined) {
    this.#resolve = resolve;
    this.#head = head;
  }

  blocks(children: readonly HtmlNode[], level: number): readonly Node[] {
    const nodes: Node[] = [];
    let line: Piece[] = [];
    const endLine = (): void => {
      nodes.push(...paragraphs(line));
      line = [];
    };
    for (const child of children) {
      if (child === this.#head) continue;
      const block = typeof child === 'string' ? null : this.#block(child, level);
      if (block === null) line.push(...this.#pieces(child, {}));
      else {
        endLine();
        nodes.push(...block);
      }
    }
    endLine();
    return nodes;
  }

  /** Null: it is part of a line. */
  #block(element: HtmlElement, level: number): readonly Node[] | null {
    const { name, children } = element;
    if (
      level >= MAX_LEVELS &&
      (name === 'ul' || name === 'ol' || name === 'blockquote' || name === 'aside' || name === 'li')
    )
      return paragraphs(children.flatMap((child) => this.#pieces(child, {})));
    const depth = HEADING.exec(name)?.[1];
    if (depth !== undefined) return this.#heading(Math.min(Number(depth), 3), element);
    switch (name) {
      case 'ul':
      case 'ol':
      case 'menu':
        return this.#list(element, level);
      case 'li':
        return [{ type: 'bulletList', items: [this.blocks(children, level + 1)] }];
      case 'blockquote':
        return [{ type: 'blockquote', children: this.blocks(children, level + 1) }];
      case 'aside':
        return this.#aside(element, level);
      case 'pre':
        return [codeBlock(element)];
      case 'hr':
        return [{ type: 'horizontalRule' }];
      case 'table':
        return this.#table(element, level);
      default:
        return APART.has(name) || hasBlocks(element) ? this.blocks(children, level) : null;
    }
  }

  #heading(level: number, element: HtmlElement): readonly Node[] {
    const pieces = element.children.flatMap((child) => this.#pieces(child, {}));
    const spans = pieces.filter(isWords);
    const heading: Node = { type: 'heading', level, spans };
    return [...(wordsOf(spans).trim() === '' ? [] : [heading]), ...pieces.filter(isBlock)];
  }

  /** Ours says what kind of callout it is, and has its name as its first line. */
  #aside({ attributes, children }: HtmlElement, level: number): readonly Node[] {
    const kind = attributes['data-kind'];
    if (kind === undefined) return [{ type: 'blockquote', children: this.blocks(children, level + 1) }];
    const text = children.filter((child) => typeof child === 'string' || child.attributes['class'] !== 'kind');
    return [{ type: 'callout', kind: calloutKind(kind), children: this.blocks(text, level + 1) }];
  }

  #list(element: HtmlElement, level: number): readonly Node[] {
    const items: HtmlElement[] = [];
    for (const child of element.children) {
      if (typeof child === 'string') {
        if (child.trim() !== '') items.push({ ...EMPTY, name: 'li', children: [child] });
      } else if (child.name === 'li') items.push(child);
      // A list directly in a list belongs to the item before it.
      else if (items.length > 0)
        items[items.length - 1] = { ...items.at(-1)!, children: [...items.at(-1)!.children, child] };
      else items.push({ ...EMPTY, name: 'li', children: [child] });
    }
    const boxes = items.map((item) => boxIn(item, 0));
    if (boxes.length > 0 && boxes.every((box) => box !== undefined))
      return [
        {
          type: 'taskList',
          items: items.map((item, index) => ({
            checked: boxes[index]!.attributes['checked'] !== undefined,
            children: this.blocks(item.children, level + 1),
          })),
        },
      ];
    const all = items.map((item) => this.blocks(item.children, level + 1));
    if (all.length === 0) return [];
    if (element.name !== 'ol') return [{ type: 'bulletList', items: all }];
    const start = Number(element.attributes['start'] ?? 1);
    const sound = Number.isSafeInteger(start) && start >= 1 && start < 1e9;
    return [{ type: 'orderedList', start: sound ? start : 1, items: all }];
  }

  #table(element: HtmlElement, level: number): readonly Node[] {
    const rows: (readonly (readonly Span[])[])[] = [];
    const around: Node[] = [];
    const collect = (parent: HtmlElement): void => {
      for (const child of parent.children) {
        if (typeof child === 'string') continue;
        if (child.name === 'tr') rows.push(this.#row(child, around));
        else if (/^(thead|tbody|tfoot)$/.test(child.name)) collect(child);
        else if (child.name === 'caption') around.push(...this.blocks([child], level));
      }
    };
    collect(element);
    const filled = rows.filter((row) => row.length > 0);
    return filled.length === 0 ? around : [{ type: 'table', rows: filled }, ...around];
  }

  #row(row: HtmlElement, around: Node[]): readonly (readonly Span[])[] {
    return row.children.flatMap((cell) => {
      if (typeof cell === 'string' || (cell.name !== 'td' && cell.name !== 'th')) return [];
      const pieces = cell.children.flatMap((child) => this.#pieces(child, {}));
      // A cell is one line of text: pictures and files of it come after the table.
      around.push(...pieces.filter(isBlock));
      const span = Math.min(Math.max(Number(cell.attributes['colspan'] ?? 1) || 1, 1), MAX_SPAN);
      const spans = pieces.filter(isWords).map((piece) => ({ ...piece, text: piece.text.replaceAll('\n', ' ') }));
      return [spans, ...Array.from({ length: Math.floor(span) - 1 }, () => [])];
    });
  }

  #pieces(node: HtmlNode, marks: Marks): readonly Piece[] {
    if (typeof node === 'string') {
      const text = node.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ');
      return text === '' ? [] : [{ text, marks }];
    }
    const { name, attributes, children } = node;
    if (name === 'br') return [{ text: '\n', marks: {} }];
    if (name === 'img') return this.#image(attributes);
    if (name === 'input' || name === 'title') return [];
    const inner = (inside: Marks): readonly Piece[] => children.flatMap((child) => this.#pieces(child, inside));
    if (name === 'a') return this.#link(attributes['href'] ?? '', node, marks, inner);
    const own = Object.hasOwn(MARKS, name) ? MARKS[name]! : {};
    // Code has no other mark.
    const pieces = inner(own.code === true ? own : marks.code === true ? marks : { ...marks, ...own });
    // What stands apart elsewhere is parted here by a space.
    return APART.has(name) || BLOCKS.has(name) ? [SPACE, ...pieces, SPACE] : pieces;
  }

  #image(attributes: Readonly<Record<string, string>>): readonly Piece[] {
    const alt = labelText(attributes['alt']);
    const target = this.#resolve(attributes['src'] ?? '');
    if (target === undefined || !('file' in target)) return alt === '' ? [] : [{ text: alt, marks: {} }];
    return [{ type: 'image', file: target.file, alt }];
  }

  #link(
    address: string,
    element: HtmlElement,
    marks: Marks,
    inner: (inside: Marks) => readonly Piece[],
  ): readonly Piece[] {
    const link = linkAddress(address.trim());
    if (link !== null) return inner(marks.code === true ? marks : { ...marks, link });
    const target = this.#resolve(address.trim());
    const label = labelText(textOf(element));
    if (target === undefined) {
      const elsewhere = /^(http|ftp):\/\//i.test(address.trim());
      return elsewhere ? [...inner(marks), { text: ` (${labelText(address)})`, marks: {} }] : inner(marks);
    }
    if ('page' in target) return [{ text: label, marks: {}, mention: { kind: 'page', id: target.page } }];
    return [
      ...inner(marks).filter((piece) => isBlock(piece) || label === ''),
      { type: 'file', file: target.file, name: label },
    ];
  }
}

const SPACE: Span = { text: ' ', marks: {} };
const BLOCKS: ReadonlySet<string> = new Set(
  'h1 h2 h3 h4 h5 h6 ul ol menu li blockquote aside pre hr table tr td th caption'.split(' '),
);

/** Words as paragraphs, cut where a block stands among them. */
function paragraphs(pieces: readonly Piece[]): readonly Node[] {
  const nodes: Node[] = [];
  let spans: Span[] = [];
  const end = (): void => {
    const isEmpty = spans.every(({ text, mention }) => mention === undefined && text.trim() === '');
    if (!isEmpty) nodes.push({ type: 'paragraph', spans });
    spans = [];
  };
  for (const piece of pieces) {
    if (!isBlock(piece)) spans.push(piece);
    else {
      end();
      nodes.push(piece);
    }
  }
  end();
  return nodes;
}

/** An element that the reader does not know is a block where it has one in it. */
const hasBlocks = ({ name, children }: HtmlElement): boolean =>
  name !== 'a' &&
  children.some((child) => typeof child !== 'string' && (APART.has(child.name) || BLOCKS.has(child.name)));

/** The box with which an item of a check list begins, also inside a paragraph or a label. */
function boxIn(element: HtmlElement, depth: number): HtmlElement | undefined {
  const first = element.children.find((child) => typeof child !== 'string' || child.trim() !== '');
  if (first === undefined || typeof first === 'string' || depth > 3) return undefined;
  if (first.name === 'input') return first.attributes['type']?.toLowerCase() === 'checkbox' ? first : undefined;
  return boxIn(first, depth + 1);
}

function codeBlock(element: HtmlElement): Node {
  const code = findElement(element, 'code');
  const named = /(?:^|\s)lang(?:uage)?-(\S+)/.exec(code?.attributes['class'] ?? element.attributes['class'] ?? '')?.[1];
  return { type: 'codeBlock', language: codeLanguage(named), text: textOf(element).replace(/^\n|\n$/g, '') };
}
