import { describe, expect, it } from 'vitest';
import { type Person, admit, group, meet } from '../../../test/kit/group';
import { draftEntry } from '../ledger/drafts';

const refused = (code: string) => expect.objectContaining({ code: `refused-${code}` });
const seek = (by: Person, unit = 'EUR') =>
  by.act('resource.seek', { name: { text: 'House' }, about: { text: '' }, kind: 'house', amount: 90, unit });
const pledge = (by: Person, resource: string, amount: number, together = 0, unit = 'EUR') =>
  by.act('pledge.make', { resource, amount, unit, together });
const rowOf = (by: Person, id: string) => by.replica.state.pledges.get(id)!;

/** A decision of all to buy a resource for an amount. */
async function buy(people: readonly Person[], resource: string, amount = 90): Promise<string> {
  const effect = { kind: 'buy' as const, resource, amount, unit: 'EUR' };
  const proposal = await people[0]!.act('proposal.open', {
    title: { text: 'B' },
    text: { text: '' },
    effect,
    deadline: 0,
  });
  await meet(people);
  for (const person of people) await person.act('ballot.cast', { proposal, choice: 'agree' });
  await meet(people);
  return proposal;
}

describe('pledges', () => {
  it('are made for what is sought, in its unit, and withdrawn by who made them while they stand', async () => {
    const people = (await group(['ana', 'ben'])) as [Person, Person];
    const [ana, ben] = people;
    const house = await seek(ana);
    await expect(pledge(ana, house, 10, 0, 'USD')).rejects.toEqual(refused('resource-unknown'));
    await expect(pledge(ana, '0'.repeat(64), 10)).rejects.toEqual(refused('resource-unknown'));
    const mine = await pledge(ana, house, 10);
    await meet(people);
    await expect(ben.act('pledge.withdraw', { pledge: mine })).rejects.toEqual(refused('pledge-unknown'));
    await expect(ben.act('pledge.withdraw', { pledge: house })).rejects.toEqual(refused('pledge-unknown'));
    await ana.act('pledge.withdraw', { pledge: mine });
    expect(rowOf(ana, mine)).toMatchObject({ status: 'withdrawn', why: { events: [mine, expect.any(String)] } });
    expect('condition' in rowOf(ana, mine)).toBe(false);
    const terms = { resource: house, amount: 1, unit: 'EUR', together: 0, condition: { text: 'If it is dry.' } };
    expect('condition' in rowOf(ana, await ana.act('pledge.make', terms))).toBe(true);
    await expect(ana.act('pledge.withdraw', { pledge: mine })).rejects.toEqual(refused('pledge-settled'));
    const open = await ben.act('proposal.open', {
      title: { text: 'B' },
      text: { text: '' },
      effect: { kind: 'buy', resource: house, amount: 90, unit: 'EUR' },
      deadline: 0,
    });
    expect(ben.replica.state.resources.get(house)).toMatchObject({ status: 'deciding', proposal: open });
    expect(rowOf(ben, await pledge(ben, house, 10)).status).toBe('stands');
  });

  it('fall due together or lapse: one that lapses takes with it those that counted on it', async () => {
    const people = (await group(['ana', 'ben', 'cleo'])) as [Person, Person, Person];
    const [ana, ben, cleo] = people;
    const house = await seek(ana);
    const boat = await seek(ana);
    await meet(people);
    const exactly = await pledge(ana, house, 40, 70);
    const free = await pledge(ben, house, 30, 0);
    const alone = await pledge(cleo, house, 20, 200);
    const leaning = await pledge(ben, house, 5, 76);
    const other = await pledge(cleo, boat, 7, 0);
    await meet(people);
    await buy(people, house);
    const statuses = [exactly, free, alone, leaning, other].map((id) => rowOf(ana, id).status);
    expect(statuses).toEqual(['due', 'due', 'lapsed', 'lapsed', 'stands']);
    await expect(pledge(ben, house, 1)).rejects.toEqual(refused('resource-not-sought'));
    await expect(ben.act('pledge.withdraw', { pledge: free })).rejects.toEqual(refused('pledge-settled'));
  });

  it('are paid by contributions of their member, in parts, and again after a reversal', async () => {
    const people = (await group(['ana', 'ben'])) as [Person, Person];
    const [ana, ben] = people;
    const house = await seek(ana);
    const mine = await pledge(ana, house, 40);
    await meet(people);
    const date = { date: '2025-03-01', memo: { text: 'M' } };
    const pay = (by: Person, amount: number, changes: object = {}) => {
      const draft = draftEntry({ what: 'money', member: by.member, into: 'bank', unit: 'EUR', amount });
      return ana.act('entry.post', { ...draft, ...date, pledge: mine, ...changes });
    };
    await expect(pay(ana, 10)).rejects.toEqual(refused('pledge-not-due'));
    await buy(people, house);
    await expect(pay(ben, 10)).rejects.toEqual(refused('pledge-not-paid'));
    await expect(pay(ana, 10, { kind: 'transfer' })).rejects.toEqual(refused('pledge-not-paid'));
    await expect(pay(ana, 10, { pledge: '0'.repeat(64) })).rejects.toEqual(refused('pledge-not-due'));
    const first = await pay(ana, 39);
    expect(rowOf(ana, mine)).toMatchObject({ paid: 39, status: 'due' });
    const last = await pay(ana, 1);
    expect(rowOf(ana, mine)).toMatchObject({ paid: 40, status: 'paid' });
    await pay(ana, 2);
    expect(rowOf(ana, mine)).toMatchObject({ paid: 42, status: 'paid' });
    const { postings } = ana.replica.state.entries.get(last)!;
    const backOf = (entry: string) =>
      ana.replica.state.entries.get(entry)!.postings.map((one) => ({ ...one, amount: -one.amount }));
    const back = backOf(last);
    for (const wrong of [back.slice(0, 1), back.map((posting) => ({ ...posting, unit: 'USD' })), postings]) {
      await expect(
        ana.act('entry.post', { kind: 'reversal', ...date, postings: [...wrong], reverses: last }),
      ).rejects.toBeTruthy();
    }
    await ana.act('entry.post', { kind: 'reversal', ...date, postings: back, reverses: last });
    expect(rowOf(ana, mine)).toMatchObject({ paid: 41, status: 'paid' });
    await expect(ana.act('entry.post', { kind: 'reversal', ...date, postings: back, reverses: last })).rejects.toEqual(
      refused('already-reversed'),
    );
    await ana.act('entry.post', { kind: 'reversal', ...date, postings: backOf(first), reverses: first });
    expect(rowOf(ana, mine)).toMatchObject({ paid: 2, status: 'due' });
  });
});

describe('what is sought', () => {
  it('is proposed by who may, and dropped by who proposed it, while it is sought', async () => {
    const people = (await group(['ana', 'ben'])) as [Person, Person];
    const [ana, ben] = people;
    const friend = await admit(ana, 'friend', 'supporter');
    await expect(seek(friend)).rejects.toEqual(refused('not-entitled'));
    const house = await seek(ana);
    await meet(people);
    await expect(ben.act('resource.drop', { resource: house })).rejects.toEqual(refused('not-proposer'));
    await expect(ben.act('resource.drop', { resource: '0'.repeat(64) })).rejects.toEqual(refused('resource-unknown'));
    await ana.act('resource.drop', { resource: house });
    expect(ana.replica.state.resources.get(house)!.status).toBe('dropped');
    await expect(ana.act('resource.drop', { resource: house })).rejects.toEqual(refused('resource-not-sought'));
    await expect(pledge(ana, house, 1)).rejects.toEqual(refused('resource-not-sought'));
  });

  it('is held once the decision’s own payment reaches its account', async () => {
    const people = (await group(['ana', 'ben'])) as [Person, Person];
    const [ana] = people;
    const house = await seek(ana);
    const boat = await seek(ana);
    await meet(people);
    const bought = await buy(people, house);
    const date = { date: '2025-03-01', memo: { text: 'M' } };
    const draft = draftEntry({
      what: 'purchase',
      resource: house,
      from: 'bank',
      allowance: bought,
      unit: 'EUR',
      amount: 90,
    });
    const status = () => ana.replica.state.resources.get(house)!.status;
    const { allowance: _, ...without } = draft;
    await ana.act('entry.post', { ...without, ...date });
    expect(status()).toBe('agreed');
    await ana.act('entry.post', { ...draft, ...date, kind: 'expense' });
    expect(status()).toBe('agreed');
    const elsewhere = draft.postings.map((posting) =>
      posting.account === `resource:${house}` ? { ...posting, account: `resource:${boat}` } : posting,
    );
    await ana.act('entry.post', { ...draft, ...date, postings: elsewhere });
    expect(status()).toBe('agreed');
    const back = draft.postings.map((posting) => ({ ...posting, amount: -posting.amount }));
    await ana.act('entry.post', { ...draft, ...date, postings: back });
    expect(status()).toBe('agreed');
    const paid = await ana.act('entry.post', { ...draft, ...date });
    expect(ana.replica.state.resources.get(house)).toMatchObject({ status: 'held', purchase: paid });
  });

  it('is held for a single cent too', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const house = await seek(ana);
    const bought = await buy([ana], house, 1);
    const what = {
      what: 'purchase',
      resource: house,
      from: 'bank',
      allowance: bought,
      unit: 'EUR',
      amount: 1,
    } as const;
    await ana.act('entry.post', { ...draftEntry(what), date: '2025-03-01', memo: { text: 'M' } });
    expect(ana.replica.state.resources.get(house)!.status).toBe('held');
  });
});
