import { diffWordsWithSpace } from 'diff';

export interface ChangePart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Milliseconds that a comparison may take; then the two texts are shown whole. */
const PATIENCE = 500;

/** Ids of what a text mentions or shows are told apart by their beginnings, and read by nobody. */
const shortIds = (text: string): string => text.replace(/(\]\(peerhold:[a-z]+\/[0-9a-z-]{8})[0-9a-z-]{8,}\)/g, '$1…)');

/** Word by word, what of the text then is gone and what of the text now is new. */
export function textChanges(then: string, now: string): readonly ChangePart[] {
  const [before, after] = [shortIds(then), shortIds(now)];
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
