import type { Clock, Random } from '../sync/clock';

/** What a peer needs of the machine that it runs on. */
export interface Surroundings {
  readonly clock: Clock;
  readonly random: Random;
  /** Milliseconds since 1970, for claimed times and the expiry of invites. */
  readonly now: () => number;
}
