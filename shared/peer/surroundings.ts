import type { Clock, Random } from '../sync/clock';

/** What a peer needs of the machine that it runs on. */
export interface Surroundings {
  readonly clock: Clock;
  readonly random: Random;
  /** Milliseconds since 1970, for claimed times and the expiry of invites. */
  readonly now: () => number;
  /** The newest version of the rules that this app can fold by; `RULES_VERSION` where it does not say. */
  readonly rulesKnown?: number;
}
