import type { Entry } from '../record/entry';
import type { Precommit, Prevote, Vote, Votes } from './votes';

/**
 * A vote that no sealer casts who follows the rules of sealing. `events` prove it: anyone can check them, with what is in their pasts.
 * - `double-vote`: two votes of one kind in one round.
 * - `broken-lock`: a precommit for a value, and a prevote for another in a later round that no quorum of prevotes in between justified.
 * - `groundless-precommit`: a precommit for a value that no quorum had prevoted in its round.
 */
export interface BrokenRule {
  readonly kind: 'double-vote' | 'broken-lock' | 'groundless-precommit';
  readonly height: number;
  /** That cast the later of the votes; the other may be by another of the member's devices. */
  readonly device: string;
  readonly member: string;
  readonly events: readonly [string] | readonly [string, string];
}

/** Whether an event is in the causal past of another. */
type Before = (ancestor: Entry, entry: Entry) => boolean;

/**
 * Who broke the rules among these votes on one height. Two seals of one height can not both hold without this naming all sealers that two
 * quorums have in common, at least (docs/protocol.md, "Broken rules").
 */
export function brokenRules(votes: Votes, quorum: number, before: Before): BrokenRule[] {
  const justified = new Justifications(votes, quorum, before);
  return [
    ...doubleVotes(votes),
    ...votes
      .precommits()
      .filter((vote) => !justified.isFounded(vote))
      .map((vote) => broken('groundless-precommit', vote)),
    ...brokenLocks(votes, justified),
  ];
}

function broken(kind: BrokenRule['kind'], vote: Vote, first?: Vote): BrokenRule {
  const { device, member, payload } = vote;
  const events = first === undefined ? ([vote.id] as const) : ([first.id, vote.id] as const);
  return { kind, height: payload.height, device, member, events };
}

/** Different votes of one kind by one sealer in one round. A sealer may say that it is ready more than once. */
function doubleVotes({ all }: Votes): BrokenRule[] {
  const first = new Map<string, Vote>();
  const found: BrokenRule[] = [];
  for (const vote of all) {
    if (vote.type === 'seal.ready') continue;
    const key = `${vote.type} ${vote.payload.round} ${vote.member}`;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, vote);
    else found.push(broken('double-vote', vote, earlier));
  }
  return found;
}

/** Prevotes against the own lock, each with the newest precommit that it goes back on. */
function brokenLocks(votes: Votes, justified: Justifications): BrokenRule[] {
  const locks = new Map<string, Precommit[]>();
  for (const vote of votes.precommits()) {
    if (vote.payload.value !== null) locks.set(vote.member, [...(locks.get(vote.member) ?? []), vote]);
  }
  const found: BrokenRule[] = [];
  for (const vote of votes.prevotes()) {
    const { value, round } = vote.payload;
    if (value === null) continue;
    const lock = (locks.get(vote.member) ?? [])
      .filter(({ payload }) => payload.round < round && payload.value !== value)
      .sort((a, b) => b.payload.round - a.payload.round)
      .find(({ payload }) => !justified.mayPrevote(vote, payload.round));
    if (lock !== undefined) found.push(broken('broken-lock', vote, lock));
  }
  return found;
}

/** What a quorum had prevoted, as each voter had seen it. */
class Justifications {
  readonly #quorum: number;
  readonly #before: Before;
  /** Rounds by value, with the prevotes for it there. */
  readonly #prevotes = new Map<string, Map<number, Prevote[]>>();

  constructor(votes: Votes, quorum: number, before: Before) {
    this.#quorum = quorum;
    this.#before = before;
    for (const vote of votes.prevotes()) {
      const { value, round } = vote.payload;
      if (value === null) continue;
      const rounds = this.#prevotes.get(value) ?? new Map<number, Prevote[]>();
      rounds.set(round, [...(rounds.get(round) ?? []), vote]);
      this.#prevotes.set(value, rounds);
    }
  }

  isFounded(vote: Precommit): boolean {
    const { value, round } = vote.payload;
    return value === null || this.#hadSeen(vote, this.#prevotes.get(value)?.get(round) ?? []);
  }

  /** Whether the voter had seen its value prevoted in a round from that of its lock up to, and without, its own. */
  mayPrevote(vote: Prevote, locked: number): boolean {
    const { value, round } = vote.payload;
    return [...(this.#prevotes.get(value!) ?? [])].some(
      ([of, prevotes]) => locked <= of && of < round && this.#hadSeen(vote, prevotes),
    );
  }

  #hadSeen(vote: Vote, prevotes: readonly Prevote[]): boolean {
    const members = new Set<string>();
    for (const one of prevotes) if (!members.has(one.member) && this.#before(one, vote)) members.add(one.member);
    return members.size >= this.#quorum;
  }
}
