import { protocolIn } from '../agreement/in-force';
import { versionInForce } from '../agreement/queries';
import { isNeeded } from '../agreement/templates';
import type { Proposal } from '../decisions/model';
import { ballotOf, quorumOf } from '../decisions/queries';
import type { Invite, Right } from '../membership/model';
import { typeHasRight } from '../membership/queries';
import type { State } from '../state';
import type { Clause } from '../why';

/** What is so, that a rule refuses by. */
export type Fact =
  /** The member is of this kind, and only those have the right. */
  | { readonly kind: 'right'; readonly right: Right; readonly type: string; readonly entitled: readonly string[] }
  | { readonly kind: 'ballots'; readonly cast: number; readonly needed: number }
  | { readonly kind: 'electorate'; readonly count: number }
  /** The member is of this kind, and those of these may. */
  | { readonly kind: 'types'; readonly type: string; readonly entitled: readonly string[] }
  /** How many nights or days a booking would have, and what it may have. */
  | ({ readonly kind: 'stay'; readonly shortest: number; readonly longest: number } & Counted)
  /** How many the member has in the year without it, and may have. */
  | ({ readonly kind: 'quota'; readonly year: string; readonly most: number; readonly had: number } & Counted);

interface Counted {
  readonly counts: 'nights' | 'days';
  readonly wanted: number;
}

/** Why the rules would give an act no effect: the code of the refusal, the clause that it comes from, and the facts. */
export interface Foreseen {
  readonly code: string;
  readonly clause?: Clause;
  /** The events that it rests on, oldest first. */
  readonly events?: readonly string[];
  readonly facts: readonly Fact[];
}

/**
 * What the rules would say to what a member wants to do, before anything is signed; undefined where they would let it have its effect, as far
 * as is known here. Of the fold's own rules, these are those that a screen offers no button against.
 */
export type Foresight = Foreseen | undefined;

/** What needs one of the rights of a kind of member: `propose` a proposal, `invite` an invite, `post` a ledger entry. */
export function foreseeRight(state: State, member: string, right: Right): Foresight {
  const version = versionInForce(state);
  if (version === undefined) return { code: 'not-founded', facts: [] };
  const gone = foreseeAny(state, member);
  if (gone !== undefined) return gone;
  const type = state.members.get(member)!.type;
  if (typeHasRight(version, type, right)) return undefined;
  const { params, clause } = protocolIn(version, 'membership');
  const entitled = params.types.filter(({ rights }) => rights.includes(right)).map(({ id }) => id);
  return { code: 'not-entitled', clause, facts: [{ kind: 'right', right, type, entitled }] };
}

/** Whatever is to count, an active member does. */
export function foreseeAny(state: State, member: string): Foresight {
  const row = state.members.get(member);
  if (row === undefined) return { code: 'author-not-member', facts: [] };
  if (row.status === 'active') return undefined;
  const { clause, events } = row.why;
  return { code: `author-${row.status}`, ...(clause === undefined ? {} : { clause }), events, facts: [] };
}

/** Ending an invite: its issuer does, and who may invite. */
export function foreseeRevoking(state: State, invite: Invite, member: string): Foresight {
  return invite.by === member ? foreseeAny(state, member) : foreseeRight(state, member, 'invite');
}

/** Putting a protocol of the version in force out of force, or dropping it, by a decision. */
export function foreseeSuspending(state: State, protocol: string, member: string): Foresight {
  const version = versionInForce(state);
  if (version === undefined) return { code: 'not-founded', facts: [] };
  const unproposed = foreseeRight(state, member, 'propose');
  if (unproposed !== undefined) return unproposed;
  const kind = version.protocols.find(({ id }) => id === protocol)?.kind;
  if (kind === undefined || !isNeeded(kind)) return undefined;
  return { code: 'protocol-needed', clause: protocolIn(version, 'decisions').clause, facts: [] };
}

/** Taking a proposal back. */
export function foreseeTakingBack(state: State, proposal: Proposal, member: string): Foresight {
  const gone = foreseeAny(state, member);
  if (gone !== undefined) return gone;
  if (proposal.by !== member) return { code: 'not-proposer', clause: proposal.clause, facts: [] };
  return proposal.status === 'open' ? undefined : decided(proposal);
}

/** A ballot, or one that blocks. */
export function foreseeBallot(state: State, proposal: Proposal, member: string, blocks = false): Foresight {
  const { clause, electorate, blockers } = proposal;
  const gone = foreseeAny(state, member);
  if (gone !== undefined) return gone;
  if (!electorate.includes(member))
    return { code: 'not-in-electorate', clause, facts: [{ kind: 'electorate', count: electorate.length }] };
  if (proposal.status !== 'open') return decided(proposal);
  if (blocks && !blockers.includes(member)) return { code: 'may-not-block', clause, facts: [] };
  const agreed = ballotOf(state, proposal.id, member).counts;
  if (proposal.rule.method === 'assent' && agreed?.choice === 'agree')
    return { code: 'assent-stands', clause, events: [agreed.id], facts: [] };
  return undefined;
}

/** The closing of a vote. */
export function foreseeClosing(state: State, proposal: Proposal, member: string): Foresight {
  const { clause, electorate, rule } = proposal;
  const gone = foreseeAny(state, member);
  if (gone !== undefined) return gone;
  if (!electorate.includes(member))
    return { code: 'not-in-electorate', clause, facts: [{ kind: 'electorate', count: electorate.length }] };
  if (proposal.status !== 'open') return decided(proposal);
  if (state.seals.size > 0) return { code: 'seals-close', clause, facts: [] };
  if (rule.method === 'assent') return { code: 'assent-needs-no-closing', clause, facts: [] };
  const { cast, needed, met } = quorumOf(proposal);
  return met ? undefined : { code: 'quorum-missing', clause, facts: [{ kind: 'ballots', cast, needed }] };
}

const decided = ({ clause, why }: Proposal): Foreseen => ({
  code: 'already-decided',
  clause,
  events: why.events,
  facts: [],
});
