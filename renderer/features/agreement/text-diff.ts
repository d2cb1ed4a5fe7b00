import { diffWordsWithSpace } from 'diff';

export interface TextPart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Texts of a protocol are short; two large and quite different ones are shown as a whole replaced instead of stalling the screen. */
const TIMEOUT_MS = 300;

/** Word by word, what was removed and what was added. */
export function textDiff(before: string, after: string): readonly TextPart[] {
  const parts = diffWordsWithSpace(before, after, { timeout: TIMEOUT_MS });
  if (parts === undefined)
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ];
  return parts.map((part) => ({
    kind: part.added ? 'added' : part.removed ? 'removed' : 'same',
    text: part.value,
  }));
}
