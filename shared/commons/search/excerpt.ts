import { isDense, wordsAt } from './words';

/** Characters of an excerpt, and how many of them stand before the first word that was looked for. */
const LENGTH = 180;
const BEFORE = 50;
/** Places of one word that are looked at to choose the part of a text that has most of them. */
const PLACES = 20;
const LETTER = /[\p{L}\p{N}\p{M}]/u;

/** Text with the parts that are to be shown as found: from where to where, in UTF-16 units, ascending, apart. */
export interface Marked {
  readonly text: string;
  readonly marks: readonly (readonly [number, number])[];
}

/** What is looked for in a text: words that begin like one of `beginnings`, and `similar` ones. */
export interface Sought {
  readonly beginnings: readonly string[];
  readonly similar: ReadonlySet<string>;
}

/** All of a short text. */
export function mark(text: string, sought: Sought): Marked {
  const marks: [number, number][] = [];
  for (const { word, start, end } of wordsAt(text)) {
    if (!isSought(word, sought)) continue;
    const last = marks.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = end;
    else marks.push([start, end]);
  }
  return { text, marks };
}

const isSought = (word: string, { beginnings, similar }: Sought): boolean =>
  similar.has(word) || beginnings.some((beginning) => word.startsWith(beginning));

/** How many characters may still be read word by word; shared by the excerpts of one answer. */
export interface Patience {
  characters: number;
}
/** How much quicker a text is looked through by its letters. */
const QUICKER = 20;

/** The part of a text in which most of what is looked for stands together; its beginning where none of it is found. */
export function excerpt(text: string, sought: Sought, patience: Patience): Marked {
  const place = bestPlace(text, sought, patience) ?? firstByWords(text, sought, patience) ?? 0;
  const from = boundary(text, Math.max(0, place - BEFORE));
  const to = from + LENGTH >= text.length ? text.length : boundary(text, from + LENGTH);
  const words = text
    .slice(from, Math.max(to, from + 1))
    .replace(/\s+/g, ' ')
    .trim();
  return mark(`${from > 0 ? '… ' : ''}${words}${to < text.length ? ' …' : ''}`, sought);
}

/** The part of a line around what stands from one place to another, which is marked. */
export function clip(line: string, from: number, to: number): Marked {
  let start = boundary(line, Math.max(0, from - BEFORE));
  if (line[start] === ' ' && start < from) start += 1;
  const end = start + LENGTH >= line.length ? line.length : Math.max(boundary(line, start + LENGTH), to);
  const before = start > 0 ? '… ' : '';
  const at = before.length - start;
  return {
    text: `${before}${line.slice(start, end)}${end < line.length ? ' …' : ''}`,
    marks: to > from ? [[from + at, to + at]] : [],
  };
}

/** The place where a word begins, or so near before it that words are no words; never inside a character. */
function boundary(text: string, at: number): number {
  if (at === 0) return 0;
  const space = text.lastIndexOf(' ', at);
  if (space > at - 30 && space > 0) return space;
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code < 0xe000 ? at - 1 : at;
}

/** By the letters alone, which is quick; finds nothing where only case or accents tell the text from what was typed. */
function bestPlace(text: string, { beginnings, similar }: Sought, patience: Patience): number | undefined {
  const cost = (text.length * (beginnings.length + similar.size)) / QUICKER;
  if (patience.characters < cost) return undefined;
  patience.characters -= cost;
  const lower = text.toLowerCase();
  // A letter that becomes two: places in the one would not be places in the other.
  if (lower.length !== text.length) return undefined;
  const places: (readonly [number, string])[] = [];
  for (const word of [...beginnings, ...similar]) {
    let found = 0;
    for (let at = lower.indexOf(word); at >= 0 && found < PLACES; at = lower.indexOf(word, at + 1)) {
      if (at > 0 && LETTER.test(lower[at - 1]!) && !isDense(word)) continue;
      places.push([at, word]);
      found += 1;
    }
  }
  places.sort(([a], [b]) => a - b);
  let best: number | undefined;
  let most = 0;
  for (const [index, [at]] of places.entries()) {
    const here = new Set<string>();
    for (let next = index; next < places.length && places[next]![0] < at + LENGTH - BEFORE; next++)
      here.add(places[next]![1]);
    if (here.size > most) [best, most] = [at, here.size];
  }
  return best;
}

function firstByWords(text: string, sought: Sought, patience: Patience): number | undefined {
  if (patience.characters < text.length) return undefined;
  patience.characters -= text.length;
  for (const { word, start } of wordsAt(text)) if (isSought(word, sought)) return start;
  return undefined;
}
