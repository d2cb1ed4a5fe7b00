import { readEvent } from './event';
import { type Held, Record } from './record';
import { type Ground, type Made, firstGround, groundAfter, nextSeal } from './seals';
import { Rows } from './state';

/** Reads a network's events by docs/protocol.md. What the fold makes of them it is told: rows are put in, section by section. */
export class Reading {
  readonly record: Record;
  readonly rows = new Rows();
  readonly made: Made[] = [];
  /** Height of the seal whose cut first has an event. */
  readonly #heights = new Map<string, number>();
  readonly #outside = new Set<string>();
  readonly #rowsOf: (height: number) => readonly string[];
  /** Digests of the state at each cut. */
  readonly digests: string[] = [];

  constructor(network: string, rowsOf: (height: number) => readonly string[]) {
    this.#rowsOf = rowsOf;
    this.record = new Record(network, (held) => this.#taken(held));
  }

  /** @throws Refused */
  take(bytes: Buffer): void {
    this.record.take(readEvent(bytes));
    for (let ground = this.ground; ground !== null; ground = this.ground) {
      const seal = nextSeal(this.record, ground, this.made.at(-1) ?? null);
      if (seal === null) return;
      const cut = new Set(seal.ready.flatMap((id) => [id, ...this.record.events.get(id)!.past]));
      for (const id of cut) if (!this.#heights.has(id)) this.#heights.set(id, seal.height);
      this.rows.put(this.#rowsOf(seal.height));
      this.digests.push(this.rows.digest);
      this.made.push({ seal, ground });
      this.#end();
    }
  }

  /** What the next seal is made on. */
  get ground(): Ground | null {
    const last = this.made.at(-1);
    if (last !== undefined) return groundAfter(last.seal, this.rows);
    const founding = this.record.events.get(this.record.network);
    return founding === undefined ? null : firstGround(founding);
  }

  /** Ids of a section, in the order; of the tail where no height is given. */
  section(height?: number): string[] {
    return [...this.record.events.values()]
      .filter(({ id }) => !this.#outside.has(id) && this.#heights.get(id) === height)
      .sort((a, b) => a.depth - b.depth || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id);
  }

  get outside(): string[] {
    return [...this.#outside].sort();
  }

  /** Whom the newest seal has ended, and what of theirs no cut has. */
  #end(): void {
    for (const { id, status } of this.rows.in('devices')) if (status !== 'active') this.record.ended.add(String(id));
    for (const { id, status } of this.rows.in('members'))
      if (status === 'left' || status === 'removed') this.record.ended.add(String(id));
    for (const held of this.record.events.values()) this.#taken(held);
  }

  /** To be told of ancestors first. */
  #taken(held: Held): void {
    const { id, device, member, previous } = held;
    const { ended } = this.record;
    const from = previous ?? this.record.certificateOf(held);
    const isOutside = ended.has(device) || ended.has(member) || (from !== undefined && this.#outside.has(from));
    if (!this.#heights.has(id) && isOutside) this.#outside.add(id);
  }
}
