import { expect, it } from 'vitest';
import { parseMarkdown } from '../text/parse';
import { plainText } from './plain-text';

it('a text without its form has all its words, and none of its signs', () => {
  const markdown = [
    '# Minutes of **May**',
    '',
    'See [the plan](https://example.org/x) and `code`.',
    '',
    '- One',
    '  1. Inner',
    '',
    '> Said',
  ].join('\n');
  expect(plainText(parseMarkdown(markdown)).split('\n')).toEqual([
    'Minutes of May',
    'See the plan and code.',
    'One',
    'Inner',
    'Said',
  ]);
});

it('tables, check lists, code, callouts, pictures and files are read', () => {
  const span = (text: string) => ({ text, marks: {} });
  const file = 'ab'.repeat(32);
  expect(
    plainText([
      { type: 'table', rows: [[[span('What'), span(' it is')], [span('Cost')]]] },
      { type: 'taskList', items: [{ checked: true, children: [{ type: 'paragraph', spans: [span('Call')] }] }] },
      { type: 'codeBlock', language: 'js', text: 'let x = 1' },
      { type: 'callout', kind: 'tip', children: [{ type: 'paragraph', spans: [span('Mind the step')] }] },
      { type: 'horizontalRule' },
      { type: 'image', file, alt: 'The house' },
      { type: 'file', file, name: 'plan.pdf' },
    ]).split('\n'),
  ).toEqual(['What it is', 'Cost', 'Call', 'let x = 1', 'Mind the step', 'The house', 'plan.pdf']);
});
