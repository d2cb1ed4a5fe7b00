import type { Transport } from '../../shared/sync/channel/ports';
import type { Chance } from './random';
import { type Socket, Wire } from './wire';
import type { World } from './world';

/** A machine on the network, whoever runs on it. */
export interface Machine extends Socket {
  readonly up: boolean;
  readonly node: { connect(transport: Transport): Promise<void> } | undefined;
}

/** Who can reach whom, and the wires between them. Machines look for neighbours by themselves, as meeting places let them. */
export class Net {
  readonly machines: Machine[] = [];
  /** Wires each machine looks for. */
  degree = 3;
  readonly #world: World;
  readonly #chance: Chance;
  readonly #trace: (line: string) => void;
  #wires: Wire[] = [];
  /** Part of the network by machine's name; machines in different parts do not reach each other. */
  #parts = new Map<string, number>();

  constructor(world: World, chance: Chance, trace: (line: string) => void) {
    this.#world = world;
    this.#chance = chance;
    this.#trace = trace;
    this.#look();
  }

  get wires(): readonly Wire[] {
    this.#wires = this.#wires.filter((wire) => wire.open && !wire.mute);
    return this.#wires;
  }

  /** Splits the network at random. */
  partition(): void {
    const parts = this.#chance.within(2, 3);
    for (const { name } of this.machines) this.#parts.set(name, this.#chance.within(1, parts));
    this.#trace(`the network splits: ${[...this.#parts].map(([name, part]) => `${name}:${part}`).join(' ')}`);
    for (const wire of this.wires) {
      const [a, b] = wire.names;
      if (this.#partOf(a) !== this.#partOf(b)) wire.break();
    }
  }

  heal(): void {
    if (this.#parts.size === 0) return;
    this.#trace('the network heals');
    this.#parts = new Map();
  }

  cut(name: string): void {
    for (const wire of this.wires) if (wire.joins(name)) wire.break();
  }

  breakOne(): void {
    const wire = this.#chance.maybe(this.wires);
    if (wire === undefined) return;
    this.#trace(`the wire ${wire.names.join('-')} breaks`);
    wire.break();
  }

  dial(a: Machine, b: Machine): void {
    if (a.node === undefined || b.node === undefined || !a.up || !b.up) return;
    const wire = new Wire(this.#world, this.#chance, a, b);
    this.#wires.push(wire);
    this.#trace(`${a.name} dials ${b.name}`);
    void a.node.connect(wire.transports[0]);
    void b.node.connect(wire.transports[1]);
  }

  reaches(a: Machine, b: Machine): boolean {
    return a !== b && a.up && b.up && this.#partOf(a.name) === this.#partOf(b.name);
  }

  #partOf(name: string): number {
    return this.#parts.get(name) ?? 0;
  }

  /** Now and then every machine that has few neighbours dials one more; two may well dial each other at once. */
  #look(): void {
    for (const wire of this.wires) if (wire.dead) wire.break();
    for (const machine of this.machines) {
      if (!machine.up || !this.#chance.happens(0.5)) continue;
      const wired = new Set(this.wires.filter((wire) => wire.joins(machine.name)).flatMap((wire) => wire.names));
      if (wired.size - 1 >= this.degree && !this.#chance.happens(0.02)) continue;
      const other = this.#chance.maybe(
        this.machines.filter(
          (one) => this.reaches(machine, one) && (!wired.has(one.name) || this.#chance.happens(0.02)),
        ),
      );
      if (other !== undefined) this.dial(machine, other);
    }
    this.#world.after(this.#chance.within(500, 3_000), () => this.#look());
  }
}
