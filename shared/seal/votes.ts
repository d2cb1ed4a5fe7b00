import type { Entry } from '../record/entry';
import { type Payloads, payloadShapes } from '../network/events';
import type { Sealer } from '../network/seals/sealers';
import type { Places } from './places';

type Voted<T extends keyof Payloads> = Entry & { readonly type: T; readonly payload: Payloads[T] };
export type Ready = Voted<'seal.ready'>;
export type Proposal = Voted<'seal.propose'>;
export type Prevote = Voted<'seal.prevote'>;
export type Precommit = Voted<'seal.precommit'>;
export type Vote = Ready | Proposal | Prevote | Precommit;

const TYPES = ['seal.ready', 'seal.propose', 'seal.prevote', 'seal.precommit'] as const;

/** Whether an event is a well-formed vote on a seal. */
export function isVote(entry: Entry): entry is Vote {
  const type = TYPES.find((known) => known === entry.type);
  return type !== undefined && payloadShapes[type](entry.payload);
}

/** All votes of one height, as far as they are here. Whose votes count is known only once the seal before it is. */
export class VotesOfHeight {
  readonly #all: Vote[] = [];

  add(vote: Vote): void {
    this.#all.push(vote);
  }

  all(): readonly Vote[] {
    return this.#all;
  }

  /** The votes of these sealers on the seal after `previous`. */
  of(sealers: readonly Sealer[], previous: string, places: Places): Votes {
    const byMember = new Map(sealers.map((sealer) => [sealer.member, sealer]));
    return new Votes(
      this.#all.filter((vote) => {
        const sealer = byMember.get(vote.member);
        return vote.payload.previous === previous && sealer !== undefined && places.counts(vote, sealer);
      }),
    );
  }
}

/** Votes of sealers, each by a device that has its member's place: a member is one voter, by whichever device. */
export class Votes {
  readonly all: readonly Vote[];

  constructor(all: readonly Vote[]) {
    this.all = [...all].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  ready(): Ready[] {
    return this.all.filter((vote): vote is Ready => vote.type === 'seal.ready');
  }

  /** The round's proposals by its proposer: an honest one makes one. */
  proposalsIn(round: number, proposer: Sealer): Proposal[] {
    return this.proposals().filter((vote) => vote.payload.round === round && vote.member === proposer.member);
  }

  proposals(): Proposal[] {
    return this.all.filter((vote): vote is Proposal => vote.type === 'seal.propose');
  }

  prevotes(round?: number): Prevote[] {
    return this.all.filter(
      (vote): vote is Prevote => vote.type === 'seal.prevote' && (round === undefined || vote.payload.round === round),
    );
  }

  precommits(round?: number): Precommit[] {
    return this.all.filter(
      (vote): vote is Precommit =>
        vote.type === 'seal.precommit' && (round === undefined || vote.payload.round === round),
    );
  }

  /** The highest round that a sealer has voted in, by member. */
  rounds(): Map<string, number> {
    const rounds = new Map<string, number>();
    for (const vote of this.all) {
      if (vote.type !== 'seal.ready')
        rounds.set(vote.member, Math.max(rounds.get(vote.member) ?? 0, vote.payload.round));
    }
    return rounds;
  }
}

/** How many different members are behind these votes. */
export function voters(votes: readonly Vote[]): number {
  return new Set(votes.map((vote) => vote.member)).size;
}
