import type { Effect } from '../../../shared/network/decisions/model';
import { divide } from './dividing';
import type { Facts, ProposalFact } from './facts';

type Distribute = Extract<Effect, { kind: 'distribute' }>;

/** "Distribution" of docs/protocol.md. Nothing is divided by shares in the simulation. */
function termsIn(facts: Facts, version: string) {
  for (const spec of facts.versions.get(version)!.protocols) if (spec.kind === 'distribution') return spec.params;
  return undefined;
}

export function canDistribute(facts: Facts, { resource }: Distribute, version: string): boolean {
  const terms = termsIn(facts, version);
  return terms !== undefined && terms.basis !== 'shares' && resource === undefined;
}

/** Each member's part. */
export function distribute(facts: Facts, { id, version }: ProposalFact, { amount, unit }: Distribute): void {
  const { basis, types, reserve } = termsIn(facts, version)!;
  const had = [...facts.members.values()]
    .filter(({ status, type }) => status === 'active' && (types.length === 0 || types.includes(type)))
    .map((member) => {
      const balance = facts.balances.get(`member:${member.id}|${unit}`) ?? 0;
      return { member: member.id, has: basis === 'equal' ? 1 : 0 - balance, sealed: member.sealed ?? Infinity };
    })
    .filter(({ has }) => has > 0);
  for (const [member, cents] of divide(Math.floor((amount * (100 - reserve)) / 100), had))
    facts.allowances.set(`${id}|${member}`, { unit, amount: cents, entries: [] });
}
