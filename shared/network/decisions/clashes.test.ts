import { describe, expect, it } from 'vitest';
import { type Person, certify, group, meet, protocols } from '../../../test/kit/group';
import { SealingGroup } from '../../../test/kit/sealing';
import type { Draft } from '../../record/text';
import { Replica } from '../../replica/replica';
import { stateDigest } from '../digest/digest';
import type { Effect } from './model';

const open = (by: Person, effect: Draft<Effect>) =>
  by.act('proposal.open', { title: { text: 'T' }, text: { text: '' }, effect, deadline: 0 });
const agree = (by: Person, proposal: string) => by.act('ballot.cast', { proposal, choice: 'agree' });
const statuses = ({ replica }: Person, ...ids: string[]) => ids.map((id) => replica.state.proposals.get(id)?.status);
const free = (base: string, amount: number): Draft<Effect> => ({
  kind: 'parameters',
  base,
  protocol: 'spending',
  params: { unit: 'EUR', free: amount },
});
/** Makes what they do next sort later. */
async function dawdle(by: Person): Promise<void> {
  for (const name of ['1', '2', '3', '4', '5', '6', '7', '8'])
    await by.act('member.describe', { name: { text: name } });
}

type Five = [Person, Person, Person, Person, Person];

describe('amendments that did not know of each other', () => {
  it.each(['sooner', 'later'])(
    'clash too where one of them was amended further: the other decided %s',
    async (when) => {
      const people = (await group(
        ['ana', 'ben', 'cleo', 'dora', 'eli'],
        protocols({ parameters: 'majority' }),
      )) as Five;
      const [ana, ben, cleo, dora, eli] = people;
      const base = ana.replica.id;
      const [one, two] = [await open(ana, free(base, 1)), await open(dora, free(base, 2))];
      await meet(people);
      for (const proposal of [two, one]) await agree(cleo, proposal);
      for (const person of [ana, ben]) await agree(person, one);
      const first = [ana, ben, cleo];
      await meet(first);
      const further = await open(ana, free(one, 3));
      await meet(first);
      for (const person of first) await agree(person, further);
      await meet(first);
      expect(statuses(ana, one, further)).toEqual(['adopted', 'adopted']);
      if (when === 'later') for (const person of [dora, eli]) await dawdle(person);
      for (const person of [dora, eli]) await agree(person, two);
      await meet(people);
      for (const person of people) {
        // The further one amends what is not in force any more.
        expect(statuses(person, one, two, further)).toEqual(['clashing', 'clashing', undefined]);
        expect(person.replica.state.network.get('network')!.version).toBe(base);
      }
    },
  );

  it('do not clash where one of them is sealed: the other is superseded, though who decided it knew of neither', async () => {
    const people = (await group(['ana', 'ben', 'cleo', 'dora', 'eli'], protocols({ parameters: 'majority' }))) as Five;
    const [ana, ben, cleo, dora, eli] = people;
    const base = ana.replica.id;
    const [one, two] = [await open(ana, free(base, 1)), await open(dora, free(base, 2))];
    await meet(people);
    for (const person of [cleo, dora]) await agree(person, two);
    for (const person of [ana, ben, cleo]) await agree(person, one);
    const there = [ana, ben, cleo, dora];
    await new SealingGroup(people).pass(10, there);
    expect(ana.replica.state.proposals.get(one)).toMatchObject({ status: 'adopted', sealed: expect.any(Number) });
    await agree(eli, two);
    await meet(people);
    for (const person of people) expect(statuses(person, one, two)).toEqual(['adopted', 'superseded']);
  });

  it.each(['before', 'after'])(
    'clash no more once a revocation that sorts %s all of it voids a ballot',
    async (when) => {
      const people = (await group(
        ['ana', 'ben', 'cleo', 'dora', 'eli'],
        protocols({ parameters: 'majority' }),
      )) as Five;
      const [ana, ben, cleo, dora, eli] = people;
      const phone = await certify(eli, 'phone');
      const base = ana.replica.id;
      await meet(people);
      await dawdle(ana);
      await dora.pull(ana);
      const [one, two] = [await open(ana, free(base, 1)), await open(dora, free(base, 2))];
      for (const person of [ben, cleo, dora, phone]) for (const opener of [ana, dora]) await person.pull(opener);
      // Then the ballot that will be void comes last, but for the revocation.
      if (when === 'after') for (const person of [phone, eli, eli, eli]) await dawdle(person);
      for (const person of [ana, ben, cleo]) await agree(person, one);
      for (const person of [cleo, dora, phone]) await agree(person, two);
      for (const person of [ben, cleo, dora, phone, eli]) await ana.pull(person);
      expect(statuses(ana, one, two)).toEqual(['clashing', 'clashing']);
      await eli.act('device.revoke', { device: phone.signer.device });
      await ana.pull(eli);
      expect(statuses(ana, one, two)).toEqual(['adopted', 'open']);
      expect(ana.replica.state.network.get('network')!.version).toBe(one);
      const whole = new Replica(base);
      whole.receive(await ana.batch());
      expect(stateDigest(whole.state)).toBe(stateDigest(ana.replica.state));
    },
  );

  it('do not clash where who decided the other knew, also of one that was amended further since', async () => {
    const people = (await group(['ana', 'ben'], protocols({ parameters: 'majority' }))) as [Person, Person];
    const [ana, ben] = people;
    const [one, other] = [await open(ana, free(ana.replica.id, 1)), await open(ana, free(ana.replica.id, 2))];
    await meet(people);
    for (const person of people) await agree(person, one);
    await meet(people);
    const further = await open(ana, free(one, 3));
    await meet(people);
    for (const person of people) await agree(person, further);
    await meet(people);
    for (const person of people) await agree(person, other);
    await meet(people);
    expect(statuses(ben, one, further, other)).toEqual(['adopted', 'adopted', 'superseded']);
    expect(ben.replica.state.network.get('network')!.version).toBe(further);
  });
});

describe('a removal', () => {
  const byMajority = protocols({ remove: 'majority', spend: 'majority' });

  it('is not held up by one that nobody adopted', async () => {
    const people = (await group(['ana', 'ben', 'cleo'], byMajority)) as [Person, Person, Person];
    const [ana, ben, cleo] = people;
    const removal = await open(ana, { kind: 'remove', member: ben.member });
    const revenge = await open(ben, { kind: 'remove', member: ana.member });
    await meet(people);
    for (const person of [ana, cleo]) await agree(person, removal);
    await meet(people);
    expect(statuses(cleo, removal, revenge)).toEqual(['adopted', 'open']);
    expect(cleo.replica.state.members.get(ben.member)!.status).toBe('removed');
  });

  it('is not held up by another decision in which the two took part', async () => {
    const people = (await group(['ana', 'ben', 'cleo'], byMajority)) as [Person, Person, Person];
    const [ana, ben, cleo] = people;
    const removal = await open(ana, { kind: 'remove', member: ben.member });
    const spending = await open(ben, { kind: 'spend', amount: 1, unit: 'EUR' });
    await meet(people);
    for (const person of people) await agree(person, spending);
    for (const person of [ana, cleo]) await agree(person, removal);
    await meet(people);
    expect(statuses(cleo, removal, spending)).toEqual(['adopted', 'adopted']);
    expect(cleo.replica.state.members.get(ben.member)!.status).toBe('removed');
  });

  it.each(['the first removes', 'the second removes'])(
    'takes effect beside another where only whom %s took part in the other',
    async (which) => {
      const people = (await group(['ana', 'ben', 'cleo', 'dora', 'eli'], byMajority)) as Five;
      const [ana, ben, cleo, dora, eli] = people;
      // Of the two, one takes part in the other, and the other not in the one.
      const [by, of] = which === 'the second removes' ? [dora, ana] : [ben, dora];
      const [one, two] = [
        await open(ana, { kind: 'remove', member: ben.member }),
        await open(by, { kind: 'remove', member: of.member }),
      ];
      await meet(people);
      for (const person of [cleo, eli]) for (const proposal of [one, two]) await agree(person, proposal);
      await agree(which === 'the second removes' ? dora : ana, one);
      await agree(by, two);
      await meet(people);
      expect(statuses(eli, one, two)).toEqual(['adopted', 'adopted']);
    },
  );

  it.each([
    ['nobody', 'adopted', 'removed'],
    ['one', 'superseded', 'left'],
  ])('of who has left, which %s of those who decided knew, is %s', async (who, status, standing) => {
    const people = (await group(['ana', 'ben', 'cleo', 'dora', 'eli'], byMajority)) as Five;
    const [ana, ben, cleo, dora] = people;
    const removal = await open(ana, { kind: 'remove', member: cleo.member });
    await meet(people);
    await cleo.act('member.leave', {});
    if (who === 'one') await ben.pull(cleo);
    for (const person of [ana, ben, dora]) await agree(person, removal);
    await meet(people);
    for (const person of people) {
      expect(statuses(person, removal)).toEqual([status]);
      expect(person.replica.state.members.get(cleo.member)!.status).toBe(standing);
    }
  });

  it('clashes with each mutual one that was not known, whatever others there are that were', async () => {
    const names = ['ana', 'ben', 'cleo', 'dora', 'eli', 'fay'];
    const people = await group(names, byMajority);
    const [target, one, other, dora, eli, fay] = people as [Person, ...Five];
    const removal = await open(one, { kind: 'remove', member: target.member });
    const mutual = [
      await open(target, { kind: 'remove', member: one.member }),
      await open(target, { kind: 'remove', member: other.member }),
    ];
    await meet(people);
    const [known, unknown] = mutual.sort() as [string, string];
    for (const person of [target, dora, eli]) for (const proposal of mutual) await agree(person, proposal);
    for (const person of [one, other]) await agree(person, removal);
    await agree(fay, known);
    await meet([target, dora, eli, fay]);
    expect(statuses(dora, known, unknown)).toEqual(['adopted', 'open']);
    for (const person of [dora, eli]) await agree(person, removal);
    await agree(fay, unknown);
    await meet(people);
    for (const person of people)
      expect(statuses(person, known, unknown, removal)).toEqual(['adopted', 'clashing', 'clashing']);
  });
});
