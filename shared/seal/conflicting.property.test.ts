import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SimClock } from '../../test/channel/sim-clock';
import { forge } from '../../test/kit/forge';
import { Person, group, meet, protocols } from '../../test/kit/group';
import { SealingGroup } from '../../test/kit/sealing';
import type { ProtocolSpec } from '../network/agreement/model';
import type { Action } from '../network/events';
import { quorumOf } from '../network/seals/sealers';
import type { Draft } from '../record/text';
import { Replica } from '../replica/replica';
import { Sealer } from './sealer';
import { proposerOf } from './tendermint';
import type { Proposal } from './votes';

/** Beyond the time at which the founder's seal was made. */
const START = Date.UTC(2030, 0, 1);

type Rule = 'two-thirds' | 'majority';
interface Setting {
  readonly size: number;
  readonly rule: Rule;
}
const SETTINGS: readonly Setting[] = [
  { size: 3, rule: 'two-thirds' },
  { size: 4, rule: 'two-thirds' },
  { size: 5, rule: 'two-thirds' },
  { size: 7, rule: 'two-thirds' },
  { size: 3, rule: 'majority' },
  { size: 4, rule: 'majority' },
  { size: 5, rule: 'majority' },
];
/** How many sealers two quorums have in common at least. */
const common = ({ size, rule }: Setting): number => 2 * quorumOf(size, rule) - size;

/** One running copy of the app with a sealer's key. Of a dishonest sealer there are two, which know nothing of each other: twins. */
interface Copy {
  readonly person: Person;
  readonly side: 0 | 1;
  sealer: Sealer;
}

/** Sealers behind the founder's seal, of whom the first few are dishonest. */
class Stage {
  readonly clock = new SimClock();
  readonly copies: Copy[] = [];
  readonly dishonest = new Set<string>();

  static async set({ size, rule }: Setting, dishonest: number): Promise<Stage> {
    const names = ['ana', 'ben', 'cleo', 'dora', 'eli', 'fay', 'gus'].slice(0, size);
    const sealing: Draft<ProtocolSpec> = {
      kind: 'sealing',
      id: 'sealing',
      title: 'Sealing',
      text: { text: 'All seal.' },
      params: { types: [], quorum: rule },
    };
    const people = await group(names, [...protocols(), sealing]);
    await new SealingGroup(people).pass(3);
    const stage = new Stage();
    for (const [index, person] of people.entries()) {
      if (person.replica.seals.seals.length !== 1) throw new Error('The founder has not sealed.');
      stage.#add(person, index < dishonest ? 0 : index % 2 === 0 ? 0 : 1);
      if (index >= dishonest) continue;
      stage.dishonest.add(person.signer.device);
      const twin = new Person(person.name, person.signer, new Replica(person.replica.id), START);
      twin.member = person.member;
      await twin.pull(person);
      stage.#add(twin, 1);
    }
    return stage;
  }

  #add(person: Person, side: 0 | 1): void {
    this.copies.push({ person, side, sealer: this.#start(person) });
  }

  #start(person: Person): Sealer {
    return new Sealer({
      replica: person.replica,
      device: person.signer.device,
      clock: this.clock,
      now: () => START + this.clock.now(),
      act: (action: Action) => person.act(action.type, action.payload),
      mayVote: () => true,
    });
  }

  /** Ends the process and starts it anew: all that it has is what it had stored. */
  async crash(copy: Copy): Promise<void> {
    copy.sealer.stop();
    // What it was just signing is stored or not before anything else begins.
    await copy.sealer.look();
    copy.sealer = this.#start(copy.person);
  }

  /** Votes for anything, in any round, knowing of what it likes. */
  async lie({ person }: Copy, pick: number): Promise<void> {
    const { current } = person.replica.seals;
    if (current === null) return;
    const { height, ground, votes } = current;
    const values = [...votes.proposals().map((one) => person.replica.seals.valueOf(one)), null];
    const kind = (['seal.prevote', 'seal.prevote', 'seal.precommit', 'seal.precommit', 'seal.ready'] as const)[
      pick % 5
    ]!;
    const vote = { round: (pick >> 3) % 3, value: values[(pick >> 5) % values.length]! };
    const more = kind === 'seal.ready' ? { time: START + (pick % 1_000) } : vote;
    // A first event without parents is none.
    const begun = person.replica.record.tips().some(({ device }) => device === person.signer.device);
    const change = (pick >> 8) % 2 === 0 || !begun ? {} : { parents: [] };
    const event = await forge(person, { type: kind, payload: { height, previous: ground.value, ...more }, ...change });
    person.replica.receive({ events: [event], texts: [] });
  }

  /** Every height's seals, as any copy holds them. */
  conflicts(): boolean {
    const values = new Map<number, Set<string>>();
    for (const { person } of this.copies) {
      for (const { height, value } of person.replica.seals.seals)
        values.set(height, (values.get(height) ?? new Set()).add(value));
    }
    return [...values.values()].some((different) => different.size > 1);
  }

  /** The devices that each copy names, once it has taken in what the others have. */
  async named(): Promise<Set<string>[]> {
    await meet(this.copies.map(({ person }) => person));
    return this.copies.map(({ person }) => new Set(person.replica.seals.brokenRules().map(({ device }) => device)));
  }
}

/** One half minute or so: who looks, who hears of whom, who crashes, who lies. */
const moment = fc.record({
  seconds: fc.integer({ min: 1, max: 40 }),
  looks: fc.nat(0xffff),
  pulls: fc.array(fc.tuple(fc.nat(15), fc.nat(15)), { maxLength: 14 }),
  crash: fc.option(fc.nat(15), { freq: 4 }),
  lies: fc.array(fc.nat(0xffff), { maxLength: 2 }),
  acts: fc.option(fc.nat(15), { freq: 6 }),
});
type Moment = typeof moment extends fc.Arbitrary<infer T> ? T : never;

async function pass(stage: Stage, { seconds, looks, pulls, crash, lies, acts }: Moment, apart: boolean): Promise<void> {
  const { copies } = stage;
  const at = (index: number): Copy => copies[index % copies.length]!;
  const liars = copies.filter(({ person }) => stage.dishonest.has(person.signer.device));
  if (acts !== null)
    await at(acts)
      .person.act('member.describe', { name: { text: 'Somebody' } })
      .catch(() => undefined);
  if (crash !== null) await stage.crash(at(crash));
  for (const pick of liars.length === 0 ? [] : lies) await stage.lie(liars[pick % liars.length]!, pick >> 2);
  for (const [index, copy] of copies.entries()) if ((looks >> index) & 1) await copy.sealer.look();
  for (const [one, other] of pulls) {
    if (apart && at(one).side !== at(other).side) continue;
    if (at(one) !== at(other)) await at(one).person.pull(at(other).person);
  }
  await stage.clock.advance(seconds * 1_000);
}

/** One side's people are all there for some time. */
async function meetOften(stage: Stage, side: 0 | 1): Promise<void> {
  const there = stage.copies.filter((copy) => copy.side === side);
  for (let time = 0; time < 30 && there.every(({ person }) => person.replica.seals.seals.length < 2); time++) {
    for (const { sealer } of there) await sealer.look();
    await meet(there.map(({ person }) => person));
    await stage.clock.advance(15_000);
  }
}

/** Two of four seal one height twice, each time with one of the others, who does not hear of the other seal; by their locks alone it shows. */
async function twoSealed() {
  const people = await group(['ana', 'ben', 'cleo', 'dora']);
  await new SealingGroup(people).pass(3);
  const current = people[0]!.replica.seals.current!;
  const of = { height: 2, previous: current.ground.value };
  const turn = (round: number): Person =>
    people.find(({ signer }) => signer.device === proposerOf(current, round).device)!;
  const [liar, other] = [turn(0), turn(1)];
  const [early, late] = people.filter((person) => person !== liar && person !== other) as [Person, Person];
  const time = current.ground.time + 1;
  const ready: string[] = [];
  for (const person of people) ready.push(await person.act('seal.ready', { ...of, time }));
  await meet(people);

  /** A round in which these vote for what the first of them puts; the last one's signature is kept from the others. */
  const seal = async (round: number, digest: string, by: readonly Person[]): Promise<void> => {
    const put = { ...of, round, ready: [...ready].sort(), time, digest: digest.repeat(64), valid: null };
    const id = await by[0]!.act('seal.propose', put);
    await meet(by);
    const { seals, record } = by[0]!.replica;
    const value = seals.valueOf(record.get(id) as unknown as Proposal);
    for (const person of by) await person.act('seal.prevote', { ...of, round, value });
    await meet(by);
    for (const person of by) await person.act('seal.precommit', { ...of, round, value });
    for (const person of by.slice(0, -1)) await by.at(-1)!.pull(person);
  };
  await seal(0, '1', [liar, other, early]);
  await seal(1, '2', [other, liar, late]);
  expect([early, late].map(({ replica }) => replica.seals.seals.length)).toEqual([2, 2]);
  expect(early.replica.seals.seals[1]!.value).not.toBe(late.replica.seals.seals[1]!.value);
  return { people, liar, other, early, late };
}

describe('two seals of one height', () => {
  it.each(SETTINGS)(
    'are made by as many as two quorums have in common, and the votes name all of them: $size, $rule',
    async (setting) => {
      await fc.assert(
        fc.asyncProperty(fc.array(moment, { maxLength: 6 }), async (moments) => {
          const stage = await Stage.set(setting, common(setting));
          // What the two sides seal must not come out the same.
          for (const side of [0, 1] as const) {
            const someone = stage.copies.find((copy) => copy.side === side)!;
            await someone.person.act('member.describe', { name: { text: `Side ${side}` } });
          }
          for (const one of moments) await pass(stage, { ...one, lies: [] }, true);
          await meetOften(stage, 0);
          await meetOften(stage, 1);
          expect(stage.conflicts()).toBe(true);
          for (const named of await stage.named()) {
            expect(named.size).toBeGreaterThanOrEqual(common(setting));
            for (const device of named) expect(stage.dishonest).toContain(device);
          }
        }),
        { numRuns: 3 },
      );
    },
    60_000,
  );

  it('name who made them also where nobody voted twice or signed two histories: by their locks', async () => {
    const { people, liar, other } = await twoSealed();
    await meet(people);
    for (const { replica } of people) {
      expect(replica.record.forks().size).toBe(0);
      const found = replica.seals.brokenRules();
      expect(found.map(({ kind }) => kind)).toEqual(['broken-lock', 'broken-lock']);
      expect(found.map(({ member }) => member).sort()).toEqual([liar.member, other.member].sort());
    }
  });

  it('leave a peer with the one that it had; who gets both at once has that of the smallest precommit', async () => {
    // Ids differ each time: of some rounds the later one has the smallest.
    for (let time = 0; time < 6; time++) {
      const { people, early, late } = await twoSealed();
      const before = [early, late].map(({ replica }) => replica.seals.seals[1]!.value);
      await meet(people);
      expect([early, late].map(({ replica }) => replica.seals.seals[1]!.value)).toEqual(before);
      const commits = early.replica.record.all().flatMap(({ id, type, payload }) => {
        const vote = payload as { readonly height: number; readonly value: string | null };
        return type === 'seal.precommit' && vote.height === 2 ? [{ id, value: vote.value }] : [];
      });
      const [smallest] = commits.sort((a, b) => (a.id < b.id ? -1 : 1));
      const { events } = await early.batch();
      for (const all of [events, events.toReversed()]) {
        const fresh = new Replica(early.replica.id);
        fresh.receive({ events: all, texts: [] });
        expect(fresh.seals.seals[1]!.value).toBe(smallest!.value);
      }
    }
  });

  it('are never made by fewer, whatever they sign; and nobody honest is ever named, crashes and all', async () => {
    let sealed = 0;
    let rounds = 0;
    let caught = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...SETTINGS.filter(({ size }) => size < 7)),
        fc.array(moment, { minLength: 30, maxLength: 50 }),
        async (setting, moments) => {
          const stage = await Stage.set(setting, common(setting) - 1);
          for (const one of moments) await pass(stage, one, false);
          expect(stage.conflicts()).toBe(false);
          for (const named of await stage.named())
            for (const device of named) {
              caught += 1;
              expect(stage.dishonest).toContain(device);
            }
          expect(stage.conflicts()).toBe(false);
          for (const { person } of stage.copies) {
            sealed = Math.max(sealed, person.replica.seals.seals.length);
            rounds = Math.max(rounds, ...(person.replica.seals.current?.votes.rounds().values() ?? []));
          }
        },
      ),
      { numRuns: 25, endOnFailure: true },
    );
    // Otherwise all of the above holds of nothing.
    expect(sealed).toBeGreaterThan(1);
    expect(rounds).toBeGreaterThan(0);
    expect(caught).toBeGreaterThan(0);
  }, 120_000);
});
