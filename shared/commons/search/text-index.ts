import { Vocabulary } from './vocabulary';
import { isDense, wordsAt } from './words';

/** Bounds of the index; what is over one is found by its title only, or not at all, and counted as `cut`. */
const MAX_TEXTS = 50_000;
/** Characters of one text, of all that are kept. */
const MAX_CHARACTERS = 100_000;
const MAX_ALL_CHARACTERS = 32_000_000;
/** Different words of one text, of all texts. */
const MAX_WORDS = 10_000;
const MAX_ALL_WORDS = 300_000;
/** Places at which a word is noted to be in a text. */
const MAX_NOTED = 5_000_000;

/** Something that can be found. `title` and `text` are both searched. */
export interface Entry<K extends string> {
  /** Unique. */
  readonly key: string;
  readonly kind: K;
  readonly title: string;
  readonly text: string;
  /** Deleted, left, dropped: it is found after everything that is there. */
  readonly gone: boolean;
}

/** How exactly the words were found: all of them, all but for slips, or only some. */
export type Match = 'all' | 'similar' | 'some';

export interface Ranked<K extends string> {
  readonly match: Match;
  /** The best of each kind, best first. */
  readonly best: ReadonlyMap<K, readonly Entry<K>[]>;
  readonly counts: ReadonlyMap<K, number>;
  /** Words of the texts that stand for words of the query with slips. */
  readonly similar: ReadonlySet<string>;
}

interface Slot<K extends string> {
  readonly entry: Entry<K>;
  readonly words: readonly Noted[];
  /** Words of the text, repeated ones too. */
  readonly length: number;
  readonly cut: boolean;
}

/** A word, and in which texts it is: for each a number made of its slot and how often it is there. */
interface Noted {
  readonly word: string;
  readonly notes: number[];
}
const TITLE = 8;
const MOST_TIMES = 7;
const BITS = 4;
/** What a word counts in a title; in a text as often as it is there, and less the longer the text. */
const TITLE_WEIGHT = 6;
const TIMES_WEIGHT = [0, 1, 1.5, 1.8, 2, 2.2, 2.3, 2.4];
const USUAL_LENGTH = 300;
const EXACT = 1;
const BEGINS = 0.6;
const SIMILAR = 0.3;

/**
 * An inverted index in memory. A text is put in and taken out whole and at once, and leaves nothing behind; a question goes through
 * numbers only, so that the first letter of a word, which is in every text, is answered within a frame.
 */
export class TextIndex<K extends string> {
  readonly #words = new Vocabulary<Noted>();
  readonly #slots: (Slot<K> | undefined)[] = [];
  readonly #free: number[] = [];
  readonly #byKey = new Map<string, number>();
  #characters = 0;
  #noted = 0;
  #cut = 0;
  #refused = new Set<string>();

  get size(): number {
    return this.#byKey.size;
  }

  /** Texts that are not, or not wholly, searched. */
  get cut(): number {
    return this.#cut + this.#refused.size;
  }

  get(key: string): Entry<K> | undefined {
    const slot = this.#byKey.get(key);
    return slot === undefined ? undefined : this.#slots[slot]!.entry;
  }

  keys(): IterableIterator<string> {
    return this.#byKey.keys();
  }

  /** Puts it in, in the place of what has its key. */
  put(given: Entry<K>): void {
    this.drop(given.key);
    if (this.#byKey.size >= MAX_TEXTS) {
      this.#refused.add(given.key);
      return;
    }
    const text = given.text.slice(0, MAX_CHARACTERS);
    const room =
      this.#characters + text.length <= MAX_ALL_CHARACTERS &&
      this.#words.size < MAX_ALL_WORDS &&
      this.#noted < MAX_NOTED;
    const entry = { ...given, text: room ? text : '' };
    const { counts, length, whole } = countWords(entry);
    const slot = this.#free.pop() ?? this.#slots.length;
    const words = [...counts].map(([word, count]) => this.#note(word, (slot << BITS) | count));
    const cut = !whole || entry.text.length < given.text.length;
    this.#slots[slot] = { entry, words, length, cut };
    this.#byKey.set(entry.key, slot);
    this.#characters += entry.title.length + entry.text.length;
    this.#noted += counts.size;
    if (cut) this.#cut += 1;
  }

  /** Takes it out, if it is in. */
  drop(key: string): void {
    this.#refused.delete(key);
    const slot = this.#byKey.get(key);
    if (slot === undefined) return;
    const { entry, words, cut } = this.#slots[slot]!;
    for (const word of words) this.#forget(word, slot);
    this.#slots[slot] = undefined;
    this.#free.push(slot);
    this.#byKey.delete(key);
    this.#characters -= entry.title.length + entry.text.length;
    this.#noted -= words.length;
    if (cut) this.#cut -= 1;
  }

  /**
   * The texts that have all these words, or words that begin so; where there are none, those with similar words; where there are none
   * either, those that have some. At most `each` of each kind; all are counted.
   */
  find(words: readonly string[], each: number): Ranked<K> {
    const none = new Set<string>();
    if (words.length === 0) return { match: 'all', best: new Map(), counts: new Map(), similar: none };
    const exact = this.#rank(words, words.length, none, false, each);
    if (exact.counts.size > 0) return { match: 'all', ...exact, similar: none };
    const similar = new Set<string>();
    const close = this.#rank(words, words.length, similar, true, each);
    if (close.counts.size > 0) return { match: 'similar', ...close, similar };
    return { match: 'some', ...this.#rank(words, 1, similar, true, each), similar };
  }

  #note(word: string, note: number): Noted {
    let noted = this.#words.get(word);
    if (noted === undefined) this.#words.add(word, (noted = { word, notes: [] }));
    noted.notes.push(note);
    return noted;
  }

  #forget({ word, notes }: Noted, slot: number): void {
    const at = notes.findIndex((note) => note >>> BITS === slot);
    // Their order says nothing.
    notes[at] = notes.at(-1)!;
    notes.pop();
    if (notes.length === 0) this.#words.delete(word);
  }

  /** Ranks the texts that have at least `least` of the words. Words taken for similar ones are added to `similar`. */
  #rank(words: readonly string[], least: number, similar: Set<string>, withSimilar: boolean, each: number) {
    const scores = new Float32Array(this.#slots.length);
    const had = new Uint8Array(this.#slots.length);
    const best = new Float32Array(this.#slots.length);
    for (const [index, word] of words.entries()) {
      const touched: number[] = [];
      const add = ({ notes }: Noted, weight: number): void => {
        for (const note of notes) {
          const slot = note >>> BITS;
          // Who lacks a word before can not have them all any more.
          if (least > index && had[slot] !== index) continue;
          const score = weight * this.#weigh(note, slot);
          if (best[slot] === 0) touched.push(slot);
          if (score > best[slot]!) best[slot] = score;
        }
      };
      for (const [found, noted] of this.#words.beginning(word))
        add(noted, found === word ? EXACT : (BEGINS * (word.length + 1)) / (found.length + 1));
      if (withSimilar && !isDense(word))
        for (const [found, noted] of this.#words.similar(word)) {
          if (!found.startsWith(word)) similar.add(found);
          add(noted, SIMILAR);
        }
      // The rarer a word, the more it says.
      const rare = Math.log(1 + this.#byKey.size / (1 + touched.length)) + 0.1;
      for (const slot of touched) {
        had[slot]! += 1;
        scores[slot]! += best[slot]! * rare;
        best[slot] = 0;
      }
    }
    return this.#best(scores, had, least, each);
  }

  #weigh(note: number, slot: number): number {
    const inText = TIMES_WEIGHT[note & MOST_TIMES]! / (1 + this.#slots[slot]!.length / USUAL_LENGTH);
    return inText + (note & TITLE ? TITLE_WEIGHT : 0);
  }

  #best(scores: Float32Array, had: Uint8Array, least: number, each: number) {
    const tops = new Map<K, Top>();
    for (let slot = 0; slot < scores.length; slot++) {
      if (had[slot]! < least) continue;
      const { kind, gone } = this.#slots[slot]!.entry;
      let top = tops.get(kind);
      if (top === undefined) tops.set(kind, (top = new Top(each)));
      // More of the words before fewer, what is there before what is gone.
      top.offer(slot, scores[slot]! + (gone ? 0 : 1e4) + (had[slot]! - least) * 1e5);
    }
    const order = [...tops].sort(([, a], [, b]) => b.most - a.most);
    return {
      best: new Map(order.map(([kind, top]) => [kind, top.slots.map((slot) => this.#slots[slot]!.entry)] as const)),
      counts: new Map(order.map(([kind, top]) => [kind, top.count] as const)),
    };
  }
}

/** The few of many that score most, best first. */
class Top {
  readonly slots: number[] = [];
  readonly #scores: number[] = [];
  readonly #room: number;
  count = 0;

  constructor(room: number) {
    this.#room = room;
  }

  get most(): number {
    return this.#scores[0] ?? 0;
  }

  offer(slot: number, score: number): void {
    this.count += 1;
    if (this.slots.length === this.#room) {
      if (score <= this.#scores.at(-1)!) return;
      this.slots.pop();
      this.#scores.pop();
    }
    let at = this.#scores.length;
    while (at > 0 && this.#scores[at - 1]! < score) at -= 1;
    this.slots.splice(at, 0, slot);
    this.#scores.splice(at, 0, score);
  }
}

/** How often each word is in a text, and whether it is in its title, as the lower bits of a note. */
function countWords({ title, text }: Pick<Entry<string>, 'title' | 'text'>) {
  const counts = new Map<string, number>();
  let whole = true;
  let length = 0;
  const count = (of: string, note: (before: number) => number): void => {
    for (const { word } of wordsAt(of)) {
      length += 1;
      const before = counts.get(word);
      if (before === undefined && counts.size >= MAX_WORDS) whole = false;
      else counts.set(word, note(before ?? 0));
    }
  };
  count(title, (before) => before | TITLE);
  const titleLength = length;
  count(text, (before) => (before & TITLE) | Math.min((before & MOST_TIMES) + 1, MOST_TIMES));
  counts.delete('');
  return { counts, length: length - titleLength, whole };
}
