import { protocolsTouched } from '../agreement/amendments';
import { adoptedIn, versionInForce } from '../agreement/queries';
import type { Proposal } from '../decisions/model';
import { decidedProposals, openProposals } from '../decisions/queries';
import type { Entry } from '../ledger/model';
import type { State } from '../state';
import {
  CONTESTED_COMMENTS,
  CONTESTED_PERCENT,
  type Certainty,
  type CertaintyReason,
  STALE_DAYS,
  certaintyOf,
} from './model';

const DAY = 86_400_000;

/** Beyond the record. */
export interface ProtocolFacts {
  /** The time against which a year is measured, ms. */
  readonly now: number;
  /** Of each protocol, the open proposals whose texts mention it. */
  readonly mentions: ReadonlyMap<string, readonly string[]>;
  /** Of each protocol, the comments on it that nobody has settled, and the time of the last one, ms. */
  readonly comments: ReadonlyMap<string, { readonly count: number; readonly last: number }>;
  /** What was done by protocols in the ledger, which is long: of each part of it by itself, as `usesIn` gives it. */
  readonly ledger: Iterable<Uses>;
}

/** What was done by a protocol: how often, the newest events, and the claimed time of the last one, ms. */
interface Use {
  readonly count: number;
  readonly events: readonly string[];
  readonly last: number;
}
/** By the id of the protocol. */
export type Uses = ReadonlyMap<string, Use>;

/** Of a use in the ledger so many events are named. */
const NAMED = 100;

/** Which protocols were asked for by some entries of the ledger. */
export function usesIn(entries: Iterable<Entry>): Uses {
  const found: Found = new Map();
  for (const { id, time, authorisation } of entries) cite(found, authorisation.clause?.protocol, id, time);
  for (const use of found.values()) use.events.splice(0, use.events.length - NAMED);
  return found;
}

/** How certain each protocol in force is, by its id, in the order of the agreement. */
export function protocolCertainties(state: State, facts: ProtocolFacts): ReadonlyMap<string, Certainty> {
  const version = versionInForce(state);
  if (version === undefined) return new Map();
  const open = touching(state, openProposals(state));
  const decided = touching(
    state,
    decidedProposals(state).filter(({ status }) => status === 'adopted' || status === 'rejected'),
  );
  const applied = citations(state, facts.ledger);
  return new Map(
    version.protocols.map(({ id }): [string, Certainty] => {
      const from = adoptedIn(state, version, id);
      const reasons: CertaintyReason[] = [];
      const review = open.get(id) ?? [];
      if (review.length > 0) reasons.push(reason('review', 'open-proposal', review.map(idOf)));
      const mentioned = (facts.mentions.get(id) ?? []).filter((one) => review.every((other) => other.id !== one));
      if (mentioned.length > 0) reasons.push(reason('review', 'mentioned', mentioned));
      reasons.push(...dissentOn(state, from.id));
      const comments = facts.comments.get(id);
      if (comments !== undefined && comments.count >= CONTESTED_COMMENTS)
        reasons.push({ level: 'contested', code: 'comments', count: comments.count, why: { events: [] } });

      const decisions = decided.get(id) ?? [];
      const used = applied.get(id);
      const last = Math.max(
        from.time,
        comments?.last ?? 0,
        used?.last ?? 0,
        ...decisions.map(({ time, decidedTime = time }) => decidedTime),
      );
      const days = Math.floor((facts.now - last) / DAY);
      if (days >= STALE_DAYS) reasons.push({ level: 'stale', code: 'quiet', count: days, why: from.why });
      if (decisions.length > 0) reasons.push(reason('adopted', 'decided', decisions.map(idOf).reverse()));
      if (used !== undefined)
        reasons.push({ level: 'adopted', code: 'applied', count: used.count, why: { events: used.events } });
      if (decisions.length === 0 && used === undefined)
        reasons.push({ level: 'untested', code: 'founding-only', count: 0, why: from.why });
      return [id, certaintyOf(reasons)];
    }),
  );
}

/** Ballots against what was adopted, and blocks that were overcome. */
function dissentOn(state: State, decision: string): readonly CertaintyReason[] {
  const proposal = state.proposals.get(decision);
  if (proposal === undefined) return [];
  const { agree, disagree, block } = proposal.tally;
  const against = (choice: 'disagree' | 'block'): readonly string[] =>
    proposal.why.events.filter((id) => state.ballots.get(id)?.choice === choice);
  const reasons: CertaintyReason[] = [];
  if (block > 0) reasons.push({ ...reason('contested', 'blocked', against('block')), count: block });
  if (disagree > 0 && disagree * 100 >= CONTESTED_PERCENT * (agree + disagree + block))
    reasons.push({ ...reason('contested', 'dissent', against('disagree')), count: disagree });
  return reasons;
}

function touching(state: State, proposals: readonly Proposal[]): ReadonlyMap<string, readonly Proposal[]> {
  const found = new Map<string, Proposal[]>();
  for (const proposal of proposals)
    for (const id of protocolsTouched(state, proposal)) found.set(id, [...(found.get(id) ?? []), proposal]);
  return found;
}

type Found = Map<string, { count: number; events: string[]; last: number }>;

function cite(found: Found, protocol: string | undefined, event: string, time: number): void {
  if (protocol === undefined) return;
  const use = found.get(protocol) ?? { count: 0, events: [], last: 0 };
  use.count += 1;
  use.events.push(event);
  use.last = Math.max(use.last, time);
  found.set(protocol, use);
}

/** What was done by each protocol: what cites it as its clause, and for sealing the seals themselves. */
function citations(state: State, ledger: Iterable<Uses>): Uses {
  const found: Found = new Map();
  for (const { id, clause, time } of state.proposals.values()) cite(found, clause.protocol, id, time);
  for (const { id, since, time, why } of state.members.values())
    if (since === id) cite(found, why.clause?.protocol, id, time);
  for (const { why, time } of state.invites.values()) cite(found, why.clause?.protocol, why.events[0]!, time);
  for (const { id, time, why, purchase } of state.resources.values())
    cite(found, why.clause?.protocol, purchase ?? id, time);
  for (const { id, why, time } of state.bookings.values()) cite(found, why.clause?.protocol, id, time);
  // What was decided to be public cites it as a proposal.
  for (const { id, why, time } of state.publications.values())
    if (!state.proposals.has(id)) cite(found, why.clause?.protocol, id, time);
  for (const uses of ledger)
    for (const [protocol, { count, events, last }] of uses) {
      const use = found.get(protocol);
      found.set(protocol, {
        count: (use?.count ?? 0) + count,
        events: [...(use?.events ?? []), ...events],
        last: Math.max(use?.last ?? 0, last),
      });
    }
  const sealing = versionInForce(state)?.protocols.find(({ kind }) => kind === 'sealing')?.id;
  const newest = [...state.seals.values()].reduce((last, { time }) => Math.max(last, time), 0);
  if (state.seals.size > 0 && sealing !== undefined)
    found.set(sealing, { count: state.seals.size, events: [], last: newest });
  return found;
}

function reason(
  level: CertaintyReason['level'],
  code: CertaintyReason['code'],
  events: readonly string[],
): CertaintyReason {
  return { level, code, count: events.length, why: { events } };
}

const idOf = ({ id }: { readonly id: string }): string => id;
