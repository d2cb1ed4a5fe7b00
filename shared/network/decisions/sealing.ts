import { distribute } from '../distribution/parts';
import { settleGone } from '../membership/leaving';
import { restore } from '../membership/restoring';
import { fixPublications } from '../publication/rules';
import type { Context } from '../rule';
import { NETWORK_KEY } from '../state';
import { erase } from '../texts/erasure';
import { outcomeIn } from './asked';
import { enact, seekAgain } from './effects';
import type { Proposal } from './model';
import { passes, reachesQuorum } from './outcome';
import { endOfVote } from './period';

/** Votes whose deadline, with the agreement's grace, lies at or before the seal's agreed time end on the ballots in its cut. */
export function closeVotes(context: Context, time: number): void {
  const { tables } = context;
  for (const proposal of byId(tables.state.proposals.values())) {
    const { rule, status } = proposal;
    const end = endOfVote(proposal);
    if (status !== 'open' || rule.method !== 'vote' || end === undefined || end > time) continue;
    const { tally, counted } = outcomeIn(context, proposal);
    const adopted = reachesQuorum(rule, tally) && passes(rule, proposal.electorate.length, tally);
    const why = { events: [proposal.id, ...counted], clause: proposal.clause };
    const closed: Proposal = { ...proposal, tally, decidedTime: time, why, status: adopted ? 'open' : 'rejected' };
    tables.set('proposals', proposal.id, closed);
    if (adopted) enact(context, proposal.id);
    else seekAgain(tables, closed);
  }
}

/** What was decided by ballots in the cut, and made public, can not change any more; what was opened in it has an agreed time now. */
export function fixDecisions(context: Context, height: number, time: number): void {
  const { tables, past } = context;
  for (const proposal of byId(tables.state.proposals.values())) {
    const { id, status, sealed, opened, effect } = proposal;
    if (status !== 'open' && sealed === undefined) {
      tables.set('proposals', id, { ...proposal, sealed: height });
      if (status !== 'adopted') continue;
      if (effect.kind === 'restore' && !restore(tables, proposal, effect))
        tables.set('proposals', id, { ...proposal, status: 'superseded', sealed: height });
      if (effect.kind === 'erase') erase(tables, past.get(effect.event)!, effect.text, id);
      if (effect.kind === 'distribute') distribute(tables, proposal, effect);
      if (effect.kind === 'rules')
        tables.set('network', NETWORK_KEY, { ...tables.get('network', NETWORK_KEY)!, rules: effect.version });
    } else if (status === 'open' && opened === undefined) tables.set('proposals', id, { ...proposal, opened: time });
  }
  fixPublications(context, height);
}

/** From this seal on, who is a member in it is in the electorate of what comes after, and who is gone has settled, or not. */
export function fixMembers({ tables }: Context, height: number, time: number): void {
  for (const member of [...tables.state.members.values()]) {
    if (member.status === 'active' && member.sealed === undefined)
      tables.set('members', member.id, { ...member, sealed: height });
  }
  settleGone(tables, height, time);
}

function byId(proposals: Iterable<Proposal>): Proposal[] {
  return [...proposals].sort((a, b) => (a.id < b.id ? -1 : 1));
}
