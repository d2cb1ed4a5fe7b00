import { type Foresight, type Foreseen, foreseeAny, foreseeRight } from '../foreseen/foreseen';
import type { State } from '../state';
import { addDays, datesIn, daysBetween, yearsOf, type Stay } from './days';
import type { Booking } from './model';
import { refusalOf } from './refusals';
import { hasBegun } from './taking-back';
import {
  type Terms,
  type Wish,
  clauseWithoutTerms,
  datesTogether,
  holds,
  isUnderOneQuota,
  relatedTo,
  termsFor,
} from './terms';

/** Bookings of a resource that hold or wait, by their dates, the earliest first. */
export function bookingsFor({ bookings }: Pick<State, 'bookings'>, resource: string): readonly Booking[] {
  return [...bookings.values()].filter((booking) => booking.resource === resource && holds(booking)).sort(byDates);
}

/** A member's bookings that wait for somebody to give way, by their dates. */
export function waitingBookings({ bookings }: Pick<State, 'bookings'>, member: string): readonly Booking[] {
  return [...bookings.values()]
    .filter((booking) => booking.member === member && booking.status === 'waiting')
    .sort(byDates);
}

const byDates = (a: Booking, b: Booking): number =>
  compare(a.from, b.from) || compare(a.until, b.until) || compare(a.id, b.id);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The date by which a stay is named at its end: that of leaving where nights are counted, else the last one. */
export function lastDate({ until }: Stay, counts: Terms['params']['counts']): string {
  return counts === 'nights' ? until : addDays(until, -1);
}

/** The stay that is named by its first and last date, as the person counts. */
export function stayOf(from: string, last: string, counts: Terms['params']['counts']): Stay {
  return { from, until: counts === 'nights' ? last : addDays(last, 1) };
}

/** What a member has of a quota in a calendar year. */
export interface Quota {
  readonly year: string;
  /** Undefined: as many as they want. */
  readonly most: number | undefined;
  readonly had: number;
  /** The bookings that these are of, ascending by id. */
  readonly bookings: readonly string[];
}

export function quotaOf(state: State, terms: Terms, of: Pick<Wish, 'member' | 'resource'>, year: string): Quota {
  const stay = { ...of, from: `${year}-01-01`, until: `${year}-01-01` };
  const counted = relatedTo(state.bookings, stay).filter(
    (booking) => holds(booking) && isUnderOneQuota(terms, booking, stay) && datesIn(booking, year) > 0,
  );
  return { year, most: terms.most, had: datesTogether(counted, year), bookings: counted.map(({ id }) => id) };
}

/** What the rules would say to a booking that is signed now, with all that is known here. */
export function foreseeBooking(state: State, wish: Wish): Foresight {
  const gone = foreseeAny(state, wish.member);
  if (gone !== undefined) return gone;
  const refused = refusalOf(state, wish, relatedTo(state.bookings, wish).filter(holds));
  if (refused?.code === 'not-entitled') return foreseeRight(state, wish.member, 'book');
  return refused && { ...refused, facts: factsOf(state, wish, refused.code) };
}

/** What the rules would say to who wants to book a resource on some dates or others. */
export function foreseeUse(state: State, wish: Pick<Wish, 'member' | 'resource'>): Foresight {
  const terms = termsFor(state, wish.member);
  const any = foreseeAny(state, wish.member);
  if (any !== undefined) return any;
  if (terms === undefined) return { code: 'use-not-agreed', clause: clauseWithoutTerms(state), facts: [] };
  return foreseeRight(state, wish.member, 'book');
}

function factsOf(state: State, wish: Wish, code: string): Foreseen['facts'] {
  const terms = termsFor(state, wish.member);
  if (terms === undefined) return [];
  const { counts, shortest, longest } = terms.params;
  const wanted = daysBetween(wish.from, wish.until);
  if (code === 'stay-too-long' || code === 'stay-too-short')
    return [{ kind: 'stay', counts, wanted, shortest, longest }];
  if (code !== 'quota-exceeded') return [];
  return yearsOf(wish).flatMap((year) => {
    const { most, had } = quotaOf(state, terms, wish, year);
    const more = datesIn(wish, year);
    return most !== undefined && had + more > most
      ? [{ kind: 'quota' as const, counts, year, most, had, wanted: more }]
      : [];
  });
}

/** What the rules would say to who takes back a booking of their own. */
export function foreseeCancelling(state: State, booking: Booking): Foresight {
  const gone = foreseeAny(state, booking.member);
  if (gone !== undefined) return gone;
  const { clause } = booking.why;
  if (!holds(booking)) return { code: 'booking-taken-back', clause: clause!, events: booking.why.events, facts: [] };
  if (booking.status === 'stands' && hasBegun(state.seals.get(String(state.seals.size)), booking))
    return { code: 'booking-begun', clause: clause!, events: [booking.id], facts: [] };
  return undefined;
}
