import type { Proposal } from './model';

const DAY = 86_400_000;
/** Days after which a vote ends, whatever deadline its proposer set. */
const LONGEST = 365;

/**
 * From when on a seal closes the vote: milliseconds since 1970, by the agreed time of seals. Undefined while no seal has the proposal, since
 * the agreement's days run from the one that opened it: no proposer can hurry the others, nor keep a vote open for ever.
 */
export function endOfVote({ rule, deadline, opened }: Proposal): number | undefined {
  if (opened === undefined) return undefined;
  const end = Math.min(Math.max(deadline, opened + rule.days * DAY), opened + LONGEST * DAY);
  return end + rule.grace * DAY;
}
