import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Marked, type Sought, excerpt, mark } from './excerpt';
import { fold } from './words';

/** Half a character. */
const HALF = /\p{Surrogate}/gu;
const sought = (...beginnings: string[]): Sought => ({ beginnings, similar: new Set() });
const marked = ({ text, marks }: Marked) => marks.map(([from, to]) => text.slice(from, to));
const of = (text: string, ...beginnings: string[]) => excerpt(text, sought(...beginnings), { characters: 1_000_000 });

describe('an excerpt', () => {
  it('has the words where they stand, marked as they are written', () => {
    const shown = of(
      `${'Nothing here. '.repeat(200)}The Küche\nneeds a   new roof. ${'Nor here. '.repeat(200)}`,
      'kuch',
      'roof',
    );
    expect(marked(shown)).toEqual(['Küche', 'roof']);
    expect(shown.text).toContain('The Küche needs a new roof.');
    expect(shown.text).toMatch(/^… .* …$/);
    expect(shown.text.length).toBeLessThan(220);
  });

  it('is the part that has most of the words', () => {
    const text = `The roof. ${'Filler words. '.repeat(60)}The roof of the kitchen leaks. ${'More. '.repeat(90)}`;
    expect(of(text, 'roof', 'kitch', 'leak').text).toContain('The roof of the kitchen leaks.');
  });

  it('marks what stands for words with slips, and pairs of characters as one', () => {
    expect(marked(mark('A kitchen', { beginnings: ['kichten'], similar: new Set(['kitchen']) }))).toEqual(['kitchen']);
    expect(marked(of('これは会議の記録です。', '会議', '議の', 'の記'))).toEqual(['会議の記']);
  });

  it('is the beginning of a short text, whole, and of one that has none of the words', () => {
    expect(of('Short.', 'x')).toEqual({ text: 'Short.', marks: [] });
    expect(of('', 'x')).toEqual({ text: '', marks: [] });
  });

  it('looks no further in long texts than there is patience for', () => {
    const text = `${'é'.repeat(5)} ${'a '.repeat(20_000)}kéy`;
    const patience = { characters: 50_000 };
    expect(marked(excerpt(text, sought('key'), patience))).toEqual(['kéy']);
    expect(marked(excerpt(text, sought('key'), patience))).toEqual([]);
  });

  it('never marks anything else, nor cuts a character in two, whatever the text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.constantFrom('roof', 'Röof', 'roofs ', '🌲'.repeat(40), ' ', '\n', 'İ', 'x'.repeat(100)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('').replace(HALF, ' ');
        const shown = of(text, 'roof');
        expect(shown.text).not.toMatch(HALF);
        let end = 0;
        for (const [from, to] of shown.marks) {
          expect(from).toBeGreaterThanOrEqual(end);
          end = to;
        }
        expect(end).toBeLessThanOrEqual(shown.text.length);
        for (const one of marked(shown)) expect(fold(one).startsWith('roof')).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
