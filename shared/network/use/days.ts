import type { Shape } from '../../record/shape';

const DAY = 86_400_000;
const CIVIL = /^(19[7-9]\d|[2-9]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** A civil date of the years 1970 to 9999 that there is, `YYYY-MM-DD`: no time of day, no zone, no locale. As texts they are in order. */
export const day: Shape<string> = (value): value is string =>
  typeof value === 'string' && CIVIL.test(value) && dayOf(startOf(value)) === value;

/** Midnight of a civil date by UTC, ms since 1970. */
export function startOf(date: string): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8)));
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Days from one civil date to another; negative where the other is earlier. */
export function daysBetween(from: string, until: string): number {
  return (startOf(until) - startOf(from)) / DAY;
}

/** The civil date so many days after another, or before it. Within the years 1970 to 9999. */
export function addDays(date: string, days: number): string {
  return dayOf(startOf(date) + days * DAY);
}

/** From the first date on, up to and without the last. */
export interface Stay {
  readonly from: string;
  readonly until: string;
}

export const overlap = (a: Stay, b: Stay): boolean => a.from < b.until && b.from < a.until;

/** How many of a stay's dates are in a year. */
export function datesIn({ from, until }: Stay, year: string): number {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  if (from > last || until <= first) return 0;
  const ends = until > last ? daysBetween(from, last) + 1 : daysBetween(from, until);
  return from < first ? ends - daysBetween(from, first) : ends;
}

/** The years in which a stay has dates, ascending. None for one that ends where it begins, or before. */
export function yearsOf({ from, until }: Stay): readonly string[] {
  const years: string[] = [];
  for (let year = Number(from.slice(0, 4)); `${year}-01-01` < until; year++) years.push(String(year));
  return years;
}
