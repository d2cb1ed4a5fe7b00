import type { Clock, Random } from '../../shared/sync/clock';

/** Real time, in pages and in workers. */
export const systemClock: Clock = {
  now: () => performance.now(),
  setTimer(delay, run) {
    const timer = setTimeout(run, delay);
    return () => clearTimeout(timer);
  },
};

export const systemRandom: Random = (length) => crypto.getRandomValues(new Uint8Array(length));
