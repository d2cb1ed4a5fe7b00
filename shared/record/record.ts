import { PeerholdError } from '../errors';
import { clockOf } from './ancestry';
import { type Entry, UNSEALED } from './entry';
import { type EventBody, type SignedEvent, ancestorsOf, networkOf } from './event';
import { ForkIndex } from './forks';
import { WaitingRoom } from './waiting-room';

/** Says which device an event certifies, and for whom; null if none. */
export type Certifies = (event: SignedEvent, author: string) => { device: string; member: string } | null;

export type Added =
  { readonly status: 'added'; readonly entries: readonly Entry[] } | { readonly status: 'known' | 'waiting' };

/** Who signed an event: a device, for the member for whom its chain was certified. */
export type Author = Pick<Entry, 'device' | 'member'>;

/**
 * The grow-only set of one network's events, closed under ancestors. It refuses only what every peer can see from an event
 * and its ancestors; authority is the fold's business. Signatures are checked before `add`, or behind the seal that the events came with.
 */
export class RecordSet {
  readonly network: string;
  /** Whether a seal has ended an author: what they sign beyond its cut is taken in only where others built on it. */
  hasEnded: (author: Author) => boolean = () => false;
  readonly #certifies: Certifies;
  readonly #entries = new Map<string, Entry>();
  readonly #arrival: Entry[] = [];
  readonly #heads = new Set<string>();
  /** Newest entry of each lane. */
  readonly #lanes: Entry[] = [];
  /** Certifying events by device: the certified device's first event cites one. */
  readonly #certificates = new Map<string, Map<string, string>>();
  readonly #waiting = new WaitingRoom();
  readonly #forks = new ForkIndex();

  constructor(network: string, certifies: Certifies) {
    this.network = network;
    this.#certifies = certifies;
  }

  get size(): number {
    return this.#arrival.length;
  }

  get(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  /** All entries, ancestors first. */
  all(): readonly Entry[] {
    return this.#arrival;
  }

  /** Newest events that no other cites, ascending: the parents of the next event. */
  heads(): readonly string[] {
    return [...this.#heads].sort();
  }

  /** Newest entry of every lane. */
  tips(): readonly Entry[] {
    return this.#lanes;
  }

  /** Ids that waiting events cite and that are not here. */
  missing(): readonly string[] {
    return this.#waiting.missing();
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Whether events of this device wait for their ancestors: its chain goes on beyond what is here. */
  holdsBack(device: string): boolean {
    return this.#waiting.holdsBack(device);
  }

  /**
   * Adds a checked event, and whatever waited for it. Throws `wrong-network`, `not-certified`, `chain-broken`; or, of an event that may
   * come again later, `fork-storm` (one branch too many of a device whose fork is proved, and nobody built on it) and `outside-cut`
   * (its author had been ended by a seal, and nobody built on it).
   */
  add(event: SignedEvent): Added {
    if (this.#entries.has(event.id)) return { status: 'known' };
    if (networkOf(event) !== this.network) throw new PeerholdError('wrong-network');
    if (!this.#hasAncestors(event)) {
      this.#waiting.hold(
        event,
        ancestorsOf(event).filter((id) => !this.#entries.has(id)),
      );
      return { status: 'waiting' };
    }
    const entries = [this.#insert(event)];
    if (this.#waiting.size > 0) {
      for (let i = 0; i < entries.length; i++) entries.push(...this.#release(entries[i]!.id));
    }
    return { status: 'added', entries };
  }

  /** Takes the signature of another copy of an event that is here in the place of its own. */
  mend({ id, bytes }: SignedEvent): void {
    const entry = this.#entries.get(id);
    if (entry !== undefined) entry.bytes = bytes;
  }

  /** Whether `ancestor` is in the causal past of `entry` (an entry is not its own ancestor). */
  before(ancestor: Entry, entry: Entry): boolean {
    if (ancestor.depth >= entry.depth) return false;
    if (ancestor.lane === entry.lane) return ancestor.place < entry.place;
    return (clockOf(entry, this)[ancestor.lane] ?? 0) > ancestor.place;
  }

  /** The events of the same device and sequence, itself included, by depth and id: more than one where the device forked. */
  siblings(entry: Entry): readonly Entry[] {
    return this.#forks.siblings(entry);
  }

  /**
   * The proof of each device that forked: of its lowest forked sequence, the first two by depth and id. The same for the same set of
   * events. Takes the storm out of a fork storm: peers that hold different branches hold a proof each, and others' events spread the rest.
   */
  forks(): ReadonlyMap<string, readonly [Entry, Entry]> {
    return this.#forks.proofs();
  }

  /** Events that `entry` names as ancestors. */
  cited(entry: Entry): Entry[] {
    return ancestorsOf(entry).map((id) => this.#entries.get(id)!);
  }

  /** The member for whom an event is signed: its chain's, or where it begins one that of the certificate it cites. */
  authorOf(body: EventBody): string | undefined {
    return body.previous === null ? this.#rooted(body) : this.#entries.get(body.previous)?.member;
  }

  /** Member for whom `device` is certified; undefined while its certificate is not here. */
  memberOf(device: string): string | undefined {
    const members = this.#certificates.get(device)?.values();
    return members?.next().value;
  }

  /** The events that certify `device`, oldest first. */
  certificatesOf(device: string): readonly string[] {
    return [...(this.#certificates.get(device)?.keys() ?? [])];
  }

  #hasAncestors({ previous, parents }: SignedEvent): boolean {
    if (previous !== null && !this.#entries.has(previous)) return false;
    for (const parent of parents) if (!this.#entries.has(parent)) return false;
    return true;
  }

  #release(id: string): Entry[] {
    const released: Entry[] = [];
    for (const event of this.#waiting.release(id, (waiting) => this.#hasAncestors(waiting))) {
      try {
        released.push(this.#insert(event));
      } catch (error) {
        // Its ancestors, now here, do not bear it out: it is refused as it would have been had they come first.
        if (!(error instanceof PeerholdError)) throw error;
      }
    }
    return released;
  }

  #insert(event: SignedEvent): Entry {
    const previous = event.previous === null ? undefined : this.#entries.get(event.previous)!;
    if (previous !== undefined && (previous.device !== event.device || previous.sequence + 1 !== event.sequence)) {
      throw new PeerholdError('chain-broken');
    }
    const parents = event.parents.map((id) => this.#entries.get(id)!);
    const member = event.network === null ? event.id : this.authorOf(event);
    if (member === undefined) throw new PeerholdError('not-certified');
    let depth = (previous?.depth ?? -1) + 1;
    for (const parent of parents) depth = Math.max(depth, parent.depth + 1);
    const extends_ = previous !== undefined && this.#lanes[previous.lane] === previous;
    // A second event after one that has a successor, or a second first one.
    const forks = !extends_ && (previous !== undefined || this.#lanes.some((tip) => tip.device === event.device));
    if (forks && this.#forks.has(event.device)) this.#insistOnBuiltOn(event, 'fork-storm');
    if (this.hasEnded({ device: event.device, member })) this.#insistOnBuiltOn(event, 'outside-cut');
    const lane = extends_ ? previous.lane : this.#lanes.length;
    const place = extends_ ? previous.place + 1 : 0;
    const entry: Entry = {
      network: event.network,
      device: event.device,
      sequence: event.sequence,
      previous: event.previous,
      parents: event.parents,
      time: event.time,
      rules: event.rules,
      type: event.type,
      payload: event.payload,
      id: event.id,
      bytes: event.bytes,
      depth,
      lane,
      place,
      member,
      clock: undefined,
      seal: UNSEALED,
    };
    this.#entries.set(entry.id, entry);
    this.#arrival.push(entry);
    if (forks) this.#forks.branch(entry, this.#entries, this.#lanes);
    this.#forks.note(entry);
    this.#lanes[lane] = entry;
    if (previous !== undefined) this.#heads.delete(previous.id);
    for (const parent of parents) this.#heads.delete(parent.id);
    this.#heads.add(entry.id);
    const certified = this.#certifies(event, member);
    if (certified !== null) {
      const certificates = this.#certificates.get(certified.device) ?? new Map<string, string>();
      certificates.set(entry.id, certified.member);
      this.#certificates.set(certified.device, certificates);
    }
    return entry;
  }

  /**
   * Refuses an event that no other device's waits for: what can not count is kept only where what can count was built on it. Those who are
   * unknown here, or ended themselves, do not make it needed.
   */
  #insistOnBuiltOn(event: SignedEvent, code: 'fork-storm' | 'outside-cut'): void {
    const counts = (device: string): boolean =>
      [...(this.#certificates.get(device)?.values() ?? [])].some((member) => !this.hasEnded({ device, member }));
    if (this.#waiting.builtOn(event, counts)) return;
    this.#waiting.dropWaitersOn(event.id);
    throw new PeerholdError(code, { device: event.device });
  }

  /** The first event of a chain cites the event that certifies its device; the founding event certifies its own. */
  #rooted({ device, parents }: EventBody): string | undefined {
    const certificates = this.#certificates.get(device);
    const cited = parents.find((parent) => certificates?.has(parent) === true);
    return cited === undefined ? undefined : certificates!.get(cited);
  }
}
