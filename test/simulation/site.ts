import * as Y from 'yjs';
import { PeerholdError } from '../../shared/errors';
import type { InviteLink } from '../../shared/invite/link';
import type { Action } from '../../shared/network/events';
import { Joiner } from '../../shared/peer/joiner';
import { Peer } from '../../shared/peer/peer';
import type { Surroundings } from '../../shared/peer/surroundings';
import type { Signer } from '../../shared/record/signature';
import type { Transport } from '../../shared/sync/channel/ports';
import { Disk } from './disk';
import type { Chance } from './random';
import { Life, type World } from './world';

/** Whoever can take a connection. */
export interface Node {
  connect(transport: Transport): Promise<void>;
}

/** What the run keeps of what honest peers were promised, and of what must never happen. */
export interface Ledger {
  /** Ids of events whose `act` resolved, by site. */
  readonly done: Map<string, string>;
  /** Words that `docs.apply` called stored: document, word, site. */
  readonly written: { readonly doc: string; readonly word: string; readonly site: string }[];
  readonly faults: string[];
  /** Milliseconds by which every calendar is ahead of the run: weeks pass without every heartbeat of them. */
  calendar: number;
  trace(line: string): void;
}

const YEAR = 365 * 86_400_000;
const EPOCH = Date.UTC(2025, 0, 1);

/** An honest member's device: the real peer on a simulated machine that crashes, sleeps, and has whatever time on its clock. */
export class Site {
  readonly name: string;
  readonly signer: Signer;
  readonly disk: Disk;
  life = new Life();
  peer: Peer | undefined;
  node: Node | undefined;
  /** Set while it has yet to join. */
  link: InviteLink | undefined;
  /** Turned into a liar: no longer one of whom anything is promised. */
  lost = false;
  readonly #world: World;
  readonly #chance: Chance;
  readonly #ledger: Ledger;
  readonly #skew: number;
  #network: string;
  #words = 0;

  /** `skewed`: its clock may be wrong, by anything up to decades. */
  constructor(
    name: string,
    signer: Signer,
    network: string,
    world: World,
    chance: Chance,
    ledger: Ledger,
    skewed: boolean,
  ) {
    this.name = name;
    this.signer = signer;
    this.#network = network;
    this.#world = world;
    this.#chance = chance;
    this.#ledger = ledger;
    this.disk = new Disk(world, chance.fork('disk'), () => this.crash('at a write'));
    const skew = chance.weighted([
      [0, 5],
      [chance.within(-3_600_000, 3_600_000), 2],
      [chance.within(-20, 20) * YEAR, 2],
      [-EPOCH, 1],
    ]);
    this.#skew = skewed ? skew : 0;
  }

  get up(): boolean {
    return this.node !== undefined && !this.life.asleep;
  }

  get surroundings(): Surroundings {
    const { life } = this;
    const random = this.#chance.fork(`random-${this.#world.now}`);
    return {
      clock: this.#world.clockOf(life),
      random: (length) => random.bytes(length),
      now: () => Math.max(0, EPOCH + this.#skew + this.#ledger.calendar + this.#world.now),
    };
  }

  /** Starts the process: a peer if it is a member's, else one that joins by its link. */
  async start(): Promise<void> {
    this.life = new Life();
    const { life } = this;
    const store = this.disk.mount(life);
    if (this.link !== undefined) return this.#join(this.link);
    try {
      const peer = await Peer.open(this.#network, this.signer, store, this.surroundings);
      if (!life.alive) return;
      this.peer = peer;
      this.node = peer;
      this.#ledger.trace(`${this.name} opens with ${peer.replica.record.size} events`);
    } catch (error) {
      this.#ledger.faults.push(`${this.name} can not open: ${String(error)}`);
    }
  }

  crash(why = 'by chance'): void {
    if (!this.life.alive) return;
    this.#ledger.trace(`${this.name} crashes ${why}`);
    this.end();
    this.disk.cut();
    this.#world.after(this.#chance.pick([500, 5_000, 20_000]), () => void this.start());
  }

  /** Ends the process without a word to anybody. */
  end(): void {
    this.life.end();
    this.peer = undefined;
    this.node = undefined;
  }

  /** The app goes from one part of itself to the next: what is not on the disk by now is lost. */
  #quit(life: Life): void {
    life.end();
    this.disk.cut();
  }

  sleep(time: number): void {
    const { life } = this;
    life.asleep = true;
    this.#ledger.trace(`${this.name} sleeps for ${time} ms`);
    this.#world.after(time, () => {
      if (life.alive && life.asleep) this.#world.wake(life);
    });
  }

  /** Lets the peer act; what it calls done must last. */
  act(action: Action): void {
    const { peer, name, life } = this;
    if (peer === undefined || !this.up) return;
    this.#ledger.trace(`${name} acts: ${action.type}`);
    peer.act(action).then(
      (id) => {
        if (!life.alive) return;
        this.#ledger.done.set(id, name);
        this.#ledger.trace(`${name} has done ${action.type} ${id.slice(0, 8)}`);
      },
      (error: unknown) => {
        this.#ledger.trace(`${name} could not ${action.type}: ${String(error)}`);
        if (!(error instanceof PeerholdError) && !String(error).includes('the disk failed')) {
          this.#ledger.faults.push(`${name} ${action.type}: ${String(error)}`);
        }
      },
    );
  }

  /** Writes a word into a document, as a screen does: on what is there now, under a client number of its own. */
  async write(doc: string): Promise<void> {
    const { peer, name, life } = this;
    if (peer === undefined || !this.up) return;
    const word = `${name}-${this.#words++};`;
    try {
      const draft = new Y.Doc();
      draft.clientID = this.#chance.within(1, 0x7fffffff);
      Y.applyUpdate(draft, await peer.docs.state(doc));
      const before = Y.encodeStateVector(draft);
      const text = draft.getText('text');
      if (text.length > 4 && this.#chance.happens(0.1)) text.insert(this.#chance.within(0, text.length), '·');
      text.insert(0, word);
      const update = Y.encodeStateAsUpdate(draft, before);
      await peer.docs.apply(doc, { bytes: update, member: peer.me?.member ?? null, time: 0 }, 'screen');
      if (!life.alive) return;
      this.#ledger.written.push({ doc, word, site: name });
      this.#ledger.trace(`${name} wrote ${word} into ${doc}`);
    } catch (error) {
      if (life.alive && !(error instanceof PeerholdError)) this.#ledger.faults.push(`${name} write: ${String(error)}`);
    }
  }

  /** Tries to join until it is a member; gives up on nothing but a refusal. */
  async #join(link: InviteLink): Promise<void> {
    const { life } = this;
    const joiner = await Joiner.start(link, this.signer, this.disk.mount(life), this.surroundings);
    if (!life.alive) return;
    this.node = joiner;
    try {
      await joiner.look(30_000);
      await joiner.join(this.name, 60_000);
      if (!life.alive) return;
      joiner.close();
      this.node = undefined;
      this.link = undefined;
      this.#ledger.trace(`${this.name} has joined`);
      this.#quit(life);
      await this.start();
    } catch (error) {
      if (!life.alive) return;
      joiner.close();
      this.node = undefined;
      this.#ledger.trace(`${this.name} did not join: ${String(error)}`);
      if (!(error instanceof PeerholdError)) this.#ledger.faults.push(`${this.name} join: ${String(error)}`);
      this.#quit(life);
      // Who was refused asks again later; whoever let them in may have to hear of it first.
      const pause = error instanceof PeerholdError && /^(join|invite)-/.test(error.code) ? 45_000 : 10_000;
      this.#world.after(pause, () => void (this.lost || this.start()));
    }
  }
}
