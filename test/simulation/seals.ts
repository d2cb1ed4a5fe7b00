import type { Peer } from '../../shared/peer/peer';
import type { Entry } from '../../shared/record/entry';
import type { ProvenSeal } from '../../shared/seal/chain';
import { isVote } from '../../shared/seal/votes';
import { namedFor } from './evidence';

interface Fixed {
  readonly seal: ProvenSeal;
  readonly by: string;
  readonly peer: Peer;
}

/**
 * What seals promise, looked at all through a run: one chain on every machine at any time, and nothing of what a seal fixed is ever
 * otherwise. `dishonest` says whether a member has a device in a liar's hands: what more than the allowed part of them bring about is no fault.
 */
export class SealWatch {
  readonly #seals = new Map<number, Fixed>();
  readonly #decisions = new Map<string, string>();
  /** From this height on liars had the sealers' quorum in their hands. */
  #broken = Infinity;
  #split = false;
  #unnamed: string | undefined;

  /** Whether liars ever had enough of a height's sealers to break it. */
  get broken(): boolean {
    return this.#broken < Infinity;
  }

  /** Whether they did break it: peers hold different seals of one height, and differ for good. */
  get split(): boolean {
    return this.#split;
  }

  /** Where the evidence of two seals of one height names too few of those who made them. */
  get unnamed(): string | undefined {
    return this.#unnamed;
  }

  get count(): number {
    return this.#seals.size;
  }

  /** What is wrong with what this peer now holds as sealed, if anything. */
  look(name: string, peer: Peer, dishonest: (member: string) => boolean): string | undefined {
    for (const seal of peer.replica.seals.seals) {
      const before = this.#seals.get(seal.height);
      if (before === undefined) this.#seals.set(seal.height, { seal, by: name, peer });
      const other = before !== undefined && before.seal.value !== seal.value;
      // Who revoked a device that went on unknowingly is one voter with two voices: looked for only where it matters, since it takes long.
      const liars = seal.members.filter(
        (member) => dishonest(member) || (other && hasTwoVoices(peer, before.peer, member, seal)),
      ).length;
      // Two quorums have at least this many in common; one of them must be honest.
      if (liars >= 2 * seal.quorum - seal.members.length) this.#broken = Math.min(this.#broken, seal.height);
      if (!other) continue;
      if (seal.height < this.#broken)
        return `height ${seal.height} is ${seal.value.slice(0, 8)} at ${name} and ${before.seal.value.slice(0, 8)} at ${before.by}`;
      this.#split = true;
      if (before.seal.previous === seal.previous) this.#askWhoMade(seal, peer, before.peer);
    }
    for (const { id, status, tally, sealed } of peer.state.proposals.values()) {
      if (sealed === undefined || sealed >= this.#broken) continue;
      const fact = JSON.stringify([status, tally.agree, tally.disagree, tally.abstain, tally.block, sealed]);
      const before = this.#decisions.get(id);
      if (before !== undefined && before !== fact)
        return `decision ${id.slice(0, 8)} was ${before}, at ${name} it is ${fact}`;
      this.#decisions.set(id, fact);
    }
    return undefined;
  }

  #askWhoMade(seal: ProvenSeal, one: Peer, other: Peer): void {
    const { named, least } = namedFor(seal, [one.replica, other.replica]);
    if (named < least) this.#unnamed ??= `height ${seal.height}: ${named} are named, of at least ${least}`;
  }
}

/** Whether a member voted by two devices for the seals that two peers have of this height. */
function hasTwoVoices(one: Peer, other: Peer, member: string, { height, previous }: ProvenSeal): boolean {
  const voices = new Set<string>();
  for (const { replica } of [one, other])
    for (const entry of replica.record.all())
      if (isVote(entry) && entry.member === member && entry.payload.height === height)
        if (entry.payload.previous === previous) voices.add(entry.device);
  return voices.size > 1;
}

/** A device that signed two votes of one kind for one height and round, if any of these did. */
export function doubleVoter(entries: readonly Entry[]): string | undefined {
  const votes = new Map<string, unknown>();
  for (const { type, device, payload, id } of entries) {
    if (!type.startsWith('seal.') || type === 'seal.ready') continue;
    const { height, round, previous, value } = payload as Record<string, unknown>;
    const key = JSON.stringify([type, device, height, round, previous]);
    const said = type === 'seal.propose' ? id : value;
    if (votes.has(key) && votes.get(key) !== said)
      return `${device.slice(0, 8)}: two of ${type}, height ${String(height)}`;
    votes.set(key, said);
  }
  return undefined;
}
