import { protocolIn } from '../agreement/in-force';
import type { AgreementVersion, Parameters } from '../agreement/model';
import { protocolOf, versionInForce } from '../agreement/queries';
import type { State } from '../state';
import type { Clause } from '../why';
import { type Stay, datesIn, overlap } from './days';
import type { Booking } from './model';

/** What the agreement says to members of one type of using what is held. */
export interface Terms {
  readonly params: Parameters<'use'>;
  readonly clause: Clause;
  /** The most dates that a member of the type may have in a calendar year; undefined: as many as they want. */
  readonly most: number | undefined;
}

/** Undefined where the version has no protocol on use, or it is suspended. */
export function termsIn(version: AgreementVersion | undefined, type: string): Terms | undefined {
  const spec = protocolOf(version, 'use');
  if (version === undefined || spec === undefined) return undefined;
  const { params, id } = spec;
  const most = params.quotas.find((quota) => quota.type === type)?.most;
  return { params, clause: { version: version.id, protocol: id }, most };
}

export function termsFor(state: Pick<State, 'network' | 'versions' | 'members'>, member: string): Terms | undefined {
  return termsIn(versionInForce(state), state.members.get(member)?.type ?? '');
}

/** What a refusal names where nothing on use is in force: what is suspended, else that by which members can agree on it. */
export function clauseWithoutTerms(state: Pick<State, 'network' | 'versions'>): Clause {
  const version = versionInForce(state)!;
  const suspended = version.protocols.find(({ kind }) => kind === 'use');
  return suspended === undefined
    ? protocolIn(version, 'decisions').clause
    : { version: version.id, protocol: suspended.id };
}

/** What a member wants, or has. */
export type Wish = Stay & Pick<Booking, 'member' | 'resource'>;

/** Whether it takes dates and counts towards a quota. */
export const holds = ({ status }: Booking): boolean => status === 'stands' || status === 'waiting';

export const isForTheSame = (a: Wish, b: Wish): boolean => a.resource === b.resource && overlap(a, b);

/** Whether a booking counts towards the same quota as a wish. */
export function isUnderOneQuota({ params }: Terms, booking: Wish, wish: Wish): boolean {
  return booking.member === wish.member && (params.per === 'all' || booking.resource === wish.resource);
}

export function datesTogether(stays: readonly Stay[], year: string): number {
  return stays.reduce((sum, stay) => sum + datesIn(stay, year), 0);
}

/** Bookings of the same member, and others for dates of it: what a booking can have to do with. Ascending by id. */
export function relatedTo(bookings: ReadonlyMap<string, Booking>, wish: Wish): readonly Booking[] {
  const related: Booking[] = [];
  for (const booking of bookings.values())
    if (booking.member === wish.member || isForTheSame(booking, wish)) related.push(booking);
  return related.sort((a, b) => (a.id < b.id ? -1 : 1));
}
