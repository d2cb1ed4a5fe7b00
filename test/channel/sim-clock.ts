import type { Clock } from '../../shared/sync/clock';

/** A clock that a test moves. Timers of one instant run in the order in which they were set. */
export class SimClock implements Clock {
  #now = 0;
  #next = 0;
  readonly #timers = new Map<number, { at: number; run: () => void }>();

  now(): number {
    return this.#now;
  }

  setTimer(delay: number, run: () => void): () => void {
    const id = this.#next++;
    this.#timers.set(id, { at: this.#now + delay, run });
    return () => this.#timers.delete(id);
  }

  /** Runs what is due within `time`, and lets promises settle after each timer. */
  async advance(time: number): Promise<void> {
    const end = this.#now + time;
    await settle();
    for (;;) {
      let first: [number, { at: number; run: () => void }] | undefined;
      for (const timer of this.#timers) if (first === undefined || timer[1].at < first[1].at) first = timer;
      if (first === undefined || first[1].at > end) break;
      this.#timers.delete(first[0]);
      this.#now = Math.max(this.#now, first[1].at);
      first[1].run();
      await settle();
    }
    this.#now = end;
  }

  get pending(): number {
    return this.#timers.size;
  }
}

/** Lets promise chains, and WebCrypto's short work on its own threads, come to rest. */
async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await Promise.resolve();
}
