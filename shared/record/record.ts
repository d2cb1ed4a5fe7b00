import { PeerholdError } from '../errors';
import { clockOf } from './ancestry';
import { type Entry, UNSEALED } from './entry';
import { type SignedEvent, networkOf } from './event';
import { ForkIndex } from './forks';

/** Says which device an event certifies, and for whom; null if none. */
export type Certifies = (event: SignedEvent, author: string) => { device: string; member: string } | null;

export type Added =
  { readonly status: 'added'; readonly entries: readonly Entry[] } | { readonly status: 'known' | 'waiting' };

/** Bounds of the waiting room. */
const MAX_WAITING = 20_000;
const MAX_WAITING_BYTES = 32 * 1024 * 1024;

/**
 * The grow-only set of one network's events, closed under ancestors. It refuses only what every peer can see from an event
 * and its ancestors; authority is the fold's business. Signatures are checked before `add`.
 */
export class RecordSet {
  readonly network: string;
  readonly #certifies: Certifies;
  readonly #entries = new Map<string, Entry>();
  readonly #arrival: Entry[] = [];
  readonly #heads = new Set<string>();
  /** Newest entry of each lane. */
  readonly #lanes: Entry[] = [];
  /** Certifying events by device: the certified device's first event cites one. */
  readonly #certificates = new Map<string, Map<string, string>>();
  readonly #waiting = new Map<string, SignedEvent>();
  #waitingBytes = 0;
  /** Missing event → ids of those that wait for it. */
  readonly #wanted = new Map<string, Set<string>>();
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
    return [...this.#wanted.keys()].filter((id) => !this.#waiting.has(id));
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Whether events of this device wait for their ancestors: its chain goes on beyond what is here. */
  holdsBack(device: string): boolean {
    for (const event of this.#waiting.values()) if (event.device === device) return true;
    return false;
  }

  /**
   * Adds a checked event, and whatever waited for it. Throws `wrong-network`, `not-certified`, `chain-broken`; or, of an event that may
   * come again later, `waiting-room-full` and `fork-storm` (one branch too many of a device whose fork is proved, and nobody built on it).
   */
  add(event: SignedEvent): Added {
    if (this.#entries.has(event.id)) return { status: 'known' };
    if (networkOf(event) !== this.network) throw new PeerholdError('wrong-network');
    if (!this.#hasAncestors(event)) {
      return this.#hold(
        event,
        ancestorsOf(event).filter((id) => !this.#entries.has(id)),
      );
    }
    const entries = [this.#insert(event)];
    if (this.#wanted.size > 0) {
      for (let i = 0; i < entries.length; i++) entries.push(...this.#release(entries[i]!.id));
    }
    return { status: 'added', entries };
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

  #hold(event: SignedEvent, missing: readonly string[]): Added {
    if (this.#waiting.has(event.id)) return { status: 'waiting' };
    if (this.#waiting.size >= MAX_WAITING || this.#waitingBytes + event.bytes.length > MAX_WAITING_BYTES) {
      throw new PeerholdError('waiting-room-full');
    }
    this.#waitingBytes += event.bytes.length;
    this.#waiting.set(event.id, event);
    for (const id of missing) {
      const waiters = this.#wanted.get(id) ?? new Set();
      waiters.add(event.id);
      this.#wanted.set(id, waiters);
    }
    return { status: 'waiting' };
  }

  #release(id: string): Entry[] {
    const released: Entry[] = [];
    for (const waiter of this.#wanted.get(id) ?? []) {
      const event = this.#waiting.get(waiter);
      if (event === undefined || !this.#hasAncestors(event)) continue;
      this.#waiting.delete(waiter);
      this.#waitingBytes -= event.bytes.length;
      try {
        released.push(this.#insert(event));
      } catch (error) {
        // Its ancestors, now here, do not bear it out: it is refused as it would have been had they come first.
        if (!(error instanceof PeerholdError)) throw error;
      }
    }
    this.#wanted.delete(id);
    return released;
  }

  /** Whether an event of another device waits for this one, at first hand or through others: someone built on it. */
  #builtOn(event: SignedEvent): boolean {
    return this.#waitersOn(event.id).some((id) => this.#waiting.get(id)!.device !== event.device);
  }

  /** All that wait for an event, at first hand or through others. */
  #waitersOn(id: string): string[] {
    const found = new Set<string>();
    const frontier = [id];
    for (let next = frontier.pop(); next !== undefined; next = frontier.pop()) {
      for (const waiter of this.#wanted.get(next) ?? []) {
        if (found.has(waiter) || !this.#waiting.has(waiter)) continue;
        found.add(waiter);
        frontier.push(waiter);
      }
    }
    return [...found];
  }

  /** Forgets what waits for a refused event; else it would be asked for, and refused, without end. */
  #dropWaitersOn(refused: string): void {
    for (const id of this.#waitersOn(refused)) {
      const event = this.#waiting.get(id)!;
      this.#waiting.delete(id);
      this.#waitingBytes -= event.bytes.length;
      for (const ancestor of ancestorsOf(event)) {
        const waiters = this.#wanted.get(ancestor);
        if (waiters?.delete(id) === true && waiters.size === 0) this.#wanted.delete(ancestor);
      }
    }
  }

  #insert(event: SignedEvent): Entry {
    const previous = event.previous === null ? undefined : this.#entries.get(event.previous)!;
    if (previous !== undefined && (previous.device !== event.device || previous.sequence + 1 !== event.sequence)) {
      throw new PeerholdError('chain-broken');
    }
    const parents = event.parents.map((id) => this.#entries.get(id)!);
    const member = previous?.member ?? this.#rooted(event);
    if (member === undefined) throw new PeerholdError('not-certified');
    let depth = (previous?.depth ?? -1) + 1;
    for (const parent of parents) depth = Math.max(depth, parent.depth + 1);
    const extends_ = previous !== undefined && this.#lanes[previous.lane] === previous;
    // A second event after one that has a successor, or a second first one.
    const forks = !extends_ && (previous !== undefined || this.#lanes.some((tip) => tip.device === event.device));
    if (forks && this.#forks.has(event.device) && !this.#builtOn(event)) {
      this.#dropWaitersOn(event.id);
      throw new PeerholdError('fork-storm', { device: event.device });
    }
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

  /** The first event of a chain cites the event that certifies its device; the founding event certifies its own. */
  #rooted(event: SignedEvent): string | undefined {
    if (event.network === null) return event.id;
    const certificates = this.#certificates.get(event.device);
    const cited = event.parents.find((parent) => certificates?.has(parent) === true);
    return cited === undefined ? undefined : certificates!.get(cited);
  }
}

function ancestorsOf(event: SignedEvent): string[] {
  return event.previous === null ? [...event.parents] : [event.previous, ...event.parents];
}
