import { concat, fromHex, toHex, utf8 } from './bytes';
import { hashUnder } from './hash';
import { type Shape, id } from './shape';

/**
 * Free text is bound into an event by a salted hash and kept beside it, so that it can be erased later while the proof that something
 * stood there remains. The salt keeps a short text (a name, a yes) from being guessed from its hash once it is erased.
 */
declare const reference: unique symbol;
/**
 * Names a detached text: SHA-256 over a domain prefix, its author's device key, a 16-byte salt and the UTF-8 text; 64 hex digits. The author is
 * in it, so that nobody can name another's text as their own and have it erased.
 */
export type TextRef = string & { readonly [reference]: true };
/** Where an event says something: the author's own text stands beside it. */
export const textRef: Shape<TextRef> = (value): value is TextRef => id(value);
/** Where an event only names a text that stands elsewhere. */
export const otherText = id as Shape<TextRef>;

export interface DetachedText {
  /** Device that signed the event for which it was written. */
  readonly author: string;
  readonly salt: Uint8Array;
  readonly text: string;
}

/** UTF-8 bytes of all texts of one event together: what goes into one message to a neighbour, with room to spare. */
export const MAX_TEXTS = 1_048_576;
/** UTF-16 units; a clause, a proposal or a page excerpt fits, a file does not. */
export const MAX_TEXT = 65_536;
export const SALT_BYTES = 16;
const hash = hashUnder('peerhold/text/1\0');

export function refOf(detached: DetachedText): TextRef {
  return toHex(hash(concat(fromHex(detached.author), detached.salt, utf8(detached.text)))) as TextRef;
}

/** A text not yet bound: what an author writes where the signed payload has a `TextRef`. */
export interface InlineText {
  readonly text: string;
}

/** A payload as its author writes it: every `TextRef` is the text itself. */
export type Draft<T> = T extends TextRef
  ? InlineText | TextRef
  : T extends Uint8Array | string | number | boolean | null | undefined
    ? T
    : T extends readonly (infer Item)[]
      ? readonly Draft<Item>[]
      : { [K in keyof T]: Draft<T[K]> };
