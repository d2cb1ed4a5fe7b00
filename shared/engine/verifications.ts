import { stateDigest } from '../network/digest/digest';
import type { Peer } from '../peer/peer';
import type { Clock } from '../sync/clock';
import type { PeerStore } from '../peer/store';
import { type Verification, verifyNetwork } from '../seal/verify';

interface Running {
  cancelled: boolean;
  readonly result: Promise<Verification | null>;
}

/** `Verify everything`, at most once at a time for each network. */
export class Verifications {
  readonly #onProgress: (done: number, total: number) => void;
  readonly #clock: Clock;
  readonly #running = new Map<string, Running>();

  constructor(clock: Clock, onProgress: (done: number, total: number) => void) {
    this.#clock = clock;
    this.#onProgress = onProgress;
  }

  /** Resolves with null when cancelled; whoever asks while one runs gets its result. */
  run(peer: Peer, store: PeerStore): Promise<Verification | null> {
    const known = this.#running.get(peer.id);
    if (known !== undefined) return known.result;
    const course = {
      isCancelled: (): boolean => running.cancelled,
      // Lets the messages and timers that wait have their turn.
      pause: () => new Promise<void>((resolve) => this.#clock.setTimer(0, resolve)),
      progress: this.#onProgress,
      now: () => this.#clock.now(),
    };
    const running: Running = {
      cancelled: false,
      result: Promise.resolve()
        .then(() => verify(peer, store, course))
        .finally(() => this.#running.delete(peer.id)),
    };
    this.#running.set(peer.id, running);
    return running.result;
  }

  /** Resolves once nothing of it runs any more. */
  async cancel(network: string): Promise<void> {
    const running = this.#running.get(network);
    if (running === undefined) return;
    running.cancelled = true;
    await running.result.catch(() => undefined);
  }
}

async function verify(
  peer: Peer,
  store: PeerStore,
  course: Parameters<typeof verifyNetwork>[2],
): Promise<Verification | null> {
  const { replica } = peer;
  const ids = replica.record.all().map(({ id }) => id);
  // All of these have to be on the disk by the time that it is read.
  while (peer.pending > 0) {
    await course.pause();
    if (course.isCancelled()) return null;
  }
  const batches = await store.load();
  const stored = {
    network: peer.id,
    events: batches.flatMap(({ events }) => events),
    texts: batches.flatMap(({ texts }) => texts),
  };
  return verifyNetwork(
    stored,
    {
      ids,
      since: (place) =>
        replica.record
          .all()
          .slice(place)
          .map(({ bytes }) => bytes),
      seals: () => replica.seals.seals,
      digest: () => stateDigest(replica.state),
    },
    course,
  );
}
