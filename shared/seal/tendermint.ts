import type { Sealer } from '../network/seals/sealers';
import type { Height } from './chain';
import { type Proposal, type Vote, voters } from './votes';

/**
 * One sealer's next step in making a seal: the algorithm of Tendermint (arXiv:1807.04938, algorithm 1), one instance a height. Its state
 * (round, step, locked and valid value) is not kept anywhere: it is read from the votes in the record, own and others', so a crash or a
 * restart can not make a sealer contradict itself. Only its timers are its own.
 */
export type Step =
  | { readonly type: 'seal.propose'; readonly round: number; readonly valid: Proposal | null }
  | { readonly type: 'seal.prevote' | 'seal.precommit'; readonly round: number; readonly value: string | null }
  /** Nothing to sign; `timer` says what one waits for, and in which round. */
  | { readonly type: 'wait'; readonly round: number; readonly timer: Timer | null };
export type Timer = 'propose' | 'prevote' | 'precommit';

export interface Judgement {
  valueOf(proposal: Proposal): string;
  /** What everyone can see of a proposal. */
  isWellMade(proposal: Proposal): boolean;
  /**
   * What this signer checks of a fresh proposal: the time against its clock, the digest against its state. Undefined: its clock is not quite
   * there yet.
   */
  accepts(proposal: Proposal): boolean | undefined;
}

export interface Standpoint {
  readonly height: Height;
  readonly me: Sealer;
  readonly judge: Judgement;
  /** The round that this sealer last entered by a timer; votes may have carried it further. */
  readonly round: number;
  /** Whether this round's timer has run out. */
  readonly expired: (timer: Timer, round: number) => boolean;
}

/** The proposer of a round: the sealers take turns. */
export function proposerOf({ height, sealers }: Pick<Height, 'height' | 'sealers'>, round: number): Sealer {
  return sealers[(height + round) % sealers.length]!;
}

export function nextStep(point: Standpoint): Step {
  const { height, me } = point;
  const { votes, quorum } = height;
  const mine = votes.all.filter((vote) => vote.member === me.member);
  const round = currentRound(point, mine);
  const proposals = proposalsIn(point, round);
  const proposal = proposals[0] ?? null;
  const prevotes = votes.prevotes(round);
  const precommits = votes.precommits(round);
  const voted = (kind: Vote['type']): boolean =>
    mine.some((vote) => vote.type === kind && vote.type !== 'seal.ready' && vote.payload.round === round);

  if (proposerOf(height, round) === me && !voted('seal.propose') && canPropose(point)) {
    return { type: 'seal.propose', round, valid: validProposal(point, round) };
  }
  if (!voted('seal.prevote')) {
    const value = proposal === null ? undefined : prevoteFor(point, mine, proposal, round);
    if (value !== undefined) return { type: 'seal.prevote', round, value };
    if (point.expired('propose', round)) return { type: 'seal.prevote', round, value: null };
    return { type: 'wait', round, timer: 'propose' };
  }
  if (!voted('seal.precommit')) {
    // Of all that a dishonest proposer put: a value with a quorum behind it must not hide behind another.
    const carried = proposals.find((one) => hasPolka(point, round, point.judge.valueOf(one)));
    if (carried !== undefined) return { type: 'seal.precommit', round, value: point.judge.valueOf(carried) };
    const forNil = prevotes.filter((vote) => vote.payload.value === null);
    const timedOut = voters(prevotes) >= quorum && point.expired('prevote', round);
    if (voters(forNil) >= quorum || timedOut) return { type: 'seal.precommit', round, value: null };
    return { type: 'wait', round, timer: voters(prevotes) >= quorum ? 'prevote' : null };
  }
  return { type: 'wait', round, timer: voters(precommits) >= quorum ? 'precommit' : null };
}

/** The own last round, or a later one in which more than a third vote already. */
function currentRound({ height, round: entered }: Standpoint, mine: readonly Vote[]): number {
  const { votes, sealers, quorum } = height;
  const own = mine.reduce(
    (last, vote) => (vote.type === 'seal.ready' ? last : Math.max(last, vote.payload.round)),
    entered,
  );
  const rounds = [...votes.rounds().values()].sort((a, b) => b - a);
  // One more than the sealers that may be missing from a quorum: at least one of them follows the rules.
  const enough = sealers.length - quorum + 1;
  return Math.max(own, rounds[enough - 1] ?? own);
}

function canPropose({ height }: Standpoint): boolean {
  return height.readies.length >= height.quorum;
}

function proposalsIn({ height, judge }: Standpoint, round: number): Proposal[] {
  return height.votes.proposalsIn(round, proposerOf(height, round)).filter((proposal) => judge.isWellMade(proposal));
}

/** The newest value that had a quorum of prevotes: what a proposer has to put again. */
function validProposal(point: Standpoint, before: number): Proposal | null {
  for (let round = before - 1; round >= 0; round--) {
    const carried = proposalsIn(point, round).find((one) => hasPolka(point, round, point.judge.valueOf(one)));
    if (carried !== undefined) return carried;
  }
  return null;
}

function hasPolka({ height }: Standpoint, round: number, value: string): boolean {
  return voters(height.votes.prevotes(round).filter((vote) => vote.payload.value === value)) >= height.quorum;
}

/** What to prevote on a proposal: its value, nil, or undefined while what would justify it is not here. */
function prevoteFor(
  point: Standpoint,
  mine: readonly Vote[],
  proposal: Proposal,
  round: number,
): string | null | undefined {
  const { judge } = point;
  const value = judge.valueOf(proposal);
  const lock = lockOf(mine);
  const { valid } = proposal.payload;
  if (valid === null) {
    if (lock !== null && lock.value !== value) return null;
    const accepted = judge.accepts(proposal);
    return accepted === undefined ? undefined : accepted ? value : null;
  }
  if (valid >= round || !hasPolka(point, valid, value)) return undefined;
  // A re-proposed value was checked when a quorum prevoted it: neither clock nor state is asked again.
  return lock === null || lock.round <= valid || lock.value === value ? value : null;
}

/** The value of the own newest precommit that was for one. */
function lockOf(mine: readonly Vote[]): { readonly round: number; readonly value: string } | null {
  let lock: { readonly round: number; readonly value: string } | null = null;
  for (const vote of mine) {
    if (vote.type !== 'seal.precommit' || vote.payload.value === null) continue;
    if (lock === null || vote.payload.round > lock.round)
      lock = { round: vote.payload.round, value: vote.payload.value };
  }
  return lock;
}
