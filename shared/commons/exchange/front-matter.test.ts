import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tagText } from '../tags';
import { readFrontMatter, withFrontMatter } from './front-matter';

describe('what stands before a page’s text', () => {
  it('is read as it was written, with the text', () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 30 });
    const tag = line.map(tagText).filter((text) => text !== '');
    const about = fc.record(
      {
        title: fc.string({ unit: 'grapheme-composite', maxLength: 60 }),
        tags: fc.array(tag, { minLength: 1, maxLength: 4 }),
        order: fc.integer({ min: 1, max: 9_999 }),
        template: fc.constant(true as const),
      },
      { requiredKeys: ['title'] },
    );
    const text = fc.oneof(fc.constantFrom('', '---', '---\na: b\n---', '# x'), line);
    fc.assert(
      fc.property(about, text, (given, words) => {
        const read = readFrontMatter(withFrontMatter(given, words));
        expect(read.about).toEqual(given);
        expect(read.text.replace(/\n$/, '')).toBe(words.replace(/\r\n?/g, '\n').replace(/\n$/, ''));
      }),
      { numRuns: 500 },
    );
  });

  it('of other programs is read as far as it is known', () => {
    const file =
      "---\ntitle: The roof's state\nauthor: 'x'\ntags:\n  - house\n  - 'winter work'\n  - \"a, b\"\n---\n\nText";
    expect(readFrontMatter(file)).toEqual({
      about: { title: "The roof's state", tags: ['house', 'winter work', 'a b'] },
      text: 'Text',
    });
    expect(readFrontMatter('\ufeff---\ntags: house, garden\n---\nText').about.tags).toEqual(['house', 'garden']);
  });

  it('is none where a text only begins with a line', () => {
    for (const text of ['---\n\nSome words here\n---\n', '---', '--- x', 'a\n---\nb'])
      expect(readFrontMatter(text)).toEqual({ about: {}, text });
  });
});
