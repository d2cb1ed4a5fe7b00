import * as Y from 'yjs';
import { LINK_ATTRIBUTES, type Marks, type Node, type Span } from './schema';

/** Appends nodes to a document's text. */
export function writeNodes(parent: Y.XmlFragment, nodes: readonly Node[]): void {
  parent.insert(parent.length, nodes.map(elementOf));
}

export function elementOf(node: Node): Y.XmlElement {
  switch (node.type) {
    case 'paragraph':
      return element('paragraph', {}, textsOf(node.spans));
    case 'heading':
      return element('heading', { level: node.level }, textsOf(node.spans));
    case 'blockquote':
      return element('blockquote', {}, blocksOf(node.children));
    case 'callout':
      return element('callout', { kind: node.kind }, blocksOf(node.children));
    case 'bulletList':
      return element(
        'bulletList',
        {},
        node.items.map((item) => itemOf('listItem', {}, item)),
      );
    case 'orderedList':
      return element(
        'orderedList',
        { start: node.start },
        node.items.map((item) => itemOf('listItem', {}, item)),
      );
    case 'taskList':
      return element(
        'taskList',
        {},
        node.items.map(({ checked, children }) => itemOf('taskItem', { checked }, children)),
      );
    case 'codeBlock': {
      const attributes = node.language === '' ? {} : { language: node.language };
      return element('codeBlock', attributes, node.text === '' ? [] : [new Y.XmlText(node.text)]);
    }
    case 'horizontalRule':
      return element('horizontalRule', {}, []);
    case 'table':
      return element(
        'table',
        {},
        node.rows.map((cells, row) => rowOf(cells, row === 0)),
      );
    case 'image':
      return element('image', { file: node.file, alt: node.alt }, []);
    case 'file':
      return element('file', { file: node.file, name: node.name }, []);
  }
}

export const rowOf = (cells: readonly (readonly Span[])[], head: boolean): Y.XmlElement =>
  element(
    'tableRow',
    {},
    cells.map((spans) => cellOf(spans, head)),
  );

/** As the editor writes a cell: it spans one column and one row. */
const cellOf = (spans: readonly Span[], head: boolean): Y.XmlElement =>
  element(head ? 'tableHeader' : 'tableCell', { colspan: 1, rowspan: 1 }, [element('paragraph', {}, textsOf(spans))]);

/** The editor drops a list item that does not begin with a paragraph, and a quote without one, so neither is ever written. */
export function itemOf(name: string, attributes: Attributes, nodes: readonly Node[]): Y.XmlElement {
  const begins = nodes[0]?.type === 'paragraph';
  return element(name, attributes, blocksOf(begins ? nodes : [{ type: 'paragraph', spans: [] }, ...nodes]));
}

const blocksOf = (nodes: readonly Node[]): readonly Y.XmlElement[] =>
  nodes.length === 0 ? [new Y.XmlElement('paragraph')] : nodes.map(elementOf);

export type Attributes = Readonly<Record<string, string | number | boolean>>;

function element(name: string, attributes: Attributes, children: readonly (Y.XmlElement | Y.XmlText)[]): Y.XmlElement {
  const made = new Y.XmlElement<Record<string, string | number | boolean>>(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (children.length > 0) made.insert(0, [...children]);
  return made as unknown as Y.XmlElement;
}

export interface Words {
  readonly insert: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}
/** What a line of text is made of: words, and things between them. */
export type Inline =
  { readonly words: readonly Words[] } | { readonly thing: 'hardBreak' | 'mention'; readonly attributes: Attributes };

const textsOf = (spans: readonly Span[]): (Y.XmlElement | Y.XmlText)[] => inlineOf(spans).map(inlineElement);

export function inlineElement(inline: Inline): Y.XmlElement | Y.XmlText {
  if ('thing' in inline) return element(inline.thing, inline.attributes, []);
  const text = new Y.XmlText();
  text.applyDelta([...inline.words]);
  return text;
}

export function inlineOf(spans: readonly Span[]): readonly Inline[] {
  const all: Inline[] = [];
  let words: Words[] = [];
  const flush = () => {
    if (words.length > 0) all.push({ words });
    words = [];
  };
  for (const { text, marks, mention } of spans) {
    if (mention !== undefined) {
      flush();
      all.push({ thing: 'mention', attributes: { kind: mention.kind, id: mention.id, label: text } });
      continue;
    }
    text.split('\n').forEach((line, index) => {
      if (index > 0) {
        flush();
        all.push({ thing: 'hardBreak', attributes: {} });
      }
      if (line !== '') words.push({ insert: line, attributes: attributesOf(marks) });
    });
  }
  flush();
  return all;
}

function attributesOf({ bold, italic, strike, code, link }: Marks): Record<string, unknown> {
  return {
    ...(bold === true ? { bold: {} } : {}),
    ...(italic === true ? { italic: {} } : {}),
    ...(strike === true ? { strike: {} } : {}),
    ...(code === true ? { code: {} } : {}),
    ...(link === undefined ? {} : { link: { href: link, ...LINK_ATTRIBUTES } }),
  };
}
