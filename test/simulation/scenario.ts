import { inviteKey } from '../../shared/invite/link';
import { consentMessage } from '../../shared/network/certificates';
import { hasRight } from '../../shared/network/membership/queries';
import { deviceKeyFromSeed, type Signer, signerOf } from '../../shared/record/signature';
import { foundNetwork } from '../../shared/replica/replica';
import { protocols } from '../kit/group';
import { deed } from './deeds';
import { Liar } from './liar';
import { lie } from './lies';
import { Net } from './net';
import { drawFrom } from './platform';
import { Chance } from './random';
import { SealWatch } from './seals';
import { type Ledger, Site } from './site';
import { World } from './world';

export interface Options {
  readonly seed: number;
  /** Things that happen, beside what they lead to. */
  readonly steps: number;
  /** Bounds of how many machines there are; by default mostly few, now and then thirty. */
  readonly peers?: readonly [number, number];
  readonly trace?: (line: string) => void;
}

const DOCS = ['agreement', 'commons'] as const;
const LAST_LINES = 25;
/** Milliseconds that peers have to become equal once all trouble is over: several rounds of comparing. */
const PATIENCE = 150_000;

/** One run: a network that is founded, lived in, lied to and broken, and in the end healed. */
export class Scenario {
  readonly world = new World();
  readonly chance: Chance;
  readonly sites: Site[] = [];
  readonly liars: Liar[] = [];
  readonly lines: string[] = [];
  readonly ledger: Ledger;
  readonly net: Net;
  readonly seals = new SealWatch();
  /** Machines that could still act once all trouble was over. */
  readonly lastWords = new Set<string>();
  readonly #steps: number;
  readonly #size: number;
  readonly #trouble: number;
  readonly #liarsWanted: number;
  readonly #skewed: boolean;
  #network = '';

  constructor({ seed, steps, peers, trace }: Options) {
    this.chance = new Chance(`run-${seed}`);
    drawFrom(this.chance.fork('platform'));
    this.ledger = {
      done: new Map(),
      written: [],
      faults: [],
      calendar: 0,
      trace: (line) => {
        const stamped = `${String(this.world.now).padStart(8)} ${line}`;
        this.lines.push(stamped);
        if (this.lines.length > LAST_LINES) this.lines.shift();
        trace?.(stamped);
      },
    };
    this.net = new Net(this.world, this.chance.fork('net'), this.ledger.trace);
    this.#steps = steps;
    const [least, most] =
      peers ??
      this.chance.weighted<[number, number]>([
        [[2, 4], 70],
        [[4, 6], 24],
        [[7, 10], 5],
        [[30, 30], 0.4],
      ]);
    this.#size = this.chance.within(least, most);
    this.#trouble = this.chance.pick([0, 0.5, 1, 2]);
    this.#skewed = this.chance.happens(0.4);
    this.#liarsWanted = this.chance.happens(0.35) ? 0 : this.chance.within(1, Math.max(1, Math.floor(this.#size / 3)));
  }

  get network(): string {
    return this.#network;
  }

  async live(): Promise<void> {
    await this.#found();
    for (let step = 0; step < this.#steps; step++) {
      await this.#happen();
      await this.world.pass(
        this.chance.weighted([
          [this.chance.within(0, 50), 5],
          [this.chance.within(50, 2_000), 8],
          [this.chance.within(2_000, 40_000), 1],
        ]),
      );
      this.watch();
    }
  }

  /** Looks whether anything that was sealed is otherwise anywhere. */
  watch(): void {
    const lying = new Set(this.liars.flatMap(({ signers }) => signers.map(({ device }) => device)));
    for (const { name, peer } of this.members()) {
      const wrong = this.seals.look(name, peer!, (device) => lying.has(device));
      if (wrong !== undefined) this.ledger.faults.push(wrong);
    }
  }

  /** The end of all trouble: nobody lies any more, every machine is up, and everyone finds a way to everyone. */
  async heal(): Promise<void> {
    this.ledger.trace('all trouble ends');
    for (const liar of this.liars) liar.end();
    for (const site of this.sites) {
      site.disk.mend();
      if (site.life.asleep) this.world.wake(site.life);
    }
    this.net.heal();
    this.net.degree = this.#size > 8 ? 5 : 8;
    // Crashed ones are back after twenty seconds at most.
    await this.world.pass(25_000);
    await this.#untilEqual();
    // Whatever is still on one machine alone, because nobody had built on it, is now cited by somebody.
    const before = new Set(this.ledger.done.keys());
    for (const site of this.members()) site.act({ type: 'member.describe', payload: { name: { text: site.name } } });
    await this.world.pass(5_000);
    await this.#untilEqual();
    for (const [id, name] of this.ledger.done) if (!before.has(id)) this.lastWords.add(name);
  }

  /** Passes time until all have as much as each other, or so much that they would have had time for it many times. */
  async #untilEqual(): Promise<void> {
    for (let waited = 0; waited < PATIENCE; waited += 10_000) {
      await this.world.pass(10_000);
      const members = this.members();
      const sizes = new Set(members.map(({ peer }) => peer!.replica.record.size));
      const prints = new Set<string>();
      for (const { peer } of members) {
        const docs = await Promise.all(DOCS.map((doc) => peer!.docs.print(doc)));
        prints.add(JSON.stringify(docs));
      }
      if (sizes.size === 1 && prints.size === 1) return;
    }
  }

  /** Honest machines with a member's peer that is running. */
  members(): Site[] {
    return this.sites.filter((site) => !site.lost && site.peer !== undefined && site.peer.me !== null);
  }

  async #found(): Promise<void> {
    const signer = await this.#newSigner();
    const mode = this.chance.happens(0.1) ? 'decision' : 'invite';
    const uses = this.chance.pick([
      {},
      { none: 'assent', spend: 'assent' },
      { remove: 'majority', adopt: 'majority', parameters: 'majority' },
    ]);
    const { replica, batch } = await foundNetwork(
      signer,
      {
        name: { text: 'The house' },
        purpose: { text: 'To live together' },
        unit: 'EUR',
        protocols: protocols(uses, mode),
        founder: { name: { text: 'a0' }, type: 'resident', device: 'a0' },
      },
      0,
    );
    this.#network = replica.id;
    const site = this.#addSite('a0', signer);
    await site.disk.contents.append({ events: batch.events.map((event) => event.bytes), texts: batch.texts });
    await site.start();
    // Most join before trouble begins.
    while (this.sites.length < Math.max(2, Math.ceil(this.#size * 0.7))) await this.#invite(false);
    await this.world.pass(30_000);
  }

  #addSite(name: string, signer: Signer): Site {
    const chance = this.chance.fork(`site-${name}`);
    const site = new Site(name, signer, this.#network, this.world, chance, this.ledger, this.#skewed);
    this.sites.push(site);
    this.net.machines.push(site);
    return site;
  }

  async #newSigner(): Promise<Signer> {
    return signerOf(await deviceKeyFromSeed(this.chance.bytes(32)));
  }

  async #happen(): Promise<void> {
    const { chance } = this;
    const trouble = this.#trouble;
    await chance.weighted<() => Promise<void> | void>([
      [() => this.#act(), 50],
      [() => this.#write(), 6],
      [() => this.#invite(true), this.sites.length < this.#size ? 6 : 0],
      [() => this.#secondDevice(), this.sites.length < this.#size + 2 ? 0.6 : 0],
      [() => this.#lie(), this.#liarsWanted > 0 ? 18 : 0],
      [() => this.#one()?.crash(), 2 * trouble],
      [() => this.#crashAtWrite(), 3 * trouble],
      [() => this.#one()?.sleep(chance.pick([2_000, 30_000, 90_000])), 1.5 * trouble],
      [() => this.net.breakOne(), 5 * trouble],
      [() => this.net.partition(), 1.5 * trouble],
      [() => this.net.heal(), 1.5],
      [() => this.#faultyDisk(), 0.7 * trouble],
      [() => this.#daysPass(), 1.5],
    ])();
  }

  #one(): Site | undefined {
    return this.chance.maybe(this.sites.filter((site) => !site.lost && site.life.alive && !site.life.asleep));
  }

  #act(): void {
    const site = this.chance.maybe(this.members().filter((one) => one.up));
    const peer = site?.peer;
    const me = peer?.me ?? null;
    if (site === undefined || peer === undefined || me === null) return;
    const own = peer.replica.record.all().filter((entry) => entry.device === me.device);
    const action = deed({ ...me, state: peer.state, own }, this.chance);
    if (action === undefined) return;
    if (action.type === 'member.leave' && this.members().length < 3) return;
    site.act(action);
  }

  #write(): void {
    void this.chance.maybe(this.members().filter((one) => one.up))?.write(this.chance.pick(DOCS));
  }

  #crashAtWrite(): void {
    const site = this.#one();
    if (site === undefined) return;
    site.disk.crashIn = this.chance.within(0, 6);
    this.ledger.trace(`${site.name} will crash in ${site.disk.crashIn} writes`);
  }

  #daysPass(): void {
    const days = this.chance.pick([1, 8, 15]);
    this.ledger.calendar += days * 86_400_000;
    this.ledger.trace(`${days} days pass`);
  }

  #faultyDisk(): void {
    const site = this.#one();
    if (site === undefined) return;
    site.disk.faulty = site.disk.faulty > 0 ? 0 : this.chance.pick([1, 3, 10]);
    this.ledger.trace(`${site.name}: one write in ${site.disk.faulty} fails (0: none)`);
  }

  /** A member hands a link to somebody new, who joins when they can. */
  async #invite(mayFail: boolean): Promise<void> {
    const { chance } = this;
    const host = chance.maybe(
      this.members().filter(({ up, peer }) => up && hasRight(peer!.state, peer!.me!.member, 'invite')),
    );
    if (host?.peer === undefined) {
      if (!mayFail) throw new Error('nobody can invite');
      return;
    }
    const secret = chance.bytes(16);
    const key = await inviteKey(secret);
    const expires = mayFail && chance.happens(0.1) ? 0 : Number.MAX_SAFE_INTEGER;
    const uses = chance.pick([1, 1, 2]);
    const type = chance.happens(0.85) ? 'resident' : 'supporter';
    host.act({ type: 'invite.issue', payload: { invite: key.device, type, uses, expires } });
    const names = chance.happens(0.85) || !mayFail ? 1 : 2;
    for (let i = 0; i < names; i++) {
      const site = this.#addSite(
        `${String.fromCharCode(97 + (this.sites.length % 26))}${this.sites.length}`,
        await this.#newSigner(),
      );
      const seal = host.peer.replica.seals.seals.at(-1)?.value ?? null;
      site.link = { network: this.#network, secret, expires, networkName: '', inviter: '', meetingPlaces: [], seal };
      this.ledger.trace(`${host.name} invites ${site.name} (${uses} uses)`);
      void site.start();
    }
    await this.world.pass(mayFail ? 0 : 3_000);
  }

  /** A member's further device: certified, and started from a copy of what the first has on its disk. */
  async #secondDevice(): Promise<void> {
    const site = this.chance.maybe(this.members().filter((one) => one.up));
    const { peer } = site ?? {};
    if (site === undefined || peer === undefined) return;
    const signer = await this.#newSigner();
    const proof = await signer.sign(consentMessage(this.#network, site.signer.device));
    site.act({ type: 'device.certify', payload: { device: signer.device, label: 'second', proof } });
    await this.world.pass(2_000);
    if (!peer.replica.record.certificatesOf(signer.device).length) return;
    const second = this.#addSite(`${site.name}x${this.sites.length}`, signer);
    for (const batch of await site.disk.contents.load()) await second.disk.contents.append(batch);
    // The copy may have been taken before the certificate was on the disk.
    await second.start();
  }

  async #lie(): Promise<void> {
    const { chance } = this;
    if (this.liars.length < this.#liarsWanted && (this.liars.length === 0 || chance.happens(0.1))) {
      const victim = chance.maybe(this.members());
      if (victim !== undefined && this.members().length > 1) await this.#turn(victim);
      return;
    }
    const liar = chance.maybe(this.liars);
    if (liar !== undefined) await lie(liar);
  }

  async #turn(site: Site): Promise<void> {
    this.ledger.trace(`${site.name} turns liar`);
    site.lost = true;
    site.end();
    site.disk.cut();
    const liar = await Liar.take(site, this.#network, this.world, this.chance.fork(`liar-${site.name}`), this.ledger);
    this.liars.push(liar);
    this.net.machines.splice(this.net.machines.indexOf(site), 1, liar);
  }
}
