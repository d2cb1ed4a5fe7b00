import { slips, slipsFor } from './similar';

/** Words that are taken for what was meant by one. */
const MAX_SIMILAR = 50;

/** All words of the texts, in an order in which those with one beginning stand together; each with what is kept for it. */
export class Vocabulary<T> {
  readonly #all = new Map<string, T>();
  #sorted: string[] = [];
  /** Words that are not in `#sorted` yet. */
  #fresh: string[] = [];

  get size(): number {
    return this.#all.size;
  }

  get(word: string): T | undefined {
    return this.#all.get(word);
  }

  add(word: string, value: T): void {
    this.#all.set(word, value);
    this.#fresh.push(word);
    // Words that go and come back, as in a text that is being written, would otherwise pile up while nobody asks.
    if (this.#fresh.length > this.#all.size + 1_000) this.#sort();
  }

  delete(word: string): void {
    this.#all.delete(word);
  }

  /** Words that begin so, that word itself too. */
  *beginning(start: string): Generator<readonly [string, T]> {
    this.#sort();
    for (let at = this.#firstFrom(start); at < this.#sorted.length; at++) {
      const word = this.#sorted[at]!;
      if (!word.startsWith(start)) return;
      const value = this.#all.get(word);
      if (value !== undefined) yield [word, value];
    }
  }

  /** Words that are, or begin with, what somebody may have meant by a word, fewest slips first; the first letter is taken to be right. */
  *similar(typed: string): Generator<readonly [string, T]> {
    const most = slipsFor(typed.length);
    if (most === 0) return;
    const close: { readonly found: readonly [string, T]; readonly count: number }[] = [];
    for (const found of this.beginning(typed[0]!)) {
      const count = slips(typed, found[0], most);
      if (count <= most) close.push({ found, count });
    }
    for (const { found } of close.sort((a, b) => a.count - b.count).slice(0, MAX_SIMILAR)) yield found;
  }

  #firstFrom(start: string): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sorted[middle]! < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Takes in new words and drops those that are gone. */
  #sort(): void {
    // A word that is gone costs one look each time; they are dropped with the next new ones, or once they are many.
    if (this.#fresh.length === 0 && this.#sorted.length <= 2 * this.#all.size + 1_000) return;
    const fresh = this.#fresh.sort();
    const merged: string[] = [];
    let next = 0;
    const take = (word: string): void => {
      if (merged.at(-1) !== word && this.#all.has(word)) merged.push(word);
    };
    for (const word of this.#sorted) {
      while (next < fresh.length && fresh[next]! <= word) take(fresh[next++]!);
      take(word);
    }
    while (next < fresh.length) take(fresh[next++]!);
    this.#sorted = merged;
    this.#fresh = [];
  }
}
