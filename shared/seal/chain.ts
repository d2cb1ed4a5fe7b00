import { clockOf } from '../record/ancestry';
import type { Entry } from '../record/entry';
import type { RecordSet } from '../record/record';
import type { Cut, Network } from '../network/network';
import type { Seal } from '../network/seals/model';
import { type Ground, type Sealer, sealersOf } from '../network/seals/sealers';
import { valueOf } from './value';
import {
  type DoubleVote,
  type Precommit,
  type Proposal,
  type Ready,
  Votes,
  VotesOfHeight,
  isVote,
  voters,
} from './votes';

/** The instance of the algorithm that makes the next seal. */
export interface Height {
  readonly height: number;
  readonly ground: Ground;
  readonly sealers: readonly Sealer[];
  readonly quorum: number;
  readonly votes: Votes;
  /** The readies that may make a cut, the newest of each sealer. */
  readonly readies: readonly Ready[];
}

/** A seal with what shows that it holds. */
export interface ProvenSeal extends Seal {
  readonly round: number;
  readonly proposal: string;
  /** The precommits known when it was first seen to hold. */
  readonly precommits: readonly string[];
  readonly quorum: number;
  /** Devices of all who sealed at this height. */
  readonly devices: readonly string[];
}

/** Told of each seal that holds just before it is applied, while the ground is still that of the seal before. */
export type InspectSeal = (seal: ProvenSeal) => void;

/** The chain of seals, read from the record: what is sealed follows from the events alone, and so is the same on every peer. */
export class SealChain {
  readonly seals: ProvenSeal[] = [];
  readonly #record: RecordSet;
  readonly #network: Network;
  readonly #inspect: InspectSeal | undefined;
  readonly #heights = new Map<number, VotesOfHeight>();
  /** Values by proposal. */
  readonly #values = new Map<string, string>();

  constructor(record: RecordSet, network: Network, inspect?: InspectSeal) {
    this.#record = record;
    this.#network = network;
    this.#inspect = inspect;
  }

  /** Notes the votes among new entries. */
  add(entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (!isVote(entry)) continue;
      const { height } = entry.payload;
      const votes = this.#heights.get(height) ?? new VotesOfHeight();
      votes.add(entry);
      this.#heights.set(height, votes);
    }
  }

  /** Applies every seal that a quorum has signed by now; returns the new ones. */
  advance(): ProvenSeal[] {
    const made: ProvenSeal[] = [];
    for (let seal = this.#next(); seal !== null; seal = this.#next()) {
      this.#inspect?.(seal);
      const cut = this.cutOf(seal.ready);
      const { height, value, previous, time, digest, ready } = seal;
      this.#network.seal({ height, value, previous, time, digest, ready }, cut);
      this.seals.push(seal);
      made.push(seal);
    }
    return made;
  }

  /** Where the next seal stands; null before the founding event. */
  get current(): Height | null {
    const { ground } = this.#network;
    if (ground === null) return null;
    const { sealers, quorum } = sealersOf(ground);
    const height = ground.height + 1;
    const votes = this.#heights.get(height)?.of(sealers, ground.value) ?? new Votes([]);
    return { height, ground, sealers, quorum, votes, readies: this.#readies(votes) };
  }

  /** Every signature on a seal that is here by now, one of each device: more may have signed since it was first seen to hold. */
  signaturesOf({ height, value, devices }: ProvenSeal): Precommit[] {
    const byDevice = new Map<string, Precommit>();
    for (const vote of this.#commitsFor(height, value)) {
      if (devices.includes(vote.device) && !byDevice.has(vote.device)) byDevice.set(vote.device, vote);
    }
    return [...byDevice.values()];
  }

  /** Sealers who contradicted themselves, on any seal. Votes that came after their seal held count here too. */
  doubleVotes(): DoubleVote[] {
    const past = this.seals.flatMap(({ height, previous, devices }) => {
      const sealers = devices.map((device) => ({ device, member: this.#record.memberOf(device) ?? '' }));
      return this.#heights.get(height)?.of(sealers, previous).doubleVotes() ?? [];
    });
    return [...past, ...(this.current?.votes.doubleVotes() ?? [])];
  }

  /** Exactly the causal pasts of these events, themselves included. */
  cutOf(ready: readonly string[]): Cut {
    const counts: number[] = [];
    for (const id of ready) {
      clockOf(this.#record.get(id)!, this.#record).forEach(
        (count, lane) => (counts[lane] = Math.max(counts[lane] ?? 0, count)),
      );
    }
    return (entry) => (counts[entry.lane] ?? 0) > entry.place;
  }

  /**
   * Whether everyone can see that a proposal is well made: `ready` events of a quorum on this height, which it had seen, each of which had
   * seen the seal before; and the time that follows from theirs. What each signer checks for itself (clock, state) is not asked here.
   */
  isWellMade({ ground, quorum, votes }: Height, proposal: Proposal): boolean {
    const { ready, time } = proposal.payload;
    const cited = votes
      .ready()
      .filter((vote) => ready.includes(vote.id) && this.#record.before(vote, proposal) && this.#sawPrevious(vote));
    const ascending = ready.every((id, index) => index === 0 || ready[index - 1]! < id);
    return (
      ascending &&
      cited.length === ready.length &&
      // One of each sealer: nobody's clock counts twice.
      voters(cited) === cited.length &&
      cited.length >= quorum &&
      time === agreedTime(ground, cited)
    );
  }

  /** One of each sealer, each of which had seen the seal before. */
  #readies(votes: Votes): Ready[] {
    const byDevice = new Map<string, Ready>();
    for (const vote of votes.ready()) {
      const known = byDevice.get(vote.device);
      if (this.#sawPrevious(vote) && (known === undefined || known.sequence < vote.sequence))
        byDevice.set(vote.device, vote);
    }
    return [...byDevice.values()];
  }

  valueOf({ id, payload: { height, previous, ready, time, digest } }: Proposal): string {
    const network = this.#record.network;
    const value = this.#values.get(id) ?? valueOf({ network, height, previous, ready, time, digest });
    this.#values.set(id, value);
    return value;
  }

  /** A `ready` that had not seen a quorum for the seal before it could leave out of the next cut what made that one. */
  #sawPrevious(vote: Ready): boolean {
    const last = this.seals.at(-1);
    if (last === undefined) return true;
    const seen = this.#commitsFor(last.height, last.value).filter((commit) => this.#record.before(commit, vote));
    return voters(seen.filter((commit) => last.devices.includes(commit.device))) >= last.quorum;
  }

  #commitsFor(height: number, value: string): Precommit[] {
    const all = this.#heights.get(height)?.all() ?? [];
    return all.filter((vote): vote is Precommit => vote.type === 'seal.precommit' && vote.payload.value === value);
  }

  #next(): ProvenSeal | null {
    const current = this.current;
    if (current === null) return null;
    const { height, votes, quorum, sealers } = current;
    for (const [round, value] of committed(votes, quorum)) {
      const proposal = votes.proposals().find((vote) => this.valueOf(vote) === value && this.isWellMade(current, vote));
      if (proposal === undefined) continue;
      const commits = votes.precommits(round).filter((vote) => vote.payload.value === value);
      const { previous, time, digest, ready } = proposal.payload;
      const precommits = commits.map((vote) => vote.id);
      const devices = sealers.map(({ device }) => device);
      return {
        height,
        value,
        previous,
        time,
        digest,
        ready,
        round,
        proposal: proposal.id,
        precommits,
        quorum,
        devices,
      };
    }
    return null;
  }
}

/** Rounds and values for which a quorum has precommitted. */
function committed(votes: Votes, quorum: number): (readonly [round: number, value: string])[] {
  const signers = new Map<string, Set<string>>();
  for (const { device, payload } of votes.precommits()) {
    if (payload.value === null) continue;
    const key = `${payload.round} ${payload.value}`;
    signers.set(key, (signers.get(key) ?? new Set()).add(device));
  }
  return [...signers]
    .filter(([, devices]) => devices.size >= quorum)
    .map(([key]) => [Number(key.split(' ')[0]), key.split(' ')[1]!] as const);
}

/**
 * The middle of what the clocks of a quorum said, so that fewer than half of them can not move it beyond the others'; always after the seal
 * before. A cut is thus never closed at a time that nobody in it had seen.
 */
export function agreedTime(ground: Ground, readies: readonly Ready[]): number {
  const times = readies.map((vote) => vote.payload.time).sort((a, b) => a - b);
  return Math.max(ground.time + 1, times[Math.floor((times.length - 1) / 2)] ?? 0);
}
