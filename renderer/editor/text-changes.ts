import { diffWordsWithSpace } from 'diff';

export interface ChangePart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Milliseconds that a comparison may take; then the two texts are shown whole. */
const PATIENCE = 500;

/** Word by word, what of `before` is gone and what of `after` is new. */
export function textChanges(before: string, after: string): readonly ChangePart[] {
  const parts = diffWordsWithSpace(before, after, { timeout: PATIENCE });
  if (parts === undefined)
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ];
  return parts.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }));
}
