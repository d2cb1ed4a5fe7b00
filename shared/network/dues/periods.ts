/** A year's and a quarter's periods begin with months too, so that all are counted in months since January of the year 0, by UTC. */
const MONTHS = { month: 1, quarter: 3, year: 12 } as const;
export type Every = keyof typeof MONTHS;

/** Seals may say any time: whatever is later than civil dates are written counts as their last month. */
const END = Date.UTC(9999, 11);

/** The month of a time, ms since 1970: the newest that has begun by then. */
export function monthOf(time: number): number {
  const date = new Date(Math.min(time, END));
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** The first month that begins at a time, ms since 1970, or after it. */
export function monthFrom(time: number): number {
  const month = monthOf(time);
  return Date.UTC(Math.floor(month / 12), month % 12) === time ? month : month + 1;
}

/** The first day of a month, `YYYY-MM-DD`. */
export function firstDay(month: number): string {
  const [year, ofYear] = [Math.floor(month / 12), (month % 12) + 1];
  return `${year}-${String(ofYear).padStart(2, '0')}-01`;
}

/** How many periods begin with one of these months, both included. */
export function periodsIn(every: Every, from: number, until: number): number {
  const length = MONTHS[every];
  return until < from ? 0 : Math.floor(until / length) - Math.floor((from - 1) / length);
}

/** The first and the last of these months with which a period begins. Only where there is one. */
export function periodsOf(every: Every, from: number, until: number): readonly [number, number] {
  const length = MONTHS[every];
  return [Math.ceil(from / length) * length, Math.floor(until / length) * length];
}
