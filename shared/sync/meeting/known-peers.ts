import { type Clock, fraction, type Random } from '../clock';
import { type MeetingLimits, RETRY } from './limits';

interface Known {
  heard: number;
  degree: number;
  failures: number;
  notBefore: number;
  /** Why the last try came to nothing. */
  failed?: string;
}

/** Peers heard of lately, bounded, with what came of trying to reach them. */
export class KnownPeers {
  readonly #peers = new Map<string, Known>();
  readonly #clock: Clock;
  readonly #limits: MeetingLimits;

  constructor(clock: Clock, limits: MeetingLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  get size(): number {
    return this.#peers.size;
  }

  /** Those heard of lately, each with why the last try to connect to it came to nothing. */
  heardOf(): readonly { readonly peer: string; readonly failed: string | undefined }[] {
    const now = this.#clock.now();
    return [...this.#peers].flatMap(([peer, { heard, failed }]) =>
      now - heard > RETRY.forget ? [] : [{ peer, failed }],
    );
  }

  /** Returns whether it is new. */
  heard(peer: string, degree: number): boolean {
    const now = this.#clock.now();
    const known = this.#peers.get(peer);
    // Kept in the order in which they were last heard, so the one to forget is the first.
    this.#peers.delete(peer);
    this.#peers.set(peer, { failures: 0, notBefore: 0, ...known, heard: now, degree });
    const [oldest] = this.#peers.keys();
    if (this.#peers.size > this.#limits.knownPeers && oldest !== undefined) this.#peers.delete(oldest);
    return known === undefined;
  }

  remove(peer: string): void {
    this.#peers.delete(peer);
  }

  degree(peer: string): number {
    return this.#peers.get(peer)?.degree ?? 0;
  }

  /** Returns the failures in a row. */
  failed(peer: string, why: string): number {
    const known = this.#peers.get(peer);
    if (known === undefined) return 1;
    known.failures += 1;
    known.failed = why;
    return known.failures;
  }

  succeeded(peer: string): void {
    const known = this.#peers.get(peer);
    if (known === undefined) return;
    known.failures = 0;
    delete known.failed;
  }

  notBefore(peer: string, delay: number): void {
    const known = this.#peers.get(peer);
    if (known !== undefined) known.notBefore = this.#clock.now() + delay;
  }

  forgive(): void {
    for (const known of this.#peers.values()) {
      known.failures = 0;
      known.notBefore = 0;
    }
  }

  /** Those that may be tried now, in random order, the ones with few neighbours first. */
  ready(random: Random): readonly { readonly peer: string; readonly degree: number }[] {
    const now = this.#clock.now();
    const ready: { peer: string; degree: number; rank: number }[] = [];
    for (const [peer, { heard, degree, notBefore }] of this.#peers) {
      if (now - heard > RETRY.forget) this.#peers.delete(peer);
      else if (now >= notBefore) ready.push({ peer, degree, rank: (degree < 2 ? 0 : 1) + fraction(random) });
    }
    return ready.sort((a, b) => a.rank - b.rank);
  }
}
