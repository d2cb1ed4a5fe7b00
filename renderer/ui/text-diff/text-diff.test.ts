import { describe, expect, it } from 'vitest';
import { textDiff } from './text-diff';

describe('textDiff', () => {
  it('marks words, not letters', () => {
    expect(textDiff('We meet once a month.', 'We meet twice a month.')).toEqual([
      { kind: 'same', text: 'We meet ' },
      { kind: 'removed', text: 'once' },
      { kind: 'added', text: 'twice' },
      { kind: 'same', text: ' a month.' },
    ]);
  });

  it('shows a phrase that was replaced as one change', () => {
    expect(textDiff('We meet once a month, here.', 'We meet every other week, here.')).toEqual([
      { kind: 'same', text: 'We meet ' },
      { kind: 'removed', text: 'once a month' },
      { kind: 'added', text: 'every other week' },
      { kind: 'same', text: ', here.' },
    ]);
  });

  it('puts both texts together again, whatever changed', () => {
    const before = 'a b\n\nc d e';
    const after = 'a x\nc  e f';
    const parts = textDiff(before, after);
    const side = (kind: string) =>
      parts
        .filter((part) => part.kind !== kind)
        .map((part) => part.text)
        .join('');
    expect(side('added')).toBe(before);
    expect(side('removed')).toBe(after);
  });

  it('comes to an end with two long texts that share nothing', () => {
    const long = (word: string) => Array.from({ length: 10_000 }, (_, index) => `${word}${index * 7}`).join(' ');
    const parts = textDiff(long('a'), long('b'));
    expect(parts.some((part) => part.kind === 'removed')).toBe(true);
  });
});
