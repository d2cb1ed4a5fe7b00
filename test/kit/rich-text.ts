import fc from 'fast-check';
import { CALLOUTS, MENTION_KINDS, type Marks, type Node, type Span } from '../../shared/commons/text/schema';

const marks: fc.Arbitrary<Marks> = fc.oneof(
  fc.constant({}),
  fc.constant<Marks>({ code: true }),
  fc.record(
    {
      bold: fc.constant(true as const),
      italic: fc.constant(true as const),
      strike: fc.constant(true as const),
      link: fc.constant('https://example.org/a'),
    },
    { requiredKeys: [] },
  ),
);
/** Characters that a line of Markdown could be made of. */
export const signs = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc
    .array(
      fc.constantFrom(
        '*',
        '_',
        '`',
        '\\',
        '[',
        ']',
        '(',
        ')',
        '#',
        '-',
        '1.',
        '>',
        ' ',
        'a',
        'b',
        '<!--',
        '\n',
        '~',
        '~~',
        '|',
        '!',
        '```',
        '---',
        '[!NOTE]',
        '[x] ',
        '@',
      ),
      {
        maxLength: 8,
      },
    )
    .map((all) => all.join('')),
);
const hash = fc.constantFrom('ab'.repeat(32), '0'.repeat(64));
const mention: fc.Arbitrary<Span> = fc
  .record({ kind: fc.constantFrom(...MENTION_KINDS), id: fc.oneof(hash, fc.constant('house-rules')), label: signs })
  .map(({ kind, id, label }) => ({ text: label, marks: {}, mention: { kind, id } }));
const words: fc.Arbitrary<Span> = fc.record({ text: signs, marks });
const spans: fc.Arbitrary<readonly Span[]> = fc.array(
  fc.oneof({ weight: 4, arbitrary: words }, { weight: 1, arbitrary: mention }),
  { maxLength: 5 },
);
/** Blocks in blocks, as a writer could leave them: also empty ones and rows of different lengths. */
export const { nodes } = fc.letrec<{ node: Node; nodes: readonly Node[] }>((tie) => ({
  nodes: fc.array(tie('node'), { maxLength: 4 }),
  node: fc.oneof(
    { maxDepth: 3 },
    fc.record({ type: fc.constant('paragraph' as const), spans }),
    fc.record({ type: fc.constant('heading' as const), level: fc.integer({ min: 1, max: 3 }), spans }),
    fc.record({ type: fc.constant('blockquote' as const), children: tie('nodes') }),
    fc.record({ type: fc.constant('bulletList' as const), items: fc.array(tie('nodes'), { maxLength: 3 }) }),
    fc.record({
      type: fc.constant('orderedList' as const),
      start: fc.integer({ min: 1, max: 20 }),
      items: fc.array(tie('nodes'), { maxLength: 3 }),
    }),
    fc.record({ type: fc.constant('callout' as const), kind: fc.constantFrom(...CALLOUTS), children: tie('nodes') }),
    fc.record({
      type: fc.constant('taskList' as const),
      items: fc.array(fc.record({ checked: fc.boolean(), children: tie('nodes') }), { maxLength: 3 }),
    }),
    fc.record({
      type: fc.constant('codeBlock' as const),
      language: fc.constantFrom('', 'js', 'c++'),
      text: fc.oneof(
        signs,
        fc.array(signs, { maxLength: 5 }).map((all) => all.join('\n')),
      ),
    }),
    fc.constant({ type: 'horizontalRule' as const }),
    fc.record({
      type: fc.constant('table' as const),
      rows: fc.array(fc.array(spans, { maxLength: 3 }), { maxLength: 3 }),
    }),
    fc.record({ type: fc.constant('image' as const), file: hash, alt: signs }),
    fc.record({ type: fc.constant('file' as const), file: hash, name: signs }),
  ),
}));
