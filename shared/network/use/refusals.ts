import { inForce } from '../agreement/in-force';
import { hasRight } from '../membership/queries';
import { type Refusal, refuse } from '../rule';
import type { State } from '../state';
import { daysBetween, yearsOf } from './days';
import type { Booking } from './model';
import { type Wish, clauseWithoutTerms, datesTogether, isForTheSame, isUnderOneQuota, termsFor } from './terms';

/** Why the agreement in force refuses a booking, beside the bookings that its author had to reckon with; undefined where it does not. */
export function refusalOf(state: State, wish: Wish, known: readonly Booking[]): Refusal | undefined {
  const length = daysBetween(wish.from, wish.until);
  if (length < 1) return refuse('stay-empty');
  const resource = state.resources.get(wish.resource);
  if (resource === undefined) return refuse('resource-unknown');
  if (resource.status !== 'held') return refuse('resource-not-held', resource.why.clause, resource.why.events);
  const terms = termsFor(state, wish.member);
  if (terms === undefined) return refuse('use-not-agreed', clauseWithoutTerms(state));
  const { params, clause, most } = terms;
  if (!hasRight(state, wish.member, 'book')) return refuse('not-entitled', inForce(state, 'membership').clause);
  if (length < params.shortest) return refuse('stay-too-short', clause);
  if (length > params.longest) return refuse('stay-too-long', clause);
  const taken = known.filter((booking) => isForTheSame(booking, wish));
  if (taken.length > 0) return refuse('already-booked', clause, idsOf(taken));
  const own = known.filter((booking) => isUnderOneQuota(terms, booking, wish));
  for (const year of most === undefined ? [] : yearsOf(wish)) {
    const counted = own.filter((booking) => datesTogether([booking], year) > 0);
    if (datesTogether([...counted, wish], year) > most!) return refuse('quota-exceeded', clause, idsOf(counted));
  }
  return undefined;
}

export const idsOf = (bookings: readonly Booking[]): readonly string[] => bookings.map(({ id }) => id);
