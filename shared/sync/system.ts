import { randomBytes } from '../record/signature';
import type { Clock, Random } from './clock';

/** What browsers, workers and Node all have. */
interface Platform {
  readonly performance: { now(): number };
  setTimeout(run: () => void, delay: number): object;
  clearTimeout(timer: object): void;
}
const platform = globalThis as unknown as Platform;

/** Real time. */
export const systemClock: Clock = {
  now: () => platform.performance.now(),
  setTimer(delay, run) {
    const timer = platform.setTimeout(run, delay);
    return () => platform.clearTimeout(timer);
  },
};

export const systemRandom: Random = randomBytes;
