import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodes as anyNodes, signs } from '../../../test/kit/rich-text';
import { parseMarkdown } from '../text/parse';
import { markdownOf } from '../text/write';
import { type Reference, rewriteReferences } from './references';

function found(markdown: string): readonly Reference[] {
  const all: Reference[] = [];
  rewriteReferences(markdown, (reference) => {
    all.push(reference);
    return null;
  });
  return all;
}
const addresses = (markdown: string) => found(markdown).map(({ image, label, address }) => [image, label, address]);

describe('the references of a text', () => {
  it.each<[string, string, readonly (readonly [boolean, string, string])[]]>([
    ['a link', 'See [the roof](roof.md).', [[false, 'the roof', 'roof.md']]],
    ['a picture', '![Plan](a/plan.png)', [[true, 'Plan', 'a/plan.png']]],
    ['angle brackets and a title', '[a](<x y.md> "T")', [[false, 'a', 'x y.md']]],
    ['parentheses', '[a](x(1).md)', [[false, 'a', 'x(1).md']]],
    [
      'a picture in a link',
      '[![a](b.png)](c.md)',
      [
        [false, '![a](b.png)', 'c.md'],
        [true, 'a', 'b.png'],
      ],
    ],
    ['none in code', '`[a](b)` and ``[c](d)` ``', []],
    ['none in a fence', '- x\n\n  ```\n  [a](b)\n  - ```\n  [c](d)\n  ```\n\n[e](f)', [[false, 'e', 'f']]],
    ['none in a fence of a quote', '> ```\n> [a](b)\n> > ```\n> ```\n> [c](d)', [[false, 'c', 'd']]],
    ['none that is escaped', '\\[a](b) [c\\](d)', []],
    ['an escaped sign', '\\![a](b)', [[false, 'a', 'b']]],
    ['backticks that nothing closes', 'x ``` [a](b)', [[false, 'a', 'b']]],
  ])('%s', (_, markdown, expected) => expect(addresses(markdown)).toEqual(expected));

  it('know whether they stand alone on their line, and in a plain one', () => {
    const text = ['![a](b)', '- ![a](b)', '> x ![a](b)', 'x ![a](b)', '| ![a](b) |'].join('\n');
    expect(found(text).map(({ alone, plain }) => [alone, plain])).toEqual([
      [true, true],
      [true, false],
      [false, false],
      [false, true],
      [false, false],
    ]);
  });

  it('are written anew, and all else stays', () => {
    const text = 'x [a](b) `[a](b)` ![c](d) y';
    expect(rewriteReferences(text, ({ address }) => (address === 'b' ? '<B>' : null))).toBe('x <B> `[a](b)` ![c](d) y');
  });

  it('of any text: nothing changes where nothing is written anew', () => {
    const text = fc.oneof(
      anyNodes.map(markdownOf),
      fc.array(signs).map((all) => all.join('\n')),
    );
    fc.assert(
      fc.property(text, (markdown) => {
        expect(rewriteReferences(markdown, () => null)).toBe(markdown);
      }),
      { numRuns: 500 },
    );
  });

  it('of a canonical text are those that its reader finds', () => {
    fc.assert(
      fc.property(anyNodes, (nodes) => {
        const markdown = markdownOf(nodes);
        const read = JSON.stringify(parseMarkdown(markdown));
        const own = found(markdown).filter(({ address }) => address.startsWith('peerhold:'));
        const files = [...read.matchAll(/"file":"[0-9a-f]{64}"/g)].length;
        const mentions = [...read.matchAll(/"mention":\{/g)].length;
        expect(own).toHaveLength(files + mentions);
      }),
      { numRuns: 500 },
    );
  });
});
