import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Entry, TextIndex } from './text-index';
import { queryWords } from './words';

type Kind = 'page' | 'entry';
const entry = (key: string, title: string, text = '', more: Partial<Entry<Kind>> = {}): Entry<Kind> => ({
  ...{ key, kind: 'page', title, text, gone: false },
  ...more,
});
const indexOf = (...entries: Entry<Kind>[]) => {
  const index = new TextIndex<Kind>();
  for (const one of entries) index.put(one);
  return index;
};
const found = (index: TextIndex<Kind>, query: string, each = 100) => {
  const { best, match } = index.find(queryWords(query), each);
  return { match, keys: [...best.values()].flatMap((entries) => entries.map(({ key }) => key)) };
};

/** Words as they are written, and without case and accents. */
const VOCABULARY = [
  ['Kitchen', 'kitchen'],
  ['kit', 'kit'],
  ['Küche', 'kuche'],
  ['kuchen', 'kuchen'],
  ['roof', 'roof'],
  ['ROOT', 'root'],
  ['Łódź', 'lodz'],
  ['Ёлка', 'елка'],
  ['2026', '2026'],
  ['20', '20'],
] as const;

/** A search by nothing but a list of words for each text. */
class Model {
  readonly #texts = new Map<string, readonly string[]>();
  put(key: string, words: readonly string[]): void {
    this.#texts.set(key, words);
  }
  drop(key: string): void {
    this.#texts.delete(key);
  }
  having(query: readonly string[]): readonly string[] {
    const has = (words: readonly string[]) => query.every((one) => words.some((word) => word.startsWith(one)));
    return [...this.#texts].filter(([, words]) => has(words)).map(([key]) => key);
  }
}

const word = fc.constantFrom(...VOCABULARY);
const step = fc.oneof(
  fc.record({
    do: fc.constant('put' as const),
    key: fc.integer({ min: 0, max: 5 }).map(String),
    title: fc.array(word, { maxLength: 2 }),
    text: fc.array(word, { maxLength: 5 }),
  }),
  fc.record({ do: fc.constant('drop' as const), key: fc.integer({ min: 0, max: 5 }).map(String) }),
  fc.record({
    do: fc.constant('find' as const),
    words: fc.array(fc.tuple(word, fc.integer({ min: 1, max: 8 })), { minLength: 1, maxLength: 3 }),
  }),
);

describe('the index', () => {
  it('finds the texts that have every word or its beginning, and no others, after any changes', () => {
    let empty = 0;
    let some = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 3, maxLength: 25 }), (steps) => {
        const [index, model] = [new TextIndex<Kind>(), new Model()];
        for (const one of steps) {
          if (one.do === 'drop') {
            index.drop(one.key);
            model.drop(one.key);
          } else if (one.do === 'put') {
            const [title, text] = [one.title, one.text].map((words) => words.map(([written]) => written).join(' '));
            index.put(entry(one.key, title!, text));
            model.put(
              one.key,
              [...one.title, ...one.text].map(([, plain]) => plain),
            );
          } else {
            const expected = model.having(one.words.map(([[, plain], length]) => plain.slice(0, length)));
            const typed = one.words.map(([[written], length]) => written.slice(0, length)).join(' ');
            const { match, keys } = found(index, typed);
            if (match === 'all') expect([...keys].sort()).toEqual([...expected].sort());
            else expect(expected).toEqual([]);
            if (expected.length === 0) empty += 1;
            else some += 1;
          }
        }
      }),
      { numRuns: 1_000 },
    );
    // Both happened often enough to mean something.
    expect(Math.min(empty, some)).toBeGreaterThan(100);
  });

  it('has a title before a text, the whole word before its beginning, more of the words before fewer', () => {
    const index = indexOf(
      entry('text', 'Minutes', 'About the roof'),
      entry('begins', 'Roofing', ''),
      entry('title', 'The roof', ''),
      entry('often', 'Minutes', 'Roof, roof and again the roof'),
    );
    expect(found(index, 'roof').keys).toEqual(['title', 'begins', 'often', 'text']);
    const some = found(index, 'roof xylophone minutes');
    expect(some.match).toBe('some');
    expect(some.keys.slice(0, 2).sort()).toEqual(['often', 'text']);
  });

  it('has what is gone after all that is there', () => {
    const index = indexOf(entry('gone', 'Roof', 'roof', { gone: true }), entry('there', 'Minutes', 'once a roof'));
    expect(found(index, 'roof').keys).toEqual(['there', 'gone']);
  });

  it('takes a slip for what was meant only where nothing has the words', () => {
    const index = indexOf(entry('a', 'Kitchen'), entry('b', 'Kitchener'), entry('c', 'Chicken'));
    expect(found(index, 'ktichen')).toEqual({ match: 'similar', keys: ['a', 'b'] });
    expect(found(index, 'kitchen').match).toBe('all');
    expect(index.find(['ktichen'], 10).similar).toEqual(new Set(['kitchen', 'kitchener']));
  });

  it('gives the best of each kind and counts all', () => {
    const index = indexOf(
      ...Array.from({ length: 30 }, (_, at) => entry(`e${at}`, 'Rent', '', { kind: 'entry' })),
      entry('p', 'Minutes', 'the rent'),
    );
    const { best, counts } = index.find(['rent'], 3);
    expect([...best].map(([kind, entries]) => [kind, entries.length])).toEqual([
      ['entry', 3],
      ['page', 1],
    ]);
    expect([...counts]).toEqual([
      ['entry', 30],
      ['page', 1],
    ]);
  });

  it('forgets a text wholly', () => {
    const index = indexOf(entry('a', 'Anna', 'secret'), entry('b', 'Ben', 'public'));
    index.put(entry('a', 'Anna', 'nothing'));
    expect(found(index, 'secret').keys).toEqual([]);
    index.drop('a');
    index.drop('a');
    expect(index.get('a')).toBeUndefined();
    expect(found(index, 'anna').keys).toEqual([]);
    expect([found(index, 'public').keys, index.size]).toEqual([['b'], 1]);
  });

  it('reads of a text that is too long its beginning, and says so', () => {
    const many = Array.from({ length: 200_000 }, (_, at) => `w${at.toString(36)}`).join(' ');
    const index = indexOf(entry('many', 'Many words', many), entry('long', 'x'.repeat(90_000)), entry('c', 'Cat'));
    expect(found(index, 'w2').keys).toEqual(['many']);
    expect(found(index, `w${(199_999).toString(36)}`).match).not.toBe('all');
    expect(found(index, 'x'.repeat(60)).keys).toEqual(['long']);
    expect(index.cut).toBe(1);
    index.drop('many');
    expect(index.cut).toBe(0);
    expect(found(index, 'c').keys).toEqual(['c']);
  });

  it('stays within its bounds with more than fits: later texts are found by their titles', () => {
    const index = new TextIndex<Kind>();
    for (let text = 0; text < 38; text++) {
      const words = Array.from({ length: 9_000 }, (_, at) => `t${text}w${at}`).join(' ');
      index.put(entry(`k${text}`, `Title ${text}`, words));
    }
    expect(found(index, 't1w5').keys).toEqual(['k1']);
    expect(found(index, 't37w5').match).toBe('similar');
    expect(found(index, 'title 37').keys).toEqual(['k37']);
    expect(index.cut).toBeGreaterThan(2);
  });

  it('refuses texts beyond its number, counts them, and takes others once there is room', () => {
    const index = new TextIndex<Kind>();
    for (let text = 0; text < 50_002; text++) index.put(entry(`${text}`, 'same'));
    expect([index.size, index.cut, index.get('50001')]).toEqual([50_000, 2, undefined]);
    index.drop('50001');
    index.drop('0');
    index.put(entry('new', 'same'));
    expect([index.size, index.cut, found(index, 'same', 1).keys.length]).toEqual([50_000, 1, 1]);
  });
});
