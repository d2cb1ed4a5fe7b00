import { describe, expect, it } from 'vitest';
import { type Person, admit, group, meet, protocols } from '../../test/kit/group';
import { MINUTE, START, SealingGroup } from '../../test/kit/sealing';
import { stateDigest } from '../network/digest/digest';
import { Replica } from '../replica/replica';

const heights = (people: readonly Person[]) => people.map((person) => person.replica.seals.seals.length);
const same = (people: readonly Person[]) =>
  expect(new Set(people.map((p) => stateDigest(p.replica.state))).size).toBe(1);
const propose = (by: Person, deadline = 0) =>
  by.act('proposal.open', { title: { text: 'T' }, text: { text: 'X' }, effect: { kind: 'none' }, deadline });

describe('sealing', () => {
  it('one person seals alone, without ceremony; and not again while nothing waits', async () => {
    const one = new SealingGroup(await group(['ana']));
    await one.pass(3);
    expect(heights(one.people)).toEqual([1]);
    await one.pass(10);
    expect(heights(one.people)).toEqual([1]);
  });

  it('three people seal one chain; each has the same seals and state, and what a newcomer folds from all events is the same', async () => {
    const three = new SealingGroup(await group(['ana', 'ben', 'cleo']));
    const [ana, ben] = three.people as [Person, Person];
    await three.pass(5);
    await propose(ana);
    await ben.act('resource.seek', { name: { text: 'R' }, about: { text: '' }, kind: 'boat', amount: 5, unit: 'EUR' });
    await three.pass(10);
    expect(ana.replica.seals.seals.length).toBeGreaterThanOrEqual(2);
    same(three.people);
    const values = three.people.map((person) => person.replica.seals.seals.map((seal) => seal.value));
    expect(new Set(values.map(String)).size).toBe(1);
    const late = new Replica(ana.replica.id);
    late.receive(await ana.batch());
    expect(stateDigest(late.state)).toBe(stateDigest(ana.replica.state));
    expect(late.seals.seals.map((seal) => seal.value)).toEqual(values[0]);
    // The digest that the quorum signed is the one that every fold of the cut gives.
    for (const seal of late.seals.seals) expect(seal.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('needs its quorum: with one of three away nothing is sealed, and it goes on when they are back', async () => {
    const three = new SealingGroup(await group(['ana', 'ben', 'cleo']));
    await three.pass(5);
    const before = heights(three.people)[0]!;
    const [ana, ben, cleo] = three.people as [Person, Person, Person];
    await propose(ana);
    await three.pass(20, [ana, ben]);
    expect(heights([ana, ben])).toEqual([before, before]);
    await three.pass(30);
    expect(heights([ana, ben, cleo]).every((height) => height > before)).toBe(true);
    same(three.people);
  });

  it('goes to a further round when the proposer is away, and seals with those who are there', async () => {
    const five = new SealingGroup(await group(['ana', 'ben', 'cleo', 'dora', 'eli']));
    await five.pass(5);
    for (let round = 0; round < 5; round++) {
      const away = five.people[round]!;
      const there = five.people.filter((person) => person !== away);
      const before = there[0]!.replica.seals.seals.length;
      await propose(there[0]!);
      await five.pass(15, there);
      expect(there[0]!.replica.seals.seals.length).toBeGreaterThan(before);
    }
    await five.pass(5);
    same(five.people);
  });

  it('what is sealed does not change, whatever arrives later', async () => {
    const three = new SealingGroup(await group(['ana', 'ben', 'cleo'], protocols({ none: 'majority' })));
    await three.pass(5);
    const [ana, ben, cleo] = three.people as [Person, Person, Person];
    const proposal = await propose(ana);
    await meet(three.people);
    await three.pass(3);
    const seal = ana.replica.seals.seals.length;
    // Cleo votes offline, citing what she had long ago; the others decide and seal without her once she is outvoted by absence.
    await ana.act('ballot.cast', { proposal, choice: 'agree' });
    await ben.act('ballot.cast', { proposal, choice: 'agree' });
    await three.pass(10);
    expect(ana.replica.seals.seals.length).toBeGreaterThan(seal);
    const fixed = ana.replica.state.proposals.get(proposal)!;
    expect([fixed.status, fixed.sealed !== undefined]).toEqual(['adopted', true]);
    const late = await cleo.act('ballot.cast', { proposal, choice: 'disagree' });
    await meet(three.people);
    for (const person of three.people) {
      expect(person.replica.state.proposals.get(proposal)!.tally).toEqual(fixed.tally);
      expect(person.replica.state.ballots.get(late)!.standing).toBe('late');
    }
    same(three.people);
  });

  it('a vote ends at the first seal past its deadline, on the ballots in its cut', async () => {
    const three = new SealingGroup(await group(['ana', 'ben', 'cleo'], protocols({ none: 'majority' })));
    const [ana, ben, cleo] = three.people as [Person, Person, Person];
    await three.pass(5);
    const day = 24 * 60;
    const proposal = await propose(ana, START + three.clock.now() + MINUTE);
    await meet(three.people);
    await ana.act('ballot.cast', { proposal, choice: 'abstain' });
    await ben.act('ballot.cast', { proposal, choice: 'agree' });
    await three.pass(10);
    expect(ana.replica.state.proposals.get(proposal)!.status).toBe('open');
    await three.clock.advance(11 * day * MINUTE);
    await cleo.act('member.describe', { name: { text: 'Cleo' } });
    await three.pass(10);
    for (const person of three.people) {
      const row = person.replica.state.proposals.get(proposal)!;
      expect([row.status, row.tally.agree, row.tally.abstain]).toEqual(['adopted', 1, 1]);
    }
    same(three.people);
  });

  it('the electorate is that of the seal before: who was admitted since does not vote yet', async () => {
    const two = new SealingGroup(await group(['ana', 'ben']));
    const [ana, ben] = two.people as [Person, Person];
    await two.pass(5);
    const dora = await admit(ana, 'dora');
    const proposal = await propose(ana);
    expect(ana.replica.state.proposals.get(proposal)!.electorate).toEqual([ana.member, ben.member].sort());
    await ben.pull(ana);
    await dora.pull(ana);
    await two.pass(5, [ana, ben]);
    const next = await propose(ana);
    expect(ana.replica.state.proposals.get(next)!.electorate).toContain(dora.member);
  });
});
