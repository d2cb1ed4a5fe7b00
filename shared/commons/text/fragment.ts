import * as Y from 'yjs';
import { LINK_ATTRIBUTES, MAX_HEADING, type Marks, type Node, type Span, linkAddress } from './schema';

/**
 * Text in Yjs documents. Names of elements and marks are those of Tiptap's extensions, since they stand in every stored document.
 */
const ELEMENTS = ['paragraph', 'heading', 'bulletList', 'orderedList', 'listItem', 'blockquote', 'hardBreak'];
const MARKS = ['bold', 'italic', 'code', 'link'];

type XmlNode = Y.XmlElement | Y.XmlText | Y.XmlHook;
/** Deeper than this, text is shown as if it stood on this level. */
const MAX_LEVELS = 12;

/** Reads a document's text; whatever another writer put there, the result is well formed. */
export function readNodes(parent: Y.XmlFragment, level = 0): readonly Node[] {
  const nodes: Node[] = [];
  const children = parent.toArray() as XmlNode[];
  for (const child of children) {
    if (child instanceof Y.XmlText) {
      nodes.push({ type: 'paragraph', spans: spansOf([child]) });
      continue;
    }
    if (!(child instanceof Y.XmlElement)) continue;
    const inner = child.toArray() as XmlNode[];
    if (level >= MAX_LEVELS) {
      nodes.push({ type: 'paragraph', spans: spansOf(inner) });
      continue;
    }
    switch (child.nodeName) {
      case 'heading':
        nodes.push({ type: 'heading', level: whole(child.getAttribute('level'), MAX_HEADING), spans: spansOf(inner) });
        break;
      case 'bulletList':
        nodes.push({ type: 'bulletList', items: itemsOf(inner, level) });
        break;
      case 'orderedList':
        nodes.push({
          type: 'orderedList',
          start: whole(child.getAttribute('start'), 999_999_999),
          items: itemsOf(inner, level),
        });
        break;
      case 'blockquote':
        nodes.push({ type: 'blockquote', children: readNodes(child, level + 1) });
        break;
      case 'paragraph':
        nodes.push({ type: 'paragraph', spans: spansOf(inner) });
        break;
      default:
        // A block that this version does not know keeps its text.
        nodes.push(...readNodes(child, level + 1));
    }
  }
  return nodes;
}

const itemsOf = (children: readonly XmlNode[], level: number): readonly (readonly Node[])[] =>
  children.filter((child) => child instanceof Y.XmlElement).map((item) => readNodes(item, level + 1));

function whole(value: unknown, most: number): number {
  const number = Number(value);
  return Number.isSafeInteger(number) ? Math.min(Math.max(number, 1), most) : 1;
}

function spansOf(nodes: readonly XmlNode[]): readonly Span[] {
  const spans: Span[] = [];
  for (const node of nodes) {
    if (node instanceof Y.XmlElement && node.nodeName === 'hardBreak') spans.push({ text: '\n', marks: {} });
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

interface Delta {
  readonly insert?: unknown;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

function marksOf(attributes: Readonly<Record<string, unknown>>): Marks {
  const has = (name: string) => attributes[name] !== undefined && attributes[name] !== null;
  if (has('code')) return { code: true };
  const link = linkOf(attributes['link']);
  return {
    ...(has('bold') ? { bold: true } : {}),
    ...(has('italic') ? { italic: true } : {}),
    ...(link === null ? {} : { link }),
  };
}

const linkOf = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'href' in value ? linkAddress(value.href) : null;

/** Appends nodes to a document's text. */
export function writeNodes(parent: Y.XmlFragment, nodes: readonly Node[]): void {
  parent.insert(parent.length, nodes.map(elementOf));
}

function elementOf(node: Node): Y.XmlElement {
  switch (node.type) {
    case 'paragraph':
      return filled(new Y.XmlElement('paragraph'), textsOf(node.spans));
    case 'heading': {
      const heading = new Y.XmlElement<{ level: number }>('heading');
      heading.setAttribute('level', node.level);
      return filled(heading as unknown as Y.XmlElement, textsOf(node.spans));
    }
    case 'blockquote':
      return filled(new Y.XmlElement('blockquote'), blocksOf(node.children));
    case 'bulletList':
      return filled(new Y.XmlElement('bulletList'), node.items.map(itemOf));
    case 'orderedList': {
      const list = new Y.XmlElement<{ start: number }>('orderedList');
      list.setAttribute('start', node.start);
      return filled(list as unknown as Y.XmlElement, node.items.map(itemOf));
    }
  }
}

/** The editor drops a list item that does not begin with a paragraph, and a quote without one, so neither is ever written. */
function itemOf(nodes: readonly Node[]): Y.XmlElement {
  const begins = nodes[0]?.type === 'paragraph';
  return filled(new Y.XmlElement('listItem'), blocksOf(begins ? nodes : [{ type: 'paragraph', spans: [] }, ...nodes]));
}

const blocksOf = (nodes: readonly Node[]): Y.XmlElement[] =>
  nodes.length === 0 ? [new Y.XmlElement('paragraph')] : nodes.map(elementOf);

function filled(element: Y.XmlElement, children: (Y.XmlElement | Y.XmlText)[]): Y.XmlElement {
  if (children.length > 0) element.insert(0, children);
  return element;
}

function textsOf(spans: readonly Span[]): (Y.XmlElement | Y.XmlText)[] {
  const children: (Y.XmlElement | Y.XmlText)[] = [];
  let deltas: { insert: string; attributes: Record<string, unknown> }[] = [];
  const flush = () => {
    if (deltas.length === 0) return;
    const text = new Y.XmlText();
    text.applyDelta(deltas);
    children.push(text);
    deltas = [];
  };
  for (const { text, marks } of spans) {
    text.split('\n').forEach((line, index) => {
      if (index > 0) {
        flush();
        children.push(new Y.XmlElement('hardBreak'));
      }
      if (line !== '') deltas.push({ insert: line, attributes: attributesOf(marks) });
    });
  }
  flush();
  return children;
}

function attributesOf({ bold, italic, code, link }: Marks): Record<string, unknown> {
  return {
    ...(bold === true ? { bold: {} } : {}),
    ...(italic === true ? { italic: {} } : {}),
    ...(code === true ? { code: {} } : {}),
    ...(link === undefined ? {} : { link: { href: link, ...LINK_ATTRIBUTES } }),
  };
}

/**
 * Whether the editor knows everything in a text. What it does not know (a newer app's table, say) it would delete on opening, so
 * such a text is only shown.
 */
export function isFamiliar(parent: Y.XmlFragment): boolean {
  return (parent.toArray() as XmlNode[]).every((child) => {
    if (child instanceof Y.XmlElement) return ELEMENTS.includes(child.nodeName) && isFamiliar(child);
    if (!(child instanceof Y.XmlText)) return false;
    return (child.toDelta() as readonly Delta[]).every(
      ({ insert, attributes }) =>
        typeof insert === 'string' && Object.keys(attributes ?? {}).every((name) => MARKS.includes(name)),
    );
  });
}
