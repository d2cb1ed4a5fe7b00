import { PeerholdError } from '../../../shared/errors';
import { parametersInForce } from '../../../shared/network/agreement/queries';
import type { State } from '../../../shared/network/state';
import { day, daysBetween } from '../../../shared/network/use/days';
import type { Booking } from '../../../shared/network/use/model';
import { bookingsFor, lastDate, quotaOf, stayOf } from '../../../shared/network/use/queries';
import { termsFor } from '../../../shared/network/use/terms';
import type { Peer } from '../../../shared/peer/peer';
import type { Command } from '../command';
import { type Session, nameOfMember, theOne, wordsOf } from '../session';

const countsOf = (state: State): 'nights' | 'days' => parametersInForce(state, 'use')?.counts ?? 'nights';

export const bookings: Command = {
  name: 'bookings',
  about: 'list who has what is held, and when',
  usage: '[RESOURCE]',
  examples: ['peerhold bookings', 'peerhold bookings "The house" --json'],
  words: { least: 0, most: 1 },
  async run(session, { words: [wanted] }) {
    const peer = await session.peer();
    const { state } = peer;
    const held = [...state.resources.values()].filter(({ status }) => status === 'held');
    const resources = wanted === undefined ? held : [resourceOf(peer, wanted)];
    const rows = resources.flatMap(({ id, name }) =>
      bookingsFor(state, id).map((booking) => ({
        ...booking,
        name: wordsOf(peer, name),
        memberName: nameOfMember(peer, booking.member),
      })),
    );
    if (rows.length === 0) session.progress('Nothing is booked.');
    const data = await Promise.all(rows.map(async (row) => ({ ...row, sealed: await sealedOf(session, peer, row) })));
    return {
      data: { bookings: data },
      lines: data.map((row) => {
        const { id, name, memberName, from, until, status, sealed } = row;
        const length = `${daysBetween(from, until)} ${countsOf(state)}`;
        const waits = status === 'waiting' ? `  waits${against(peer, row)}` : '';
        const shown = `${from} to ${lastDate(row, countsOf(state))}`;
        return `${id.slice(0, 8)}  ${name}  ${shown}  ${memberName}  ${length}${waits}${sealed === null ? ' (provisional)' : ''}`;
      }),
    };
  },
};

export const book: Command = {
  name: 'book',
  about: 'book what the network holds',
  usage: 'RESOURCE FROM TO',
  examples: ['peerhold book "The house" 2027-08-01 2027-08-08', 'peerhold book 3fa9c1d2 2027-08-01 2027-08-08 --json'],
  words: { least: 3, most: 3 },
  async run(session, { words: [wanted = '', from = '', last = ''] }) {
    const peer = await session.peer();
    const resource = resourceOf(peer, wanted);
    for (const date of [from, last]) if (!day(date)) throw new PeerholdError('cli-date', { what: date });
    const counts = countsOf(peer.state);
    const stay = stayOf(from, last, counts);
    const id = await session.act({ type: 'use.book', payload: { resource: resource.id, ...stay } });
    const { member } = peer.me!;
    const left = [...new Set([from.slice(0, 4), last.slice(0, 4)])].flatMap((year) => {
      const terms = termsFor(peer.state, member);
      const quota = terms && quotaOf(peer.state, terms, { member, resource: resource.id }, year);
      return quota?.most === undefined ? [] : [{ year, left: quota.most - quota.had, of: quota.most }];
    });
    return {
      data: { event: id, ...stay, quotas: left },
      lines: [
        `Booked ${daysBetween(stay.from, stay.until)} ${counts}: ${id}`,
        ...left.map(({ year, left: rest, of }) => `Left in ${year}: ${rest} of ${of} ${counts}`),
      ],
    };
  },
};

export const cancelBooking: Command = {
  name: 'cancel-booking',
  about: 'take back a booking of yours, or give way with it',
  usage: 'BOOKING',
  examples: ['peerhold cancel-booking 3fa9c1d2'],
  words: { least: 1, most: 1 },
  async run(session, { words: [wanted = ''] }) {
    const peer = await session.peer();
    const booking = theOne(wanted, peer.state.bookings.values(), () => null);
    const id = await session.act({ type: 'use.cancel', payload: { booking: booking.id } });
    return { data: { event: id, booking: booking.id }, lines: [`Taken back: ${id}`] };
  },
};

function resourceOf(peer: Peer, wanted: string) {
  return theOne(wanted, peer.state.resources.values(), ({ name }) => peer.replica.text(name));
}

function against(peer: Peer, { clashes, over }: Booking): string {
  const names = clashes.map((id) => nameOfMember(peer, peer.state.bookings.get(id)?.member ?? null));
  if (names.length > 0) return `, with ${[...new Set(names)].join(', ')}`;
  return over.length > 0 ? ', beyond the quota' : '';
}

async function sealedOf(session: Session, peer: Peer, { why }: Booking): Promise<number | null> {
  return (await session.engine()).host.finality(peer.replica.id, why.events);
}
