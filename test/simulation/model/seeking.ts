import type { Facts, ProposalFact } from './facts';

/** A candidate whose purchase was not decided is sought again, or waits for the next proposal to buy it. */
export function seekAgain(facts: Facts, { id, effect }: ProposalFact): void {
  if (effect.kind !== 'buy') return;
  const resource = facts.resources.get(effect.resource)!;
  if (resource.status !== 'deciding' || resource.proposal !== id) return;
  const next = [...facts.proposals.values()]
    .filter((other) => other.status === 'open' && other.effect.kind === 'buy' && other.effect.resource === resource.id)
    .sort((a, b) => (a.id < b.id ? -1 : 1))[0];
  if (next !== undefined) resource.proposal = next.id;
  else {
    resource.status = 'sought';
    delete resource.proposal;
  }
}
