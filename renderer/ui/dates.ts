const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A moment as people of a locale write it, date and time, in this machine's time zone. `time` in ms since 1970. */
export function formatMoment(time: number, locale: string): string {
  return format(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(time);
}

/** When something began that goes on: the time of today, or date and time. */
export function formatSince(time: number, now: number, locale: string): string {
  if (formatDate(time, locale) !== formatDate(now, locale)) return formatMoment(time, locale);
  return format(locale, { timeStyle: 'short' }).format(time);
}

/** The date of a moment, in this machine's time zone. */
export function formatDate(time: number, locale: string): string {
  return format(locale, { dateStyle: 'medium' }).format(time);
}

/** A civil date `YYYY-MM-DD`, which has no time zone; the text as it is when it is no date. */
export function formatDay(date: string, locale: string): string {
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) ? date : format(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(time);
}

/** A stay of several civil dates, both named, as short as a locale has it: "Aug 1 – 8, 2026"; one date where they are the same. */
export function formatStay(from: string, last: string, locale: string): string {
  const [start, end] = [from, last].map((date) => Date.parse(`${date}T00:00:00Z`)) as [number, number];
  if (!(start <= end)) return `${formatDay(from, locale)} – ${formatDay(last, locale)}`;
  return format(locale, { dateStyle: 'medium', timeZone: 'UTC' }).formatRange(start, end);
}

/** The month of a civil date, in words. */
export function formatMonth(date: string, locale: string): string {
  return format(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.parse(`${date}T00:00:00Z`));
}

/** Today by this machine's calendar, `YYYY-MM-DD`. */
export function today(now = new Date()): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** How long ago or how far ahead, in the largest unit that says something: "3 minutes ago", "tomorrow". */
export function formatRelative(time: number, now: number, locale: string): string {
  const difference = time - now;
  const size = Math.abs(difference);
  const relative = relativeFormat(locale);
  if (size < MINUTE) return relative.format(0, 'second');
  if (size < HOUR) return relative.format(Math.trunc(difference / MINUTE), 'minute');
  if (size < DAY) return relative.format(Math.trunc(difference / HOUR), 'hour');
  if (size < 60 * DAY) return relative.format(Math.trunc(difference / DAY), 'day');
  if (size < 730 * DAY) return relative.format(Math.trunc(difference / (30 * DAY)), 'month');
  return relative.format(Math.trunc(difference / (365 * DAY)), 'year');
}

/** Near moments are told relative to now, others by their date. */
export const isNear = (time: number, now: number): boolean => Math.abs(time - now) < 7 * DAY;

const formats = new Map<string, Intl.DateTimeFormat>();
function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const found = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, found);
  return found;
}

const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();
function relativeFormat(locale: string): Intl.RelativeTimeFormat {
  const found = relativeFormats.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  relativeFormats.set(locale, found);
  return found;
}
