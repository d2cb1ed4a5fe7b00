import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockOf } from './ancestry';
import { type Entry, UNSEALED } from './entry';

const nobody = { network: null, device: '', previous: null, time: 0, rules: 1, type: '', payload: null, member: '' };

/** A record of entries in lanes; each entry cites the one before it in its lane and the given others. */
class Lanes {
  readonly entries: Entry[] = [];
  /** How many entries were asked whom they cite. */
  asked = 0;
  readonly #cited = new Map<Entry, readonly Entry[]>();
  readonly #tips: (Entry | undefined)[] = [];

  add(lane: number, others: readonly Entry[]): Entry {
    const previous = this.#tips[lane];
    const cited = [...new Set(previous === undefined ? others : [previous, ...others])];
    const depth = 1 + Math.max(-1, ...cited.map((one) => one.depth));
    const place = previous === undefined ? 0 : previous.place + 1;
    const id = String(this.entries.length);
    const bytes = new Uint8Array();
    const entry: Entry = {
      ...nobody,
      id,
      bytes,
      parents: [],
      sequence: place,
      depth,
      lane,
      place,
      clock: undefined,
      seal: UNSEALED,
    };
    this.#tips[lane] = entry;
    this.#cited.set(entry, cited);
    this.entries.push(entry);
    return entry;
  }

  cited(entry: Entry): readonly Entry[] {
    this.asked += 1;
    return this.#cited.get(entry)!;
  }

  /** The clock by its definition: everything that can be reached, counted. */
  counted(entry: Entry): number[] {
    const past = new Set([entry]);
    for (const one of past) for (const cited of this.#cited.get(one)!) past.add(cited);
    const counts: number[] = [];
    for (const { lane } of past) counts[lane] = (counts[lane] ?? 0) + 1;
    return Array.from(counts, (count) => count ?? 0);
  }
}

describe('clocks of the causal past', () => {
  it('count what can be reached, for any graph and in any order of asking', () => {
    const turn = fc.record({ lane: fc.nat(4), back: fc.array(fc.nat(400), { maxLength: 3 }) });
    fc.assert(
      fc.property(
        fc.array(turn, { minLength: 1, maxLength: 300 }),
        fc.array(fc.nat(299), { maxLength: 20 }),
        (turns, asks) => {
          const record = new Lanes();
          for (const { lane, back } of turns) {
            const { entries } = record;
            record.add(
              lane,
              back.flatMap((far) => entries[entries.length - 1 - (far % (entries.length + 1))] ?? []),
            );
          }
          for (const ask of asks) {
            const entry = record.entries[ask % turns.length]!;
            expect([...clockOf(entry, record)]).toEqual(record.counted(entry));
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('cost no walk through the history when members cite their own events of long ago', () => {
    const record = new Lanes();
    let newest = record.add(0, []);
    for (let i = 1; i < 5_000; i++) newest = record.add((i * i) % 61, [newest]);
    clockOf(newest, record);
    record.asked = 0;
    // Newest first: none of these finds the clock of the one before it.
    for (const entry of record.entries.slice(-500).reverse()) clockOf(entry, record);
    expect(record.asked).toBeLessThan(500 * 64);
  });
});
