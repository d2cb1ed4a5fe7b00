import { describe, expect, it } from 'vitest';
import { LEAVING, type Person, certify, group, meet, protocols } from '../../../test/kit/group';
import { MINUTE, SealingGroup } from '../../../test/kit/sealing';
import { stateDigest } from '../digest/digest';
import { draftEntry } from '../ledger/drafts';
import { Replica } from '../../replica/replica';

type Four = [Person, Person, Person, Person];
const DAY = 24 * 60 * MINUTE;
const MONEY = { unit: 'EUR' } as const;

/** Four, of whom three decide; a house that one of them seeks. */
async function four(given = protocols({ buy: 'majority' })) {
  const people = (await group(['ana', 'ben', 'cleo', 'dora'], given)) as Four;
  const about = { name: { text: 'House' }, about: { text: '' }, kind: 'house' as const };
  const house = await people[0].act('resource.seek', { ...about, amount: 90, ...MONEY });
  await meet(people);
  return { people, house };
}
const pledge = (by: Person, resource: string, amount: number, together = 0): Promise<string> =>
  by.act('pledge.make', { resource, amount, ...MONEY, together });
const propose = (by: Person, resource: string, amount = 90): Promise<string> =>
  by.act('proposal.open', {
    title: { text: 'Buy' },
    text: { text: '' },
    effect: { kind: 'buy', resource, amount, ...MONEY },
    deadline: 0,
  });
const agree = (by: Person, proposal: string): Promise<string> => by.act('ballot.cast', { proposal, choice: 'agree' });
const pay = (by: Person, of: Person, towards: string, amount: number): Promise<string> => {
  const draft = draftEntry({ what: 'money', member: of.member, into: 'bank', ...MONEY, amount });
  return by.act('entry.post', { ...draft, date: '2025-03-01', memo: { text: 'M' }, pledge: towards });
};
const statusOf = ({ replica }: Person, id: string) => replica.state.pledges.get(id)?.status;
/** Makes what comes after it deeper, so that it sorts behind what others signed meanwhile. */
async function wait(by: Person, times: number): Promise<void> {
  for (let time = 0; time < times; time++) await by.act('member.describe', { name: { text: `${time}` } });
}
async function sameForAll(people: readonly Person[]): Promise<void> {
  await meet(people);
  for (const { replica } of people) {
    const whole = new Replica(replica.id);
    const { events } = await people[0]!.batch();
    whole.receive({ events: [...events].reverse(), texts: [] });
    expect(stateDigest(replica.state)).toBe(stateDigest(whole.state));
  }
}

describe.each([0, 9])('a decision to buy, with what came meanwhile %d events deeper', (deep) => {
  it('brings due what one who decided had seen, and nothing else', async () => {
    const { people, house } = await four();
    const [ana, ben, cleo, dora] = people;
    const known = await pledge(ana, house, 50);
    await meet(people);
    const proposal = await propose(ana, house);
    await meet(people);
    await wait(ben, deep);
    const late = await pledge(ben, house, 30);
    const heard = await pledge(dora, house, 20);
    for (const by of [ana, cleo, dora]) await agree(by, proposal);
    await sameForAll(people);
    expect([known, late, heard].map((id) => statusOf(ana, id))).toEqual(['due', 'lapsed', 'due']);
    const { why } = ana.replica.state.pledges.get(late)!;
    expect(why).toEqual({ ...why, events: [late, ...ana.replica.state.proposals.get(proposal)!.why.events] });
    // It was decided, and they know.
    await expect(pledge(ben, house, 1)).rejects.toMatchObject({ code: 'refused-resource-not-sought' });
    for (const [by, id] of [
      [ana, known],
      [ben, late],
    ] as const)
      await expect(by.act('pledge.withdraw', { pledge: id })).rejects.toMatchObject({ code: 'refused-pledge-settled' });
  });

  it('holds who withdrew without any of those who decided having seen it', async () => {
    const { people, house } = await four();
    const [ana, ben, cleo, dora] = people;
    const [unseen, seen] = [await pledge(ben, house, 50), await pledge(dora, house, 20)];
    const leaning = await pledge(cleo, house, 10, 80);
    await meet(people);
    const proposal = await propose(ana, house);
    await meet(people);
    await wait(ben, deep);
    const off = await ben.act('pledge.withdraw', { pledge: unseen });
    await dora.act('pledge.withdraw', { pledge: seen });
    for (const by of [ana, cleo, dora]) await agree(by, proposal);
    await sameForAll(people);
    expect([unseen, seen, leaning].map((id) => statusOf(ana, id))).toEqual(['due', 'withdrawn', 'lapsed']);
    expect(ana.replica.state.pledges.get(unseen)!.why.events.slice(0, 2)).toEqual([unseen, off]);
    expect(ana.replica.state.withoutEffect.size).toBe(0);
  });

  it('counts what a ballot had seen that came without knowing of the result, and keeps what was paid by what was known', async () => {
    const { people, house } = await four();
    const [ana, ben, cleo, dora] = people;
    const [own, of] = [await pledge(ana, house, 50, 80), await pledge(dora, house, 30)];
    await meet(people);
    const proposal = await propose(ana, house);
    await meet(people);
    await ana.pull(cleo);
    for (const by of [ana, cleo]) await agree(by, proposal);
    const three = [ana, cleo, await certify(dora, 'doras phone')];
    await agree(three[2]!, proposal);
    await meet(three);
    expect([own, of].map((id) => statusOf(ana, id))).toEqual(['due', 'due']);
    // What she pays sorts behind what comes below, or before it.
    await wait(ana, 9 - deep);
    const paid = await pay(ana, ana, own, 50);
    expect(statusOf(ana, own)).toBe('paid');
    // Dora took hers back by another device, which ben knew when he agreed too.
    const off = await dora.act('pledge.withdraw', { pledge: of });
    await ben.pull(dora);
    await wait(ben, deep);
    await agree(ben, proposal);
    await sameForAll([...people, three[2]!]);
    expect([own, of].map((id) => statusOf(ana, id))).toEqual(['lapsed', 'withdrawn']);
    expect(ana.replica.state.pledges.get(of)!.why.events).toEqual([of, off]);
    expect(ana.replica.state.entries.get(paid)).toMatchObject({ pledge: own });
    expect(ana.replica.state.pledges.get(own)).toMatchObject({ paid: 50 });
    await expect(pay(ana, ana, own, 1)).rejects.toMatchObject({ code: 'refused-pledge-not-due' });
    expect(ana.replica.state.withoutEffect.size).toBe(0);
  });
});

describe('pledges', () => {
  it('are withdrawn once, or at once by two devices', async () => {
    const { people, house } = await four();
    const [, ben] = people;
    const phone = await certify(ben, 'bens phone');
    const made = await pledge(ben, house, 5);
    await phone.pull(ben);
    const both = [
      await ben.act('pledge.withdraw', { pledge: made }),
      await phone.act('pledge.withdraw', { pledge: made }),
    ];
    await sameForAll([...people, phone]);
    const row = ben.replica.state.pledges.get(made)!;
    expect(row.status).toBe('withdrawn');
    expect([...row.why.events].sort()).toEqual([made, ...both].sort());
    await expect(ben.act('pledge.withdraw', { pledge: made })).rejects.toMatchObject({
      code: 'refused-pledge-settled',
    });
  });

  it('are all known to a seal that closes the vote', async () => {
    const { people, house } = await four();
    const [ana, ben, cleo, dora] = people;
    const sealing = new SealingGroup(people);
    await sealing.pass(10);
    const proposal = await propose(ana, house);
    await meet(people);
    for (const by of [ana, cleo]) await agree(by, proposal);
    await sealing.pass(10);
    expect(ana.replica.state.proposals.get(proposal)).toMatchObject({ status: 'open' });
    const [made, back] = [await pledge(ben, house, 30), await pledge(dora, house, 20)];
    await dora.act('pledge.withdraw', { pledge: back });
    await sealing.clock.advance(11 * DAY);
    await sealing.pass(10);
    expect(ana.replica.state.proposals.get(proposal)).toMatchObject({ status: 'adopted' });
    expect([made, back].map((id) => statusOf(ana, id))).toEqual(['due', 'withdrawn']);
    await pay(ana, ben, made, 10);
    expect(ana.replica.state.pledges.get(made)).toMatchObject({ paid: 10, status: 'due' });
    for (const amount of [20, 1]) await pay(ana, ben, made, amount);
    expect(ana.replica.state.pledges.get(made)).toMatchObject({ paid: 31, status: 'paid' });
    await expect(pay(ana, dora, back, 1)).rejects.toMatchObject({ code: 'refused-pledge-not-due' });
    await sameForAll(people);
  });

  it('that lapsed as their member left are not revived by a decision', async () => {
    const { people, house } = await four([...protocols({ buy: 'majority' }), LEAVING]);
    const [ana, ben, cleo, dora] = people;
    const made = await pledge(ben, house, 30);
    await meet(people);
    await ben.act('member.leave', {});
    const sealing = new SealingGroup(people);
    await sealing.pass(10);
    expect(statusOf(ana, made)).toBe('lapsed');
    const { why } = ana.replica.state.pledges.get(made)!;
    const proposal = await propose(ana, house);
    for (const by of [ana, cleo, dora]) {
      await meet([ana, cleo, dora]);
      await agree(by, proposal);
    }
    await meet([ana, cleo, dora]);
    expect(ana.replica.state.resources.get(house)!.status).toBe('agreed');
    expect(ana.replica.state.pledges.get(made)).toMatchObject({ status: 'lapsed', why });
  });
});
