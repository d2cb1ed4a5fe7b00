import { PeerholdError } from '../errors';
import type { Clock } from '../sync/clock';
import { MAX_DOC_BYTES } from './limits';
import type { DocsMessage } from './messages';
import type { StoredUpdate } from './ports';

/** Milliseconds that each part of an answer may take. */
const PART_WITHIN = 10_000;

interface Fetch {
  readonly peer: string;
  readonly updates: StoredUpdate[];
  bytes: number;
  readonly done: (updates: readonly StoredUpdate[]) => void;
  readonly failed: (error: PeerholdError) => void;
  cancel: () => void;
}

const keyOf = (peer: string, doc: string): string => `${doc} ${peer}`;

/** Whole documents on their way from neighbours, to be looked at or adopted. */
export class Fetches {
  readonly #clock: Clock;
  readonly #under = new Map<string, Fetch>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  has(peer: string, doc: string): boolean {
    return this.#under.has(keyOf(peer, doc));
  }

  /** Resolves with all updates, in order, once `take` was given the last of them. Rejects with `doc-full`, `doc-version-missing` or what `end` says. */
  start(peer: string, doc: string): Promise<readonly StoredUpdate[]> {
    return new Promise((done, failed) => {
      const fetch: Fetch = { peer, updates: [], bytes: 0, done, failed, cancel: () => undefined };
      this.#under.set(keyOf(peer, doc), fetch);
      this.#wait(keyOf(peer, doc), fetch);
    });
  }

  /** Takes a part of an answer that belongs to one of them; false: to none. */
  take(peer: string, { doc, answer, updates }: DocsMessage & { kind: 'updates' }): boolean {
    const key = keyOf(peer, doc);
    const fetch = answer === 0 ? undefined : this.#under.get(key);
    if (fetch === undefined) return false;
    fetch.updates.push(...updates);
    fetch.bytes += updates.reduce((sum, { bytes }) => sum + bytes.length, 0);
    if (fetch.bytes > MAX_DOC_BYTES) this.#fail(key, fetch, 'doc-full');
    else if (answer === 1) this.#wait(key, fetch);
    else {
      fetch.cancel();
      this.#under.delete(key);
      fetch.done(fetch.updates);
    }
    return true;
  }

  /** Ends all from this neighbour; without one, all. */
  end(code: string, peer?: string): void {
    for (const [key, fetch] of this.#under) if (peer === undefined || fetch.peer === peer) this.#fail(key, fetch, code);
  }

  #wait(key: string, fetch: Fetch): void {
    fetch.cancel();
    fetch.cancel = this.#clock.setTimer(PART_WITHIN, () => this.#fail(key, fetch, 'doc-version-missing'));
  }

  #fail(key: string, fetch: Fetch, code: string): void {
    fetch.cancel();
    this.#under.delete(key);
    fetch.failed(new PeerholdError(code));
  }
}
