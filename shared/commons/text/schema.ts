import { isId } from '../../record/shape';

/** The rich text of the commons: what the editor's schema, the canonical text and its reader agree on. */

/** What a stored link carries beside its address; the same in the editor, so that a link is never rewritten by opening it. */
export const LINK_ATTRIBUTES = { target: '_blank', rel: 'noopener noreferrer', class: null } as const;
export const MAX_HEADING = 3;
/** Lists, quotes and callouts inside one another. Further in, a text’s markers and a document’s blocks of these kinds are words. */
export const MAX_LEVELS = 8;
/** Backticks on each side of code within a line. Code with as many in a row can not be said so, and is written as text. */
export const MAX_FENCE = 64;
/** Columns of a table; what stands further right is read as part of the last one. */
export const MAX_COLUMNS = 40;
/** Characters of a mention's label, of a picture's description and of a file's name in a text. */
export const MAX_LABEL = 200;

export const CALLOUTS = ['note', 'tip', 'warning', 'question'] as const;
export type CalloutKind = (typeof CALLOUTS)[number];

/** What a text can mention; `decision` is a proposal, decided or not, `entry` one of the ledger. */
export const MENTION_KINDS = ['member', 'page', 'protocol', 'decision', 'resource', 'entry'] as const;
export type MentionKind = (typeof MENTION_KINDS)[number];

export interface Mention {
  readonly kind: MentionKind;
  /** Id of what is mentioned; a protocol's slug. */
  readonly id: string;
}

export interface Marks {
  readonly bold?: true;
  readonly italic?: true;
  readonly strike?: true;
  readonly code?: true;
  /** Address of a link. */
  readonly link?: string;
}
export interface Span {
  /** `\n` stands for a hard break. Of a mention its label: what is read where what it names is not known. */
  readonly text: string;
  /** None for a mention. */
  readonly marks: Marks;
  readonly mention?: Mention;
}

export interface TaskItem {
  readonly checked: boolean;
  readonly children: readonly Node[];
}

/** Text as a tree of plain values: what both directions of the conversion go through. */
export type Node =
  | { readonly type: 'paragraph'; readonly spans: readonly Span[] }
  | { readonly type: 'heading'; readonly level: number; readonly spans: readonly Span[] }
  | { readonly type: 'blockquote'; readonly children: readonly Node[] }
  | { readonly type: 'callout'; readonly kind: CalloutKind; readonly children: readonly Node[] }
  | { readonly type: 'bulletList'; readonly items: readonly (readonly Node[])[] }
  | { readonly type: 'orderedList'; readonly start: number; readonly items: readonly (readonly Node[])[] }
  | { readonly type: 'taskList'; readonly items: readonly TaskItem[] }
  /** `language` is empty where none was named. */
  | { readonly type: 'codeBlock'; readonly language: string; readonly text: string }
  | { readonly type: 'horizontalRule' }
  /** Rows of cells, the first row the heading; all rows as long as the longest. */
  | { readonly type: 'table'; readonly rows: readonly (readonly (readonly Span[])[])[] }
  /** A file of the network shown in the text; `file` is its id, `alt` says what is to be seen. */
  | { readonly type: 'image'; readonly file: string; readonly alt: string }
  /** A file of the network; `name` stands where the page does not name it. */
  | { readonly type: 'file'; readonly file: string; readonly name: string };

/** An address that a link may have: https and mailto only, bounded, without spaces. Null: not one. */
export function linkAddress(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 2_000) return null;
  return /^(https:\/\/|mailto:)[^\s<>"\\^`{|}]+$/i.test(value) ? value : null;
}

/** Id of a file: the hash of its manifest. Null: not one. */
export const fileId = (value: unknown): string | null => (typeof value === 'string' && isId(value) ? value : null);

/** What a mention names; null: nothing that there is. */
export function mentionOf(kind: unknown, id: unknown): Mention | null {
  const known = MENTION_KINDS.find((one) => one === kind);
  return known !== undefined && typeof id === 'string' && /^[0-9a-z-]{1,64}$/.test(id) ? { kind: known, id } : null;
}

/** The kind of a callout; unknown ones are notes. GitHub's other two names are understood. */
export function calloutKind(value: unknown): CalloutKind {
  const name = typeof value === 'string' ? value.toLowerCase() : '';
  if (name === 'caution') return 'warning';
  return CALLOUTS.find((one) => one === name) ?? 'note';
}

/** The name of a code block's language; empty: none. */
export const codeLanguage = (value: unknown): string =>
  typeof value === 'string' && /^[A-Za-z0-9+#.-]{1,30}$/.test(value) ? value : '';

/** The text of a code block: of control characters it keeps line ends and tabs. */
export const codeText = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]|[\u2028\u2029]/gu, ' ');

/** A label as one line without spaces around it, bounded. */
export function labelText(value: unknown): string {
  if (typeof value !== 'string') return '';
  const line = value
    .slice(0, 4 * MAX_LABEL)
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
  // Never half a character at the cut.
  return Array.from(line).slice(0, MAX_LABEL).join('').trim();
}
