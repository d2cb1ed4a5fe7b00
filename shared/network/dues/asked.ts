import { versionsInLine } from '../agreement/past';
import { protocolOf } from '../agreement/queries';
import type { Member } from '../membership/model';
import type { State } from '../state';
import type { Clause } from '../why';
import { type Every, monthFrom, monthOf } from './periods';

export type Agreed = Pick<State, 'network' | 'versions' | 'proposals' | 'seals'>;

/** One sum that is asked for with each period that begins in one of these months. */
export interface Asked {
  readonly unit: string;
  /** Minor units, for each period. */
  readonly amount: number;
  readonly every: Every;
  /** Months as in `periods.ts`, both included. */
  readonly from: number;
  readonly until: number;
  /** In the version that first asks for it so. */
  readonly clause: Clause;
}

interface Span {
  readonly from: number;
  readonly until: number;
}

/** Agreed time of the newest seal; undefined where there is none. */
export const newestTime = ({ seals }: Pick<State, 'seals'>): number | undefined => seals.get(String(seals.size))?.time;

/**
 * What the agreement asks of a member, by the agreed times of seals and no other: with months that begin from the seal that has the member in
 * to the newest one, or before the one that has them gone, by the version in force then. Versions come into force at seals.
 * `gone`: agreed time (ms) of that seal, where its row is not there yet.
 */
export function askedOf(state: Agreed, member: Member, gone?: number): readonly Asked[] {
  const span = spanOf(state, member, gone);
  const asked: Asked[] = [];
  if (span === undefined) return asked;
  for (const { version, from, until } of inForce(state)) {
    const spec = protocolOf(version, 'contributions');
    const months = { from: Math.max(from, span.from), until: Math.min(until, span.until) };
    if (spec === undefined || months.until < months.from) continue;
    for (const { type, unit, amount, every } of spec.params.dues) {
      if (type !== member.type) continue;
      const clause = { version: version.id, protocol: spec.id };
      const before = asked.findIndex((one) => goesOn(one, { unit, amount, every, clause }, months.from));
      if (before < 0) asked.push({ unit, amount, every, ...months, clause });
      else asked[before] = { ...asked[before]!, until: months.until };
    }
  }
  return asked;
}

/** Whether a later version asks for the same as an earlier one did up to the month before. */
function goesOn(one: Asked, then: Omit<Asked, 'from' | 'until'>, from: number): boolean {
  return (
    one.until === from - 1 &&
    one.unit === then.unit &&
    one.amount === then.amount &&
    one.every === then.every &&
    one.clause.protocol === then.clause.protocol
  );
}

function spanOf({ seals }: Agreed, { sealed, gone }: Member, goneAt?: number): Span | undefined {
  const newest = newestTime({ seals });
  const isIn = seals.get(String(sealed))?.time;
  if (newest === undefined || isIn === undefined) return undefined;
  const isGone = goneAt ?? seals.get(String(gone))?.time;
  return { from: monthFrom(isIn), until: isGone === undefined ? monthOf(newest) : monthFrom(isGone) - 1 };
}

/** The versions that seals brought into force, each with the months that began while it was. */
function inForce(state: Agreed) {
  const sealed = versionsInLine(state).flatMap((version) => {
    // Nobody decided the first one: it is in force as long as the network is there.
    if (version.base === null) return [{ version, from: 0 }];
    const seal = state.seals.get(String(state.proposals.get(version.id)?.sealed));
    return seal === undefined ? [] : [{ version, from: monthFrom(seal.time) }];
  });
  return sealed.map((one, index) => ({ ...one, until: (sealed[index + 1]?.from ?? Infinity) - 1 }));
}
