import * as Y from 'yjs';
import {
  MAX_COLUMNS,
  MAX_HEADING,
  MAX_LEVELS,
  type Marks,
  type Node,
  type Span,
  type TaskItem,
  calloutKind,
  codeLanguage,
  codeText,
  fileId,
  labelText,
  linkAddress,
  mentionOf,
} from './schema';

// Text in Yjs documents. Names of elements and marks are those of Tiptap's extensions, since they stand in every stored document.

export type XmlNode = Y.XmlElement | Y.XmlText | Y.XmlHook;
/** What has no level below it. A table is one where it has rows. */
const FLAT = ['paragraph', 'heading', 'codeBlock', 'horizontalRule', 'table', 'image', 'file', 'mention'];

/** Reads a document's text; whatever another writer put there, the result is well formed. */
export function readNodes(parent: Y.XmlFragment, level = 0): readonly Node[] {
  return (parent.toArray() as XmlNode[]).flatMap((child) => readChild(child, level));
}

/** The same of one part of it. */
export function readChild(child: XmlNode, level = 0): readonly Node[] {
  if (child instanceof Y.XmlText) return [{ type: 'paragraph' as const, spans: spansOf([child]) }];
  if (!(child instanceof Y.XmlElement)) return [];
  const inner = child.toArray() as XmlNode[];
  if (level >= MAX_LEVELS && !FLAT.includes(child.nodeName)) return wordsOf(inner);
  return readNode(child, inner, level);
}

function readNode(element: Y.XmlElement, inner: readonly XmlNode[], level: number): readonly Node[] {
  const attribute = (name: string): unknown => element.getAttribute(name);
  const file = fileId(attribute('file'));
  switch (element.nodeName) {
    case 'paragraph':
      return [{ type: 'paragraph', spans: spansOf(inner) }];
    case 'heading':
      return [{ type: 'heading', level: whole(attribute('level'), MAX_HEADING), spans: spansOf(inner) }];
    case 'blockquote':
      return [{ type: 'blockquote', children: readNodes(element, level + 1) }];
    case 'callout':
      return [{ type: 'callout', kind: calloutKind(attribute('kind')), children: readNodes(element, level + 1) }];
    case 'bulletList':
      return [{ type: 'bulletList', items: itemsOf(inner, level) }];
    case 'orderedList':
      return [{ type: 'orderedList', start: whole(attribute('start'), 999_999_999), items: itemsOf(inner, level) }];
    case 'taskList':
      return [{ type: 'taskList', items: tasksOf(inner, level) }];
    case 'codeBlock':
      return [{ type: 'codeBlock', language: codeLanguage(attribute('language')), text: codeOf(inner) }];
    case 'horizontalRule':
      return [{ type: 'horizontalRule' }];
    case 'table':
      return tableOf(element, inner, level);
    case 'image':
      if (file !== null) return [{ type: 'image', file, alt: labelText(attribute('alt')) }];
      return [{ type: 'paragraph', spans: [{ text: labelText(attribute('alt')), marks: {} }] }];
    case 'file':
      if (file !== null) return [{ type: 'file', file, name: labelText(attribute('name')) }];
      return [{ type: 'paragraph', spans: [{ text: labelText(attribute('name')), marks: {} }] }];
    case 'mention':
      return [{ type: 'paragraph', spans: spansOf([element]) }];
    default:
      // A block that this version does not know keeps its text.
      return readNodes(element, level + 1);
  }
}

const elementsIn = (children: readonly XmlNode[]): readonly Y.XmlElement[] =>
  children.filter((child) => child instanceof Y.XmlElement);

const itemsOf = (children: readonly XmlNode[], level: number): readonly (readonly Node[])[] =>
  elementsIn(children).map((item) => readNodes(item, level + 1));

const tasksOf = (children: readonly XmlNode[], level: number): readonly TaskItem[] =>
  elementsIn(children).map((item) => ({
    checked: (item.getAttribute('checked') as unknown) === true,
    children: readNodes(item, level + 1),
  }));

/** Rows of one length; what has no column of its own stays in the last one. Without a cell it is what its text is. */
function tableOf(element: Y.XmlElement, inner: readonly XmlNode[], level: number): readonly Node[] {
  const rows = inner.map((row) => (isRow(row) ? (row.toArray() as XmlNode[]) : [row]).map(cellOf));
  const longest = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const width = Math.min(longest, MAX_COLUMNS);
  if (width === 0 || !inner.some(isRow)) return level < MAX_LEVELS ? readNodes(element, level + 1) : wordsOf([element]);
  const table = rows.map((row) =>
    Array.from({ length: width }, (_, column) =>
      column < width - 1 ? (row[column] ?? []) : parted(row.slice(column)),
    ),
  );
  return [{ type: 'table', rows: table }];
}

const isRow = (node: XmlNode): node is Y.XmlElement => node instanceof Y.XmlElement && node.nodeName === 'tableRow';

/** A cell is one line of text, whatever blocks another writer put into it. */
const cellOf = (cell: XmlNode): readonly Span[] =>
  textIn(cell, 0).map((span) => ({ ...span, text: span.text.replaceAll('\n', ' ') }));

function textIn(node: XmlNode, level: number): readonly Span[] {
  if (!(node instanceof Y.XmlElement) || node.nodeName === 'mention') return spansOf([node]);
  if (level >= MAX_LEVELS) return spansBelow([node]);
  const inner = node.toArray() as XmlNode[];
  const isInline = inner.every(
    (child) => child instanceof Y.XmlText || (child instanceof Y.XmlElement && INLINE.includes(child.nodeName)),
  );
  return isInline ? spansOf(inner) : parted(inner.map((child) => textIn(child, level + 1)));
}

const wordsOf = (nodes: readonly XmlNode[]): readonly Node[] => [{ type: 'paragraph', spans: spansBelow(nodes) }];

/** All text below these, whose depth another writer chose: so nothing here calls itself. */
function spansBelow(nodes: readonly XmlNode[]): readonly Span[] {
  const texts: (readonly Span[])[] = [];
  /** Nodes still to be read, the next one last; null: the end of an element. */
  const rest: (XmlNode | null)[] = nodes.toReversed();
  let line: XmlNode[] = [];
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    if (node !== null && (!(node instanceof Y.XmlElement) || INLINE.includes(node.nodeName))) {
      line.push(node);
      continue;
    }
    texts.push(spansOf(line));
    line = [];
    if (node === null) continue;
    rest.push(null);
    for (const inner of (node.toArray() as XmlNode[]).toReversed()) rest.push(inner);
  }
  return parted([...texts, spansOf(line)]);
}

const INLINE = ['hardBreak', 'mention'];

/** Texts one after another with a space between. */
const parted = (texts: readonly (readonly Span[])[]): readonly Span[] =>
  texts.filter((spans) => spans.length > 0).flatMap((spans, index) => (index === 0 ? spans : [SPACE, ...spans]));

const SPACE: Span = { text: ' ', marks: {} };

const codeOf = (nodes: readonly XmlNode[]): string =>
  codeText(nodes.map((node) => (node instanceof Y.XmlText ? deltaText(node) : isBreak(node) ? '\n' : '')).join(''));

const deltaText = (text: Y.XmlText): string =>
  (text.toDelta() as readonly Delta[]).map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('');

const isBreak = (node: XmlNode): boolean => node instanceof Y.XmlElement && node.nodeName === 'hardBreak';

function whole(value: unknown, most: number): number {
  const number = Number(value);
  return Number.isSafeInteger(number) ? Math.min(Math.max(number, 1), most) : 1;
}

function spansOf(nodes: readonly XmlNode[]): readonly Span[] {
  const spans: Span[] = [];
  for (const node of nodes) {
    if (isBreak(node)) spans.push({ text: '\n', marks: {} });
    if (node instanceof Y.XmlElement && node.nodeName === 'mention') spans.push(mentionSpan(node));
    if (!(node instanceof Y.XmlText)) continue;
    for (const { insert, attributes } of node.toDelta() as readonly Delta[]) {
      if (typeof insert !== 'string') continue;
      // A control character has no place in a text that is hashed and shown.
      spans.push({
        text: insert.replace(/[\p{Cc}\u2028\u2029]+/gu, ' '),
        marks: marksOf(attributes ?? {}),
      });
    }
  }
  return spans;
}

function mentionSpan(element: Y.XmlElement): Span {
  const mention = mentionOf(element.getAttribute('kind'), element.getAttribute('id'));
  const text = labelText(element.getAttribute('label'));
  return { text, marks: {}, ...(mention === null ? {} : { mention }) };
}

export interface Delta {
  readonly insert?: unknown;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** The marks that a text's attributes stand for. */
export function marksOf(attributes: Readonly<Record<string, unknown>>): Marks {
  const has = (name: string) => attributes[name] !== undefined && attributes[name] !== null;
  if (has('code')) return { code: true };
  const link = linkOf(attributes['link']);
  return {
    ...(has('bold') ? { bold: true } : {}),
    ...(has('italic') ? { italic: true } : {}),
    ...(has('strike') ? { strike: true } : {}),
    ...(link === null ? {} : { link }),
  };
}

const linkOf = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'href' in value ? linkAddress(value.href) : null;
