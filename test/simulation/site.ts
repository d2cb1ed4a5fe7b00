import * as Y from 'yjs';
import { PeerholdError } from '../../shared/errors';
import { Receiving } from '../../shared/engine/receiving';
import type { InviteLink } from '../../shared/invite/link';
import { type Action, RULES_VERSION } from '../../shared/network/events';
import { Joiner } from '../../shared/peer/joiner';
import { Peer } from '../../shared/peer/peer';
import type { Surroundings } from '../../shared/peer/surroundings';
import { fromHex } from '../../shared/record/bytes';
import { type ReceivingKey, receivingKeyFromSeed } from '../../shared/record/receiving-key';
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
  /** Who lost all devices: the members, by the device on which they ask to be restored. */
  readonly restoring: Map<string, string>;
  /** How often each kind of thing occurred. */
  readonly occurred: Map<string, number>;
  /** Milliseconds by which every calendar is ahead of the run: weeks pass without every heartbeat of them. */
  calendar: number;
  trace(line: string): void;
}

/** Counts one more of a kind. */
export function note({ occurred }: Pick<Ledger, 'occurred'>, kind: string, times = 1): void {
  if (times > 0) occurred.set(kind, (occurred.get(kind) ?? 0) + times);
}

const RESTORING = { title: { text: 'It is them' }, text: { text: '' } };
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
  /** Turned into a liar, or destroyed: no longer one of whom anything is promised. */
  lost = false;
  /** Lost to a liar. */
  turned = false;
  /** There are or were two disks with this key: its device may sign two histories, through nobody's ill will. */
  copied = false;
  /** It only holds and passes on what there is. */
  keeper = false;
  /** Whether it publishes the key by which it receives, as the engine does. */
  receives = false;
  #receiving: Receiving | undefined;
  #key: Promise<ReceivingKey> | undefined;
  /** The newest version of the rules that its app knows. */
  rulesKnown = RULES_VERSION;
  /** Devices that it has asked to let it in. */
  readonly #asked = new Set<string>();
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
    if (this.#skew !== 0) note(ledger, 'trouble: wrong clock');
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
      now: () => this.clock,
      rulesKnown: this.rulesKnown,
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
      if (this.waits) note(this.#ledger, 'trouble: waits for the seal of its admission');
      this.#ledger.trace(`${this.name} opens with ${peer.replica.record.size} events`);
      this.#hearOfForks(peer);
      this.#addWhoAsks(peer);
      this.#putWhoAsks(peer);
      const clock = this.#world.clockOf(life);
      this.#receiving = this.receives ? new Receiving({ peer, clock, key: () => this.key() }) : undefined;
    } catch (error) {
      this.#ledger.faults.push(`${this.name} can not open: ${String(error)}`);
    }
  }

  /** By which it receives. A backup has it too. */
  key(): Promise<ReceivingKey> {
    // Of a run nothing needs to be secret.
    this.#key ??= receivingKeyFromSeed(fromHex(this.signer.device));
    return this.#key;
  }

  /** It has taken in a bundle. */
  heard(): void {
    this.#receiving?.heard();
  }

  /** Whoever signed two histories is named once, and stays named. */
  #hearOfForks(peer: Peer): void {
    const named = new Set(
      [...peer.state.devices.values()].filter(({ fork }) => fork !== undefined).map(({ id }) => id),
    );
    peer.events.changed.add((changes) => {
      for (const change of changes) {
        if (change.table !== 'devices') continue;
        const { key, row } = change;
        if (row?.fork === undefined) {
          // Of whom a seal has ended otherwise, what came after is of no account.
          const isActive = row?.status === 'active' && peer.state.members.get(row.member)?.status === 'active';
          // Nor of what was not sealed when rules came into force that its app does not know.
          if (named.has(key) && isActive && !peer.replica.standsStill)
            this.#ledger.faults.push(`${this.name} takes back that ${key.slice(0, 8)} forked`);
        } else if (!named.has(key)) {
          named.add(key);
          note(this.#ledger, 'signing twice: named to a peer');
        }
      }
    });
  }

  /** The person agrees to each further device, which they hold in their hand. */
  #addWhoAsks(peer: Peer): void {
    peer.devices.changed.add(() => {
      const { asking } = peer.devices;
      if (asking === null) return;
      const agree = (): void => {
        if (peer.devices.asking?.device !== asking.device) return;
        peer.devices
          .confirm(asking.device)
          .catch((error) => this.#ledger.trace(`${this.name} can not: ${String(error)}`));
      };
      this.#world.after(this.#chance.within(100, 5_000), agree, this.life);
    });
  }

  /** The person knows the voice of who lost all devices, and puts it to the others. */
  #putWhoAsks(peer: Peer): void {
    const put = (): void => {
      const asking = peer.restorations.asking[0];
      const member = this.#ledger.restoring.get(asking?.device ?? '');
      if (asking === undefined || member === undefined) return;
      const { device, consent } = asking;
      const effect = { kind: 'restore' as const, member, device, consent };
      this.act({ type: 'proposal.open', payload: { ...RESTORING, effect, deadline: 0 } });
    };
    peer.restorations.changed.add(() => this.#world.after(this.#chance.within(100, 5_000), put, this.life));
  }

  /** Whether it has found out that its key signs elsewhere, and signs nothing more. */
  get stopped(): boolean {
    const problem = this.peer?.problem ?? null;
    return problem === 'device-forked' || problem === 'device-behind';
  }

  /** Whether it signs nothing before a seal says whose admission of it counts. */
  get waits(): boolean {
    return this.peer?.problem === 'admission-unsealed';
  }

  /** Milliseconds since 1970 by its own clock. */
  get clock(): number {
    return Math.max(0, EPOCH + this.#skew + this.#ledger.calendar + this.#world.now);
  }

  crash(why = 'by chance'): void {
    if (!this.life.alive) return;
    note(this.#ledger, `${this.keeper ? 'keeper' : 'trouble'}: crash ${why}`);
    this.#ledger.trace(`${this.name} crashes ${why}`);
    this.end();
    this.disk.cut();
    this.#world.after(this.#chance.pick([500, 5_000, 20_000]), () => void (this.lost || this.start()));
  }

  /** Ends the process without a word to anybody. */
  end(): void {
    this.life.end();
    this.peer = undefined;
    this.node = undefined;
  }

  /** The machine is gone for good. */
  lose(): void {
    this.lost = true;
    this.end();
    this.disk.cut();
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
    let joiner: Joiner | undefined;
    try {
      joiner = await Joiner.start(link, this.signer, this.disk.mount(life), this.surroundings);
      if (!life.alive) return;
      this.node = joiner;
      if (this.#ledger.restoring.has(this.signer.device)) {
        await joiner.look(30_000);
        await joiner.restore(this.name, 60_000);
      } else if (link.device === undefined) {
        await joiner.look(30_000);
        const before = [...this.#asked];
        this.#asked.add(await joiner.admitter(60_000));
        await joiner.join(this.name, 60_000, before);
      } else {
        await joiner.askToBeAdded(this.name, 30_000, this.keeper ? 'keeper' : undefined);
        await joiner.added(60_000);
      }
      if (!life.alive) return;
      joiner.close();
      this.node = undefined;
      this.link = undefined;
      const isBack = this.#ledger.restoring.has(this.signer.device);
      if (this.keeper) note(this.#ledger, 'keeper: let in');
      else
        note(this.#ledger, `trouble: ${isBack ? 'restored' : link.device === undefined ? 'join' : 'further device'}`);
      this.#ledger.trace(`${this.name} has joined`);
      this.#quit(life);
      await this.start();
    } catch (error) {
      if (!life.alive) return;
      joiner?.close();
      this.node = undefined;
      this.#ledger.trace(`${this.name} did not join: ${String(error)}`);
      note(this.#ledger, `trouble: not joined, ${error instanceof PeerholdError ? error.code : 'a fault'}`);
      if (!(error instanceof PeerholdError)) this.#ledger.faults.push(`${this.name} join: ${String(error)}`);
      this.#quit(life);
      // Who was refused asks again later; whoever let them in may have to hear of it first.
      const pause = error instanceof PeerholdError && /^(join|invite|device)-/.test(error.code) ? 45_000 : 10_000;
      this.#world.after(pause, () => void (this.lost || this.start()));
    }
  }
}
