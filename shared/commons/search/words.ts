/** Words of texts in any script, as they are compared in a search: without case, accents and points. */

/** Longest word that is told from others, in UTF-16 units. */
const MAX_WORD = 40;
/** Words of one query. */
const MAX_QUERY_WORDS = 12;
/** Characters of a query that are read. */
const MAX_QUERY = 200;

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
/** Scripts that put no spaces between words. */
const DENSE_SCRIPTS = [
  'scx=Han',
  'scx=Hiragana',
  'scx=Katakana',
  'scx=Thai',
  'scx=Lao',
  'scx=Khmer',
  'scx=Myanmar',
].map((script) => `\\p{${script}}`);
const DENSE = new RegExp(`[${DENSE_SCRIPTS.join('')}]+`, 'gu');
// The first character of these scripts: nearly every text is done with one look.
const MAYBE_DENSE = /[\u0e00-\uffff]/;
const ASCII = /^[\0-\x7f]*$/;
/** Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic; in other scripts a mark is a letter. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]/g;
/** Letters that Unicode does not take apart, and that many write without their stroke. */
const PLAIN: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ħ', 'h'],
  ['ı', 'i'],
  ['ς', 'σ'],
]);
const STROKES = new RegExp(`[${[...PLAIN.keys()].join('')}]`, 'g');

/** A word as it is compared. */
export function fold(word: string): string {
  const lower = word.toLowerCase();
  if (ASCII.test(lower)) return lower.slice(0, MAX_WORD);
  const bare = lower.normalize('NFKD').replace(ACCENTS, '').normalize('NFC');
  return bare.replace(STROKES, (letter) => PLAIN.get(letter)!).slice(0, MAX_WORD);
}

/** A word in a text: from where to where, in UTF-16 units. */
export interface WordAt {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The words of a text in order. What has no spaces between its words is read in overlapping pairs of characters, and the last one alone,
 * so that whatever stands in it is found by its own pairs.
 */
export function* wordsAt(text: string): Generator<WordAt> {
  for (const { 0: run, index: start } of text.matchAll(WORD)) {
    if (MAYBE_DENSE.test(run)) yield* inRun(run, start);
    else yield { word: fold(run), start, end: start + run.length };
  }
}

function* inRun(run: string, at: number): Generator<WordAt> {
  let done = 0;
  for (const { 0: dense, index } of run.matchAll(DENSE)) {
    if (index > done) yield { word: fold(run.slice(done, index)), start: at + done, end: at + index };
    yield* pairs(dense, at + index);
    done = index + dense.length;
  }
  if (done < run.length) yield { word: fold(run.slice(done)), start: at + done, end: at + run.length };
}

function* pairs(dense: string, at: number): Generator<WordAt> {
  const characters = Array.from(dense);
  let start = at;
  for (const [index, first] of characters.entries()) {
    const pair = first + (characters[index + 1] ?? '');
    yield { word: fold(pair), start, end: start + pair.length };
    start += first.length;
  }
}

/** What is looked for: the different words of a query, as they are compared. */
export function queryWords(query: string): readonly string[] {
  const words = new Set<string>();
  let before: WordAt | undefined;
  for (const found of wordsAt(query.slice(0, MAX_QUERY))) {
    // The last character of a run without spaces is in the pair before it.
    const isTail = before !== undefined && found.start < before.end;
    if (!isTail || found.end > before!.end) words.add(found.word);
    before = found;
    if (words.size === MAX_QUERY_WORDS) break;
  }
  words.delete('');
  return [...words];
}

/** Whether a word is of a script without spaces, which is compared by pairs of characters. */
export const isDense = (word: string): boolean => MAYBE_DENSE.test(word) && word.search(DENSE) === 0;
