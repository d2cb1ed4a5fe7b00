import { FramedTransport } from '../../shared/sync/channel/framed-transport';
import type { Link, LinkEvents } from '../../shared/sync/channel/ports';
import type { Chance } from './random';
import type { Life, World } from './world';

/** One end of a wire: frames arrive late and in order, or the wire is broken. */
class End implements Link {
  bufferedAmount = 0;
  closed = false;
  other!: End;
  readonly #wire: Wire;
  readonly life: Life;
  #events: LinkEvents | undefined;
  #early: Uint8Array[] = [];
  #arrives = 0;

  constructor(wire: Wire, life: Life) {
    this.#wire = wire;
    this.life = life;
  }

  send(frame: Uint8Array): void {
    if (this.closed) throw new Error('closed');
    // What a process had in hand when it ended goes nowhere.
    if (!this.life.alive) return;
    const bytes = frame.slice();
    this.bufferedAmount += bytes.length;
    this.#later(() => {
      this.bufferedAmount -= bytes.length;
      if (this.#wire.mute || this.other.closed) return;
      this.other.arrive(bytes);
      this.#events?.writable();
    }, bytes.length);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.#later(() => this.other.lose(), 0);
  }

  attach(events: LinkEvents): void {
    this.#events = events;
    for (const frame of this.#early.splice(0)) events.frame(frame);
  }

  arrive(frame: Uint8Array): void {
    if (!this.life.alive) return;
    if (this.life.asleep) this.life.held.push(() => this.#hand(frame));
    else this.#hand(frame);
  }

  lose(): void {
    if (this.closed) return;
    this.closed = true;
    if (!this.life.alive) return;
    const tell = (): void => this.#events?.closed();
    if (this.life.asleep) this.life.held.push(tell);
    else tell();
  }

  #hand(frame: Uint8Array): void {
    if (this.#events === undefined) this.#early.push(frame);
    else this.#events.frame(frame);
  }

  /** In the order of sending, after the wire's latency. */
  #later(run: () => void, bytes: number): void {
    const { world } = this.#wire;
    this.#arrives = Math.max(this.#arrives, world.now + this.#wire.delay(bytes));
    world.after(this.#arrives - world.now, run);
  }
}

export interface Socket {
  /** Name of the site. */
  readonly name: string;
  readonly life: Life;
}

/** A connection between two sites. It loses nothing, alters nothing and keeps the order, until it breaks in the middle of anything. */
export class Wire {
  readonly world: World;
  readonly names: readonly [string, string];
  readonly transports: readonly [FramedTransport, FramedTransport];
  /** Swallows everything without a word, as a cut cable does until somebody notices. */
  mute = false;
  readonly #chance: Chance;
  readonly #ends: readonly [End, End];
  readonly #latency: number;
  readonly #bytesEach: number;

  constructor(world: World, chance: Chance, dialler: Socket, answerer: Socket) {
    this.world = world;
    this.#chance = chance;
    this.names = [dialler.name, answerer.name];
    this.#latency = chance.weighted([
      [1, 3],
      [30, 5],
      [400, 1],
    ]);
    this.#bytesEach = chance.pick([20, 200, 2_000]);
    this.#ends = [new End(this, dialler.life), new End(this, answerer.life)];
    [this.#ends[0].other, this.#ends[1].other] = [this.#ends[1], this.#ends[0]];
    const prints = [chance.bytes(32), chance.bytes(32)] as const;
    this.transports = [
      new FramedTransport(this.#ends[0], {
        role: 'dialler',
        localFingerprint: prints[0],
        remoteFingerprint: prints[1],
      }),
      new FramedTransport(this.#ends[1], {
        role: 'answerer',
        localFingerprint: prints[1],
        remoteFingerprint: prints[0],
      }),
    ];
  }

  get open(): boolean {
    return !this.#ends[0].closed && !this.#ends[1].closed;
  }

  /** Whether the process at one end has gone. */
  get dead(): boolean {
    return this.#ends.some((end) => !end.life.alive);
  }

  joins(name: string): boolean {
    return this.names.includes(name);
  }

  delay(bytes: number): number {
    return this.#latency + this.#chance.within(0, this.#latency) + Math.floor(bytes / this.#bytesEach);
  }

  /** What is on the way is lost, now; each end hears of it at a time of its own, by the link or by silence. */
  break(): void {
    if (this.mute) return;
    this.mute = true;
    const silent = this.#chance.happens(0.3);
    for (const end of this.#ends) {
      this.world.after(silent ? 60_000 : this.#chance.within(0, 3_000), () => end.lose());
    }
  }
}
