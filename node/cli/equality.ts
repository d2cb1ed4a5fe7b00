import { PeerholdError } from '../../shared/errors';
import { obstaclesOf } from '../../shared/engine/obstacles';
import type { Connection } from '../../shared/peer/connections';
import type { Peer } from '../../shared/peer/peer';
import { pause } from './caller';
import type { Answer } from './command';
import { counted } from './numbers';
import type { Session } from './session';
import { obstacleLines, whoOf } from './standing';

const LOOK_EVERY = 100;
/** Looks at which nothing had changed and not all was equal: then the others are told anew what is here. */
const QUIET_LOOKS = 20;

/** With whom it has to be equal: all who can be reached, or the one device that is connected by hand from now on. */
export type With = 'all' | 'by-hand';

/**
 * Waits until others have the same as this peer. It listens from when it is made on: whoever had the same and has left by then counts,
 * since of two who both leave once they are equal one is always the first.
 */
export class Equality {
  readonly #session: Session;
  readonly #peer: Peer;
  readonly #with: With;
  readonly #before: ReadonlySet<Connection>;
  /** Devices that had the same at some look. */
  readonly #equal = new Set<string>();
  readonly #left = new Map<string, Connection>();
  #byHand: string | undefined;

  constructor(session: Session, peer: Peer, whom: With) {
    this.#session = session;
    this.#peer = peer;
    this.#with = whom;
    this.#before = new Set(peer.connections);
    session.whenDone(peer.events.status.add(() => this.#see()));
    session.whenDone(peer.events.left.add((connection) => void this.#leaves(connection)));
  }

  /** Resolves with those who have the same, or had it when they left. Rejects with `nobody-reachable`, `not-synced`. */
  async reached(seconds: number): Promise<readonly Connection[]> {
    const peer = this.#peer;
    const { host } = await this.#session.engine();
    const end = performance.now() + seconds * 1_000;
    let told = -1;
    let quiet = 0;
    for (let before = -1; performance.now() < end; before = peer.replica.record.size) {
      if (await this.#isEqual()) {
        // Once it has met others it may have a key to publish, which they are to have as well.
        await host.published(peer.id);
        // Before it leaves, the others are told that they have brought it all: one more look, and they know it too.
        if (this.#present().length === 0 || told === peer.replica.record.size) return this.#met();
        told = peer.replica.record.size;
        peer.compare();
      } else {
        told = -1;
        quiet = before === peer.replica.record.size ? quiet + 1 : 0;
        if (quiet % QUIET_LOOKS === QUIET_LOOKS - 1) peer.compare();
      }
      await pause(this.#session.caller, LOOK_EVERY);
    }
    // What is in the way is told before the answer, and named in it.
    const obstacles = obstaclesOf(await host.status(peer.id));
    for (const line of obstacles.flatMap((one) => obstacleLines(peer, one))) this.#session.progress(line);
    const params = obstacles[0] === undefined ? {} : { obstacle: obstacles[0].kind };
    throw new PeerholdError(peer.connections.length === 0 ? 'nobody-reachable' : 'not-synced', params);
  }

  /** Those who are connected and with whom it has to be equal. */
  #present(): readonly Connection[] {
    const { connections } = this.#peer;
    return this.#with === 'all' ? connections : connections.filter(({ device }) => device === this.#byHand);
  }

  #met(): readonly Connection[] {
    return [...new Map([...this.#left, ...this.#present().map((one) => [one.device, one] as const)]).values()];
  }

  async #isEqual(): Promise<boolean> {
    const present = this.#present();
    if (this.#peer.pending > 0) return false;
    if (present.length === 0) return this.#left.size > 0;
    const equal = await Promise.all(present.map(({ device }) => this.#peer.isEqualWith(device)));
    present.forEach(({ device }, index) => equal[index] === true && this.#equal.add(device));
    return equal.every((one) => one);
  }

  #see(): void {
    const isNew = (one: Connection): boolean => one.met?.by === 'hand' && !this.#before.has(one);
    this.#byHand ??= this.#peer.connections.find(isNew)?.device;
  }

  async #leaves(connection: Connection): Promise<void> {
    const { device } = connection;
    if (this.#with === 'by-hand' && device !== this.#byHand) return;
    const equal = this.#equal.has(device) || (await this.#peer.isEqualWith(device).catch(() => false));
    if (equal) this.#left.set(device, connection);
  }
}

/** What a command answers that met others: who has the same as this peer, and who not yet. */
export function answerOf(peer: Peer, equal: readonly Connection[], others: readonly Connection[] = []): Answer {
  const { size } = peer.replica.record;
  const met = [...new Set([...equal, ...others].flatMap(({ member }) => member ?? []))];
  const names = (some: readonly Connection[]): string => [...new Set(some.map((one) => whoOf(peer, one)))].join(', ');
  const events = counted(size, 'event');
  return {
    data: { network: peer.id, events: size, met },
    lines: [
      ...(equal.length + others.length === 0 ? [`Nobody is connected. ${events} here.`] : []),
      ...(equal.length === 0 ? [] : [`Same as ${names(equal)}: ${events}`]),
      ...(others.length === 0 ? [] : [`Not the same yet as ${names(others)}: ${events} here`]),
    ],
  };
}
