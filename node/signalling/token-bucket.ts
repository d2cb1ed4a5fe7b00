/** Lets `perSecond` through on average and `burst` at once. Time comes from the caller, in ms, and never runs back. */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #since: number;

  constructor(perSecond: number, burst: number, now: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#tokens = burst;
    this.#since = now;
  }

  /** Whether `amount` may pass now. */
  take(amount: number, now: number): boolean {
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#since) / 1000) * this.#perSecond);
    this.#since = now;
    if (amount > this.#tokens) return false;
    this.#tokens -= amount;
    return true;
  }
}
