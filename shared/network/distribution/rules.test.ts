import { describe, expect, it } from 'vitest';
import { DISTRIBUTION, type Person, admit, group, meet, protocols } from '../../../test/kit/group';
import { hold } from '../../../test/kit/held';
import { SealingGroup } from '../../../test/kit/sealing';
import type { Parameters, ProtocolSpec } from '../agreement/model';
import type { Draft } from '../../record/text';
import { partsFor, partsIn } from './queries';

type Three = [Person, Person, Person];
const agreed = (change: Partial<Parameters<'distribution'>> = {}): Draft<ProtocolSpec>[] => {
  const params = { ...(DISTRIBUTION.params as Parameters<'distribution'>), ...change };
  return [
    ...protocols({ buy: 'majority', parameters: 'majority' }),
    { ...DISTRIBUTION, params } as Draft<ProtocolSpec>,
  ];
};
const sealed = async (given = agreed()): Promise<{ sealing: SealingGroup; people: Three }> => {
  const sealing = new SealingGroup(await group(['ana', 'ben', 'cleo'], given));
  await sealing.pass(3);
  return { sealing, people: sealing.people as Three };
};
const put = (by: Person, more: object = {}, amount = 300_001): Promise<string> =>
  by.act('proposal.open', {
    title: { text: 'Rent' },
    text: { text: '' },
    effect: { kind: 'distribute', amount, unit: 'EUR', ...more },
    deadline: 0,
  });
async function adopt(people: readonly Person[], proposal: string): Promise<void> {
  await meet(people);
  for (const by of people) await by.act('ballot.cast', { proposal, choice: 'agree' });
  await meet(people);
}
const pay = (by: Person, account: string, amount: number, allowance: string): Promise<string> =>
  by.act('entry.post', {
    kind: 'transfer',
    date: '2025-07-01',
    memo: { text: 'Part' },
    postings: [
      { account, unit: 'EUR', amount },
      { account: 'bank', unit: 'EUR', amount: -amount },
    ],
    allowance,
  });
const given = (by: Person, proposal: string) =>
  partsIn(by.replica.state, proposal).map(({ part, open }) => [part.member, part.amount, open]);
const statusOf = (by: Person, entry: string) => by.replica.state.entries.get(entry)!.authorisation.status;

describe('a distribution', () => {
  it('is divided at the seal that fixes it: nothing before, then a part for each, by clause and events', async () => {
    const { sealing, people } = await sealed();
    const [ana, ben, cleo] = people;
    await admit(ana, 'dan', 'supporter');
    const proposal = await put(ana);
    await adopt(people, proposal);
    expect(ben.replica.state.proposals.get(proposal)).toMatchObject({ status: 'adopted' });
    expect(given(ben, proposal)).toEqual([]);
    await sealing.pass(4);
    // 270,000.9 rounded down; who is no resident gets nothing.
    expect(given(ben, proposal)).toEqual(people.map(({ member }) => [member, 90_000, 90_000]));
    const [{ part }] = partsFor(ben.replica.state, cleo.member) as [ReturnType<typeof partsFor>[number]];
    const { why, rule } = ben.replica.state.proposals.get(proposal)!;
    expect(rule.id).toBe('majority');
    expect(part.why).toEqual(why);
    expect(part.why.clause).toEqual({ version: ana.replica.id, protocol: 'distribution' });
  });

  it('goes by the terms that it was put by, and by who is a member and has put in what when it is sealed', async () => {
    const { sealing, people } = await sealed(agreed({ basis: 'capital', reserve: 0 }));
    const [ana, ben, cleo] = people;
    const proposal = await put(ana, {}, 100);
    await adopt(people, proposal);
    for (const [by, amount] of [
      [ana, 1],
      [ben, 2],
      [cleo, 5],
    ] as const)
      await pay(by, `member:${by.member}`, -amount, proposal);
    const params = { ...(DISTRIBUTION.params as Parameters<'distribution'>), basis: 'equal' as const };
    const effect = { kind: 'parameters' as const, base: ana.replica.id, protocol: 'distribution', params };
    const amend = await ben.act('proposal.open', { title: { text: 'E' }, text: { text: '' }, effect, deadline: 0 });
    await adopt(people, amend);
    await cleo.act('member.leave', {});
    await meet(people);
    await sealing.pass(4);
    expect(ana.replica.state.versions.size).toBe(2);
    expect(given(ana, proposal).map(([, amount]) => amount)).toEqual([33, 67]);
  });

  it('is divided by shares in what its proposal names', async () => {
    const { sealing, people } = await sealed(agreed({ basis: 'shares', reserve: 0 }));
    const [ana, ben] = people;
    await expect(put(ana)).rejects.toMatchObject({ code: 'refused-resource-not-held' });
    const resource = await ana.act('resource.seek', {
      ...{ name: { text: 'Mill' }, about: { text: '' }, kind: 'house' as const, amount: 90, unit: 'EUR' },
    });
    await expect(put(ana, { resource })).rejects.toMatchObject({ code: 'refused-resource-not-held' });
    await meet(people);
    await ana.act('pledge.make', { resource, amount: 30, unit: 'EUR', together: 0 });
    await ben.act('pledge.make', { resource, amount: 60, unit: 'EUR', together: 0 });
    await meet(people);
    const effect = { kind: 'buy' as const, resource, amount: 90, unit: 'EUR' };
    const buy = await ana.act('proposal.open', { title: { text: 'B' }, text: { text: '' }, effect, deadline: 0 });
    await adopt(people, buy);
    await ana.act('entry.post', {
      ...{ kind: 'purchase' as const, date: '2025-02-01', memo: { text: 'P' }, allowance: buy, resource },
      postings: [
        { account: `resource:${resource}`, unit: 'EUR', amount: 90 },
        { account: 'bank', unit: 'EUR', amount: -90 },
      ],
    });
    const proposal = await put(ana, { resource }, 1_000);
    await adopt(people, proposal);
    await sealing.pass(4);
    expect(given(ben, proposal)).toEqual([
      [ana.member, 333, 333],
      [ben.member, 667, 667],
    ]);
  });

  it('is refused without a protocol of it, and with a resource where it is not divided by shares', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    await expect(put(ana)).rejects.toMatchObject({ code: 'refused-distribution-not-agreed' });
    const [bea] = (await group(['bea'], agreed())) as [Person];
    const resource = await hold([bea]);
    await expect(put(bea, { resource })).rejects.toMatchObject({ code: 'refused-resource-not-asked' });
  });
});

describe('a payment of a part', () => {
  it('is covered up to it; more, to somebody else, or for something else is not', async () => {
    const { sealing, people } = await sealed();
    const [ana, ben, cleo] = people;
    const proposal = await put(ana);
    await adopt(people, proposal);
    await sealing.pass(4);
    const first = await pay(ana, `member:${ben.member}`, 60_000, proposal);
    const rest = await pay(ana, `member:${ben.member}`, 30_000, proposal);
    expect([first, rest].map((entry) => statusOf(ana, entry))).toEqual(['covered', 'covered']);
    expect(given(ana, proposal)[1]).toEqual([ben.member, 90_000, 0]);
    const twice = await pay(ana, `member:${ben.member}`, 90_000, proposal);
    const elsewhere = await pay(ana, 'expense:repairs', 50_000, proposal);
    expect([twice, elsewhere].map((entry) => statusOf(ana, entry))).toEqual(['breach', 'breach']);
    expect(statusOf(ana, first)).toBe('covered');
    // Another member's part is untouched by it.
    const others = await pay(ana, `member:${cleo.member}`, 90_000, proposal);
    expect(statusOf(ana, others)).toBe('covered');
    const postings = [
      { account: `member:${cleo.member}`, unit: 'EUR', amount: -90_000 },
      { account: 'bank', unit: 'EUR', amount: 90_000 },
    ];
    const memo = { text: 'Came back' };
    await ana.act('entry.post', { kind: 'reversal', date: '2025-07-02', memo, postings, reverses: others });
    expect(given(ana, proposal)[2]).toEqual([cleo.member, 90_000, 90_000]);
  });

  it('is no member’s who has none', async () => {
    const { sealing, people } = await sealed();
    const [ana, ben] = people;
    const dan = await admit(ana, 'dan', 'supporter');
    await meet(people);
    const proposal = await put(ana);
    await adopt(people, proposal);
    await sealing.pass(4);
    const entry = await pay(ben, `member:${dan.member}`, 90_000, proposal);
    expect(statusOf(ben, entry)).toBe('breach');
    expect(ben.replica.state.entries.get(entry)!.authorisation.allowance).toBeUndefined();
  });

  it('waits for the members where two paid it without knowing of each other', async () => {
    const { sealing, people } = await sealed();
    const [ana, ben, cleo] = people;
    const proposal = await put(ana);
    await adopt(people, proposal);
    await sealing.pass(4);
    const paid = [
      await pay(ana, `member:${cleo.member}`, 90_000, proposal),
      await pay(ben, `member:${cleo.member}`, 90_000, proposal),
    ];
    await meet(people);
    for (const by of people) expect(paid.map((entry) => statusOf(by, entry))).toEqual(['contested', 'contested']);
  });
});
