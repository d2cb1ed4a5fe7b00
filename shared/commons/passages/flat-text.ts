import * as Y from 'yjs';
import type { Delta, XmlNode } from '../text/fragment';

// A text as one row of characters, with their places in Yjs and in the editor.

/** Characters of one Yjs text, or one thing that stands for itself: a picture, a mention, a line break. */
export interface Piece {
  readonly type: Y.XmlText | Y.XmlFragment;
  /** Where it begins in its type. */
  readonly index: number;
  /** Where it begins as the editor counts: one for each character and thing, one for each end of a block. */
  readonly at: number;
  /** How many it counts in its type and in the editor. */
  readonly size: number;
  /** Its characters; of a thing what it is called. */
  readonly text: string;
  /** Pieces of one line of text have the same number. */
  readonly block: number;
}

export interface Range {
  /** As the editor counts; the second is behind the last. */
  readonly from: number;
  readonly to: number;
}

/** What the editor counts as one, and the attribute by which it is called. */
const THINGS: Readonly<Record<string, string>> = {
  hardBreak: '',
  horizontalRule: '',
  mention: 'label',
  image: 'alt',
  file: 'name',
};

/** A text as it stands at one time. */
export class FlatText {
  readonly pieces: readonly Piece[];
  #dense: { readonly text: string; readonly at: Uint32Array } | null = null;

  constructor(fragment: Y.XmlFragment) {
    this.pieces = piecesOf(fragment);
  }

  /** The words in a range: lines parted by line ends. */
  words({ from, to }: Range): string {
    let words = '';
    let before: Piece | null = null;
    for (const piece of this.pieces) {
      if (piece.at >= to || piece.at + piece.size <= from) continue;
      if (before !== null && before.block !== piece.block) words += '\n';
      words += isText(piece) ? piece.text.slice(Math.max(0, from - piece.at), to - piece.at) : piece.text;
      before = piece;
    }
    return words;
  }

  /** All characters but white space, which edits of other kinds come and go with, and where in the editor each is. */
  get dense(): { readonly text: string; readonly at: Uint32Array } {
    this.#dense ??= denseOf(this.pieces);
    return this.#dense;
  }
}

/** Where a block of the first level is. */
export function blockRange(fragment: Y.XmlFragment, index: number): Range {
  const children = fragment.toArray() as XmlNode[];
  const from = children.slice(0, index).reduce((sum, child) => sum + sizeOf(child), 0);
  return { from, to: from + sizeOf(children[index]!) };
}

function sizeOf(child: XmlNode): number {
  if (child instanceof Y.XmlText) return charactersOf(child).length;
  if (!(child instanceof Y.XmlElement)) return 0;
  if (Object.hasOwn(THINGS, child.nodeName)) return 1;
  return (child.toArray() as XmlNode[]).reduce((sum, inner) => sum + sizeOf(inner), 2);
}

/** Words without their white space. */
export const densed = (words: string): string => words.replace(/\s+/g, '');

const isText = ({ type }: Piece): boolean => type instanceof Y.XmlText;

function piecesOf(fragment: Y.XmlFragment): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let block = 0;
  const walk = (parent: Y.XmlFragment): void => {
    (parent.toArray() as XmlNode[]).forEach((child, index) => {
      if (child instanceof Y.XmlText) {
        const text = charactersOf(child);
        if (text !== '') pieces.push({ type: child, index: 0, at, size: text.length, text, block });
        at += text.length;
        return;
      }
      if (!(child instanceof Y.XmlElement)) return;
      if (Object.hasOwn(THINGS, child.nodeName)) {
        pieces.push({ type: parent, index, at, size: 1, text: nameOf(child), block });
        at += 1;
        return;
      }
      at += 1;
      block += 1;
      walk(child);
      at += 1;
      block += 1;
    });
  };
  walk(fragment);
  return pieces;
}

const charactersOf = (text: Y.XmlText): string =>
  (text.toDelta() as readonly Delta[]).map(({ insert }) => (typeof insert === 'string' ? insert : '\ufffc')).join('');

function nameOf(thing: Y.XmlElement): string {
  const name: unknown = thing.getAttribute(THINGS[thing.nodeName]!);
  if (typeof name !== 'string') return ' ';
  return `${thing.nodeName === 'mention' ? '@' : ''}${name.slice(0, 200)}`;
}

function denseOf(pieces: readonly Piece[]): { readonly text: string; readonly at: Uint32Array } {
  const parts: string[] = [];
  const places: number[] = [];
  for (const piece of pieces) {
    const text = isText(piece);
    for (let index = 0; index < piece.text.length; index++) {
      if (/\s/.test(piece.text[index]!)) continue;
      parts.push(piece.text[index]!);
      places.push(text ? piece.at + index : piece.at);
    }
  }
  return { text: parts.join(''), at: Uint32Array.from(places) };
}
