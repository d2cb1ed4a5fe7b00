import { activeMembers } from '../membership/queries';
import type { State } from '../state';
import type { Why } from '../why';
import type { Proposal } from './model';
import { openProposals } from './queries';

/** Months that are shown, the present one included. */
export const RHYTHM_MONTHS = 12;

/** Decisions of one calendar month. */
export interface Month {
  /** Its first moment, ms, in the time zone of whoever looks. */
  readonly start: number;
  readonly adopted: number;
  readonly rejected: number;
  readonly why: Why;
}

/** Open proposals that wait for a member's ballot. */
interface Waiting {
  readonly member: string;
  readonly proposals: readonly string[];
}

/** How regularly a network governs itself, over the months shown. */
export interface Rhythm {
  /** Oldest first. */
  readonly months: readonly Month[];
  /** Decisions taken: adopted or rejected. */
  readonly decisions: number;
  /** Months in which there was one. */
  readonly active: number;
  /** Middle of the times from opening to decision, ms, and the proposal whose it is; undefined while nothing is decided. */
  readonly duration: { readonly time: number; readonly why: Why } | undefined;
  /** Ballots cast of those that could have been; undefined while nothing is decided. */
  readonly turnout: { readonly cast: number; readonly entitled: number; readonly why: Why } | undefined;
  /** Those for whom most waits first. */
  readonly waiting: readonly Waiting[];
}

/**
 * `now` in ms; `monthOf` gives the first moment of the calendar month of a time, and of the one so many months before, as the one who looks
 * has it: a fold knows no time zone, and this is for display.
 */
export function rhythmOf(state: State, now: number, monthOf: (time: number, before: number) => number): Rhythm {
  const starts = Array.from({ length: RHYTHM_MONTHS }, (_, index) => monthOf(now, RHYTHM_MONTHS - 1 - index));
  const first = starts[0]!;
  const decided = [...state.proposals.values()]
    .filter(({ status, decidedTime }) => (status === 'adopted' || status === 'rejected') && decidedTime !== undefined)
    .map((proposal) => ({ proposal, at: proposal.decidedTime! }))
    .filter(({ at }) => at >= first && at <= now)
    .sort((a, b) => a.at - b.at || (a.proposal.id < b.proposal.id ? -1 : 1));
  const months = starts.map((start, index): Month => {
    const end = starts[index + 1] ?? Infinity;
    const within = decided.filter(({ at }) => at >= start && at < end).map(({ proposal }) => proposal);
    const adopted = within.filter(({ status }) => status === 'adopted').length;
    return { start, adopted, rejected: within.length - adopted, why: { events: within.map(({ id }) => id) } };
  });
  const proposals = decided.map(({ proposal }) => proposal);
  return {
    months,
    decisions: proposals.length,
    active: months.filter(({ adopted, rejected }) => adopted + rejected > 0).length,
    duration: durationOf(decided),
    turnout: turnoutOf(proposals),
    waiting: waitingIn(state),
  };
}

/** Of an even number the lower of the two in the middle: it is the time of a proposal that can be looked at. */
function durationOf(decided: readonly { readonly proposal: Proposal; readonly at: number }[]): Rhythm['duration'] {
  const sorted = decided
    .map(({ proposal, at }) => ({ id: proposal.id, time: Math.max(0, at - proposal.time) }))
    .sort((a, b) => a.time - b.time);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  return middle === undefined ? undefined : { time: middle.time, why: { events: [middle.id] } };
}

function turnoutOf(proposals: readonly Proposal[]): Rhythm['turnout'] {
  if (proposals.length === 0) return undefined;
  const cast = proposals.reduce(
    (sum, { tally }) => sum + tally.agree + tally.abstain + tally.disagree + tally.block,
    0,
  );
  const entitled = proposals.reduce((sum, { tally }) => sum + tally.electorate, 0);
  return { cast, entitled, why: { events: proposals.map(({ id }) => id) } };
}

/** Whose ballot open proposals wait for: of a member without one that counts, and who can still cast one. */
function waitingIn(state: State): readonly Waiting[] {
  const open = openProposals(state);
  const cast = new Set<string>();
  const ids = new Set(open.map(({ id }) => id));
  for (const { proposal, member, standing } of state.ballots.values())
    if (standing === 'counts' && ids.has(proposal)) cast.add(`${proposal} ${member}`);
  return activeMembers(state)
    .map(({ id }) => ({
      member: id,
      proposals: open
        .filter((proposal) => proposal.electorate.includes(id) && !cast.has(`${proposal.id} ${id}`))
        .map((proposal) => proposal.id),
    }))
    .filter(({ proposals }) => proposals.length > 0)
    .sort((a, b) => b.proposals.length - a.proposals.length);
}
