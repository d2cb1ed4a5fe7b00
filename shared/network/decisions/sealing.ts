import type { Context } from '../rule';
import { outcomeIn } from './asked';
import { enact, seekAgain } from './effects';
import type { Proposal } from './model';
import { passes, reachesQuorum } from './outcome';

const DAY = 86_400_000;
/** Days after which a vote ends, whatever deadline its proposer set. */
const LONGEST = 365;

/** Votes whose deadline, with the agreement's grace, lies at or before the seal's agreed time end on the ballots in its cut. */
export function closeVotes(context: Context, time: number): void {
  const { tables } = context;
  for (const proposal of byId(tables.state.proposals.values())) {
    const { rule, deadline, status, opened } = proposal;
    if (status !== 'open' || rule.method !== 'vote' || opened === undefined) continue;
    // No proposer can hurry the others: the agreement's days run from the seal that opened it.
    // Nor can one keep a vote open for ever.
    const end = Math.min(Math.max(deadline, opened + rule.days * DAY), opened + LONGEST * DAY);
    if (end + rule.grace * DAY > time) continue;
    const { tally, counted } = outcomeIn(context, proposal);
    const adopted = reachesQuorum(rule, tally) && passes(rule, proposal.electorate.length, tally);
    const why = { events: [proposal.id, ...counted], clause: proposal.clause };
    const closed: Proposal = { ...proposal, tally, decidedTime: time, why, status: adopted ? 'open' : 'rejected' };
    tables.set('proposals', proposal.id, closed);
    if (adopted) enact(context, proposal.id);
    else seekAgain(tables, closed);
  }
}

/** What was decided by ballots in the cut can not change any more; what was opened in it has an agreed time now. */
export function fixDecisions({ tables }: Context, height: number, time: number): void {
  for (const proposal of byId(tables.state.proposals.values())) {
    const { id, status, sealed, opened } = proposal;
    if (status !== 'open' && sealed === undefined) tables.set('proposals', id, { ...proposal, sealed: height });
    else if (status === 'open' && opened === undefined) tables.set('proposals', id, { ...proposal, opened: time });
  }
}

/** From this seal on, who is a member in it is in the electorate of what comes after. */
export function fixMembers({ tables }: Context, height: number): void {
  for (const member of [...tables.state.members.values()].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (member.status === 'active' && member.sealed === undefined)
      tables.set('members', member.id, { ...member, sealed: height });
  }
}

function byId(proposals: Iterable<Proposal>): Proposal[] {
  return [...proposals].sort((a, b) => (a.id < b.id ? -1 : 1));
}
