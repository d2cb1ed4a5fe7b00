import { type Event, admissionIn, certificateIn, restorationIn } from './event';
import { Refused } from './refused';

/** An event in the record. */
export interface Held extends Event {
  readonly member: string;
  readonly depth: number;
  /** Ids of all ancestors. */
  readonly past: ReadonlySet<string>;
}

const ancestorsOf = ({ previous, parents }: Event): string[] =>
  previous === null ? [...parents] : [previous, ...parents];
const isForNow = (code: string): boolean => code === 'fork-storm' || code === 'outside-cut';

/** "The record" of docs/protocol.md. */
export class Record {
  readonly network: string;
  readonly events = new Map<string, Held>();
  /** Devices and members that a seal has ended. */
  readonly ended = new Set<string>();
  readonly #waiting = new Map<string, Event>();
  readonly #postponed = new Map<string, Event>();
  readonly #taken: (held: Held) => void;

  constructor(network: string, taken: (held: Held) => void = () => undefined) {
    this.network = network;
    this.#taken = taken;
  }

  /** @throws Refused with a code; what is refused for now is tried again when others' events wait for it. */
  take(event: Event): void {
    if (this.events.has(event.id)) return;
    if ((event.network ?? event.id) !== this.network) throw new Refused('wrong-network');
    if (!ancestorsOf(event).every((id) => this.events.has(id))) {
      this.#waiting.set(event.id, event);
      return this.#retry();
    }
    try {
      this.#insert(event);
    } catch (error) {
      if (error instanceof Refused && isForNow(error.code)) this.#postponed.set(event.id, event);
      throw error;
    }
    this.#release();
  }

  #retry(): void {
    for (const event of this.#postponed.values()) {
      if (!this.#isNeeded(event)) continue;
      this.#postponed.delete(event.id);
      this.#insert(event);
      this.#release();
    }
  }

  #release(): void {
    for (const event of this.#waiting.values()) {
      if (!ancestorsOf(event).every((id) => this.events.has(id))) continue;
      this.#waiting.delete(event.id);
      try {
        this.#insert(event);
      } catch (error) {
        // Its ancestors, now here, do not bear it out.
        if (!(error instanceof Refused)) throw error;
      }
      return this.#release();
    }
  }

  #insert(event: Event): void {
    const previous = event.previous === null ? undefined : this.events.get(event.previous)!;
    if (previous !== undefined && (previous.device !== event.device || previous.sequence + 1 !== event.sequence))
      throw new Refused('chain-broken');
    const member = event.network === null ? event.id : (previous?.member ?? this.#memberByCertificate(event));
    if (member === undefined) throw new Refused('not-certified');
    if (this.#isFurtherBranch(event) && !this.#isNeeded(event)) throw new Refused('fork-storm');
    const isOver = this.ended.has(event.device) || this.ended.has(member);
    if (isOver && !this.#isNeeded(event)) throw new Refused('outside-cut');
    const cited = ancestorsOf(event).map((id) => this.events.get(id)!);
    const past = new Set(cited.flatMap((one) => [one.id, ...one.past]));
    const depth = Math.max(-1, ...cited.map((one) => one.depth)) + 1;
    const held = { ...event, member, depth, past };
    this.events.set(event.id, held);
    this.#taken(held);
  }

  /** The member for whom an event certifies a device. */
  #certifies(id: string, device: string): string | undefined {
    const event = this.events.get(id)!;
    if (event.type === 'network.found') return event.device === device ? id : undefined;
    if (admissionIn(event)?.device === device) return id;
    const restoration = restorationIn(event);
    if (restoration?.device === device) return restoration.member;
    return certificateIn(event)?.device === device ? event.member : undefined;
  }

  #memberByCertificate(event: Event): string | undefined {
    const certificate = this.certificateOf(event);
    return certificate && this.#certifies(certificate, event.device);
  }

  /** What the first event of a chain goes by. */
  certificateOf({ device, parents }: Event): string | undefined {
    return parents.find((id) => this.#certifies(id, device) !== undefined);
  }

  /** Whether its device has forked already, and it begins one branch more. */
  #isFurtherBranch({ device, previous }: Event): boolean {
    const own = [...this.events.values()].filter((one) => one.device === device);
    const numbers = own.map(({ sequence }) => sequence);
    const hasForked = new Set(numbers).size < numbers.length;
    return hasForked && own.some((one) => one.previous === previous);
  }

  /** Whether a waiting event of another device that counts cites it, directly or through others. */
  #isNeeded({ id, device }: Event): boolean {
    const reached = new Set([id]);
    for (let grown = true; grown;) {
      grown = false;
      for (const waiting of this.#waiting.values()) {
        if (reached.has(waiting.id) || !ancestorsOf(waiting).some((one) => reached.has(one))) continue;
        reached.add(waiting.id);
        grown = true;
      }
    }
    return [...this.#waiting.values()].some(
      (one) => reached.has(one.id) && one.device !== device && this.#counts(one.device),
    );
  }

  #counts(device: string): boolean {
    const members = [...this.events.keys()].map((id) => this.#certifies(id, device));
    return !this.ended.has(device) && members.some((member) => member !== undefined && !this.ended.has(member));
  }
}
