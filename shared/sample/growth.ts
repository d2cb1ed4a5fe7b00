import { draftEntry } from '../network/ledger/drafts';
import type { Proposal } from '../network/decisions/model';
import { type SampleDoc, writePages } from './commons';
import { PROPOSALS, close } from './decisions';
import { post } from './entries';
import { START, foundingDraft } from './house';
import { Random } from './random';
import { DUES, UNIT } from './story/agreement';
import { FOOD, SALES, UPKEEP, WORK } from './story/books';
import { FIRST_NAMES, LAST_NAMES, PEOPLE } from './story/people';
import { HOUSE_PAGES } from './story/pages-house';
import { WORK_PAGES } from './story/pages-work';
import { MINUTE } from './time';
import { World } from './world';

/** Of twenty events this many are ledger entries and ballots; the rest is everything else. */
const [ROUND, ENTRIES, BALLOTS] = [20, 15, 3];
/** Rounds from one parting to the next; they meet again after one. */
const APART_EVERY = 15;
const MAX_MEMBERS = 150;

/** A network that goes on as the house does, with as many events and members as asked for. */
export async function growSample(
  seed: number,
  scale: { readonly events: number; readonly members?: number },
  report: (done: number, total: number) => void,
): Promise<{ world: World; docs: readonly SampleDoc[]; reader: string }> {
  const random = new Random(seed, 'growth');
  const people = Array.from({ length: Math.min(Math.max(scale.members ?? 9, 1), MAX_MEMBERS) }, (_, i) => `p${i}`);
  const world = await settle(seed, people, random);
  const life = new Life(world, random, people);
  for (let round = 1; world.size < scale.events; round++) {
    report(Math.min(world.size, scale.events), scale.events);
    if (round % APART_EVERY === 0 && people.length > 3) world.part([random.pick(people), random.pick(people)]);
    await life.round();
    world.meet();
  }
  const memberOf = (who: string) => world.member(people[PEOPLE.findIndex((one) => one.who === who) % people.length]!);
  const docs = writePages([...HOUSE_PAGES, ...WORK_PAGES], memberOf, new Random(seed, 'commons'));
  return { world, docs, reader: people[Math.min(1, people.length - 1)]! };
}

async function settle(seed: number, people: readonly string[], random: Random): Promise<World> {
  const nameOf = () => `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}`;
  const [founder, ...others] = people;
  const world = await World.found(seed, founder!, foundingDraft(nameOf()), START);
  if (others.length > 0) {
    const invite = await world.invite(founder!, 'resident', 'everyone', others.length);
    for (const who of others) await world.admit(founder!, who, nameOf(), invite);
  }
  return world;
}

/** What goes on, round after round. */
class Life {
  readonly #world: World;
  readonly #random: Random;
  readonly #people: readonly string[];
  #proposal = '';
  /** Who has not voted on the open proposal. */
  #voters: string[] = [];
  #proposals = 0;
  #clerk = '';
  #others = 0;
  #candidate = '';
  #pledge: { readonly by: string; readonly id: string } | undefined;

  constructor(world: World, random: Random, people: readonly string[]) {
    this.#world = world;
    this.#random = random;
    this.#people = people;
  }

  async round(): Promise<void> {
    for (let i = 0; i < ROUND; i++) {
      this.#world.now += this.#random.between(4, 50) * MINUTE;
      // Whoever opens the books enters a few receipts in a row.
      if (i % 5 === 0) this.#clerk = this.#random.pick(this.#people);
      if (i % 5 === 2 && i / 5 < BALLOTS) await this.#ballot();
      else if (i < ENTRIES + BALLOTS) await this.#entry();
      else await this.#other();
    }
  }

  async #entry(): Promise<void> {
    const random = this.#random;
    const by = this.#clerk;
    const member = this.#world.member(by);
    const what = random.between(0, 99);
    if (what < 25) {
      const draft = draftEntry({ what: 'money', member, into: 'bank', unit: UNIT, amount: DUES });
      await post(this.#world, by, draft, 'Dues');
    } else if (what < 45) {
      const [, memo, low, high] = random.pick(WORK);
      await post(this.#world, by, draftEntry({ what: 'hours', member, amount: random.between(low, high) }), memo);
    } else if (what < 55) {
      const [memo, low, high] = random.pick(SALES);
      const sale = {
        what: 'income',
        category: 'sales',
        into: 'cash',
        unit: UNIT,
        amount: random.between(low, high),
      } as const;
      await post(this.#world, by, draftEntry(sale), memo);
    } else {
      const [category, memo, low, high] = what < 85 ? (['food', ...random.pick(FOOD)] as const) : random.pick(UPKEEP);
      const expense = {
        what: 'expense',
        category,
        from: 'bank',
        unit: UNIT,
        amount: random.between(low, high),
      } as const;
      await post(this.#world, by, draftEntry(expense), memo);
    }
  }

  async #ballot(): Promise<void> {
    const who = this.#voters.pop();
    if (who === undefined || this.#open(who) === undefined) return this.#propose();
    const draw = this.#random.between(0, 9);
    const choice = draw < 8 ? 'agree' : draw < 9 ? 'abstain' : 'disagree';
    await this.#world.act(who, 'ballot.cast', { proposal: this.#proposal, choice });
  }

  #open(who: string): Proposal | undefined {
    const proposal = this.#world.state(who).proposals.get(this.#proposal);
    return proposal?.status === 'open' ? proposal : undefined;
  }

  /** Closes what is open still, and puts the next proposal. */
  async #propose(): Promise<void> {
    const by = this.#random.pick(this.#people);
    this.#world.meet();
    const open = this.#open(by);
    if (open !== undefined) return close(this.#world, by, open);
    const { title, text, effect } = PROPOSALS[this.#proposals % PROPOSALS.length]!;
    this.#proposals += 1;
    this.#proposal = await this.#world.act(by, 'proposal.open', {
      title: { text: `${title} (${this.#proposals})` },
      text: { text },
      effect: effect.kind === 'spend' ? { ...effect, unit: UNIT } : { kind: 'none' },
      deadline: this.#world.now,
    });
    this.#voters = [...this.#people];
  }

  async #other(): Promise<void> {
    const by = this.#random.pick(this.#people);
    const turn = this.#others % 5;
    this.#others += 1;
    if (turn === 0) {
      const { name, about, seeks, offers } = this.#random.pick(PEOPLE);
      const [told, sought, offered] = [{ text: about }, { text: seeks }, { text: offers }];
      await this.#world.act(by, 'member.describe', {
        name: { text: name },
        about: told,
        seeks: sought,
        offers: offered,
      });
    } else if (turn === 1) {
      await this.#world.invite(by, 'resident', `${this.#others}`);
    } else if (this.#candidate === '' || this.#others % 500 === 3) {
      const wish = { name: { text: 'A plot next door' }, about: { text: 'To be looked at.' }, kind: 'land' as const };
      this.#candidate = await this.#world.act(by, 'resource.seek', { ...wish, amount: 5_000_000, unit: UNIT });
    } else if (this.#pledge === undefined) {
      const pledge = { resource: this.#candidate, amount: 10_000, unit: UNIT, together: 0 };
      this.#pledge = { by, id: await this.#world.act(by, 'pledge.make', pledge) };
    } else {
      const { by: pledger, id } = this.#pledge;
      this.#pledge = undefined;
      await this.#world.act(pledger, 'pledge.withdraw', { pledge: id });
    }
  }
}
