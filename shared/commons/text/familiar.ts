import * as Y from 'yjs';
import type { Delta, XmlNode } from './fragment';

const BLOCKS = [
  'paragraph',
  'heading',
  'bulletList',
  'orderedList',
  'taskList',
  'blockquote',
  'callout',
  'codeBlock',
  'horizontalRule',
  'table',
  'image',
  'file',
];
const WORDS = ['#text', 'hardBreak', 'mention'];

/** What each element of the editor's schema has in it. */
const CONTENT: Readonly<Record<string, readonly string[]>> = {
  paragraph: WORDS,
  heading: WORDS,
  codeBlock: ['#text'],
  bulletList: ['listItem'],
  orderedList: ['listItem'],
  taskList: ['taskItem'],
  listItem: BLOCKS,
  taskItem: BLOCKS,
  blockquote: BLOCKS,
  callout: BLOCKS,
  table: ['tableRow'],
  tableRow: ['tableHeader', 'tableCell'],
  tableHeader: ['paragraph'],
  tableCell: ['paragraph'],
  horizontalRule: [],
  image: [],
  file: [],
  hardBreak: [],
  mention: [],
};
const MARKS = ['bold', 'italic', 'strike', 'code', 'link'];

/**
 * Whether the editor can hold everything in a text. What it can not (a newer app's block, a list item that begins with a table) it
 * would delete on opening, so such a text is only shown.
 */
export function isFamiliar(text: Y.XmlFragment): boolean {
  return holds(BLOCKS, text.toArray());
}

/** The same of one element, wherever it stands. */
const isFamiliarElement = (element: Y.XmlElement): boolean =>
  Object.hasOwn(CONTENT, element.nodeName) && holds(CONTENT[element.nodeName]!, element.toArray(), element.nodeName);

function holds(allowed: readonly string[], children: readonly XmlNode[], inside?: string): boolean {
  if (!children.every((child) => isHeld(allowed, child, inside === 'codeBlock'))) return false;
  const [first] = children;
  switch (inside) {
    case 'listItem':
    case 'taskItem':
      return first instanceof Y.XmlElement && first.nodeName === 'paragraph';
    case 'tableHeader':
    case 'tableCell':
      // Without a paragraph a cell would go, and the cells after it would stand in other columns.
      return first !== undefined;
    default:
      return true;
  }
}

function isHeld(allowed: readonly string[], child: XmlNode, code: boolean): boolean {
  if (child instanceof Y.XmlText) return allowed.includes('#text') && isPlain(child, code);
  if (!(child instanceof Y.XmlElement)) return false;
  return allowed.includes(child.nodeName) && isFamiliarElement(child) && isSingle(child);
}

/** Characters with marks that the editor knows; in code without any. */
const isPlain = (text: Y.XmlText, code: boolean): boolean =>
  (text.toDelta() as readonly Delta[]).every(
    ({ insert, attributes }) =>
      typeof insert === 'string' && Object.keys(attributes ?? {}).every((name) => !code && MARKS.includes(name)),
  );

/** A cell over several columns has no place in a text, and one over a million would stop the editor. */
const isSingle = (element: Y.XmlElement): boolean =>
  ['colspan', 'rowspan', 'colwidth'].every((name) => {
    const value: unknown = element.getAttribute(name);
    return value === undefined || value === null || value === 1;
  });

/** Whether the editor can still hold a text after these parts of its document have changed; others than the text's are left out. */
export function isFamiliarChange(text: Y.XmlFragment, changed: Iterable<unknown>): boolean {
  for (const type of changed) {
    if (!(type instanceof Y.AbstractType) || !isInside(text, type)) continue;
    // What an element may hold depends on where it stands, so the one around it is looked at.
    const around = type === text ? text : type.parent;
    const familiar = around instanceof Y.XmlElement ? isFamiliarElement(around) : isFamiliar(text);
    if (!familiar) return false;
  }
  return true;
}

function isInside(text: Y.XmlFragment, type: { readonly parent: unknown }): boolean {
  let at: unknown = type;
  while (at instanceof Y.AbstractType && at !== text) at = at.parent;
  return at === text;
}

/** Whether all that a text has is known, if not in its place: what the reader makes of it is then all that there is. */
export const isMendable = (text: Y.XmlFragment): boolean =>
  (text.toArray() as XmlNode[]).every(
    (child) =>
      child instanceof Y.XmlText ||
      (child instanceof Y.XmlElement && Object.hasOwn(CONTENT, child.nodeName) && isMendable(child)),
  );
