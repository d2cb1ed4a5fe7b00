/** Bounds of one meeting; what a network can carry was measured, see docs/decisions/0002. */
export interface MeetingLimits {
  /** Neighbours that we look for and accept; one or two more for a moment, when one makes room for another. */
  readonly neighbours: number;
  /** Attempts at once that we started. */
  readonly dialling: number;
  /** Attempts at once that others started. */
  readonly answering: number;
  /** Milliseconds after which an attempt that did not open is given up. */
  readonly attemptTime: number;
  /** Peers remembered from announcements. */
  readonly knownPeers: number;
}

export const MEETING_LIMITS: MeetingLimits = {
  neighbours: 8,
  dialling: 3,
  answering: 4,
  attemptTime: 10_000,
  knownPeers: 512,
};

/** Milliseconds. */
export const RETRY = { announce: 20_000, forget: 65_000, longest: 600_000 } as const;

/** A connection that broke is tried again soon, a peer that had no room later, one that refused us, or broke the protocol, much later. */
const FIRST_DELAY: Readonly<Record<string, number>> = {
  'channel.lost': 500,
  'channel.dead': 500,
  'channel.attempt-failed': 1000,
  'channel.attempt-timeout': 1000,
  'channel.refused-busy': 500,
  'channel.refused-full': 15_000,
  'channel.make-room': 30_000,
};
const REFUSED_DELAY = 60_000;
const LONGEST_QUICK = 30_000;

/** How long to leave a peer alone after the `failures`-th failure in a row (from 1). */
export function retryDelay(code: string, failures: number): number {
  const first = FIRST_DELAY[code] ?? REFUSED_DELAY;
  const longest = first <= 1000 ? LONGEST_QUICK : RETRY.longest;
  return Math.min(longest, first * 2 ** Math.min(failures - 1, 10));
}
