import { protocolIn } from '../agreement/in-force';
import { type DecisionClass, type EffectKind, classedAs } from '../agreement/model';
import { versionInForce } from '../agreement/queries';
import { hasRight } from '../membership/queries';
import type { State, Table } from '../state';
import type { Clause } from '../why';
import type { Ballot, Choice, Effect, Proposal } from './model';
import { type RuleOf, ruleOf } from './rule-of';

/** Open proposals, those with the nearest deadline first. */
export function openProposals(state: State): readonly Proposal[] {
  return [...state.proposals.values()]
    .filter((proposal) => proposal.status === 'open')
    .sort((a, b) => a.deadline - b.deadline || byId(a, b));
}

/** Proposals that are no longer open, the last decided first. */
export function decidedProposals(state: State): readonly Proposal[] {
  return [...state.proposals.values()]
    .filter((proposal) => proposal.status !== 'open')
    .sort((a, b) => (b.decidedTime ?? b.time) - (a.decidedTime ?? a.time) || byId(a, b));
}

/** Whether this member may cast a ballot on it now: it is open and they are in its electorate. */
export function mayVote(state: State, proposal: Proposal, member: string): boolean {
  return (
    proposal.status === 'open' &&
    proposal.electorate.includes(member) &&
    state.members.get(member)?.status !== 'removed'
  );
}

/** Every ballot that a member cast on a proposal and the one that stands for them. */
export interface MemberBallots {
  /** The ballot that counts, if one does. */
  readonly counts?: Ballot;
  /** Two concurrent ballots: none counts until the member votes again. */
  readonly unclear: boolean;
  /** Oldest first. */
  readonly all: readonly Ballot[];
}

export function ballotOf(state: State, proposal: string, member: string): MemberBallots {
  const all = ballotsOn(state, proposal).filter((ballot) => ballot.member === member);
  const counts = all.find((ballot) => ballot.standing === 'counts');
  return {
    all,
    unclear: counts === undefined && all.some((ballot) => ballot.standing === 'unclear'),
    ...(counts === undefined ? {} : { counts }),
  };
}

/** Ballots on a proposal, oldest first. */
export function ballotsOn(state: State, proposal: string): readonly Ballot[] {
  return [...state.ballots.values()]
    .filter((ballot) => ballot.proposal === proposal)
    .sort((a, b) => a.time - b.time || byId(a, b));
}

/** Ids of the ballots that a closing made now would list, in the order of their ids. */
export function countingBallots(state: State, proposal: string): readonly string[] {
  return ballotsOn(state, proposal)
    .filter((ballot) => ballot.standing === 'counts')
    .map((ballot) => ballot.id)
    .sort();
}

/** Proposals on which this member has a ballot that counts: one pass, for long lists. */
export function votedOn(ballots: Table<Ballot>, member: string): ReadonlySet<string> {
  const voted = new Set<string>();
  for (const ballot of ballots.values())
    if (ballot.member === member && ballot.standing === 'counts') voted.add(ballot.proposal);
  return voted;
}

/** Open proposals that wait for this member's ballot. */
export function waitingFor(state: State, member: string): readonly Proposal[] {
  const voted = votedOn(state.ballots, member);
  return openProposals(state).filter((proposal) => !voted.has(proposal.id) && mayVote(state, proposal, member));
}

/** The rule by which a new proposal with this effect would be decided were all sealed, and where the agreement says so; or why none can. */
export function ruleFor(state: State, effect: Effect): RuleOf | undefined {
  const version = versionInForce(state);
  return version === undefined ? undefined : ruleOf(version, version, effect);
}

/** The rule by which such matters are decided where nothing more is known of them, such as a sum. */
export function usualRule(
  state: State,
  kind: EffectKind,
): { readonly rule: DecisionClass; readonly clause: Clause } | undefined {
  const version = versionInForce(state);
  if (version === undefined) return undefined;
  const { params, clause } = protocolIn(version, 'decisions');
  return { rule: params.classes.find(({ id }) => id === params.uses[classedAs(kind)])!, clause };
}

/** Active members who would vote under this rule if a proposal were opened now, as far as this replica knows. `restored` has no vote in it. */
export function electorateNow(state: State, rule: DecisionClass, restored?: string): readonly string[] {
  return [...state.members.values()]
    .filter(
      (member) =>
        member.id !== restored &&
        (rule.electorate.length === 0 || rule.electorate.includes(member.type)) &&
        hasRight(state, member.id, 'vote'),
    )
    .map((member) => member.id);
}

/** The choices open to this member under the proposal's rule. */
export function choicesFor(proposal: Proposal, member: string): readonly Choice[] {
  return proposal.blockers.includes(member)
    ? ['agree', 'abstain', 'disagree', 'block']
    : ['agree', 'abstain', 'disagree'];
}

/** How many of the electorate must agree to adopt outright: `threshold` percent, rounded up. */
export function agreementsNeeded(electorate: number, threshold: number): number {
  return Math.ceil((electorate * threshold) / 100);
}

/** Whether enough ballots are in for a closing, and what is missing. */
export function quorumOf(proposal: Proposal): {
  readonly cast: number;
  readonly needed: number;
  readonly met: boolean;
} {
  const { agree, abstain, disagree, block, electorate } = proposal.tally;
  const cast = agree + abstain + disagree + block;
  const needed = Math.max(1, agreementsNeeded(electorate, proposal.rule.quorum));
  return { cast, needed, met: cast >= needed };
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
