import type * as Y from 'yjs';

/** Tags of pages. Each is a field of its own in a page's row, so that of tags added at the same time none is lost. */

/** Characters of one tag, tags of one page that are read. */
export const MAX_TAG = 40;
export const MAX_TAGS = 50;

const FIELD = 'tag:';
/** Characters that would turn the words around them. */
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A tag in its one form: a line without `#` and commas, bounded. Empty: not one. */
export function tagText(value: unknown): string {
  if (typeof value !== 'string') return '';
  const line = value
    .slice(0, 4 * MAX_TAG)
    .replace(TURNS, '')
    .replace(/[\s\p{Cc}\p{Cs}\u2028\u2029#,]+/gu, ' ')
    .trim()
    .normalize('NFC');
  return Array.from(line).slice(0, MAX_TAG).join('').trim();
}

/** What tells a tag from others: case does not. */
export const tagKey = (tag: string): string => tag.toLowerCase().normalize('NFC');

/** The field by which a page's row has a tag. */
export const tagField = (tag: string): string => FIELD + tagKey(tag);

/** The tags in a page's row, in the order of their keys; whatever another writer put there, each is in its form and there once. */
export function tagsIn(row: Y.Map<unknown>): readonly string[] {
  const tags: string[] = [];
  for (const [field, value] of row) {
    if (!field.startsWith(FIELD)) continue;
    const tag = tagText(value);
    if (tag !== '' && tagField(tag) === field) tags.push(tag);
  }
  return tags.length < 2 ? tags : tags.sort(byKey).slice(0, MAX_TAGS);
}

const byKey = (a: string, b: string): number => (tagKey(a) < tagKey(b) ? -1 : 1);

export const hasTag = (tags: readonly string[], tag: string): boolean =>
  tags.some((one) => tagKey(one) === tagKey(tag));

export interface TagCount {
  /** As most pages write it. */
  readonly tag: string;
  readonly pages: number;
}

/** The tags of these pages and on how many each is, in the order of their keys. */
export function countTags(pages: Iterable<{ readonly tags: readonly string[] }>): readonly TagCount[] {
  const ways = new Map<string, Map<string, number>>();
  for (const { tags } of pages)
    for (const tag of tags) {
      const key = tagKey(tag);
      const written = ways.get(key) ?? new Map<string, number>();
      ways.set(key, written.set(tag, (written.get(tag) ?? 0) + 1));
    }
  return [...ways.values()]
    .map((written) => {
      const [[tag] = ['']] = [...written].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
      return { tag, pages: [...written.values()].reduce((sum, one) => sum + one, 0) };
    })
    .sort((a, b) => byKey(a.tag, b.tag));
}
