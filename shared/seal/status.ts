import { UNSEALED } from '../record/entry';
import type { Replica } from '../replica/replica';
import type { BrokenRule } from './broken-rules';
import type { ProvenSeal } from './chain';
import { proposerOf } from './tendermint';
import { type Vote, isVote } from './votes';

/** One vote as a screen names it: who cast it, by which device, and the event that proves it. */
export interface VoteView {
  readonly member: string;
  readonly device: string;
  readonly event: string;
}

/** A seal with what a person needs to judge it. */
export interface SealView {
  readonly height: number;
  readonly value: string;
  readonly time: number;
  readonly digest: string;
  /** What its cut adds: events about the network's affairs, and votes on seals. */
  readonly events: number;
  readonly votes: number;
  /** The votes whose pasts are the cut. */
  readonly ready: readonly VoteView[];
  readonly signers: readonly VoteView[];
  readonly quorum: number;
  /** How many could sign. */
  readonly of: number;
  readonly round: number;
  /** The event that proposed it. */
  readonly proposal: string;
}

/** What the next seal waits for. */
export interface NextSeal {
  readonly height: number;
  /** `ready`: for more sealers to ask for it; `proposal`: for the round's proposer; `signatures`: for sealers to sign. */
  readonly stage: 'ready' | 'proposal' | 'signatures';
  /** Members who have asked for it. */
  readonly ready: readonly string[];
  /** Members from whom the next step may come. */
  readonly waitingFor: readonly string[];
  readonly quorum: number;
  readonly of: number;
  readonly round: number;
  /** The round's proposer; null where nobody seals. */
  readonly proposer: string | null;
  /** The earliest claimed time of what waits, milliseconds since 1970; null where only a seal was asked for. */
  readonly since: number | null;
}

export interface SealStatus {
  /** How many seals there are; `seals` has the newest of them, newest first. */
  readonly total: number;
  readonly seals: readonly SealView[];
  /** Null while nothing waits for a seal. */
  readonly next: NextSeal | null;
  readonly broken: readonly BrokenRule[];
}

export function sealStatus(replica: Replica, limit: number): SealStatus {
  const { seals } = replica.seals;
  return {
    total: seals.length,
    seals: viewsOf(replica, limit <= 0 ? [] : seals.slice(-limit).reverse()),
    next: nextSeal(replica),
    broken: replica.seals.brokenRules(),
  };
}

/** The seal of a height; null where there is none yet. */
export function sealAt(replica: Replica, height: number): SealView | null {
  const seal = replica.seals.seals[height - 1];
  return seal === undefined ? null : viewsOf(replica, [seal])[0]!;
}

/** Height of the seal by which all of these events are fixed; null where one is not, or is not here. */
export function sealedBy({ record }: Replica, events: Iterable<string>): number | null {
  let height = 0;
  for (const id of events) {
    const seal = record.get(id)?.seal ?? UNSEALED;
    if (seal === UNSEALED) return null;
    height = Math.max(height, seal);
  }
  return height === 0 ? null : height;
}

/** For each account of the ledger, the height of the seal by which all entries that moved it are fixed; null where one is not. */
export function sealedAccounts({ record, state }: Replica): ReadonlyMap<string, number | null> {
  const heights = new Map<string, number | null>();
  for (const { id, postings } of state.entries.values()) {
    const seal = record.get(id)?.seal ?? UNSEALED;
    for (const { account } of postings) {
      const before = heights.get(account);
      if (seal === UNSEALED) heights.set(account, null);
      else if (before !== null) heights.set(account, Math.max(before ?? seal, seal));
    }
  }
  return heights;
}

/** How many events about the network's affairs wait for a seal. */
export function countUnsealed({ unsealed }: Replica): number {
  return unsealed.reduce((count, { type }) => count + Number(!type.startsWith('seal.')), 0);
}

function nextSeal(replica: Replica): NextSeal | null {
  const { current } = replica.seals;
  if (current === null) return null;
  const { height, votes, readies: asked, sealers, quorum } = current;
  if (asked.length === 0 && countUnsealed(replica) === 0) return null;
  const hasCast = (member: string, votes: readonly Vote[]): boolean => votes.some((vote) => vote.member === member);
  const members = sealers.map(({ member }) => member);
  const missing = (votes: readonly Vote[]): string[] => members.filter((member) => !hasCast(member, votes));
  const round = Math.max(0, ...votes.rounds().values());
  const proposer = sealers.length === 0 ? null : proposerOf(current, round);
  const shown = {
    height,
    ready: members.filter((member) => hasCast(member, asked)),
    quorum,
    of: sealers.length,
    round,
    proposer: proposer?.member ?? null,
    since: since(replica),
  };
  if (proposer === null || asked.length < quorum) return { ...shown, stage: 'ready', waitingFor: missing(asked) };
  if (votes.proposalsIn(round, proposer).length === 0)
    return { ...shown, stage: 'proposal', waitingFor: [proposer.member] };
  return { ...shown, stage: 'signatures', waitingFor: missing(votes.precommits(round)) };
}

function since({ unsealed }: Replica): number | null {
  let earliest: number | null = null;
  for (const { type, time } of unsealed) if (!type.startsWith('seal.')) earliest = Math.min(earliest ?? time, time);
  return earliest;
}

function viewsOf(replica: Replica, seals: readonly ProvenSeal[]): SealView[] {
  const { record } = replica;
  const counts = new Map(seals.map(({ height }) => [height, { events: 0, votes: 0 }]));
  for (const entry of record.all()) {
    const count = counts.get(entry.seal);
    if (count === undefined) continue;
    if (isVote(entry)) count.votes += 1;
    else count.events += 1;
  }
  return seals.map((seal) => {
    const { height, value, time, digest, quorum, members, round, proposal } = seal;
    return {
      height,
      value,
      time,
      digest,
      ...counts.get(height)!,
      ready: seal.ready.map((id) => nameVote(record.get(id)!)),
      signers: replica.seals.signaturesOf(seal).map(nameVote),
      quorum,
      of: members.length,
      round,
      proposal,
    };
  });
}

function nameVote({ member, device, id }: { readonly member: string; readonly device: string; readonly id: string }) {
  return { member, device, event: id };
}
