import { type Entry, UNSEALED } from '../record/entry';
import type { RecordSet } from '../record/record';
import { RULES_VERSION, payloadShapes } from './events';

const ABOUT = ['ballot.cast', 'decision.close', 'proposal.withdraw'] as const;

/** Finds what bears on a proposal or ends an author, over all events known, whatever their place in the order. */
export class EventIndex {
  readonly #record: RecordSet;
  readonly #about = new Map<string, Entry[]>();
  /** Revocations by device, departures by member. */
  readonly #ends = new Map<string, Entry[]>();
  readonly #roots = new Map<string, Entry[]>();

  constructor(record: RecordSet) {
    this.#record = record;
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
    return this.#about.get(proposal) ?? [];
  }

  /** Revocations of the entry's device and departures of its member. */
  endsOf({ device, member }: Entry): readonly Entry[] {
    const revoked = this.#ends.get(device)?.filter((end) => end.member === member);
    const left = this.#ends.get(member);
    // Only its owner revokes a device; anyone can name it.
    if (revoked === undefined) return left ?? [];
    return left === undefined ? revoked : [...revoked, ...left];
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

  /** The ballots, closings and withdrawals that revocations and departures among these make void. */
  voidedBy(added: readonly Entry[]): Entry[] {
    const ends = added.filter((entry) => this.#endedBy(entry) !== null);
    if (ends.length === 0) return [];
    const hit = (entry: Entry): boolean =>
      ends.some((end) => end.member === entry.member && !this.#record.before(entry, end));
    return [...this.#about.values()].flat().filter(hit);
  }

  /** The proposal that a well-formed ballot, closing or withdrawal is about. */
  proposalOf(entry: Entry): string | null {
    const type = ABOUT.find((known) => known === entry.type);
    if (type === undefined || entry.rules > RULES_VERSION || !payloadShapes[type](entry.payload)) return null;
    return entry.payload.proposal;
  }

  /** The device that an event revokes, or the member who leaves by it. */
  #endedBy(entry: Entry): string | null {
    if (entry.rules > RULES_VERSION) return null;
    if (entry.type === 'member.leave') return entry.member;
    if (entry.type !== 'device.revoke' || !payloadShapes['device.revoke'](entry.payload)) return null;
    return entry.payload.device;
  }
}
