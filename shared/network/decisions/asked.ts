import type { Entry } from '../../record/entry';
import { isKeepers } from '../certificates';
import { isUnrestored } from '../membership/restoring';
import type { Context } from '../rule';
import type { DecisionPayloads, Proposal } from './model';
import { type Ending, type Outcome, outcomeOf } from './outcome';
import type { Cast } from './own-ballots';

/**
 * Puts a proposal's question to `outcomeOf`: over all ballots and closings known, or only those that `seenBy` had seen.
 * `upTo` narrows it to the events folded so far.
 */
export function outcomeIn(context: Context, proposal: AskedOf, seenBy?: Entry, upTo?: Entry): Outcome {
  return weigh(context, proposal, new Map(), seenBy, upTo);
}

/** `known`: whether entries are void by the removal of their member, as far as it has been asked. */
function weigh(context: Context, proposal: AskedOf, known: Known, seenBy?: Entry, upTo?: Entry): Outcome {
  const { past } = context;
  const acts: (Cast | Ending)[] = [];
  // Sealed since it was indexed, an entry may now come before others of lower depth.
  const about = [...past.about(proposal.id)].sort((a, b) => (comesAfter(a, b) ? 1 : -1));
  for (const entry of about) {
    if (seenBy !== undefined && !past.before(entry, seenBy)) continue;
    if (upTo !== undefined && comesAfter(entry, upTo)) continue;
    if (isVoid(context, entry, known, proposal.id)) continue;
    if (ballotIn(entry)) {
      if (mayCast(proposal, entry.member, entry.payload.choice))
        acts.push({ id: entry.id, member: entry.member, choice: entry.payload.choice });
    } else if (closingIn(entry)) {
      // Once there are seals, they close votes; a closing that was sealed first of all still stands.
      if (context.ground !== null && entry.seal !== 1) continue;
      if (proposal.electorate.includes(entry.member))
        acts.push({ id: entry.id, kind: 'close', ballots: entry.payload.ballots });
    } else if (withdrawalIn(entry) && entry.member === proposal.by) {
      acts.push({ id: entry.id, kind: 'withdraw', ballots: [] });
    }
  }
  const before = (a: string, b: string): boolean => past.before(past.get(a)!, past.get(b)!);
  return outcomeOf({ rule: proposal.rule, electorate: proposal.electorate, acts, before });
}

type Known = Map<string, boolean>;

/**
 * Whether an entry's device was revoked or its member gone, unless whoever ended it had seen the entry: in either order of arrival, a
 * revoked key wins nothing by not having heard. Of a member removed by decision, what they did knowing of it. And whether its device is a
 * keeper, or was let in by what is void itself: else a revoked key would decide by another that it lets in.
 *
 * Each question is asked once: two members who vote on each other's removal, time and again, would else double the work with each ballot.
 * Of `weighed`, the proposal whose acts are being weighed, it is not asked at all: whoever knew its result is late there.
 */
export function isVoid(context: Context, entry: Entry, known: Known = new Map(), weighed?: string): boolean {
  const { past, tables } = context;
  if (isUnrestored(tables, past, entry)) return true;
  if (past.endsOf(entry).some((end) => end !== entry && !past.precedes(entry, end))) return true;
  const letIn = past.certificateOf(entry);
  if (letIn?.type === 'device.certify' && (isKeepers(letIn) || isVoid(context, letIn, known, weighed))) return true;
  const member = tables.get('members', entry.member);
  // Of who left, `until` is no proposal.
  const removal = tables.get('proposals', member?.until ?? '');
  if (removal === undefined || removal.id === weighed) return false;
  const question = `${removal.id} ${entry.id}`;
  const answer = known.get(question) ?? weigh(context, removal, known, entry).result === 'adopted';
  known.set(question, answer);
  return answer;
}

/** What of a proposal its outcome depends on. */
export type AskedOf = Pick<Proposal, 'id' | 'by' | 'rule' | 'electorate' | 'blockers'>;

export function mayCast(proposal: AskedOf, member: string, choice: string): boolean {
  return proposal.electorate.includes(member) && (choice !== 'block' || proposal.blockers.includes(member));
}

/** The fold's order among events: seal by seal, then by depth and id. */
export function comesAfter(a: Entry, b: Entry): boolean {
  if (a.seal !== b.seal) return a.seal > b.seal;
  return a.depth > b.depth || (a.depth === b.depth && a.id > b.id);
}

/** `past.about` holds only entries whose payload has the shape of its type. */
type Holding<T extends keyof DecisionPayloads> = Entry & { readonly payload: DecisionPayloads[T] };
const holds =
  <T extends keyof DecisionPayloads>(type: T) =>
  (entry: Entry): entry is Holding<T> =>
    entry.type === type;
const ballotIn = holds('ballot.cast');
const closingIn = holds('decision.close');
const withdrawalIn = holds('proposal.withdraw');
