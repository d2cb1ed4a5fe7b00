import { align } from '../../../shared/commons/text/align';
import { parseMarkdown } from '../../../shared/commons/text/parse';
import { markdownOf } from '../../../shared/commons/text/write';
import { type ChangePart, textChanges } from './text-changes';

/** One block of two texts, each side as it is there; null where the other side only has it. */
export interface SidesRow {
  readonly before: readonly ChangePart[] | null;
  readonly after: readonly ChangePart[] | null;
}

/** Two states of a text block beside block: what is like one another stands in one row. */
export function sideBySide(before: string, after: string): readonly SidesRow[] {
  return align(blocksOf(before), blocksOf(after)).map(({ old, now }) => {
    const parts = textChanges(old?.key ?? '', now?.key ?? '');
    return {
      before: old === undefined ? null : parts.filter(({ kind }) => kind !== 'added'),
      after: now === undefined ? null : parts.filter(({ kind }) => kind !== 'removed'),
    };
  });
}

const blocksOf = (text: string) =>
  parseMarkdown(text)
    // A paragraph can become a heading: what is alike stands together, whatever kind it is.
    .map((node) => ({ key: markdownOf([node]), kind: 'block' }))
    .filter(({ key }) => key !== '');
