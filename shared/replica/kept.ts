import { clockOf } from '../record/ancestry';
import type { Entry } from '../record/entry';
import type { RecordSet } from '../record/record';

/** What this peer holds and what of it can not count. */
interface Holding {
  readonly record: RecordSet;
  /** Events by the ended outside the cuts: see `Network`. */
  readonly outside: ReadonlySet<Entry>;
  /** What shows that the newest seal holds, whoever signed it: who has not got that seal yet needs it. */
  readonly proof: () => readonly Entry[];
}

/** By lane, how many of its entries. */
type Counts = readonly number[];

/**
 * What of the record every peer must have: all that can count, and what it was built on. The rest came before the seal that ended its
 * author: it stays where it is, and is neither passed on nor cited, so that no other peer comes to need it.
 */
export class Kept {
  readonly #holding: Holding;
  #needed: Counts = [];
  #offered: Counts = [];
  /** How much there was when these were counted. */
  #counted = '';

  constructor(holding: Holding) {
    this.#holding = holding;
  }

  /** Whether every peer must have it. */
  has(entry: Entry): boolean {
    return !this.#holding.outside.has(entry) || entry.place < (this.#count().#needed[entry.lane] ?? 0);
  }

  /** Whether others are told of it: they must have it, or it proves the newest seal to them. */
  offers(entry: Entry): boolean {
    return !this.#holding.outside.has(entry) || entry.place < (this.#count().#offered[entry.lane] ?? 0);
  }

  /** The newest of each lane that others are told of. */
  tips(): readonly Entry[] {
    const { record, outside } = this.#holding;
    if (outside.size === 0) return record.tips();
    return record.tips().flatMap((tip) => this.#newestOf(tip) ?? []);
  }

  /** Those of them that no other cites, ascending: the parents of the next event. */
  heads(): readonly string[] {
    const { record, outside } = this.#holding;
    if (outside.size === 0) return record.heads();
    const tips = this.tips();
    // Of each lane, how many are in the past of any of them, itself not included.
    const cited: number[] = [];
    for (const tip of tips) include(cited, tip, record, 1);
    return tips
      .filter(({ lane, place }) => cited[lane]! <= place)
      .map(({ id }) => id)
      .sort();
  }

  #newestOf(tip: Entry): Entry | undefined {
    let entry: Entry | undefined = tip;
    // A branch goes back to before its fork: what is there belongs to another lane.
    while (entry?.lane === tip.lane && !this.offers(entry)) entry = this.#before(entry);
    return entry?.lane === tip.lane ? entry : undefined;
  }

  #before({ previous }: Entry): Entry | undefined {
    return previous === null ? undefined : this.#holding.record.get(previous);
  }

  #count(): this {
    const { record, outside, proof } = this.#holding;
    // A seal is made by an event that has just come.
    const counted = `${record.size} ${outside.size}`;
    if (counted === this.#counted) return this;
    const needed: number[] = [];
    for (const tip of record.tips()) {
      let entry: Entry | undefined = tip;
      while (entry !== undefined && outside.has(entry)) entry = this.#before(entry);
      if (entry !== undefined) include(needed, entry, record);
    }
    const offered = [...needed];
    for (const entry of proof()) include(offered, entry, record);
    this.#needed = needed;
    this.#offered = offered;
    this.#counted = counted;
    return this;
  }
}

/** Adds an entry and its past; `without` 1: its past alone. */
function include(counts: number[], entry: Entry, record: RecordSet, without: 0 | 1 = 0): void {
  clockOf(entry, record).forEach((count, lane) => {
    const past = lane === entry.lane ? count - without : count;
    counts[lane] = Math.max(counts[lane] ?? 0, past);
  });
}
