import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { forge } from '../../test/kit/forge';
import { Person, admit, certify, group, meet, protocols } from '../../test/kit/group';
import { SealingGroup } from '../../test/kit/sealing';
import { checkEvent } from './check';
import { stateDigest } from './digest/digest';
import { RULES_VERSION } from './events';
import { refound } from '../replica/refound';
import { Replica } from '../replica/replica';
import type { SignedEvent } from '../record/event';
import { NETWORK_KEY } from './state';

const NEXT = RULES_VERSION + 1;
/** Two of three are enough to seal. */
const BY_TWO = {
  kind: 'sealing' as const,
  id: 'sealing',
  title: 'Sealing',
  text: { text: 'All seal.' },
  params: { types: [], quorum: 'majority' as const },
};

const rulesOf = ({ replica }: Pick<Person, 'replica'>) => replica.state.network.get(NETWORK_KEY)!.rules;
const digestOf = ({ replica }: Pick<Person, 'replica'>) => stateDigest(replica.state);
const statusOf = ({ replica }: Person, proposal: string) => replica.state.proposals.get(proposal)!.status;
const why = ({ replica }: Pick<Person, 'replica'>, event: string) => replica.state.withoutEffect.get(event)?.code;

/** The same member's app after an update, with all that the old one kept. */
async function updated(old: Person): Promise<Person> {
  const fresh = new Person(
    old.name,
    old.signer,
    new Replica(old.replica.id, undefined, NEXT),
    Math.max(...old.replica.record.all().map(({ time }) => time)),
  );
  fresh.member = old.member;
  await fresh.pull(old);
  return fresh;
}

const propose = (by: Person, version = NEXT) =>
  by.act('proposal.open', {
    title: { text: 'Newer rules' },
    text: { text: 'The app has them.' },
    effect: { kind: 'rules', version },
    deadline: 0,
  });
const agree = (by: Person, proposal: string) => by.act('ballot.cast', { proposal, choice: 'agree' });

/** Opened by the first and adopted by all. */
async function adopt(people: readonly Person[]): Promise<string> {
  const proposal = await propose(people[0]!);
  await meet(people);
  for (const person of people) {
    await meet(people);
    if (statusOf(person, proposal) === 'open') await agree(person, proposal);
  }
  await meet(people);
  return proposal;
}

describe('the version of the rules', () => {
  let people: Person[];
  let sealing: SealingGroup;
  let ana: Person;
  let ben: Person;

  const fresh = async (): Promise<void> => {
    people = await group(['ana', 'ben', 'cleo'], [...protocols(), BY_TWO]);
    [ana, ben] = people as [Person, Person, Person];
    sealing = new SealingGroup(people);
    await sealing.pass(3);
  };

  it('is that of the founding event, and every event is signed under it, also by an app that knows more', async () => {
    expect(new Replica('a'.repeat(64)).rules).toBe(0);
    await fresh();
    expect(rulesOf(ana)).toBe(RULES_VERSION);
    const newer = await updated(ben);
    const id = await newer.act('member.describe', { name: { text: 'Ben' } });
    expect(newer.replica.record.get(id)!.rules).toBe(RULES_VERSION);
    expect(digestOf(ana)).not.toBe(digestOf(newer));
    await ana.pull(newer);
    expect(digestOf(ana)).toBe(digestOf(newer));
  });

  it('goes up by one, by the class that decides on the agreement', async () => {
    await fresh();
    for (const version of [RULES_VERSION + 2, 65_535])
      await expect(propose(ana, version)).rejects.toMatchObject({ code: 'refused-rules-not-next' });
    const proposal = await propose(ana);
    const { rule, clause } = ana.replica.state.proposals.get(proposal)!;
    expect([rule.id, clause.protocol]).toEqual(['assent', 'decisions']);
    const down = await forge(ben, {
      type: 'proposal.open',
      payload: { title: 'a'.repeat(64), text: 'b'.repeat(64), effect: { kind: 'rules', version: 1 }, deadline: 0 },
    });
    ben.replica.receive({ events: [down], texts: [] });
    expect(why(ben, down.id)).toBe('payload-malformed');
  });

  it('changes at the seal that fixes the decision, not before: all of a section is folded by one version', async () => {
    await fresh();
    const proposal = await adopt(people);
    expect([statusOf(ana, proposal), rulesOf(ana), ana.replica.standsStill]).toEqual(['adopted', RULES_VERSION, false]);
    await ana.act('member.describe', { name: { text: 'still can' } });
    await sealing.pass(4);
    for (const person of people) {
      expect([rulesOf(person), person.replica.standsStill]).toEqual([NEXT, true]);
      expect(person.replica.state.proposals.get(proposal)!.sealed).toBe(person.replica.seals.seals.length);
    }
  });

  it('changes only with a seal in a network that has none yet, too', async () => {
    const [first] = (await group(['ana'])) as [Person];
    await adopt([first]);
    expect([rulesOf(first), first.replica.standsStill]).toEqual([RULES_VERSION, false]);
    await new SealingGroup([first]).pass(4);
    expect([rulesOf(first), first.replica.standsStill]).toEqual([NEXT, true]);
    expect(first.replica.seals.seals).toHaveLength(1);
  });

  it('comes too late for what named it before: that never counts', async () => {
    await fresh();
    const words = { title: { text: 'Paint' }, text: { text: 'Blue.' }, deadline: 0 };
    const paint = await ana.act('proposal.open', { ...words, effect: { kind: 'none' } });
    await meet(people);
    const payload = { proposal: paint, choice: 'agree' };
    const early = await forge(ben, { rules: NEXT, type: 'ballot.cast', payload });
    ben.replica.receive({ events: [early], texts: [] });
    await meet(people);
    await adopt(people);
    await sealing.pass(4);
    const newer = await updated(ana);
    expect(rulesOf(newer)).toBe(NEXT);
    await agree(newer, paint);
    expect(newer.replica.state.proposals.get(paint)).toMatchObject({ status: 'open', tally: { agree: 1 } });
  });

  it.each([
    ['clashes with another for the same that did not know of it', 'clashing', RULES_VERSION],
    ['supersedes another for the same that knew of it', 'superseded', NEXT],
  ] as const)('decided on %s', async (_how, status, rules) => {
    const five = await group(['ana', 'ben', 'cleo', 'dora', 'eli'], [...protocols({ adopt: 'majority' }), BY_TWO]);
    const [first, second, third, fourth, fifth] = five as [Person, Person, Person, Person, Person];
    const sealing = new SealingGroup(five);
    await sealing.pass(3);
    const [one, other] = [await propose(first), await propose(fourth)];
    await meet(five);
    for (const proposal of [one, other]) await agree(third, proposal);
    for (const person of [first, second]) await agree(person, one);
    if (status === 'superseded') await meet(five);
    for (const person of [fourth, fifth]) await agree(person, other);
    await meet(five);
    for (const person of five)
      expect([statusOf(person, one), statusOf(person, other)]).toEqual([
        status === 'clashing' ? 'clashing' : 'adopted',
        status,
      ]);
    await sealing.pass(5);
    for (const person of five) expect(rulesOf(person)).toBe(rules);
  });
});

describe('an event that names another version than the one in force', () => {
  let ana: Person;
  let ben: Person;
  let cleo: Person;
  /** Ben's other device. */
  let phone: Person;
  let newer: Person;
  let proposal: string;

  beforeAll(async () => {
    const people = await group(['ana', 'ben', 'cleo'], [...protocols(), BY_TWO]);
    [ana, ben, cleo] = people as [Person, Person, Person];
    const sealing = new SealingGroup(people);
    await sealing.pass(3);
    proposal = await ana.act('proposal.open', {
      title: { text: 'Paint' },
      text: { text: 'Blue.' },
      effect: { kind: 'none' },
      deadline: 0,
    });
    phone = await certify(ben, 'phone');
    await meet([...people, phone]);
    newer = await updated(cleo);
  });

  /** Old and new take in what one has. */
  const take = async (from: Person): Promise<void> => {
    for (const person of [ana, ben, newer]) await person.pull(from);
    expect(digestOf(newer)).toBe(digestOf(ana));
    expect(digestOf(newer)).toBe(digestOf(ben));
  };

  it('above it has no effect, whether the app knows that version or not, and brings nothing about', async () => {
    for (const rules of [NEXT, 65_535]) {
      const ballot = await forge(cleo, { rules, type: 'ballot.cast', payload: { proposal, choice: 'agree' } });
      cleo.replica.receive({ events: [ballot], texts: [] });
      await take(cleo);
      expect(why(newer, ballot.id)).toBe('rules-not-in-force');
    }
    await agree(ben, proposal);
    await take(ben);
    const { tally, status } = newer.replica.state.proposals.get(proposal)!;
    expect([tally.agree, status]).toEqual([1, 'open']);
    expect([rulesOf(newer), ana.replica.standsStill]).toEqual([RULES_VERSION, false]);
  });

  it('above it makes no ballot of its device or member void', async () => {
    // It had not seen the ballot.
    const leave = await forge(phone, { rules: NEXT, type: 'member.leave', payload: {} });
    phone.replica.receive({ events: [leave], texts: [] });
    await take(phone);
    expect(why(ana, leave.id)).toBe('rules-not-in-force');
    expect(ana.replica.state.members.get(ben.member)!.status).toBe('active');
    await agree(ana, proposal);
    await take(ana);
    expect(ana.replica.state.proposals.get(proposal)).toMatchObject({ status: 'adopted', tally: { agree: 2 } });
  });
});

describe('apps of which one knows the rules in force and the others do not', () => {
  let people: Person[];
  let ana: Person;
  let sealing: SealingGroup;
  /** Ben's, updated before, and at the height at which the others stood still. */
  let newer: Person;
  let height: number;

  beforeAll(async () => {
    people = await group(['ana', 'ben', 'cleo'], [...protocols(), BY_TWO]);
    ana = people[0]!;
    sealing = new SealingGroup(people);
    await sealing.pass(3);
    await adopt(people);
    await sealing.pass(4);
    height = ana.replica.seals.seals.length;
    newer = await updated(people[1]!);
  });

  it('have the same state up to the cut; the old ones keep what comes after, and fold none of it', async () => {
    expect(new Set(people.map(digestOf)).size).toBe(1);
    const before = digestOf(ana);
    expect(newer.replica.standsStill).toBe(false);
    const id = await newer.act('member.describe', { name: { text: 'New Ben' } });
    expect(newer.replica.record.get(id)!.rules).toBe(NEXT);
    await meet([...people, newer]);
    for (const person of people) {
      expect(person.replica.record.has(id)).toBe(true);
      expect([digestOf(person), person.replica.unsealed]).toEqual([before, []]);
      // They relay it.
      expect(person.replica.kept.tips().some((tip) => tip.id === id)).toBe(true);
    }
    expect(newer.replica.state.members.get(newer.member)!.name).not.toBe(
      ana.replica.state.members.get(newer.member)!.name,
    );
  });

  it('an old one signs nothing, votes on no seal and starts no network again', async () => {
    await expect(ana.act('member.leave', {})).rejects.toMatchObject({ code: 'app-too-old' });
    await expect(admit(ana, 'dan')).rejects.toMatchObject({ code: 'app-too-old' });
    const again = { name: 'The house', founder: 'Ana', device: 'd', member: ana.member, memo: 'm', time: 0 };
    await expect(refound(ana.replica, ana.signer, again)).rejects.toMatchObject({ code: 'app-too-old' });
    const size = ana.replica.record.size;
    await sealing.pass(5);
    expect([ana.replica.record.size, ana.replica.seals.seals.length, ana.replica.seals.current]).toEqual([
      size,
      height,
      null,
    ]);
  });

  it('an updated one goes on from what it kept, to the same state and the next seal', async () => {
    const again = await updated(ana);
    await newer.pull(ana);
    expect(digestOf(again)).toBe(digestOf(newer));
    expect(again.replica.seals.seals.map(({ value }) => value)).toEqual(
      newer.replica.seals.seals.map(({ value }) => value),
    );
    await new SealingGroup([again, newer]).pass(6);
    expect(again.replica.seals.seals.length).toBeGreaterThan(height);
    expect(digestOf(again)).toBe(digestOf(newer));
    // What they seal now moves no old app, which neither contradicts it nor takes it over.
    const before = digestOf(ana);
    await ana.pull(again);
    expect([digestOf(ana), ana.replica.seals.seals.length]).toEqual([before, height]);
    // An event under the version before is folded by the one in force.
    const old = await forge(newer, {
      rules: RULES_VERSION,
      type: 'member.describe',
      payload: { name: 'c'.repeat(64) },
    });
    again.replica.receive({ events: [...(await eventsOf(newer)), old], texts: [] });
    expect(why(again, old.id)).toBeUndefined();
    expect(again.replica.state.members.get(newer.member)!.name).toBe('c'.repeat(64));
  });

  it('have each the same state, whatever the order in which the events come', async () => {
    const all = await eventsOf(newer);
    const wanted = new Map([
      [RULES_VERSION, digestOf(ana)],
      [NEXT, digestOf(newer)],
    ]);
    fc.assert(
      fc.property(
        fc.constantFrom(RULES_VERSION, NEXT),
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.integer({ min: 1, max: 40 }),
        (known, events, size) => {
          const replica = new Replica(ana.replica.id, undefined, known);
          for (let from = 0; from < events.length; from += size)
            replica.receive({ events: events.slice(from, from + size), texts: [] });
          expect(replica.record.size).toBe(all.length);
          expect(stateDigest(replica.state)).toBe(wanted.get(known));
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('a network that was founded under newer rules than an app knows', () => {
  it('has no state there; its events are kept', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const founding = await forge(ana, {
      network: null,
      sequence: 0,
      previous: null,
      parents: [],
      rules: NEXT,
      ...foundingOf(ana),
    });
    const [old, newer] = [new Replica(founding.id), new Replica(founding.id, undefined, NEXT)];
    for (const replica of [old, newer]) replica.receive({ events: [founding], texts: [] });
    expect([old.standsStill, old.record.size, old.state.network.size, old.state.withoutEffect.size]).toEqual([
      true,
      1,
      0,
      0,
    ]);
    expect([newer.standsStill, newer.rules, newer.state.network.get(NETWORK_KEY)!.rules]).toEqual([false, NEXT, NEXT]);
  });
});

const foundingOf = ({ replica }: Person) => {
  const { type, payload } = replica.record.get(replica.id)!;
  return { type, payload };
};

const eventsOf = ({ replica }: Person): Promise<SignedEvent[]> =>
  Promise.all(replica.record.all().map(({ bytes }) => checkEvent(bytes)));
