import type { Parameters } from '../agreement/model';
import { activeMembers } from '../membership/queries';
import type { Tables } from '../tables';
import type { Resource } from './model';

/**
 * Whole shares by the protocol `ownership`: proportional to the members' weights, by largest remainder; equal remainders go to who
 * joined first, so that the sum is exact and nobody can gain by an id.
 */
export function sharesOf(tables: Tables, resource: Resource, ownership: Parameters<'ownership'>): Resource['shares'] {
  const weights = new Map<string, number>();
  const members = activeMembers(tables.state);
  for (const member of members) {
    if (ownership.basis === 'equal') weights.set(member.id, 1);
    if (ownership.basis === 'capital') {
      const balance = tables.get('balances', `member:${member.id}|${resource.unit}`)?.amount ?? 0;
      if (balance < 0) weights.set(member.id, -balance);
    }
  }
  if (ownership.basis === 'pledges') {
    for (const pledge of tables.state.pledges.values()) {
      if (pledge.resource !== resource.id || (pledge.status !== 'due' && pledge.status !== 'paid')) continue;
      weights.set(pledge.member, (weights.get(pledge.member) ?? 0) + pledge.amount);
    }
  }
  return apportion(ownership.shares, [...weights], (member) => tables.get('members', member)!.number);
}

export function apportion(
  shares: number,
  weights: readonly (readonly [member: string, weight: number])[],
  rank: (member: string) => number,
): Resource['shares'] {
  const total = weights.reduce((sum, [, weight]) => sum + BigInt(weight), 0n);
  if (total === 0n) return [];
  const parts = weights.map(([member, weight]) => {
    const exact = BigInt(shares) * BigInt(weight);
    return { member, shares: Number(exact / total), remainder: exact % total };
  });
  let left = shares - parts.reduce((sum, part) => sum + part.shares, 0);
  const byRemainder = [...parts].sort((a, b) =>
    a.remainder === b.remainder ? rank(a.member) - rank(b.member) : a.remainder > b.remainder ? -1 : 1,
  );
  for (const part of byRemainder) {
    if (left === 0) break;
    part.shares += 1;
    left -= 1;
  }
  return parts
    .sort((a, b) => rank(a.member) - rank(b.member))
    .filter((part) => part.shares > 0)
    .map(({ member, shares: own }) => ({ member, shares: own }));
}
