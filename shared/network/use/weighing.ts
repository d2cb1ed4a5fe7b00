import type { Context } from '../rule';
import { yearsOf } from './days';
import type { Booking } from './model';
import { idsOf } from './refusals';
import { datesTogether, holds, isForTheSame, isUnderOneQuota, relatedTo, termsIn } from './terms';

/**
 * Judges a booking that was made or taken back, and those that it has to do with, by who had seen what. One that its author had to reckon
 * with has refused it. So those that are left for the same dates did not know of each other, and wait, all of them: none wins by its place
 * in the order. So do a member's own that together go beyond the quota, each as far as others that did not know of it bring it there.
 */
export function weigh(context: Context, made: Booking): void {
  const { tables } = context;
  const all = relatedTo(tables.state.bookings, made).filter(holds);
  const own = all.filter(({ member }) => member === made.member);
  for (const booking of all) {
    const isMade = booking.id === made.id;
    const others = isMade ? all.filter((other) => other !== booking && isForTheSame(other, booking)) : [];
    const clashes = isMade ? idsOf(others) : withOrWithout(booking.clashes, made, booking);
    const over = booking.member === made.member ? overWith(context, booking, own) : booking.over;
    const status = clashes.length + over.length > 0 ? 'waiting' : 'stands';
    // The status follows from both; and one that is made only adds to them, one that is taken back only takes away.
    if (clashes.length !== booking.clashes.length || over.length !== booking.over.length)
      tables.set('bookings', booking.id, { ...booking, status, clashes, over });
  }
}

/** What a booking clashes with, now that another one was made or taken back. */
function withOrWithout(clashes: readonly string[], made: Booking, booking: Booking): readonly string[] {
  const rest = clashes.filter((id) => id !== made.id);
  return holds(made) && isForTheSame(made, booking) ? [...rest, made.id].sort() : rest;
}

/** Of a member's bookings those that, not knowing of this one, bring it beyond the quota of the agreement that it was made under. */
function overWith({ tables, past }: Context, booking: Booking, own: readonly Booking[]): readonly string[] {
  const { version } = booking.why.clause!;
  const terms = termsIn(tables.get('versions', version), tables.get('members', booking.member)!.type)!;
  const { most } = terms;
  if (most === undefined) return [];
  const entry = past.get(booking.id)!;
  // What it precedes had to reckon with it.
  const possible = own.filter(
    (other) =>
      other.id !== booking.id && isUnderOneQuota(terms, other, booking) && !past.precedes(entry, past.get(other.id)!),
  );
  const unknown = possible.filter((other) => !past.precedes(past.get(other.id)!, entry));
  const beyond = yearsOf(booking).filter((year) => datesTogether([booking, ...possible], year) > most);
  return idsOf(unknown.filter((other) => beyond.some((year) => datesTogether([other], year) > 0)));
}
