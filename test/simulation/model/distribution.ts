import type { Effect } from '../../../shared/network/decisions/model';
import type { Clause } from '../../../shared/network/why';
import { divide } from './dividing';
import type { Facts, ProposalFact, Refusal } from './facts';
import { no } from './refusal';

type Distribute = Extract<Effect, { kind: 'distribute' }>;

/** "Distribution" of docs/protocol.md. Nothing is divided by shares in the simulation. */
function termsIn(facts: Facts, { version, protocol }: Clause) {
  const spec = facts.versions.get(version)!.protocols.find(({ id }) => id === protocol);
  return spec?.kind === 'distribution' ? spec.params : undefined;
}

/** Why it can not be proposed, by the version at the ground; undefined where it can. */
export function whyNotDistribute(facts: Facts, { resource }: Distribute, clause: Clause): Refusal | undefined {
  const terms = termsIn(facts, clause);
  if (terms === undefined) return no('distribution-not-agreed', clause);
  return resource === undefined ? undefined : no('resource-not-asked', clause);
}

/** Each member's part. */
export function distribute(facts: Facts, { id, clause }: ProposalFact, { amount, unit }: Distribute): void {
  const { basis, types, reserve } = termsIn(facts, clause)!;
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
