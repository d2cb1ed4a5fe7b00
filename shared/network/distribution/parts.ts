import type { Parameters } from '../agreement/model';
import type { Effect, Proposal } from '../decisions/model';
import { partId } from '../ledger/payments';
import { activeMembers } from '../membership/queries';
import { apportion } from '../resources/shares';
import type { State } from '../state';
import type { Tables } from '../tables';
import { termsOf } from './terms';

export type Distribute = Extract<Effect, { kind: 'distribute' }>;
type Rows = Pick<State, 'members' | 'balances' | 'resources'>;

/** What one member is to get; minor units. */
export interface Part {
  readonly member: string;
  readonly amount: number;
  /** Of what it is divided by, how much the member has: shares, or minor units; 1 where all get the same. */
  readonly weight: number;
}

/**
 * Who would get what by these rows, in whole minor units, as `apportion` divides shares: the amount without the reserve, which is rounded up,
 * and without the last units where several have the same claim to them. There are none where nobody has any of what it is divided by.
 */
export function partsOf(
  { members, balances, resources }: Rows,
  { amount, unit, resource }: Omit<Distribute, 'kind'>,
  { basis, types, reserve }: Parameters<'distribution'>,
): readonly Part[] {
  const shares = resource === undefined ? [] : (resources.get(resource)?.shares ?? []);
  const weightOf = (member: string): number => {
    if (basis === 'equal') return 1;
    if (basis === 'shares') return shares.find((one) => one.member === member)?.shares ?? 0;
    return -(balances.get(`member:${member}|${unit}`)?.amount ?? 0);
  };
  const weights = activeMembers({ members })
    .filter(({ type }) => types.length === 0 || types.includes(type))
    .map(({ id }) => [id, weightOf(id)] as const)
    .filter(([, weight]) => weight > 0);
  const divided = Number((BigInt(amount) * BigInt(100 - reserve)) / 100n);
  const of = new Map(weights);
  return apportion(divided, weights, members).map(({ member, shares: part }) => ({
    member,
    amount: part,
    weight: of.get(member)!,
  }));
}

/**
 * Each part becomes an allowance to pay that member so much. At the seal that fixes the decision, by the members, books and shares at the end
 * of its section: so no order within it matters, and nobody can draw on what does not stand yet.
 */
export function distribute(tables: Tables, proposal: Proposal, effect: Distribute): void {
  const { why } = proposal;
  for (const { member, amount } of partsOf(tables.state, effect, termsOf(tables.state, proposal))) {
    const id = partId(proposal.id, member);
    tables.set('allowances', id, { id, unit: effect.unit, amount, spent: 0, entries: [], member, why });
  }
}
