import * as Y from 'yjs';
import { type FlatText, type Piece, type Range, densed } from './flat-text';

/** Number of a character in Yjs: the session that wrote it, and which one of its it is. */
export type CharacterId = readonly [client: number, clock: number];

/** Where a passage is: its first and last character, and what it was when it was chosen. Nothing of it stands in the text itself. */
export interface Anchor {
  readonly start: CharacterId;
  readonly end: CharacterId;
  readonly quote: string;
  /** Some characters around it, without white space, by which it is told from the same words elsewhere. */
  readonly before: string;
  readonly after: string;
}

/** Characters of a quote; a longer passage is known by its beginning. */
export const MAX_QUOTE = 1_000;
export const MAX_CONTEXT = 32;
/** Characters beside a passage that have to be as they were, where it is found by its words alone. */
const ENOUGH_CONTEXT = 8;
/** Characters of a passage that are taken for it wherever they stand, if they do once only. */
const UNMISTAKABLE = 24;
/** Places with the same words that are looked at. */
const MAX_PLACES = 200;

/** What ties a comment to the characters in a range; null: there are none. */
export function anchorOf(flat: FlatText, range: Range): Anchor | null {
  const inside = flat.pieces.filter((piece) => piece.at < range.to && piece.at + piece.size > range.from);
  const [first, last] = [inside[0], inside.at(-1)];
  const words = flat.words(range);
  if (first === undefined || last === undefined || densed(words) === '') return null;
  const start = first.index + Math.max(0, range.from - first.at);
  const end = last.index + Math.min(last.size, range.to - last.at);
  const [opening, closing] = [characterAt(first, start), characterAt(last, end - 1)];
  if (opening === null || closing === null) return null;
  const [from, to] = [placeOf(flat, range.from), placeOf(flat, range.to)];
  const { text } = flat.dense;
  return {
    start: opening,
    end: closing,
    quote: words.slice(0, MAX_QUOTE),
    before: text.slice(Math.max(0, from - MAX_CONTEXT), from),
    after: text.slice(to, to + MAX_CONTEXT),
  };
}

function characterAt({ type }: Piece, index: number): CharacterId | null {
  const { item } = Y.createRelativePositionFromTypeIndex(type, index, 0);
  return item === null ? null : [item.client, item.clock];
}

/** How many characters but white space are before a place. */
function placeOf(flat: FlatText, at: number): number {
  const places = flat.dense.at;
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Where a passage is now; null: it was deleted. It is where its characters are. Where a block is split, joined or wrapped, the editor
 * writes the characters anew: then it is found by its words, if what is beside them is as it was or there are enough of them.
 */
export function locate(doc: Y.Doc, flat: FlatText, anchor: Anchor): Range | null {
  const quote = densed(anchor.quote);
  const direct = directRange(doc, flat, anchor, quote);
  const { text, at } = flat.dense;
  if (direct !== null) {
    const [from, to] = [placeOf(flat, direct.from), placeOf(flat, direct.to)];
    const rest = text.slice(from, to);
    if (rest !== '') {
      // A part that was written anew beside what is left of it belongs to it.
      if (rest.length < quote.length && quote.startsWith(rest) && text.startsWith(quote, from))
        return { from: direct.from, to: at[from + quote.length - 1]! + 1 };
      if (rest.length < quote.length && quote.endsWith(rest) && text.slice(0, to).endsWith(quote))
        return { from: at[to - quote.length]!, to: direct.to };
      return direct;
    }
  }
  const found = search(text, quote, anchor);
  return found === null ? null : { from: at[found]!, to: at[found + quote.length - 1]! + 1 };
}

function directRange(doc: Y.Doc, flat: FlatText, { start, end }: Anchor, quote: string): Range | null {
  const [first, last] = [resolved(doc, start, 0), resolved(doc, end, -1)];
  const opening = first && pieceFrom(flat, first);
  const closing = last && pieceTo(flat, last);
  if (opening === null && closing === null) return null;
  // Of a passage over several blocks the first or the last may be gone: it is what is left of its words.
  const { text, at } = flat.dense;
  if (opening === null) {
    const end = placeOf(flat, closing!);
    const same = likenessBefore(text, end, quote);
    return same === 0 ? null : { from: at[end - same]!, to: closing! };
  }
  const begin = placeOf(flat, opening);
  if (closing === null) {
    const same = likenessAfter(text, begin, quote);
    return same === 0 ? null : { from: opening, to: at[begin + same - 1]! + 1 };
  }
  return opening < closing ? { from: opening, to: closing } : null;
}

function resolved(doc: Y.Doc, [client, clock]: CharacterId, assoc: number): Y.AbsolutePosition | null {
  const position = Y.createRelativePositionFromJSON({ item: { client, clock }, assoc });
  return Y.createAbsolutePositionFromRelativePosition(position, doc);
}

function pieceFrom({ pieces }: FlatText, { type, index }: Y.AbsolutePosition): number | null {
  const inside = pieces.filter((piece) => piece.type === type);
  return within(inside.find((one) => one.index + one.size > index) ?? inside.at(-1), index);
}

function pieceTo({ pieces }: FlatText, { type, index }: Y.AbsolutePosition): number | null {
  const inside = pieces.filter((piece) => piece.type === type);
  return within(inside.findLast((one) => one.index < index) ?? inside[0], index);
}

const within = (piece: Piece | undefined, index: number): number | null =>
  piece === undefined ? null : piece.at + Math.min(piece.size, Math.max(0, index - piece.index));

/** Where in a text without white space a quote is meant to be. */
function search(text: string, quote: string, { before, after }: Anchor): number | null {
  if (quote === '') return null;
  const places: number[] = [];
  for (let at = text.indexOf(quote); at !== -1 && places.length < MAX_PLACES; at = text.indexOf(quote, at + 1))
    places.push(at);
  let best: { readonly at: number; readonly score: number } | null = null;
  for (const at of places) {
    const left = likenessBefore(text, at, before);
    const right = likenessAfter(text, at + quote.length, after);
    // At the beginning and the end of a text there is less beside it.
    const atStart = at === left && left === before.length;
    const atEnd = at + quote.length + right === text.length && right === after.length;
    const enough =
      atStart ||
      atEnd ||
      Math.max(left, right) >= ENOUGH_CONTEXT ||
      (places.length === 1 && quote.length >= UNMISTAKABLE);
    if (enough && (best === null || left + right > best.score)) best = { at, score: left + right };
  }
  return best?.at ?? null;
}

/** How many characters before a place are as they were. */
function likenessBefore(text: string, at: number, before: string): number {
  let same = 0;
  while (same < before.length && text[at - 1 - same] === before[before.length - 1 - same]) same += 1;
  return same;
}

function likenessAfter(text: string, at: number, after: string): number {
  let same = 0;
  while (same < after.length && text[at + same] === after[same]) same += 1;
  return same;
}
