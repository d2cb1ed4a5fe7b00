import { describe, expect, it } from 'vitest';
import { type Person, group, meet, protocols } from '../../../test/kit/group';
import { hold } from '../../../test/kit/held';
import { SealingGroup } from '../../../test/kit/sealing';
import { type Transaction, draftEntry } from '../ledger/drafts';
import { openAllowances } from '../ledger/queries';
import { wouldBe } from '../ledger/would-be';
import { historyOf } from './history';
import { holdingsOf, pipeline, pledgeTotals } from './queries';

const post = (person: Person, transaction: Transaction): Promise<string> =>
  person.act('entry.post', { ...draftEntry(transaction), date: '2025-03-01', memo: { text: 'M' } });
const resourceOf = (person: Person, id: string) => person.replica.state.resources.get(id)!;
const stageOf = (person: Person, id: string) =>
  pipeline(person.replica.state.resources).find(({ resources }) => resources.some((resource) => resource.id === id))
    ?.status;

describe('shares', () => {
  it('are fixed by the seal that has the purchase, by what stands at the end of its section', async () => {
    const capital = protocols().map((spec) =>
      spec.kind === 'ownership' ? { ...spec, params: { basis: 'capital' as const, shares: 10 } } : spec,
    );
    const people = await group(['ana', 'ben'], capital);
    const [ana, ben] = people as [Person, Person];
    const sealing = new SealingGroup(people);
    await sealing.pass(4);
    const put = (person: Person, amount: number): Promise<string> =>
      post(person, { what: 'money', member: person.member, into: 'bank', unit: 'EUR', amount });
    await put(ana, 100);
    const house = await hold(people);
    const held = ({ replica }: Person) => replica.state.resources.get(house)!.shares;
    expect(held(ben)).toEqual([{ member: ana.member, shares: 10 }]);
    await put(ben, 100);
    await sealing.pass(4);
    const halves = people.map(({ member }) => ({ member, shares: 5 }));
    expect(people.map(held)).toEqual([halves, halves]);
    await put(ben, 100);
    const { length } = ana.replica.seals.seals;
    await sealing.pass(10);
    expect(ana.replica.seals.seals.length).toBeGreaterThan(length);
    expect(held(ana)).toEqual(halves);
  });
});

describe('from a candidate to a held resource', () => {
  it('is sought, pledged for, decided, paid and held with shares, on every peer alike', async () => {
    const people = await group(['Ann', 'Bob', 'Cas']);
    const [ann, bob, cas] = people as [Person, Person, Person];
    const house = await ann.act('resource.seek', {
      name: { text: 'House' },
      about: { text: '' },
      kind: 'house',
      amount: 90_000,
      unit: 'EUR',
    });
    await meet(people);
    expect(stageOf(cas, house)).toBe('sought');

    await ann.act('pledge.make', { resource: house, amount: 60_000, unit: 'EUR', together: 0 });
    await bob.act('pledge.make', { resource: house, amount: 30_000, unit: 'EUR', together: 90_000 });
    await cas.act('pledge.make', { resource: house, amount: 10_000, unit: 'EUR', together: 200_000 });
    await meet(people);
    const totals = pledgeTotals(ann.replica.state, resourceOf(ann, house));
    expect(totals).toEqual({ total: 100_000, binding: 90_000, missing: 0, percent: 100 });

    const buy = await ann.act('proposal.open', {
      title: { text: 'Buy' },
      text: { text: '' },
      effect: { kind: 'buy', resource: house, amount: 90_000, unit: 'EUR' },
      deadline: 0,
    });
    await meet(people);
    expect(stageOf(bob, house)).toBe('deciding');
    for (const person of people) await person.act('ballot.cast', { proposal: buy, choice: 'agree' });
    await meet(people);
    expect(stageOf(cas, house)).toBe('agreed');
    const { state } = cas.replica;
    expect([...state.pledges.values()].map(({ amount, status }) => [amount, status]).sort()).toEqual([
      [10_000, 'lapsed'],
      [30_000, 'due'],
      [60_000, 'due'],
    ]);
    // What the screen forecast before the decision is what fell due.
    expect(pledgeTotals(state, resourceOf(cas, house)).total).toBe(totals.binding);

    await post(ann, { what: 'money', member: ann.member, into: 'bank', unit: 'EUR', amount: 60_000 });
    await post(bob, { what: 'money', member: bob.member, into: 'bank', unit: 'EUR', amount: 30_000 });
    await meet(people);
    const purchase: Transaction = {
      what: 'purchase',
      resource: house,
      from: 'bank',
      allowance: buy,
      unit: 'EUR',
      amount: 90_000,
    };
    expect(wouldBe(cas.replica.state, cas.member, draftEntry(purchase)).authorisation.status).toBe('covered');
    const paid = await post(cas, purchase);
    await meet(people);
    for (const { replica } of people) {
      const held = replica.state.resources.get(house)!;
      expect(held).toMatchObject({ status: 'held', purchase: paid });
      expect(holdingsOf(held)).toEqual({
        total: 1_000,
        holdings: [
          { member: ann.member, shares: 667, basisPoints: 6_670 },
          { member: bob.member, shares: 333, basisPoints: 3_330 },
        ],
      });
      expect(openAllowances(replica.state.allowances)).toEqual([]);
      expect(historyOf(replica.state, held).filter(({ kind }) => kind === 'bought')).toHaveLength(1);
    }
  });
});
