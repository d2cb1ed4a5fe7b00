import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nodes } from '../../../test/kit/rich-text';
import { markdownOf } from '../../../shared/commons/text/write';
import { parseMarkdown } from '../../../shared/commons/text/parse';
import { sideBySide } from './side-by-side';

const words = (parts: readonly { readonly text: string }[] | null) => parts?.map(({ text }) => text).join('') ?? null;

it('puts a block beside what became of it, and what is on one side only beside nothing', () => {
  const rows = sideBySide('# Rules\n\nWe meet once a month.\n\nGone.', '# Rules\n\nWe meet twice a month.\n\n- Fresh');
  expect(rows.map(({ before, after }) => [words(before), words(after)])).toEqual([
    ['# Rules', '# Rules'],
    ['We meet once a month.', 'We meet twice a month.'],
    ['Gone.', '- Fresh'],
  ]);
  expect(rows[1]!.before!.filter(({ kind }) => kind !== 'same')).toEqual([{ kind: 'removed', text: 'once' }]);
  expect(rows[1]!.after!.filter(({ kind }) => kind !== 'same')).toEqual([{ kind: 'added', text: 'twice' }]);
  expect(sideBySide('', 'New.').map(({ before, after }) => [words(before), words(after)])).toEqual([[null, 'New.']]);
});

it('each side is its text, whatever the two are', () => {
  const longIds = /\]\(peerhold:/;
  fc.assert(
    fc.property(nodes, nodes, (one, two) => {
      const [then, now] = [markdownOf(one), markdownOf(two)];
      // Ids are shown by their beginnings.
      fc.pre(!longIds.test(then) && !longIds.test(now));
      const blocks = (text: string) =>
        parseMarkdown(text)
          .map((node) => markdownOf([node]))
          .filter(Boolean);
      const rows = sideBySide(then, now);
      expect(rows.map((row) => words(row.before)).filter((side) => side !== null)).toEqual(blocks(then));
      expect(rows.map((row) => words(row.after)).filter((side) => side !== null)).toEqual(blocks(now));
      for (const row of rows) expect(row.before ?? row.after).not.toBeNull();
    }),
    { numRuns: 100 },
  );
});
