/**
 * Runs what it is given in order, a few at once. A whole history can arrive in one go: were all of it begun at once, nothing else (a
 * heartbeat, a ballot) would be heard until its last signature is checked; one at a time, checking would wait for the disk.
 */
export class Turns {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Settles as `work` does. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      return await work();
    } finally {
      // Whoever is next takes over this turn.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}

/** Batches of events from one neighbour that are being checked or stored. */
export const BATCHES_AT_ONCE = 4;
