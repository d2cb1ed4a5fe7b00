import * as Y from 'yjs';
import { type Keyed, align } from './align';
import { canonicalText, textToFragment } from './canonical';
import { changeLine, changeWords } from './change-line';
import { type XmlNode, readChild, readNodes } from './fragment';
import { type Attributes, elementOf, itemOf, rowOf } from './fragment-write';
import { parseMarkdown } from './parse';
import type { Node, Span } from './schema';
import { markdownOf } from './write';

/**
 * Makes a text say what the Markdown says by changing only what differs, block by block and word by word, as one transaction: what
 * others write meanwhile elsewhere in it, and what is tied to places elsewhere in it, stays.
 */
export function changeText(fragment: Y.XmlFragment, markdown: string): void {
  const nodes = parseMarkdown(markdown);
  const change = () => {
    changeBlocks(fragment, nodes);
    // What another writer left that has no place in a text can be in the way.
    if (canonicalText(fragment) !== markdownOf(nodes)) textToFragment(markdown, fragment);
  };
  if (fragment.doc === null) change();
  else fragment.doc.transact(change);
}

interface Old extends Keyed {
  readonly child: XmlNode;
  readonly index: number;
}
interface New<T> extends Keyed {
  readonly value: T;
}

/** The number of a block in Yjs: session and count. */
export type BlockNumber = readonly [client: number, clock: number];

/**
 * Makes one block of a text say what the Markdown says, or nothing (null); where it is not there (any more, or null) it is put behind
 * `after`, or where that is not there either, first.
 */
export function changeOneBlock(
  fragment: Y.XmlFragment,
  block: BlockNumber | null,
  after: BlockNumber | null,
  markdown: string | null,
): void {
  const children = fragment.toArray() as XmlNode[];
  const index = block === null ? -1 : blockIndex(fragment, block);
  const olds = index === -1 ? [] : [{ child: children[index]!, index, ...oldKey(children[index]!) }];
  const behind = index === -1 ? (after === null ? 0 : blockIndex(fragment, after) + 1) : index + 1;
  const change = () =>
    changeChildren(
      fragment,
      olds,
      newBlocks(markdown === null ? [] : parseMarkdown(markdown)),
      changeBlock,
      elementOf,
      behind,
    );
  if (fragment.doc === null) change();
  else fragment.doc.transact(change);
}

/** The canonical Markdown of one block of a text; null: it is not there. */
export function blockText(fragment: Y.XmlFragment, block: BlockNumber): string | null {
  const child = (fragment.toArray() as XmlNode[])[blockIndex(fragment, block)];
  return child === undefined ? null : markdownOf(readChild(child));
}

/** The blocks of a text in order, with their canonical Markdown. */
export function blockNumbers(
  fragment: Y.XmlFragment,
): readonly { readonly block: BlockNumber; readonly text: string }[] {
  return (fragment.toArray() as XmlNode[]).flatMap((child) => {
    const id = idOf(child);
    return id === null ? [] : [{ block: [id.client, id.clock], text: markdownOf(readChild(child)) }];
  });
}

const idOf = (child: XmlNode): Y.ID | null => (child as { readonly _item: Y.Item | null })._item?.id ?? null;

/** Which block of a text it is; -1: it is not there. */
export const blockIndex = (fragment: Y.XmlFragment, [client, clock]: BlockNumber): number =>
  (fragment.toArray() as XmlNode[]).findIndex((child) => {
    const id = idOf(child);
    return id !== null && id.client === client && id.clock === clock;
  });

/** Brings children of `parent` into line, those before the place `end`. `change` says whether it could make one the other. */
function changeChildren<T>(
  parent: Y.XmlFragment,
  olds: readonly Old[],
  news: readonly New<T>[],
  change: (child: XmlNode, value: T) => boolean,
  make: (value: T) => Y.XmlElement,
  end = parent.length,
): void {
  let at = end;
  // From the end, so that the places of those before stay true.
  for (const { old, now, same } of align(olds, news).toReversed()) {
    if (old !== undefined) at = old.index;
    if (same) continue;
    if (old !== undefined && now !== undefined && change(old.child, now.value)) continue;
    if (old !== undefined) parent.delete(at, 1);
    if (now !== undefined) parent.insert(at, [make(now.value)]);
  }
}

function changeBlocks(parent: Y.XmlFragment, nodes: readonly Node[], skip = 0): void {
  const olds = (parent.toArray() as XmlNode[])
    .map((child, index) => ({ child, index, ...oldKey(child) }))
    // An empty line is none of the text, and somebody may be about to write there.
    .filter(({ index, key, kind }) => index >= skip && !(key === '' && kind === 'paragraph'));
  changeChildren(parent, olds, newBlocks(nodes), changeBlock, elementOf);
}

const oldKey = (child: XmlNode): Keyed => ({ key: markdownOf(readChild(child)), kind: nameOf(child) });

const newBlocks = (nodes: readonly Node[]): readonly New<Node>[] =>
  nodes.map((value) => ({ value, key: markdownOf([value]), kind: value.type })).filter(({ key }) => key !== '');

const nameOf = (child: XmlNode): string => (child instanceof Y.XmlElement ? child.nodeName : '#text');

function changeBlock(child: XmlNode, node: Node): boolean {
  if (!(child instanceof Y.XmlElement) || child.nodeName !== node.type) return false;
  switch (node.type) {
    case 'paragraph':
      changeLine(child, node.spans);
      return true;
    case 'heading':
      set(child, { level: node.level });
      changeLine(child, node.spans);
      return true;
    case 'codeBlock':
      return changeCode(child, node);
    case 'blockquote':
      return changeInner(child, node.children);
    case 'callout':
      set(child, { kind: node.kind });
      return changeInner(child, node.children);
    case 'bulletList':
      changeItems(
        child,
        'listItem',
        node.items.map((children) => ({ children, attributes: {} })),
      );
      return true;
    case 'orderedList':
      set(child, { start: node.start });
      changeItems(
        child,
        'listItem',
        node.items.map((children) => ({ children, attributes: {} })),
      );
      return true;
    case 'taskList':
      changeItems(
        child,
        'taskItem',
        node.items.map(({ children, checked }) => ({ children, attributes: { checked } })),
      );
      return true;
    case 'table':
      return changeTable(child, node.rows);
    case 'image':
      set(child, { file: node.file, alt: node.alt });
      return true;
    case 'file':
      set(child, { file: node.file, name: node.name });
      return true;
    case 'horizontalRule':
      return true;
  }
}

function set(element: Y.XmlElement, attributes: Attributes): void {
  const given = element as unknown as Y.XmlElement<Record<string, string | number | boolean>>;
  for (const [name, value] of Object.entries(attributes))
    if (given.getAttribute(name) !== value) given.setAttribute(name, value);
}

/** A block around others is never left empty. */
function changeInner(child: Y.XmlElement, nodes: readonly Node[]): boolean {
  if (markdownOf(nodes) === '') return false;
  changeBlocks(child, nodes);
  return true;
}

function changeCode(child: Y.XmlElement, { language, text }: Node & { readonly type: 'codeBlock' }): boolean {
  const [words, ...more] = child.toArray() as XmlNode[];
  if (!(words instanceof Y.XmlText) || more.length > 0 || text === '') return false;
  if (language === '') child.removeAttribute('language');
  else set(child, { language });
  changeWords(words, [{ insert: text, attributes: {} }]);
  return true;
}

interface Item {
  readonly children: readonly Node[];
  readonly attributes: Attributes;
}

function changeItems(list: Y.XmlElement, name: string, items: readonly Item[]): void {
  const key = ({ children, attributes }: Item): string =>
    `${JSON.stringify(attributes)} ${markdownOf([{ type: 'bulletList', items: [children] }])}`;
  const olds = (list.toArray() as XmlNode[]).map((child, index) => {
    const children = child instanceof Y.XmlElement ? readNodes(child) : [];
    const checked = child instanceof Y.XmlElement && (child.getAttribute('checked') as unknown) === true;
    const attributes: Attributes = name === 'taskItem' ? { checked } : {};
    return { child, index, key: key({ children, attributes }), kind: nameOf(child) };
  });
  const news = items.map((value) => ({ value, key: key(value), kind: name }));
  changeChildren(list, olds, news, changeItem, (item) => itemOf(name, item.attributes, item.children));
}

/** An item begins with a paragraph, also an empty one: that one becomes the other’s. */
function changeItem(child: XmlNode, { children, attributes }: Item): boolean {
  if (!(child instanceof Y.XmlElement)) return false;
  const [first] = child.toArray() as XmlNode[];
  const [opening, ...rest] = children;
  if (!(first instanceof Y.XmlElement) || first.nodeName !== 'paragraph' || opening?.type !== 'paragraph') return false;
  set(child, attributes);
  changeLine(first, opening.spans);
  changeBlocks(child, rest, 1);
  return true;
}

type Cells = readonly (readonly Span[])[];

/** Rows come and go; where columns do, the table is another one. */
function changeTable(table: Y.XmlElement, rows: readonly Cells[]): boolean {
  const [head, ...body] = table.toArray() as XmlNode[];
  const [firstRow, ...others] = rows;
  const width = firstRow?.length ?? 0;
  if (head === undefined || firstRow === undefined) return false;
  if (![head, ...body].every((row) => linesOf(row).length === width)) return false;
  changeRow(head, firstRow);
  const key = (cells: Cells): string =>
    JSON.stringify(cells.map((spans) => markdownOf([{ type: 'paragraph', spans }])));
  const olds = body.map((child, index) => ({
    child,
    index: index + 1,
    key: JSON.stringify(linesOf(child).map((line) => markdownOf(readChild(line)))),
    kind: nameOf(child),
  }));
  const news = others.map((value) => ({ value, key: key(value), kind: 'tableRow' }));
  changeChildren(table, olds, news, changeRow, (cells) => rowOf(cells, false));
  return true;
}

function changeRow(row: XmlNode, cells: Cells): boolean {
  linesOf(row).forEach((line, index) => changeLine(line, cells[index]!));
  return true;
}

/** The one line of each cell of a row; none where a cell has something else. */
function linesOf(row: XmlNode): readonly Y.XmlElement[] {
  if (!(row instanceof Y.XmlElement)) return [];
  const lines = (row.toArray() as XmlNode[]).map((cell) => {
    const inner = cell instanceof Y.XmlElement ? (cell.toArray() as XmlNode[]) : [];
    return inner.length === 1 && inner[0] instanceof Y.XmlElement ? inner[0] : null;
  });
  return lines.every((line) => line !== null) ? lines : [];
}
