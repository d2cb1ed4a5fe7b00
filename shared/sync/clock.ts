/** Time as sync code may use it: a port, so that a simulator can drive it. Never used by a rule (see protocol.md). */
export interface Clock {
  /** Milliseconds; only differences count. */
  now(): number;
  /** Runs `run` once after `delay` milliseconds. Returns its cancellation, which may be called at any time. */
  setTimer(delay: number, run: () => void): () => void;
}

/** Cryptographically random bytes, as a port for the same reason. */
export type Random = (length: number) => Uint8Array;

/** A number in [0, 1) for jitter and choices among peers. */
export function fraction(random: Random): number {
  const bytes = random(4);
  return (((bytes[0]! << 24) | (bytes[1]! << 16) | (bytes[2]! << 8) | bytes[3]!) >>> 0) / 2 ** 32;
}
