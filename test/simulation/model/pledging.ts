import type { Effect } from '../../../shared/network/decisions/model';
import type { Clause, Why } from '../../../shared/network/why';
import type { Facts, PledgeFact, ProposalFact, Refusal } from './facts';
import { type Happening, follows } from './happening';
import { and, no, noBy } from './refusal';

/** What members know of what was decided. */
export interface Knowing {
  readonly at: (id: string) => Happening;
  /** Whether the author of `it` had to reckon with its being adopted. */
  knew(it: Happening, decision: ProposalFact): boolean;
  /** The proposal and what counts on it, of all or of what the author of `it` had seen; undefined where that does not adopt it. */
  basis(decision: ProposalFact, it?: Happening): readonly string[] | undefined;
}

type Purchase = Extract<Effect, { kind: 'buy' }>;

/** Why it may not be proposed to buy it: something that its author had seen stands against that. */
export function whyNotBuy(
  { resources }: Facts,
  it: Happening,
  { resource: id, unit }: Purchase,
  clause: Clause,
): Refusal | undefined {
  const resource = resources.get(id);
  if (resource?.unit !== unit) return no('resource-unknown', clause);
  const cause = resource.status === 'dropped' ? resource.dropped : resource.proposal;
  if (resource.status === 'sought' || cause === undefined || !it.past.has(cause)) return undefined;
  return no('resource-not-sought', clause, resource.why.events);
}

/** It is decided to buy. */
export function buy(
  facts: Facts,
  { id, clause, from }: ProposalFact,
  { resource, unit, amount }: Purchase,
  knowing: Knowing,
): void {
  const row = facts.resources.get(resource)!;
  Object.assign(row, { status: 'agreed', proposal: id, why: and(row.why, from, clause) });
  facts.allowances.set(id, { unit, amount, resource, entries: [] });
  settle(facts, resource, knowing);
}

/** "Resources and shares" of docs/protocol.md. */
export function pledge(facts: Facts, it: Happening, knowing: Knowing): Refusal | undefined {
  const { amount, unit, together } = it.payload;
  const resource = facts.resources.get(it.payload.resource!);
  if (resource?.unit !== unit) return no('resource-unknown');
  const decision = decisionOn(facts, resource.id);
  const isTooLate = decision === undefined ? resource.status === 'held' : knowing.knew(it, decision);
  if (resource.status === 'dropped' || isTooLate) return noBy('resource-not-sought', resource.why);
  const made = { id: it.id, resource: resource.id, member: it.member, amount, unit, together };
  facts.pledges.set(it.id, { ...made, paid: 0, off: [], entries: [], status: 'stands' });
  settle(facts, resource.id, knowing);
  return undefined;
}

export function unpledge(facts: Facts, it: Happening, knowing: Knowing): Refusal | undefined {
  const row = facts.pledges.get(it.payload.pledge!);
  if (row?.member !== it.member) return no('pledge-unknown');
  const decision = decisionOn(facts, row.resource);
  const isOff = row.off.some((id) => follows(it, knowing.at(id)));
  if (isOff || (decision !== undefined && knowing.knew(it, decision)))
    return noBy('pledge-settled', pledgeWhy(facts, row));
  row.off.push(it.id);
  row.status = 'withdrawn';
  settle(facts, row.resource, knowing);
  return undefined;
}

/** What its row has, in the words of docs/protocol-state.md. */
export function pledgeWhy(facts: Facts, { id, resource, status, off, over, entries }: PledgeFact): Why {
  const decision = status === 'withdrawn' ? undefined : decisionOn(facts, resource);
  const { events, clause } = over ?? and({ events: [id, ...off] }, decision?.from ?? [], decision?.clause);
  return and({ events }, entries, clause);
}

/** Whether somebody who pays a pledge knows it as one that is due. */
export function isPayable(facts: Facts, it: Happening, row: PledgeFact, knowing: Knowing): boolean {
  const decision = decisionOn(facts, row.resource);
  if (decision === undefined || !knowing.knew(it, decision)) return false;
  if (decision.sealed !== undefined) return ['due', 'paid'].includes(row.status);
  return bound(facts, row.resource, knowing, knowing.basis(decision, it)).includes(row);
}

/** With each event that bears on it: the largest set of pledges, of those that were counted on, whose conditions its own total meets falls due. */
export function settle(facts: Facts, resource: string, knowing: Knowing): void {
  const decision = decisionOn(facts, resource);
  if (decision === undefined) return;
  const due = bound(facts, resource, knowing, knowing.basis(decision));
  for (const row of facts.pledges.values()) {
    if (row.resource !== resource || row.over !== undefined) continue;
    row.status = row.off.length > 0 ? 'withdrawn' : 'lapsed';
    if (due.includes(row)) row.status = row.paid >= row.amount ? 'paid' : 'due';
  }
}

/** `basis`: what decided; without it a seal has, which has seen everything. */
function bound(facts: Facts, resource: string, { at }: Knowing, basis?: readonly string[]): PledgeFact[] {
  const isKnown = (id: string): boolean => basis?.some((by) => follows(at(by), at(id))) ?? true;
  let due = [...facts.pledges.values()].filter(
    (row) => row.resource === resource && row.over === undefined && isKnown(row.id) && !row.off.some(isKnown),
  );
  for (let before = -1; before !== due.length;) {
    before = due.length;
    const total = due.reduce((sum, { amount }) => sum + amount, 0);
    due = due.filter(({ together }) => together <= total);
  }
  return due;
}

function decisionOn({ resources, proposals }: Facts, id: string): ProposalFact | undefined {
  const { status, proposal } = resources.get(id)!;
  return status === 'agreed' || status === 'held' ? proposals.get(proposal ?? '') : undefined;
}
