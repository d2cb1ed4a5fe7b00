import type { AgreementVersion, ProtocolKind, ProtocolSpec } from '../../../shared/network/agreement/model';
import type { Proposal } from '../../../shared/network/decisions/model';
import type { State } from '../../../shared/network/state';
import { type Entry, UNSEALED } from '../../../shared/record/entry';
import type { Replica } from '../../../shared/replica/replica';

type SpecOf<K extends ProtocolKind> = Extract<ProtocolSpec, { kind: K }>;

/** The protocol of a kind in a version, where it is in force. */
export function said<K extends ProtocolKind>(version: AgreementVersion, kind: K): SpecOf<K> | undefined {
  const spec = version.protocols.find((one): one is SpecOf<K> => one.kind === kind);
  return spec === undefined || version.suspended.includes(spec.id) ? undefined : spec;
}

/** Whether the type has the right in that version. */
export function typeMay(version: AgreementVersion, type: string, right: string): boolean {
  const found = said(version, 'membership')!.params.types.find(({ id }) => id === type);
  return (found?.rights as readonly string[] | undefined)?.includes(right) === true;
}

/**
 * Which versions of an agreement can have been in force where, told from the ballots and the seals alone and not by the fold: not before
 * enough had agreed, and surely no more once all ballots that count for the next one were there.
 */
export class Versions {
  /** From the founding one on. */
  readonly chain: readonly AgreementVersion[];
  readonly #state: State;
  readonly #record: Replica['record'];

  constructor({ state, record }: Replica) {
    this.#state = state;
    this.#record = record;
    const chain: AgreementVersion[] = [];
    let next: string | null = state.network.get('network')!.version;
    while (next !== null) {
      const version: AgreementVersion = state.versions.get(next)!;
      chain.unshift(version);
      next = version.base;
    }
    this.chain = chain;
  }

  /** 1 for what the first seal has, or is to have. */
  sectionOf({ seal }: Entry): number {
    return seal === UNSEALED ? this.#state.seals.size + 1 : seal;
  }

  /** Those that its author can have known to be in force: by the seals before, and what they had seen. */
  at(entry: Entry): readonly AgreementVersion[] {
    return this.#possible((id) => this.#record.before(this.#record.get(id)!, entry), this.sectionOf(entry));
  }

  /** What a seal fixed. */
  fixedAt(height: number): AgreementVersion {
    return this.chain.findLast(({ id, base }) => base === null || this.#sealed(id) <= height)!;
  }

  /** Those by which a proposal that was opened here can be decided. */
  groundOf(entry: Entry): readonly AgreementVersion[] {
    const section = this.sectionOf(entry);
    return section > 1 ? [this.fixedAt(section - 1)] : this.at(entry);
  }

  #possible(isThere: (id: string) => boolean, section: number): readonly AgreementVersion[] {
    const begun = this.chain.map(({ id, base }) => (base === null ? 'yes' : this.#hasBegun(id, isThere, section)));
    const end = begun.indexOf('no');
    const until = end < 0 ? begun.length : end;
    return this.chain.slice(0, until).filter((_, index) => begun[index + 1] !== 'yes');
  }

  #hasBegun(id: string, isThere: (id: string) => boolean, section: number): 'no' | 'perhaps' | 'yes' {
    const proposal = this.#state.proposals.get(id)!;
    if (this.#sealed(id) < section) return 'yes';
    if (isClosedBySeal(this.#state, proposal) || !isThere(id)) return 'no';
    const ballots = [...this.#state.ballots.values()].filter((ballot) => ballot.proposal === id);
    const there = ballots.filter((ballot) => isThere(ballot.id));
    const isClosed = proposal.why.events.some((event) => this.#record.get(event)?.type === 'decision.close');
    if (proposal.why.events.every(isThere) && (isClosed || proposal.why.events.length > 1)) return 'yes';
    const whose = (list: typeof ballots): number => new Set(list.map(({ member }) => member)).size;
    const agreeing = whose(there.filter(({ choice }) => choice === 'agree'));
    const all = proposal.electorate.length;
    const canBe = agreeing * 100 >= proposal.rule.threshold * all || (agreeing > 0 && whose(there) === all) || isClosed;
    return canBe ? 'perhaps' : 'no';
  }

  #sealed(id: string): number {
    return this.#state.proposals.get(id)?.sealed ?? UNSEALED;
  }
}

/** Whether the time of a vote was over at the seal that fixed its result, and that ended it. */
export function isClosedBySeal({ seals }: State, { sealed, decidedTime }: Proposal): boolean {
  return sealed !== undefined && seals.get(String(sealed))!.time === decidedTime;
}
