import { type Rules, refuse } from '../rule';
import { agreedFor } from '../standing';
import type { Booking, UsePayloads } from './model';
import { refusalOf } from './refusals';
import { hasBegun, offFor, takeBack } from './taking-back';
import { relatedTo, termsFor } from './terms';
import { weigh } from './weighing';

export const useRules: Rules<keyof UsePayloads> = {
  'use.book': (context, event) => {
    const { tables, past, ground } = context;
    const wish = { ...event.payload, member: event.member };
    const here = past.get(event.id)!;
    const known = relatedTo(tables.state.bookings, wish).filter(
      (booking) => past.precedes(past.get(booking.id)!, here) && offFor(context, booking, here).length === 0,
    );
    const agreed = agreedFor(context, event);
    const refused = refusalOf(agreed, wish, known);
    if (refused !== undefined) return refused;
    const { clause } = termsFor(agreed, event.member)!;
    const booking: Booking = {
      id: event.id,
      ...wish,
      status: 'stands',
      clashes: [],
      over: [],
      time: event.time,
      why: { events: [event.id], clause },
    };
    tables.set('bookings', event.id, booking);
    // Of a member removed without knowing it: ends as if it had come before.
    const { until } = tables.get('members', event.member)!;
    if (until !== undefined && !hasBegun(ground, booking)) takeBack(context, booking, 'ended', until);
    else weigh(context, booking);
    return undefined;
  },

  'use.cancel': (context, event) => {
    const { tables, past, ground } = context;
    const booking = tables.get('bookings', event.payload.booking);
    if (booking === undefined || booking.member !== event.member) return refuse('booking-unknown');
    const { clause } = booking.why;
    const off = offFor(context, booking, past.get(event.id)!);
    if (off.length > 0) return refuse('booking-taken-back', clause, off);
    // Else whoever has used what they booked could have the dates back.
    if (booking.status === 'stands' && hasBegun(ground, booking)) return refuse('booking-begun', clause, [booking.id]);
    takeBack(context, booking, 'cancelled', event.id);
    return undefined;
  },
};
