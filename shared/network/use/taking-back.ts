import type { Entry } from '../../record/entry';
import { outcomeIn } from '../decisions/asked';
import type { Context } from '../rule';
import { startOf } from './days';
import type { Booking } from './model';
import { holds } from './terms';
import { weigh } from './weighing';

/** Whether by the agreed time of the seal before a booking's first day has come, by UTC. No: before there is a seal. */
export function hasBegun(
  ground: { readonly time: number } | null | undefined,
  { from }: Pick<Booking, 'from'>,
): boolean {
  return ground !== null && ground !== undefined && startOf(from) <= ground.time;
}

/** What took a booking back, as far as the author of an entry had to reckon with it. */
export function offFor(context: Context, { why }: Booking, entry: Entry): readonly string[] {
  const { tables, past } = context;
  return why.events.slice(1).filter((cause) => {
    const removal = tables.get('proposals', cause);
    if (removal === undefined) return past.precedes(past.get(cause)!, entry);
    return removal.sealed !== undefined || outcomeIn(context, removal, entry).result === 'adopted';
  });
}

/** Takes a booking back; what it kept waiting is judged again. */
export function takeBack(context: Context, booking: Booking, status: 'cancelled' | 'ended', cause: string): void {
  const off: Booking = {
    ...booking,
    // Whatever comes of the member, in either order.
    status: booking.status === 'cancelled' ? 'cancelled' : status,
    clashes: [],
    over: [],
    why: { ...booking.why, events: [...booking.why.events, cause] },
  };
  context.tables.set('bookings', booking.id, off);
  if (holds(booking)) weigh(context, off);
}

/** Ends what a member who left or was removed had booked and had not begun; what they have used stands in the record. */
export function endBookings(context: Context, member: string, cause: string): void {
  for (const booking of [...context.tables.state.bookings.values()])
    if (booking.member === member && !hasBegun(context.ground, booking)) takeBack(context, booking, 'ended', cause);
}
