import type { Entry } from './entry';

interface Forked {
  /** All that the device signed, by sequence, each by depth and id. */
  readonly bySequence: Map<number, readonly Entry[]>;
  /** The lowest sequence with more than one event. */
  lowest: number;
}

/**
 * Devices that signed two events of one sequence. Nothing is kept of the others, of which there are many: they have one event for
 * each sequence.
 */
export class ForkIndex {
  readonly #devices = new Map<string, Forked>();

  has(device: string): boolean {
    return this.#devices.has(device);
  }

  /** Takes note that an entry, not among `entries` yet, begins a further branch of its device. `tips` are the newest of each branch. */
  branch(entry: Entry, entries: ReadonlyMap<string, Entry>, tips: readonly Entry[]): void {
    const known = this.#devices.get(entry.device);
    if (known !== undefined) {
      known.lowest = Math.min(known.lowest, entry.sequence);
      return;
    }
    const forked: Forked = { bySequence: new Map(), lowest: entry.sequence };
    this.#devices.set(entry.device, forked);
    // Until its first fork a device has one branch.
    let own = tips.find((tip) => tip.device === entry.device);
    while (own !== undefined) {
      forked.bySequence.set(own.sequence, [own]);
      own = own.previous === null ? undefined : entries.get(own.previous);
    }
  }

  /** Takes note of an entry, if its device has forked. */
  note(entry: Entry): void {
    const forked = this.#devices.get(entry.device);
    if (forked === undefined) return;
    const siblings = forked.bySequence.get(entry.sequence) ?? [];
    forked.bySequence.set(entry.sequence, [...siblings, entry].sort(byOrder));
  }

  /** The entries of the same device and sequence, itself included. */
  siblings(entry: Entry): readonly Entry[] {
    return this.#devices.get(entry.device)?.bySequence.get(entry.sequence) ?? [entry];
  }

  proofs(): ReadonlyMap<string, readonly [Entry, Entry]> {
    const proofs = new Map<string, readonly [Entry, Entry]>();
    for (const [device, { bySequence, lowest }] of this.#devices) {
      const [first, second] = bySequence.get(lowest)!;
      proofs.set(device, [first!, second!]);
    }
    return proofs;
  }
}

function byOrder(a: Entry, b: Entry): number {
  return a.depth - b.depth || (a.id < b.id ? -1 : 1);
}
