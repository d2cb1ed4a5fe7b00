import { describe, expect, it } from 'vitest';
import { Person, admit, group, meet, protocols, testSigner } from '../../../test/kit/group';
import { signEvent } from '../../record/compose';
import { Replica } from '../../replica/replica';
import { consentMessage } from '../certificates';
import { stateDigest } from '../digest/digest';
import type { Effect } from './model';
import type { Draft } from '../../record/text';

const propose = (by: Person, effect: Draft<Effect> = { kind: 'none' }) =>
  by.act('proposal.open', { title: { text: 'A question' }, text: { text: 'Shall we?' }, effect, deadline: 0 });
const status = (person: Person, id: string) => person.replica.state.proposals.get(id)!.status;
const same = (people: readonly Person[]) =>
  expect(new Set(people.map((p) => stateDigest(p.replica.state))).size).toBe(1);

describe('decisions', () => {
  it('adopts once enough of the electorate agree, and says by which ballots', async () => {
    const [ana, ben, cleo] = (await group(['ana', 'ben', 'cleo'])) as [Person, Person, Person];
    const id = await propose(ana);
    await meet([ana, ben, cleo]);
    const first = await ana.act('ballot.cast', { proposal: id, choice: 'agree' });
    expect(status(ana, id)).toBe('open');
    const second = await ben.act('ballot.cast', { proposal: id, choice: 'agree' });
    await meet([ana, ben, cleo]);
    expect(status(cleo, id)).toBe('adopted');
    expect(new Set(cleo.replica.state.proposals.get(id)!.why.events)).toEqual(new Set([id, first, second]));
    same([ana, ben, cleo]);
  });

  it('a block cast offline, without knowing of the others, stops what it may stop, whoever syncs first', async () => {
    const people = (await group(['ana', 'ben', 'cleo'])) as [Person, Person, Person];
    const [ana, ben, cleo] = people;
    const resource = await ana.act('resource.seek', {
      name: { text: 'House' },
      about: { text: '' },
      kind: 'house',
      amount: 100,
      unit: 'EUR',
    });
    const id = await propose(ana, { kind: 'buy', resource, amount: 100, unit: 'EUR' });
    await meet(people);
    await ana.act('ballot.cast', { proposal: id, choice: 'agree' });
    await ben.act('ballot.cast', { proposal: id, choice: 'agree' });
    await ana.pull(ben);
    expect(status(ana, id)).toBe('open');
    await cleo.act('ballot.cast', { proposal: id, choice: 'block', reason: { text: 'Damp' } });
    await meet(people);
    for (const person of people) expect(status(person, id)).toBe('rejected');
    expect(ana.replica.state.resources.get(resource)!.status).toBe('sought');
    same(people);
  });

  it('two concurrent amendments of one base both wait, in whatever order they arrive', async () => {
    const people = (await group(['ana', 'ben', 'cleo'], protocols({ parameters: 'majority' }))) as [
      Person,
      Person,
      Person,
    ];
    const [ana, ben, cleo] = people;
    const base = ana.replica.id;
    const change = (free: number): Draft<Effect> => ({
      kind: 'parameters',
      base,
      protocol: 'spending',
      params: { unit: 'EUR', free },
    });
    const one = await propose(ana, change(1));
    const two = await propose(ben, change(2));
    await meet(people);
    await ana.act('ballot.cast', { proposal: one, choice: 'agree' });
    await ben.act('ballot.cast', { proposal: two, choice: 'agree' });
    // Cleo agrees to the first, then, on another island, knows of neither's adoption.
    await cleo.act('ballot.cast', { proposal: one, choice: 'agree' });
    await cleo.act('ballot.cast', { proposal: two, choice: 'agree' });
    await meet(people);
    for (const person of people) {
      expect([status(person, one), status(person, two)]).toEqual(['clashing', 'clashing']);
      expect(person.replica.state.network.get('network')!.version).toBe(base);
    }
    same(people);
  });

  it('an amendment whose base is no longer in force can not be adopted by those who know', async () => {
    const people = (await group(['ana', 'ben', 'cleo'], protocols({ parameters: 'majority' }))) as [
      Person,
      Person,
      Person,
    ];
    const [ana, ben, cleo] = people;
    const change = (free: number): Draft<Effect> => ({
      kind: 'parameters',
      base: ana.replica.id,
      protocol: 'spending',
      params: { unit: 'EUR', free },
    });
    const one = await propose(ana, change(1));
    const two = await propose(ben, change(2));
    await meet(people);
    for (const person of [ana, ben]) await person.act('ballot.cast', { proposal: one, choice: 'agree' });
    await meet(people);
    expect(status(cleo, one)).toBe('adopted');
    for (const person of [ben, cleo]) await person.act('ballot.cast', { proposal: two, choice: 'agree' });
    await meet(people);
    for (const person of people) expect([status(person, one), status(person, two)]).toEqual(['adopted', 'superseded']);
    same(people);
  });

  it('an assent can not be taken back; another ballot is kept beside it', async () => {
    const people = (await group(['ana', 'ben', 'cleo'], protocols({ none: 'assent' }))) as [Person, Person, Person];
    const [ana, ben, cleo] = people;
    const id = await propose(ana);
    await meet(people);
    await ana.act('ballot.cast', { proposal: id, choice: 'agree' });
    const second = await ana.act('ballot.cast', { proposal: id, choice: 'disagree' });
    await ben.act('ballot.cast', { proposal: id, choice: 'agree' });
    await cleo.act('ballot.cast', { proposal: id, choice: 'agree' });
    await meet(people);
    expect(status(ben, id)).toBe('adopted');
    expect(ben.replica.state.ballots.get(second)!.standing).toBe('kept');
    same(people);
  });

  it('the electorate is that of the proposal’s own past: who joins later does not vote', async () => {
    const people = (await group(['ana', 'ben', 'cleo'])) as [Person, Person, Person];
    const [ana, ben, cleo] = people;
    const id = await propose(ana);
    const dora = await admit(ben, 'dora');
    await meet([...people, dora]);
    expect(dora.replica.state.proposals.get(id)!.electorate).toEqual([ana, ben, cleo].map((p) => p.member).sort());
    await expect(dora.act('ballot.cast', { proposal: id, choice: 'agree' })).rejects.toMatchObject({
      code: 'refused-not-in-electorate',
    });
  });

  it('a closing counts the ballots its author had seen; a concurrent one is late', async () => {
    const people = await group(['ana', 'ben', 'cleo', 'dora', 'eli']);
    const [ana, ben, cleo, dora, eli] = people as [Person, Person, Person, Person, Person];
    const id = await propose(ana);
    await meet(people);
    await ana.act('ballot.cast', { proposal: id, choice: 'agree' });
    await ben.act('ballot.cast', { proposal: id, choice: 'agree' });
    await cleo.act('ballot.cast', { proposal: id, choice: 'abstain' });
    const late = await dora.act('ballot.cast', { proposal: id, choice: 'disagree' });
    await meet([ana, ben, cleo]);
    const ballots = [...ana.replica.state.ballots.values()]
      .filter((b) => b.proposal === id && b.standing === 'counts')
      .map((b) => b.id);
    await expect(ana.act('decision.close', { proposal: id, ballots: ballots.slice(1) })).rejects.toMatchObject({
      code: 'refused-closing-omits-ballots',
    });
    await ana.act('decision.close', { proposal: id, ballots });
    await meet(people);
    for (const person of people) {
      expect(status(person, id)).toBe('adopted');
      expect(person.replica.state.ballots.get(late)!.standing).toBe('late');
    }
    await expect(eli.act('ballot.cast', { proposal: id, choice: 'agree' })).resolves.toBeTypeOf('string');
    same(people.slice(0, 4));
  });

  it('two concurrent decisions to buy one thing both wait', async () => {
    const people = (await group(['ana', 'ben', 'cleo'], protocols({ buy: 'majority' }))) as [Person, Person, Person];
    const [ana, ben, cleo] = people;
    const resource = await ana.act('resource.seek', {
      name: { text: 'House' },
      about: { text: '' },
      kind: 'house',
      amount: 100,
      unit: 'EUR',
    });
    await meet(people);
    const one = await propose(ana, { kind: 'buy', resource, amount: 100, unit: 'EUR' });
    const two = await propose(ben, { kind: 'buy', resource, amount: 90, unit: 'EUR' });
    await cleo.pull(ana);
    await ana.act('ballot.cast', { proposal: one, choice: 'agree' });
    await cleo.act('ballot.cast', { proposal: one, choice: 'agree' });
    await cleo.pull(ben);
    await ben.act('ballot.cast', { proposal: two, choice: 'agree' });
    await cleo.act('ballot.cast', { proposal: two, choice: 'agree' });
    await meet(people);
    for (const person of people) {
      expect([status(person, one), status(person, two)]).toEqual(['clashing', 'clashing']);
      expect(person.replica.state.resources.get(resource)!.status).toBe('sought');
      expect(person.replica.state.allowances.size).toBe(0);
    }
    same(people);
  });

  it('mutual removals that did not know of each other both wait', async () => {
    const people = await group(['ana', 'ben', 'cleo', 'dora'], protocols({ remove: 'majority' }));
    const [ana, ben, cleo, dora] = people as [Person, Person, Person, Person];
    const one = await propose(ana, { kind: 'remove', member: ben.member });
    const two = await propose(ben, { kind: 'remove', member: ana.member });
    await meet(people);
    for (const person of [ana, cleo, dora]) await person.act('ballot.cast', { proposal: one, choice: 'agree' });
    for (const person of [ben, cleo, dora]) await person.act('ballot.cast', { proposal: two, choice: 'agree' });
    await meet(people);
    for (const person of people) {
      expect([status(person, one), status(person, two)]).toEqual(['clashing', 'clashing']);
      expect(person.replica.state.members.get(ana.member)!.status).toBe('active');
      expect(person.replica.state.members.get(ben.member)!.status).toBe('active');
    }
    same(people);
  });

  it('what a removed member does after the removal, and knowing of it, has no effect', async () => {
    const people = (await group(['ana', 'ben', 'cleo'], protocols({ remove: 'majority' }))) as [Person, Person, Person];
    const [ana, ben, cleo] = people;
    const other = await propose(ana);
    const removal = await propose(ana, { kind: 'remove', member: ben.member });
    await meet(people);
    for (const person of [ana, cleo]) await person.act('ballot.cast', { proposal: removal, choice: 'agree' });
    await meet(people);
    expect(ben.replica.state.members.get(ben.member)!.status).toBe('removed');
    await expect(ben.act('ballot.cast', { proposal: other, choice: 'agree' })).rejects.toMatchObject({
      code: 'refused-author-removed',
    });
    // Signed all the same: kept, and without effect everywhere.
    const last = ben.replica.record.tips().find((tip) => tip.device === ben.signer.device);
    const certificate = ben.replica.record.certificatesOf(ben.signer.device)[0]!;
    const event = await signEvent(
      {
        network: ben.replica.id,
        device: ben.signer.device,
        sequence: (last?.sequence ?? -1) + 1,
        previous: last?.id ?? null,
        parents: [...new Set([...ben.replica.record.heads(), ...(last === undefined ? [certificate] : [])])]
          .filter((id) => id !== last?.id)
          .sort(),
        time: 0,
        rules: 1,
        type: 'ballot.cast',
        payload: { proposal: other, choice: 'agree' },
      },
      ben.signer,
    );
    ben.replica.receive({ events: [event], texts: [] });
    await meet(people);
    for (const person of people) {
      expect(person.replica.state.withoutEffect.get(event.id)!.code).toBe('author-removed');
      expect(person.replica.state.proposals.get(other)!.tally.agree).toBe(0);
    }
    same(people);
  });

  it('a ballot by a member who left without having seen it, or by a device revoked so, does not count, whoever syncs first', async () => {
    const people = (await group(['ana', 'ben', 'cleo'])) as [Person, Person, Person];
    const [ana, ben, cleo] = people;
    const id = await propose(ana);
    const phone = await testSigner('bens phone');
    const proof = await phone.sign(consentMessage(ben.replica.id, ben.signer.device));
    await ben.pull(ana);
    await ben.act('device.certify', { device: phone.device, label: 'phone', proof });
    const thief = new Person('thief', phone, new Replica(ben.replica.id), 0);
    await thief.pull(ben);
    await thief.act('ballot.cast', { proposal: id, choice: 'agree' });
    await ben.act('device.revoke', { device: phone.device });
    await ana.act('ballot.cast', { proposal: id, choice: 'agree' });
    await meet([ana, ben, cleo, thief]);
    for (const person of people) {
      expect(person.replica.state.proposals.get(id)!.tally.agree).toBe(1);
      expect(status(person, id)).toBe('open');
    }
    same([ana, ben, cleo, thief]);
  });
});
