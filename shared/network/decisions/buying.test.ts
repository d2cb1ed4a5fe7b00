import { describe, expect, it } from 'vitest';
import { type Person, group, meet, protocols } from '../../../test/kit/group';
import type { Draft } from '../../record/text';
import { draftEntry } from '../ledger/drafts';
import type { Effect } from './model';

const refused = (code: string) => expect.objectContaining({ code: `refused-${code}` });
const open = (by: Person, effect: Draft<Effect>) =>
  by.act('proposal.open', { title: { text: 'T' }, text: { text: '' }, effect, deadline: 0 });
const seek = (by: Person) =>
  by.act('resource.seek', { name: { text: 'R' }, about: { text: '' }, kind: 'house', amount: 90, unit: 'EUR' });
const toBuy = (resource: string, amount = 90): Draft<Effect> => ({ kind: 'buy', resource, amount, unit: 'EUR' });
const withdraw = (by: Person, proposal: string) => by.act('proposal.withdraw', { proposal });
async function decide(people: readonly Person[], proposal: string): Promise<void> {
  for (const person of people) await person.act('ballot.cast', { proposal, choice: 'agree' });
  await meet(people);
}
const byMajority = protocols({ buy: 'majority', spend: 'majority' });

describe('a candidate', () => {
  it('is decided on by the first proposal to buy it, then by the next one that is open, then sought again', async () => {
    const people = await group(['ana', 'ben', 'cleo', 'dora', 'eli', 'fay'], byMajority);
    const [ana, ...rest] = people as [Person, ...Person[]];
    const [house, boat] = [await seek(ana), await seek(ana)];
    await meet(people);
    const row = () => ana.replica.state.resources.get(house)!;
    const first = await open(ana, toBuy(house));
    expect(row()).toMatchObject({ status: 'deciding', proposal: first });
    // These had not seen it, and come after it in the order, one after the other.
    const others = new Map<string, Person>();
    for (const [index, person] of rest.entries()) {
      for (let step = 0; step <= index; step++) await person.act('member.describe', { name: { text: person.name } });
      others.set(await open(person, toBuy(house)), person);
    }
    // Whatever else is open, by whatever id, is not about this candidate.
    for (const effect of [toBuy(boat), { kind: 'none' as const }, { kind: 'spend' as const, amount: 1, unit: 'EUR' }])
      await open(rest[0]!, effect);
    await meet(people);
    expect(row()).toMatchObject({ status: 'deciding', proposal: first });
    await expect(open(rest[0]!, toBuy(house))).rejects.toEqual(refused('resource-not-sought'));
    await expect(withdraw(rest[0]!, first)).rejects.toEqual(refused('not-proposer'));
    // One that it does not wait for says nothing about it, nor does a ballot that decides nothing.
    const [last, ...next] = [...others.keys()].sort().reverse() as [string, ...string[]];
    await withdraw(others.get(last)!, last);
    await ana.pull(others.get(last)!);
    await ana.act('ballot.cast', { proposal: first, choice: 'disagree' });
    expect(row()).toMatchObject({ status: 'deciding', proposal: first });
    await withdraw(ana, first);
    for (const proposal of next.reverse()) {
      expect(row()).toMatchObject({ status: 'deciding', proposal });
      await withdraw(others.get(proposal)!, proposal);
      await ana.pull(others.get(proposal)!);
    }
    expect(row().status).toBe('sought');
    expect('proposal' in row()).toBe(false);
  });

  it('that was dropped may be proposed by who had not seen that', async () => {
    const people = (await group(['ana', 'ben'], byMajority)) as [Person, Person];
    const [ana, ben] = people;
    const house = await seek(ana);
    await meet(people);
    await ana.act('resource.drop', { resource: house });
    await expect(open(ana, toBuy(house))).rejects.toEqual(refused('resource-not-sought'));
    for (let step = 0; step < 3; step++) await ben.act('member.describe', { name: { text: 'Ben' } });
    const proposal = await open(ben, toBuy(house));
    await meet(people);
    for (const { replica } of people)
      expect(replica.state.resources.get(house)).toMatchObject({ status: 'deciding', proposal });
    await expect(open(ana, { ...toBuy(house), unit: 'USD' } as Draft<Effect>)).rejects.toEqual(
      refused('resource-unknown'),
    );
    await expect(open(ana, toBuy('0'.repeat(64)))).rejects.toEqual(refused('resource-unknown'));
  });

  it('is sought again where two closings of its purchase did not know of each other and differ', async () => {
    const people = (await group(['ana', 'ben', 'cleo', 'dora'], byMajority)) as [Person, Person, Person, Person];
    const [ana, ben, cleo, dora] = people;
    const house = await seek(ana);
    const proposal = await open(ana, toBuy(house));
    await meet(people);
    for (const [choice, sides] of [
      ['agree', [ana, ben]],
      ['disagree', [cleo, dora]],
    ] as const) {
      const ballots: string[] = [];
      for (const person of sides) ballots.push(await person.act('ballot.cast', { proposal, choice }));
      await meet(sides);
      await sides[0].act('decision.close', { proposal, ballots });
    }
    await meet(people);
    for (const { replica } of people) {
      expect(replica.state.proposals.get(proposal)!.status).toBe('clashing');
      expect(replica.state.resources.get(house)).toMatchObject({ status: 'sought' });
    }
    const again = await open(dora, toBuy(house));
    expect(dora.replica.state.resources.get(house)).toMatchObject({ status: 'deciding', proposal: again });
  });

  it('that is agreed stays so for those who decide on another proposal knowing of it, and when that is withdrawn', async () => {
    const people = (await group(['ana', 'ben'], byMajority)) as [Person, Person];
    const [ana, ben] = people;
    const house = await seek(ana);
    await meet(people);
    const rivals = [
      await open(ana, toBuy(house)),
      await open(ben, toBuy(house, 80)),
      await open(ben, { kind: 'none' }),
    ];
    await meet(people);
    await decide(people, rivals[0]!);
    expect(ana.replica.state.allowances.get(rivals[0]!)).toMatchObject({ amount: 90, spent: 0, entries: [] });
    await decide(people, rivals[1]!);
    const { proposals, resources, allowances } = ben.replica.state;
    expect(rivals.map((id) => proposals.get(id)!.status)).toEqual(['adopted', 'superseded', 'open']);
    expect(resources.get(house)).toMatchObject({ status: 'agreed', proposal: rivals[0] });
    expect([...allowances.keys()]).toEqual([rivals[0]]);
  });
});

describe('what is held', () => {
  it('may be proposed by who did not know of that, and by nobody else', async () => {
    const people = (await group(['ana', 'ben', 'cleo'], byMajority)) as [Person, Person, Person];
    const [ana, ben, cleo] = people;
    const house = await seek(ana);
    await meet(people);
    const bought = await open(ana, toBuy(house));
    await cleo.pull(ana);
    await decide([ana, cleo], bought);
    const what = {
      what: 'purchase',
      resource: house,
      from: 'bank',
      allowance: bought,
      unit: 'EUR',
      amount: 90,
    } as const;
    await ana.act('entry.post', { ...draftEntry(what), date: '2025-03-01', memo: { text: 'M' } });
    expect(ana.replica.state.resources.get(house)!.status).toBe('held');
    await expect(open(ana, toBuy(house))).rejects.toEqual(refused('resource-not-sought'));
    for (let step = 0; step < 9; step++) await ben.act('member.describe', { name: { text: 'Ben' } });
    const unknowing = await open(ben, toBuy(house));
    await ana.pull(ben);
    expect(ana.replica.state.proposals.get(unknowing)!.status).toBe('open');
    expect(ana.replica.state.resources.get(house)).toMatchObject({ status: 'held', proposal: bought });
  });
});

describe('an allowance', () => {
  it('is what was decided, and nothing of it is spent', async () => {
    const people = (await group(['ana', 'ben'], byMajority)) as [Person, Person];
    const proposal = await open(people[0], { kind: 'spend', amount: 7, unit: 'EUR' });
    await meet(people);
    await decide(people, proposal);
    const row = people[1].replica.state.allowances.get(proposal)!;
    expect(row).toMatchObject({ id: proposal, unit: 'EUR', amount: 7, spent: 0, entries: [] });
    expect('resource' in row).toBe(false);
  });
});
