import { type Entry, UNSEALED } from '../record/entry';
import type { RecordSet } from '../record/record';
import { isKeepers } from './certificates';
import { payloadShapes } from './events';

const ABOUT = ['ballot.cast', 'decision.close', 'proposal.withdraw'] as const;

/** What the fold says of entries, as far as a seal has fixed it. */
interface Fixed {
  /** Whether an entry is outside the cuts by which its author was ended: it counts for nothing. */
  isOutside(entry: Entry): boolean;
  /** Whether an entry names a version of the rules above the one in force at its place. */
  isAbove(entry: Entry): boolean;
  /** Whether an entry of a section that is folded had effect. */
  hadEffect(entry: Entry): boolean;
  /** Whether an entry's chain goes by a decision to restore its member that no seal before it has. */
  isUnrestored(entry: Entry): boolean;
}

/** Finds what bears on a proposal or ends an author, over all events known, whatever their place in the order. */
export class EventIndex {
  readonly #record: RecordSet;
  readonly #about = new Map<string, Entry[]>();
  /** Revocations by device, departures by member. */
  readonly #ends = new Map<string, Entry[]>();
  readonly #fixed: Fixed;
  /** Answers of `#isCapable`, good as long as the same entries are in the same sections. */
  readonly #capable = new Map<Entry, boolean>();
  readonly #roots = new Map<string, Entry[]>();
  /** By lane, the certificate by which its chain goes: it never changes, and a chain is long. */
  readonly #certificates = new Map<number, Entry | undefined>();

  constructor(record: RecordSet, fixed: Fixed) {
    this.#record = record;
    this.#fixed = fixed;
  }

  add(entry: Entry): void {
    const ended = this.#endedBy(entry);
    if (ended !== null) this.#ends.set(ended, [...(this.#ends.get(ended) ?? []), entry]);
    if (entry.sequence === 0) this.#roots.set(entry.device, [...this.rootsOf(entry.device), entry]);
    const proposal = this.proposalOf(entry);
    if (proposal === null) return;
    const about = this.#about.get(proposal) ?? [];
    about.push(entry);
    this.#about.set(proposal, about);
  }

  /** Ballots, closings and withdrawals about a proposal, in any order. */
  about(proposal: string): readonly Entry[] {
    return (this.#about.get(proposal) ?? []).filter((entry) => !this.#fixed.isAbove(entry));
  }

  /** Revocations of the entry's device and departures of its member, but those that plainly have no effect. */
  endsOf(entry: Entry): readonly Entry[] {
    const ends = this.#namedEndsOf(entry);
    return ends.length === 0 ? ends : ends.filter((end) => this.#counts(end, entry));
  }

  /** To be called before and after a section is folded. */
  forgetAnswers(): void {
    this.#capable.clear();
  }

  /** First events of a device's chain. */
  rootsOf(device: string): readonly Entry[] {
    return this.#roots.get(device) ?? [];
  }

  /** The unsealed certificates of devices that have several, and whose chains begin among these: which of them counts follows from that. */
  chosenBy(added: readonly Entry[]): Entry[] {
    return added.flatMap(({ sequence, device }) => {
      const certificates = sequence === 0 ? this.#record.certificatesOf(device) : [];
      if (certificates.length < 2) return [];
      return certificates.map((id) => this.#record.get(id)!).filter(({ seal }) => seal === UNSEALED);
    });
  }

  /** The first in `order` that revocations and departures among those added make void: of their member, and not seen by them. */
  firstVoidedBy(added: readonly Entry[], order: readonly Entry[]): Entry | undefined {
    const ends = added.filter((entry) => this.#endedBy(entry) !== null);
    if (ends.length === 0) return undefined;
    return order.find((entry) => ends.some((end) => end.member === entry.member && !this.#record.before(entry, end)));
  }

  /** The proposal that a well-formed ballot, closing or withdrawal is about. */
  proposalOf(entry: Entry): string | null {
    const type = ABOUT.find((known) => known === entry.type);
    if (type === undefined || !payloadShapes[type](entry.payload)) return null;
    return entry.payload.proposal;
  }

  /** The device that an event revokes, or the member who leaves by it. */
  #endedBy(entry: Entry): string | null {
    if (entry.type === 'member.leave') return payloadShapes['member.leave'](entry.payload) ? entry.member : null;
    if (entry.type !== 'device.revoke' || !payloadShapes['device.revoke'](entry.payload)) return null;
    return entry.payload.device;
  }

  #namedEndsOf({ device, member }: Entry): readonly Entry[] {
    const revoked = this.#ends.get(device)?.filter((end) => end.member === member);
    const left = this.#ends.get(member);
    // Only its owner revokes a device; anyone can name it.
    if (revoked === undefined) return left ?? [];
    return left === undefined ? revoked : [...revoked, ...left];
  }

  /** Whether a revocation, departure or certificate counts against or for what is signed at `at`. */
  #counts(act: Entry, at: Entry): boolean {
    if (this.#fixed.isOutside(act) || this.#fixed.isAbove(act)) return false;
    return act.seal < at.seal ? this.#fixed.hadEffect(act) : this.#isCapable(act);
  }

  /**
   * Whether the past of an act says nothing against its author: nobody had ended them, and they are no keeper, nor let in by one. Its own
   * place in the order has no part in that. Without it a device that decides nothing could make void what its member votes.
   */
  #isCapable(act: Entry): boolean {
    const known = this.#capable.get(act);
    if (known !== undefined) return known;
    const certificate = this.certificateOf(act);
    const isLetIn =
      certificate?.type === 'proposal.open'
        ? !this.#fixed.isUnrestored(act)
        : certificate === undefined || (!isKeepers(certificate) && this.#counts(certificate, act));
    const capable =
      isLetIn && !this.#namedEndsOf(act).some((end) => this.#record.before(end, act) && this.#counts(end, act));
    this.#capable.set(act, capable);
    return capable;
  }

  /** The certificate by which the chain of an entry goes; none for that of the founding event. */
  certificateOf(entry: Entry): Entry | undefined {
    if (entry.previous === null) return this.#citedBy(entry);
    // An event on trial has no lane; what it follows has.
    const before = this.#record.get(entry.previous)!;
    if (!this.#certificates.has(before.lane)) {
      let root = before;
      while (root.previous !== null) root = this.#record.get(root.previous)!;
      this.#certificates.set(before.lane, this.#citedBy(root));
    }
    return this.#certificates.get(before.lane);
  }

  #citedBy(root: Entry): Entry | undefined {
    const certificates = this.#record.certificatesOf(root.device);
    const cited = root.parents.find((parent) => certificates.includes(parent));
    return cited === undefined ? undefined : this.#record.get(cited);
  }
}
