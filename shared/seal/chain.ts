import { clockOf } from '../record/ancestry';
import type { Entry } from '../record/entry';
import type { RecordSet } from '../record/record';
import type { Cut, Network } from '../network/network';
import type { Seal } from '../network/seals/model';
import { type Ground, type Sealer, sealersOf } from '../network/seals/sealers';
import { type BrokenRule, brokenRules } from './broken-rules';
import { Places } from './places';
import { valueOf } from './value';
import {
  type Precommit,
  type Prevote,
  type Proposal,
  type Ready,
  type Vote,
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
  /** All who could sign it. */
  readonly members: readonly string[];
}

/** Told of each seal that holds just before it is applied, while the ground is still that of the seal before. */
export type InspectSeal = (seal: ProvenSeal) => void;

/** The chain of seals, read from the record: what is sealed follows from the events alone, and so is the same on every peer. */
export class SealChain {
  readonly seals: ProvenSeal[] = [];
  /** Which seals' digests are compared with the own state when they are applied: it costs what the cut changed. */
  compares: (seal: Seal) => boolean = () => false;
  #differing: ProvenSeal | null = null;
  readonly #record: RecordSet;
  readonly #network: Network;
  readonly #inspect: InspectSeal | undefined;
  readonly #heights = new Map<number, VotesOfHeight>();
  readonly #places: Places;
  /** Who sealed at each height, from 1. */
  readonly #sealers: (readonly Sealer[])[] = [];
  readonly #broken = new Map<number, { readonly votes: number; readonly found: readonly BrokenRule[] }>();
  /** Values by proposal. */
  readonly #values = new Map<string, string>();
  #current: Height | null = null;
  /** Votes of its height that `#current` was read from. */
  #counted = 0;
  /** Where no seal was found to hold. */
  #searched: Height | null = null;

  constructor(record: RecordSet, network: Network, inspect?: InspectSeal) {
    this.#record = record;
    this.#network = network;
    this.#inspect = inspect;
    this.#places = new Places((ancestor, entry) => record.before(ancestor, entry));
  }

  /** Notes the votes among new entries, and who has whose place. */
  add(entries: readonly Entry[]): void {
    this.#places.add(entries);
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
      const { sealers } = this.current!;
      this.#inspect?.(seal);
      const cut = this.cutOf(seal.ready);
      const { height, value, previous, time, digest, ready } = seal;
      const plain = { height, value, previous, time, digest, ready };
      if (!this.#network.seal(plain, cut, this.compares(plain))) this.#differing ??= seal;
      this.seals.push(seal);
      this.#sealers.push(sealers);
      made.push(seal);
    }
    return made;
  }

  /**
   * What a vote on the next seal has to have in its past: the newest seal's precommits for a `ready`, the readies for a proposal, the newest
   * quorum of prevotes for the value of a prevote or precommit. Each has to have what gives its device its place.
   */
  groundsOf(device: string, type: string, payload: unknown): readonly string[] {
    if (!type.startsWith('seal.')) return [];
    const places = this.current?.sealers.map((sealer) => this.#places.groundsOf(device, sealer));
    return [...(places?.find((grounds) => grounds !== undefined) ?? []), ...this.#groundsOf(type, payload)];
  }

  #groundsOf(type: string, payload: unknown): readonly string[] {
    if (type === 'seal.ready') return this.proof.map(({ id }) => id);
    if (type === 'seal.propose') return (payload as Proposal['payload']).ready;
    const { round, value } = payload as Prevote['payload'];
    const { votes, quorum } = this.current!;
    for (let of = type === 'seal.prevote' ? round - 1 : round; of >= 0; of--) {
      const byMember = new Map(
        votes.prevotes(of).flatMap((vote) => (vote.payload.value === value ? [[vote.member, vote.id] as const] : [])),
      );
      if (byMember.size >= quorum) return [...byMember.values()].slice(0, quorum);
    }
    return [];
  }

  /** What shows that the newest seal holds. */
  get proof(): readonly Entry[] {
    const seal = this.seals.at(-1);
    return seal === undefined ? [] : [seal.proposal, ...seal.precommits].map((id) => this.#record.get(id)!);
  }

  /** The first seal that was compared and fixed another state than this peer's own; null where none did. */
  get differing(): ProvenSeal | null {
    return this.#differing;
  }

  /** Where the next seal stands; null before the founding event, and where this app can not know: see `Network.standsStill`. */
  get current(): Height | null {
    const { ground, standsStill } = this.#network;
    if (ground === null || standsStill) return null;
    const height = ground.height + 1;
    const cast = this.#heights.get(height);
    const count = cast?.all().length ?? 0;
    // Asked at each event that comes; it changes with a seal, and with each vote.
    if (this.#current?.ground === ground && this.#counted === count) return this.#current;
    const { sealers, quorum } = sealersOf(ground);
    const votes = cast?.of(sealers, ground.value, this.#places) ?? new Votes([]);
    this.#counted = count;
    this.#current = { height, ground, sealers, quorum, votes, readies: this.#readies(votes) };
    return this.#current;
  }

  /** Whether a vote is by a sealer of its height; undefined where nobody knows yet who seals there. */
  isBySealer(vote: Vote): boolean | undefined {
    const { height } = vote.payload;
    const sealers = this.#sealers[height - 1] ?? (height === this.current?.height ? this.current.sealers : undefined);
    return sealers?.some((sealer) => this.#places.counts(vote, sealer));
  }

  /** Every signature on a seal that is here by now, one of each member: more may have signed since it was first seen to hold. */
  signaturesOf(seal: ProvenSeal): Precommit[] {
    const byMember = new Map<string, Precommit>();
    for (const vote of this.#commitsFor(seal)) if (!byMember.has(vote.member)) byMember.set(vote.member, vote);
    return [...byMember.values()];
  }

  /**
   * The device that votes for a sealer from now on, as this peer sees it: theirs in the ground, or once that is revoked the first of theirs
   * that can have its place. Where none can, the revoked one seals its own end.
   */
  voiceOf(sealer: Sealer): string {
    const { members, devices } = this.#network.state;
    if (devices.get(sealer.device)?.status !== 'revoked') return sealer.device;
    // One that forked signs no more: whoever waited for it would wait for ever.
    const isActive = (device: string): boolean => devices.get(device)?.status === 'active';
    const heir = members
      .get(sealer.member)
      ?.devices.find((own) => isActive(own) && this.#places.groundsOf(own, sealer) !== undefined);
    return heir ?? sealer.device;
  }

  /** Sealers who broke the rules of sealing, at any height. Votes that came after their seal held count here too. */
  brokenRules(): BrokenRule[] {
    const past = this.seals.flatMap(({ height, previous, quorum }, index) =>
      this.#brokenAt(height, previous, this.#sealers[index]!, quorum),
    );
    const { current } = this;
    if (current === null) return past;
    const { height, ground, sealers, quorum } = current;
    return [...past, ...this.#brokenAt(height, ground.value, sealers, quorum)];
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

  /** The newest of each sealer, of those that had seen the seal before. */
  #readies(votes: Votes): Ready[] {
    const byMember = new Map<string, Ready>();
    for (const vote of votes.ready()) {
      const known = byMember.get(vote.member);
      if (this.#sawPrevious(vote) && (known === undefined || known.depth < vote.depth)) byMember.set(vote.member, vote);
    }
    return [...byMember.values()];
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
    return voters(this.#commitsFor(last).filter((commit) => this.#record.before(commit, vote))) >= last.quorum;
  }

  /** Votes are looked at again only where there are more of them. */
  #brokenAt(height: number, previous: string, sealers: readonly Sealer[], quorum: number): readonly BrokenRule[] {
    const votes = this.#heights.get(height);
    if (votes === undefined) return [];
    const known = this.#broken.get(height);
    if (known?.votes === votes.all().length) return known.found;
    const before = (ancestor: Entry, entry: Entry): boolean => this.#record.before(ancestor, entry);
    const found = brokenRules(votes.of(sealers, previous, this.#places), quorum, before);
    this.#broken.set(height, { votes: votes.all().length, found });
    return found;
  }

  /** Of its sealers, in any round. */
  #commitsFor({ height, previous, value }: ProvenSeal): Precommit[] {
    return this.#heights
      .get(height)!
      .all()
      .filter((vote): vote is Precommit => vote.type === 'seal.precommit' && vote.payload.value === value)
      .filter((vote) => vote.payload.previous === previous && this.isBySealer(vote));
  }

  #next(): ProvenSeal | null {
    const current = this.current;
    // Looked at before, and no vote has come since.
    if (current === null || current === this.#searched) return null;
    this.#searched = current;
    const { height, votes, quorum, sealers } = current;
    for (const [round, value] of committed(votes, quorum)) {
      const proposal = votes.proposals().find((vote) => this.valueOf(vote) === value && this.isWellMade(current, vote));
      if (proposal === undefined) continue;
      const commits = votes.precommits(round).filter((vote) => vote.payload.value === value);
      const { previous, time, digest, ready } = proposal.payload;
      const precommits = commits.map((vote) => vote.id);
      const members = sealers.map(({ member }) => member);
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
        members,
      };
    }
    return null;
  }
}

/** Rounds and values for which a quorum has precommitted. */
function committed(votes: Votes, quorum: number): (readonly [round: number, value: string])[] {
  const signers = new Map<string, Set<string>>();
  for (const { member, payload } of votes.precommits()) {
    if (payload.value === null) continue;
    const key = `${payload.round} ${payload.value}`;
    signers.set(key, (signers.get(key) ?? new Set()).add(member));
  }
  return [...signers]
    .filter(([, members]) => members.size >= quorum)
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
