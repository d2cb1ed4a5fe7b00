import type { Clock } from '../../shared/sync/clock';

/** Milliseconds between two looks. */
const LOOK_EVERY = 5_000;
/** Milliseconds without a timer after which the others have let go of this machine: three rounds of the channel's heartbeat. */
const STANDSTILL = 15_000;

/**
 * Calls `woke` when the machine has slept, or this process stood still: then the clock of the day (`now`, milliseconds) has gone on and no timer has
 * run. Nothing tells a program of it that has no desktop. A clock that is set forward looks the same, and costs a connection anew. Ends when
 * what this gives is called.
 */
export function watchSleep(clock: Pick<Clock, 'setTimer'>, now: () => number, woke: () => void): () => void {
  let stop: () => void;
  const look = (before: number): void => {
    stop = clock.setTimer(LOOK_EVERY, () => {
      const after = now();
      look(after);
      if (after - before - LOOK_EVERY >= STANDSTILL) woke();
    });
  };
  look(now());
  return () => stop();
}
