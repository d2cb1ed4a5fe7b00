/** Times of the story: fixed, in UTC, so that no clock and no time zone has a say. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Midnight of a civil date `YYYY-MM-DD`, ms. */
export function midnight(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}

/** Civil date of a time, `YYYY-MM-DD`. */
export function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
