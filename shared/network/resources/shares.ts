import { inForce } from '../agreement/in-force';
import type { Parameters } from '../agreement/model';
import type { Member } from '../membership/model';
import { activeMembers } from '../membership/queries';
import type { Context } from '../rule';
import type { State } from '../state';
import type { Resource } from './model';

/** Whole shares by the protocol `ownership`, proportional to the members' weights, as `apportion` divides. */
export function sharesOf(
  { members, balances, pledges }: Pick<State, 'members' | 'balances' | 'pledges'>,
  resource: Resource,
  ownership: Parameters<'ownership'>,
): Resource['shares'] {
  const weightOf = (member: string): number => {
    if (ownership.basis === 'equal') return 1;
    return Math.max(0, -(balances.get(`member:${member}|${resource.unit}`)?.amount ?? 0));
  };
  const weights = new Map<string, number>();
  if (ownership.basis === 'pledges') {
    for (const pledge of pledges.values()) {
      if (pledge.resource !== resource.id || (pledge.status !== 'due' && pledge.status !== 'paid')) continue;
      weights.set(pledge.member, (weights.get(pledge.member) ?? 0) + pledge.amount);
    }
  } else for (const { id } of activeMembers({ members })) weights.set(id, weightOf(id));
  return apportion(ownership.shares, [...weights], members);
}

/**
 * Fixes the shares of what was bought in the section of a seal, by the members, books and agreement at its end: so no order within it
 * matters. Until then they are those of the moment of the purchase.
 */
export function fixShares({ tables, past }: Context, height: number): void {
  const { params, clause } = inForce(tables.state, 'ownership');
  for (const resource of [...tables.state.resources.values()]) {
    if (resource.purchase === undefined || past.get(resource.purchase)?.seal !== height) continue;
    const shares = sharesOf(tables.state, resource, params);
    tables.set('resources', resource.id, { ...resource, shares, why: { ...resource.why, clause } });
  }
}

/**
 * Divides into whole units, proportional to weights, by largest remainder; of equal remainders, those come first whose membership an earlier
 * seal has. Where there are fewer units left than members with the same claim to one, nobody gets them, or a hash would decide: the units
 * then sum to less, by fewer than there are such members. In the order in which they joined; whoever gets none is left out.
 */
export function apportion(
  units: number,
  weights: readonly (readonly [member: string, weight: number])[],
  members: ReadonlyMap<string, Pick<Member, 'sealed' | 'number'>>,
): Resource['shares'] {
  const total = weights.reduce((sum, [, weight]) => sum + BigInt(weight), 0n);
  if (total === 0n) return [];
  const parts = weights.map(([member, weight]) => {
    const exact = BigInt(units) * BigInt(weight);
    const { sealed = Infinity, number } = members.get(member)!;
    return { member, shares: Number(exact / total), remainder: exact % total, sealed, number };
  });
  let left = units - parts.reduce((sum, part) => sum + part.shares, 0);
  for (const claim of claims(parts)) {
    if (claim.length > left) break;
    for (const part of claim) part.shares += 1;
    left -= claim.length;
  }
  return parts
    .filter((part) => part.shares > 0)
    .sort((a, b) => a.number - b.number)
    .map(({ member, shares }) => ({ member, shares }));
}

interface Claim {
  readonly remainder: bigint;
  readonly sealed: number;
}

/** Those who have the same claim to one more unit together; who has the best first. */
function claims<T extends Claim>(parts: readonly T[]): readonly (readonly T[])[] {
  const sorted = [...parts].sort((a, b) => {
    if (a.remainder !== b.remainder) return a.remainder > b.remainder ? -1 : 1;
    return a.sealed === b.sealed ? 0 : a.sealed - b.sealed;
  });
  const groups: T[][] = [];
  for (const part of sorted) {
    const [last] = groups.at(-1) ?? [];
    if (last?.remainder === part.remainder && last.sealed === part.sealed) groups.at(-1)!.push(part);
    else groups.push([part]);
  }
  return groups;
}
