import { RULES_VERSION } from '../../shared/network/events';
import { hasRight } from '../../shared/network/membership/queries';
import { deviceKeyFromSeed, type Signer, signerOf } from '../../shared/record/signature';
import type { Disk } from './disk';
import type { Liar } from './liar';
import { Net } from './net';
import { drawFrom } from './platform';
import { Chance } from './random';
import { SealWatch } from './seals';
import { type Ledger, Site, note } from './site';
import { World } from './world';

export interface Options {
  readonly seed: number;
  /** Things that happen, beside what they lead to; by default mostly 15 to 80. */
  readonly steps?: number;
  /** Bounds of how many machines there are; by default mostly few, now and then thirty. */
  readonly peers?: readonly [number, number];
  readonly trace?: (line: string) => void;
  /** Simulated steps after which it is given up. */
  readonly budget?: number;
}

/** What a machine's disk held at some moment. */
export interface Backup {
  readonly of: Site;
  readonly disk: Disk;
}

const LAST_LINES = 25;
/** Keys in the stock; more than any run needs. */
const STOCK = 1_024;
/** Part of the runs in which members propose newer rules. */
const RENEWALS = 0.06;
/** Part of the runs that have keepers. */
const KEPT = 0.25;
/** Simulated steps of a run, beside those for each machine: several times what the longest takes. */
const BUDGET = 100_000;
const BUDGET_EACH = 40_000;

/** The world of one run: a network that `living.ts` founds, lives in, lies to and breaks, and `ending.ts` heals. */
export class Scenario {
  readonly world: World;
  readonly chance: Chance;
  readonly sites: Site[] = [];
  readonly liars: Liar[] = [];
  readonly lines: string[] = [];
  readonly ledger: Ledger;
  readonly net: Net;
  readonly seals = new SealWatch();
  readonly backups: Backup[] = [];
  /** Machines that were to act once all trouble was over, and those that could. */
  readonly asked = new Set<string>();
  /** Those of whom nothing more may come, since their key signs elsewhere. */
  readonly silent = new Set<string>();
  readonly lastWords = new Set<string>();
  /** How many machines there are to be, liars among them. */
  readonly size: number;
  /** How much breaks; 0: nothing. */
  readonly trouble: number;
  readonly liarsWanted: number;
  /** How many things happen, beside what they lead to. */
  readonly steps: number;
  readonly #skewed: boolean;
  #taken: number;
  /** Whether devices publish keys by which they receive. */
  receives = false;
  /** Whether members think of newer rules, and the newest version that their apps know: of few runs, and none that others draw from. */
  readonly renews: boolean;
  readonly rulesKnown: number;
  /** How many keepers there are to be, and whether members meet nobody but them while they live: of some runs, and none that others draw from. */
  readonly keepersWanted: number;
  readonly livesApart: boolean;
  readonly keeping: Chance;
  /** What members who met nobody but keepers did not come to have alike, though they should have. */
  unequal: string | undefined;
  /** Id of the network; empty until it is founded. */
  network = '';

  constructor({ seed, steps, peers, trace, budget }: Options) {
    this.chance = new Chance(`run-${seed}`);
    drawFrom(this.chance.fork('platform'));
    const [least, most] =
      peers ??
      this.chance.weighted<[number, number]>([
        [[2, 3], 50],
        [[3, 5], 40],
        [[5, 10], 9.9],
        [[30, 30], 0.1],
      ]);
    this.size = this.chance.within(least, most);
    this.#taken = this.chance.fork('stock').within(0, STOCK - 1);
    this.world = new World(budget ?? BUDGET + this.size * BUDGET_EACH);
    this.ledger = {
      done: new Map(),
      written: [],
      faults: [],
      restoring: new Map(),
      occurred: new Map(),
      calendar: 0,
      trace: (line) => {
        const stamped = `${String(this.world.now).padStart(8)} ${line}`;
        this.lines.push(stamped);
        if (this.lines.length > LAST_LINES) this.lines.shift();
        trace?.(stamped);
      },
    };
    this.net = new Net(this.world, this.chance.fork('net'), this.ledger.trace);
    this.net.degree = this.chance.pick([1, 2, 2, 3]);
    this.steps =
      steps ??
      this.chance.weighted([
        [this.chance.within(15, 45), 67],
        [this.chance.within(45, 80), 30],
        [200, 3],
      ]);
    this.trouble = this.chance.pick([0, 0.5, 1, 2]);
    this.#skewed = this.chance.happens(0.4);
    const rules = this.chance.fork('rules');
    this.renews = rules.happens(RENEWALS);
    this.rulesKnown = this.renews && rules.happens(0.5) ? RULES_VERSION + 1 : RULES_VERSION;
    this.keeping = this.chance.fork('keepers');
    this.keepersWanted = this.keeping.happens(KEPT) ? this.keeping.within(1, 2) : 0;
    this.livesApart = this.keeping.happens(0.4);
    // Of three sealers all are needed: with a liar among them nothing is sealed in the end.
    this.liarsWanted = this.chance.happens(this.size < 4 ? 0.5 : 0.3)
      ? 0
      : this.chance.within(1, Math.max(1, Math.floor(this.size / 3)));
  }

  note(kind: string): void {
    note(this.ledger, kind);
  }

  /** Looks whether anything that was sealed is otherwise anywhere. */
  watch(): void {
    const doubtful = new Set(this.liars.flatMap(({ signers }) => signers.map(({ device }) => device)));
    for (const { copied, signer } of this.sites) if (copied) doubtful.add(signer.device);
    for (const { name, peer } of [...this.members(), ...this.keepers()]) {
      const { devices } = peer!.state;
      const members = new Set([...doubtful].map((device) => devices.get(device)?.member));
      const wrong = this.seals.look(name, peer!, (member) => members.has(member));
      if (wrong !== undefined) this.ledger.faults.push(wrong);
    }
  }

  /** Honest machines with a member's peer that is running. */
  members(): Site[] {
    return this.#running().filter(({ keeper }) => !keeper);
  }

  keepers(): Site[] {
    return this.#running().filter(({ keeper }) => keeper);
  }

  #running(): Site[] {
    return this.sites.filter((site) => !site.lost && site.peer !== undefined && site.peer.me !== null);
  }

  /** One that is up, and for whose member something can be done. */
  someone(fits: (site: Site) => boolean = () => true): Site | undefined {
    return this.chance.maybe(this.members().filter((site) => site.up && fits(site)));
  }

  /** Somebody who may let others in. */
  host(): Site | undefined {
    return this.someone(({ peer }) => hasRight(peer!.state, peer!.me!.member, 'invite'));
  }

  addSite(name: string, signer: Signer): Site {
    const chance = this.chance.fork(`site-${name}`);
    const site = new Site(name, signer, this.network, this.world, chance, this.ledger, this.#skewed);
    site.receives = this.receives;
    site.rulesKnown = this.rulesKnown;
    this.sites.push(site);
    this.net.machines.push(site);
    return site;
  }

  async newSigner(): Promise<Signer> {
    return signerOf(await deviceKeyFromSeed(this.secret(32)));
  }

  /** Bytes of a key that no other of this run has. All runs take them from one stock: what was made of them once is remembered. */
  secret(length: number): Uint8Array {
    return new Chance(`stock-${this.#taken++ % STOCK}`).bytes(length);
  }
}
