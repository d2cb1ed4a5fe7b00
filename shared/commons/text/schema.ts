/** The rich text of the commons: what the editor's schema, the canonical text and its reader agree on. */

/** What a stored link carries beside its address; the same in the editor, so that a link is never rewritten by opening it. */
export const LINK_ATTRIBUTES = { target: '_blank', rel: 'noopener noreferrer', class: null } as const;
export const MAX_HEADING = 3;

export interface Marks {
  readonly bold?: true;
  readonly italic?: true;
  readonly code?: true;
  /** Address of a link. */
  readonly link?: string;
}
export interface Span {
  /** `\n` stands for a hard break. */
  readonly text: string;
  readonly marks: Marks;
}

/** Text as a tree of plain values: what both directions of the conversion go through. */
export type Node =
  | { readonly type: 'paragraph'; readonly spans: readonly Span[] }
  | { readonly type: 'heading'; readonly level: number; readonly spans: readonly Span[] }
  | { readonly type: 'blockquote'; readonly children: readonly Node[] }
  | { readonly type: 'bulletList'; readonly items: readonly (readonly Node[])[] }
  | { readonly type: 'orderedList'; readonly start: number; readonly items: readonly (readonly Node[])[] };

/** An address that a link may have: https and mailto only, bounded, without spaces. Null: not one. */
export function linkAddress(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 2_000) return null;
  return /^(https:\/\/|mailto:)[^\s<>"\\^`{|}]+$/i.test(value) ? value : null;
}
