import { PeerholdError, errorCode } from '../errors';
import type { Clock } from '../sync/clock';
import type { PeerStore, StoredBatch } from './store';

const RETRY = 2_000;

export interface StoreQueueOptions {
  readonly store: PeerStore;
  readonly clock: Clock;
  /** What has to be on the disk before the batch. */
  readonly first: () => Promise<void>;
  /** Told why the disk does not take what came in, null once it did. */
  readonly heard: (problem: string | null) => void;
}

/** Writes what came in, batch after batch, and tries again until the disk takes it. */
export class StoreQueue {
  readonly #options: StoreQueueOptions;
  #last: Promise<unknown> = Promise.resolve();
  #pending = 0;
  /** Why the record can not be stored now. */
  #problem: string | null = null;
  #closed = false;

  constructor(options: StoreQueueOptions) {
    this.#options = options;
  }

  /** Batches that are not on the disk yet. */
  get pending(): number {
    return this.#pending;
  }

  /** Resolves once the batch is on the disk. Rejects with `storage-failed` only if the queue is closed before. */
  add(batch: StoredBatch): Promise<void> {
    this.#pending += 1;
    const turn = this.#last.then(() => this.#write(batch));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Waits until all that came in so far is on the disk, also what comes in meanwhile. Throws why it can not be stored now. */
  async settled(): Promise<void> {
    for (let stored: unknown; stored !== this.#last;) {
      if (this.#problem !== null) throw new PeerholdError(this.#problem);
      stored = this.#last;
      await stored;
    }
  }

  /** Resolves when nothing is written any more; what the disk does not take now is given up. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#last;
  }

  async #write(batch: StoredBatch): Promise<void> {
    const { store, clock, first, heard } = this.#options;
    for (;;) {
      try {
        await first();
        await store.append(batch);
        this.#problem = null;
        heard(null);
        break;
      } catch (error) {
        this.#problem = storageProblem(error);
        heard(this.#problem);
        if (this.#closed) throw new PeerholdError('storage-failed', {}, { cause: error });
        await new Promise<void>((resolve) => clock.setTimer(RETRY, resolve));
      }
    }
    this.#pending -= 1;
  }
}

/** Why the disk did not take it: what it says itself, if it says anything. */
export function storageProblem(error: unknown): string {
  const code = errorCode(error);
  return code === 'internal' ? 'storage-failed' : code;
}

/** Says with a code why the disk did not do it. */
export function notOnDisk(cause: unknown): never {
  throw new PeerholdError(storageProblem(cause), {}, { cause });
}
