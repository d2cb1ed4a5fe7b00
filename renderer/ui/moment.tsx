import { formatDate, formatDay, formatMoment, formatRelative, formatSince, formatStay, isNear } from './dates';
import { useLocale } from './locale';
import { useNow } from './now';

/** A claimed time, ms since 1970: relative while near, else the date; exact on hover. */
export function Moment({ time, exact = false }: { readonly time: number; readonly exact?: boolean }) {
  const locale = useLocale();
  const now = useNow();
  const full = formatMoment(time, locale);
  const shown = exact ? full : isNear(time, now) ? formatRelative(time, now, locale) : formatDate(time, locale);
  return (
    <time dateTime={isoOf(time)} title={full}>
      {shown}
    </time>
  );
}

/** When something began that goes on, ms since 1970. */
export function Since({ time }: { readonly time: number }) {
  const locale = useLocale();
  const now = useNow();
  return (
    <time dateTime={isoOf(time)} title={formatMoment(time, locale)}>
      {formatSince(time, now, locale)}
    </time>
  );
}

/** A civil date, `YYYY-MM-DD`. */
export function Day({ date }: { readonly date: string }) {
  return <time dateTime={date}>{formatDay(date, useLocale())}</time>;
}

/** The dates of a stay, both named, `YYYY-MM-DD`. */
export function StayDates({ from, last }: { readonly from: string; readonly last: string }) {
  return <time dateTime={from}>{formatStay(from, last, useLocale())}</time>;
}

/** Claimed times are whatever a signer wrote, so one can lie beyond what a Date holds. */
function isoOf(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
