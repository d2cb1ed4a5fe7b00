/** What was typed to open a list at the caret: `/` what to insert, `@` what to mention, `[[` which page. */
export type Trigger = 'insert' | 'mention' | 'page';

export interface Match {
  readonly trigger: Trigger;
  /** What was typed after it so far. */
  readonly query: string;
  /** Where the trigger begins in the text before the caret. */
  readonly at: number;
}

/** Characters after the trigger beyond which it was no trigger but text. */
export const LONGEST = 60;

const PATTERNS: readonly (readonly [Trigger, RegExp])[] = [
  ['insert', /(?:^|\s)(\/)((?:[^\s/][^/]*)?)$/u],
  // Names have spaces. An address like anna@example.org has a letter before its sign.
  ['mention', /(?:^|[^\p{L}\p{N}@])(@)((?:[^\s@[][^@[]*)?)$/u],
  ['page', /(\[\[)([^[\]]*)$/u],
];

/** Which list the text before the caret asks for; null: none. Of several the one that was typed last. */
export function matchBefore(text: string): Match | null {
  const tail = text.slice(-(LONGEST + 4));
  const found = PATTERNS.flatMap(([trigger, pattern]): Match[] => {
    const [whole, sign = '', query = ''] = pattern.exec(tail) ?? [];
    if (whole === undefined || query.length > LONGEST) return [];
    return [{ trigger, query, at: text.length - query.length - sign.length }];
  });
  return found.sort((a, b) => b.at - a.at)[0] ?? null;
}
