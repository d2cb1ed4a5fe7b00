import type { Effect } from '../../../shared/network/decisions/model';
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

/** Each member's part, cent by cent: what is left over of whole cents goes to those whose fraction is the greatest. */
export function distribute(facts: Facts, { id, version }: ProposalFact, { amount, unit }: Distribute): void {
  const { basis, types, reserve } = termsIn(facts, version)!;
  const had = [...facts.members.values()]
    .filter(({ status, type }) => status === 'active' && (types.length === 0 || types.includes(type)))
    .map((member) => {
      const balance = facts.balances.get(`member:${member.id}|${unit}`) ?? 0;
      return { member: member.id, has: basis === 'equal' ? 1 : 0 - balance };
    })
    .filter(({ has }) => has > 0);
  const all = had.reduce((sum, { has }) => sum + has, 0);
  const goes = Math.floor((amount * (100 - reserve)) / 100);
  const parts = had.map(({ member, has }) => ({ member, rest: (goes * has) % all, cents: 0, has }));
  for (const part of parts) part.cents = (goes * part.has - part.rest) / all;
  let left = parts.reduce((sum, { cents }) => sum - cents, goes);
  // Stable: of equal fractions, who joined first.
  for (const part of [...parts].sort((a, b) => b.rest - a.rest)) if (left-- > 0) part.cents += 1;
  for (const { member, cents } of parts)
    if (cents > 0) facts.allowances.set(`${id}|${member}`, { unit, amount: cents, entries: [] });
}
