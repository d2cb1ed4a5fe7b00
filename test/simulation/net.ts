import type { Transport } from '../../shared/sync/channel/ports';
import type { Chance } from './random';
import { type Socket, Wire } from './wire';
import type { World } from './world';

/** A machine on the network, whoever runs on it. */
export interface Machine extends Socket {
  readonly up: boolean;
  readonly node: { connect(transport: Transport): Promise<void> } | undefined;
}

/** Milliseconds between two attempts of the same two, and how long a wire was there that was no failure. */
const SHORTEST = 1_000;
const LONGEST = 16_000;
const LASTED = 10_000;
/** How often two that are connected dial each other again. */
const TWICE = 0.005;

/** Who can reach whom, and the wires between them. Machines look for neighbours by themselves, as meeting places let them. */
export class Net {
  readonly machines: Machine[] = [];
  /** Wires each machine looks for. */
  degree = 2;
  readonly #world: World;
  readonly #chance: Chance;
  readonly #trace: (line: string) => void;
  #wires: Wire[] = [];
  /** When two may try again, after wires that did not last. */
  readonly #patience = new Map<string, { readonly until: number; readonly pause: number }>();
  /** Which of those who could reach each other do meet. */
  #meets: (a: Machine, b: Machine) => boolean = () => true;
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

  /** From now on only some meet; undefined: everybody. */
  restrict(meets: ((a: Machine, b: Machine) => boolean) | undefined): void {
    this.#meets = meets ?? (() => true);
    this.#patience.clear();
    for (const wire of this.wires) {
      const [a, b] = wire.names.map((name) => this.machines.find((one) => one.name === name));
      if (a !== undefined && b !== undefined && !this.#meets(a, b)) wire.break();
    }
  }

  heal(): void {
    this.#patience.clear();
    if (this.#parts.size === 0) return;
    this.#trace('the network heals');
    this.#parts = new Map();
  }

  /** Whether there was one to break. */
  breakOne(): boolean {
    const wire = this.#chance.maybe(this.wires);
    if (wire === undefined) return false;
    this.#trace(`the wire ${wire.names.join('-')} breaks`);
    wire.break();
    return true;
  }

  /** A machine is gone; `heir`, if any, runs in its place. */
  leave(machine: Machine, ...heir: Machine[]): void {
    this.machines.splice(this.machines.indexOf(machine), 1, ...heir);
  }

  dial(a: Machine, b: Machine): void {
    if (a.node === undefined || b.node === undefined || !a.up || !b.up) return;
    const wire = new Wire(this.#world, this.#chance, a, b);
    this.#wires.push(wire);
    this.#trace(`${a.name} dials ${b.name}`);
    this.#hesitate(a, b);
    void a.node.connect(wire.transports[0]);
    void b.node.connect(wire.transports[1]);
  }

  /** Whoever was refused, or lost the wire, waits longer each time, but for one that lasted. */
  #hesitate(a: Machine, b: Machine): void {
    const { now } = this.#world;
    const pair = pairOf(a, b);
    const known = this.#patience.get(pair);
    const pause = known === undefined || now - known.until > LASTED ? SHORTEST : Math.min(LONGEST, known.pause * 2);
    this.#patience.set(pair, { until: now + pause, pause });
  }

  reaches(a: Machine, b: Machine): boolean {
    return a !== b && a.up && b.up && this.#partOf(a.name) === this.#partOf(b.name) && this.#meets(a, b);
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
      if (wired.size - 1 >= this.degree && !this.#chance.happens(TWICE)) continue;
      const other = this.#chance.maybe(
        this.machines.filter(
          (one) =>
            this.reaches(machine, one) &&
            (!wired.has(one.name) || this.#chance.happens(TWICE)) &&
            (this.#patience.get(pairOf(machine, one))?.until ?? 0) <= this.#world.now,
        ),
      );
      if (other !== undefined) this.dial(machine, other);
    }
    this.#world.after(this.#chance.within(500, 3_000), () => this.#look());
  }
}

function pairOf(a: Machine, b: Machine): string {
  return a.name < b.name ? `${a.name} ${b.name}` : `${b.name} ${a.name}`;
}
