import type { Clock } from '../sync/clock';
import type { Meeting } from './apart-sides';

/** Milliseconds after one side has asked in which the other is waited for: both compare at the same time. */
const WITHIN = 30_000;

interface Sides {
  here?: Uint8Array;
  there?: Uint8Array;
  answered: boolean;
  readonly cancel: () => void;
}

/**
 * Notices where two replicas of a document meet that had both gone on while apart: each asks the other, and says by that what it knew until
 * then. Counted is the first comparison after a connection, since later ones find what is on its way between two who are together.
 */
export class Meetings {
  readonly #clock: Clock;
  readonly #onMet: (doc: string, meeting: Meeting) => void;
  /** By neighbour and document; null: they have met. */
  readonly #peers = new Map<string, Map<string, Sides | null>>();
  /** Neighbours who had everything as it is here. */
  readonly #equal = new Set<string>();

  constructor(clock: Clock, onMet: (doc: string, meeting: Meeting) => void) {
    this.#clock = clock;
    this.#onMet = onMet;
  }

  /** This side asks for what it lacks; `known`: all that it has. */
  asks(peer: string, doc: string, known: Uint8Array): void {
    const sides = this.#sides(peer, doc);
    if (sides !== null) sides.here ??= known;
  }

  /** The other side asks. */
  asked(peer: string, doc: string, known: Uint8Array): void {
    // Who only looks at a document says nothing.
    const sides = known.length === 0 ? null : this.#sides(peer, doc);
    if (sides === null) return;
    sides.there ??= known;
    this.#look(peer, doc, sides);
  }

  /** All that this side asked for is here. */
  answered(peer: string, doc: string): void {
    const sides = this.#sides(peer, doc);
    if (sides === null) return;
    sides.answered = true;
    this.#look(peer, doc, sides);
  }

  /** A document is the same on both sides; null: all of them are. */
  equal(peer: string, doc: string | null): void {
    if (doc !== null) this.#end(peer, doc);
    else {
      this.#equal.add(peer);
      for (const one of this.#peers.get(peer)?.keys() ?? []) this.#end(peer, one);
    }
  }

  left(peer: string): void {
    for (const sides of this.#peers.get(peer)?.values() ?? []) sides?.cancel();
    this.#peers.delete(peer);
    this.#equal.delete(peer);
  }

  close(): void {
    for (const peer of [...this.#peers.keys()]) this.left(peer);
  }

  #sides(peer: string, doc: string): Sides | null {
    if (this.#equal.has(peer)) return null;
    const docs = this.#peers.get(peer) ?? new Map<string, Sides | null>();
    this.#peers.set(peer, docs);
    const known = docs.get(doc);
    if (known !== undefined) return known;
    const sides = { answered: false, cancel: this.#clock.setTimer(WITHIN, () => this.#end(peer, doc)) };
    docs.set(doc, sides);
    return sides;
  }

  #look(peer: string, doc: string, { here, there, answered }: Sides): void {
    if (here === undefined || there === undefined || !answered) return;
    this.#end(peer, doc);
    this.#onMet(doc, { here, there });
  }

  #end(peer: string, doc: string): void {
    const docs = this.#peers.get(peer) ?? new Map<string, Sides | null>();
    docs.get(doc)?.cancel();
    docs.set(doc, null);
    this.#peers.set(peer, docs);
  }
}
