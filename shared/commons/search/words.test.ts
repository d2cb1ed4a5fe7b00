import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, queryWords, wordsAt } from './words';

const words = (text: string) => [...wordsAt(text)].map(({ word }) => word);

describe('words of a text', () => {
  it.each([
    ['The roof, the ROOF!', ['the', 'roof', 'the', 'roof']],
    ['Don’t pay 1.200,50 €', ['don', 't', 'pay', '1', '200', '50']],
    ['Café Ångström naïve', ['cafe', 'angstrom', 'naive']],
    ['Straße, Łódź, Øster, œuvre', ['strasse', 'lodz', 'oster', 'oeuvre']],
    ['ΣΟΦΟΣ σοφός', ['σοφοσ', 'σοφοσ']],
    ['Ёлка и йод', ['елка', 'и', 'иод']],
    ['İstanbul ISPARTA ılık', ['istanbul', 'isparta', 'ilik']],
    ['שָׁלוֹם', ['שלום']],
    ['مُدَرِّس', ['مدرس']],
    // Vowel signs are letters here: without them it is another word.
    ['किताब की', ['किताब', 'की']],
    ['한국어를 씁니다', ['한국어를', '씁니다']],
    ['ＡＢＣ ﬁn', ['abc', 'fin']],
    ['__proto__ constructor', ['proto', 'constructor']],
    ['… — ☂ 🌲', []],
  ])('are compared without case and accents: %s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('are pairs of characters where a script has no spaces', () => {
    expect(words('会議の記録 v2')).toEqual(['会議', '議の', 'の記', '記録', '録', 'v2']);
    expect(words('第3回')).toEqual(['第', '3', '回']);
    expect(words('บ้าน')[0]).toBe('บ้');
    expect(queryWords('議の記')).toEqual(['議の', 'の記']);
    expect(queryWords('会')).toEqual(['会']);
  });

  it('stand where it is said that they stand', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        let before = -1;
        for (const { word, start, end } of wordsAt(text)) {
          expect(start).toBeGreaterThan(before);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(fold(text.slice(start, end))).toBe(word);
          before = start;
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('are found by the characters alone, whatever stands between them', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[\p{L}\p{N}]{1,8}$/u), { maxLength: 6 }), (given) => {
        const all = new Set(words(given.join(' — ')));
        for (const one of given) for (const word of queryWords(one)) expect(all).toContain(word);
      }),
      { numRuns: 500 },
    );
  });

  it('of a query are few and short, whatever was typed', () => {
    const long = queryWords('word '.repeat(10_000) + 'x'.repeat(10_000));
    expect(long).toEqual(['word']);
    expect(queryWords(Array.from({ length: 100 }, (_, index) => `w${index}`).join(' ')).length).toBe(12);
    expect(queryWords('x'.repeat(10_000))).toEqual(['x'.repeat(40)]);
    expect(queryWords('  ,. ')).toEqual([]);
  });
});
