import { describe, expect, it } from 'vitest';
import { LEAVING, type Person, group, meet, protocols } from '../../../test/kit/group';
import { SealingGroup } from '../../../test/kit/sealing';
import type { Draft } from '../../record/text';
import type { Parameters, ProtocolSpec } from '../agreement/model';

const DAY = 86_400_000;
const NOTICE = 30;
const text = { text: 'As it says.' };
const dues: Draft<ProtocolSpec> = {
  ...{ kind: 'contributions', id: 'dues', title: 'Dues', text },
  params: { dues: [{ type: 'resident', unit: 'EUR', amount: 300, every: 'month' }] },
};
const leaving = (notice: number): Draft<ProtocolSpec> => {
  const params = { ...(LEAVING.params as Parameters<'leaving'>), notice };
  return { ...LEAVING, params } as Draft<ProtocolSpec>;
};
const agreed = (notice: number): Draft<ProtocolSpec>[] => [
  ...protocols({ none: 'majority', remove: 'assent', parameters: 'majority' }),
  dues,
  leaving(notice),
];
type Four = [Person, Person, Person, Person];

async function sealed(given = agreed(NOTICE)): Promise<{ sealing: SealingGroup; people: Four }> {
  const sealing = new SealingGroup(await group(['ana', 'ben', 'cleo', 'dora'], given));
  await sealing.pass(3);
  return { sealing, people: sealing.people as Four };
}
const rowOf = (by: Person, of: Person) => by.replica.state.members.get(of.member)!;
const heights = (by: Person): number => by.replica.state.seals.size;
/** Something happens that a seal is made for: a proposal, of which this is the id. */
async function sealAgain(sealing: SealingGroup, by: Person, days = 0): Promise<string> {
  await sealing.clock.advance(days * DAY);
  const words = { title: { text: 'T' }, text: { text: '' } };
  const proposal = await by.act('proposal.open', { ...words, effect: { kind: 'none' }, deadline: 0 });
  const before = heights(by);
  await sealing.pass(10);
  expect(heights(by)).toBeGreaterThan(before);
  return proposal;
}

describe('whoever announces to leave', () => {
  it('is a member like all others until the first seal at or past their notice', async () => {
    const { sealing, people } = await sealed();
    const [ana, ben, cleo] = people;
    const announced = await cleo.act('member.announce', { leaves: true });
    await sealing.pass(3);
    const seal = ana.replica.state.seals.get(String(heights(ana)))!;
    expect(rowOf(ana, cleo).leaving).toEqual({ event: announced, due: seal.time + NOTICE * DAY });
    const proposal = await sealAgain(sealing, ana, NOTICE - 1);
    expect(rowOf(ben, cleo)).toMatchObject({ status: 'active' });
    await cleo.act('ballot.cast', { proposal, choice: 'agree' });
    await sealAgain(sealing, ana, 2);
    const { gone, ...row } = rowOf(ben, cleo);
    expect(row).toMatchObject({ status: 'left', until: announced });
    const timeOf = (height: number) => ben.replica.state.seals.get(String(height))!.time;
    expect(timeOf(gone!)).toBeGreaterThanOrEqual(row.leaving!.due!);
    expect(timeOf(gone! - 1)).toBeLessThan(row.leaving!.due!);
    expect([...ben.replica.state.ballots.values()]).toMatchObject([{ member: cleo.member, standing: 'counts' }]);
    await expect(cleo.act('member.describe', { name: { text: 'Cleo' } })).rejects.toMatchObject({
      code: 'refused-author-left',
    });
    const later = await sealAgain(sealing, ana);
    const electorate = (id: string) => ben.replica.state.proposals.get(id)!.electorate;
    expect([electorate(proposal).includes(cleo.member), electorate(later).includes(cleo.member)]).toEqual([
      true,
      false,
    ]);
  });

  it('stays when they say so in time, and can announce it again', async () => {
    const { sealing, people } = await sealed();
    const [ana, , cleo] = people;
    await cleo.act('member.announce', { leaves: true });
    await expect(cleo.act('member.announce', { leaves: true })).rejects.toMatchObject({
      code: 'refused-leaving-announced',
    });
    await sealing.pass(3);
    await cleo.act('member.announce', { leaves: false });
    await expect(cleo.act('member.announce', { leaves: false })).rejects.toMatchObject({
      code: 'refused-leaving-not-announced',
    });
    await sealAgain(sealing, ana, 2 * NOTICE);
    expect(rowOf(ana, cleo).status).toBe('active');
    expect(rowOf(ana, cleo).leaving).toBeUndefined();
    const again = await cleo.act('member.announce', { leaves: true });
    await sealing.pass(3);
    const { time } = ana.replica.state.seals.get(String(heights(ana)))!;
    expect(rowOf(ana, cleo).leaving).toEqual({ event: again, due: time + NOTICE * DAY });
  });

  it('is gone with the next seal where no notice is asked for', async () => {
    for (const given of [agreed(0), protocols({ none: 'majority' })]) {
      const { sealing, people } = await sealed(given);
      const [ana, , cleo] = people;
      const event = await cleo.act('member.announce', { leaves: true });
      await sealing.pass(3);
      const due = ana.replica.state.seals.get(String(heights(ana)))!.time;
      expect(rowOf(ana, cleo)).toMatchObject({ status: 'left', gone: heights(ana), leaving: { event, due } });
    }
  });

  it('is not held longer by an amendment, and a seal comes for them where nothing else happens', async () => {
    const { sealing, people } = await sealed();
    const [ana, ben, cleo] = people;
    await cleo.act('member.announce', { leaves: true });
    await sealing.pass(3);
    const before = rowOf(ana, cleo).leaving;
    const base = ana.replica.state.network.get('network')!.version;
    const { params } = leaving(700) as { params: Parameters<'leaving'> };
    const effect = { kind: 'parameters' as const, base, protocol: 'leaving', params };
    const words = { title: { text: 'L' }, text: { text: '' } };
    const longer = await ana.act('proposal.open', { ...words, effect, deadline: 0 });
    await meet(people);
    for (const by of people) await by.act('ballot.cast', { proposal: longer, choice: 'agree' });
    await sealing.pass(10);
    expect(ana.replica.state.proposals.get(longer)).toMatchObject({ status: 'adopted', sealed: expect.any(Number) });
    expect(rowOf(ben, cleo).leaving).toEqual(before);
    await sealing.clock.advance(NOTICE * DAY);
    await sealing.pass(3);
    expect(rowOf(ben, cleo)).toMatchObject({ status: 'left', gone: heights(ben) });
    expect(rowOf(ben, cleo).unsettled?.notice).toBeUndefined();
  });

  it('is not removed afterwards by ballots that did not know of it: a seal has them gone', async () => {
    const { sealing, people } = await sealed(agreed(0));
    const [ana, ben, cleo, dora] = people;
    const effect = { kind: 'remove' as const, member: cleo.member };
    const words = { title: { text: 'R' }, text: { text: '' } };
    const removal = await ana.act('proposal.open', { ...words, effect, deadline: 0 });
    await meet(people);
    for (const by of [ben, dora]) await by.act('ballot.cast', { proposal: removal, choice: 'agree' });
    await meet([ben, cleo, dora]);
    await cleo.act('member.announce', { leaves: true });
    await sealing.pass(10, [ben, cleo, dora]);
    expect(rowOf(ben, cleo)).toMatchObject({ status: 'left', gone: expect.any(Number) });
    await ana.act('ballot.cast', { proposal: removal, choice: 'agree' });
    await meet(people);
    expect(rowOf(ben, cleo).status).toBe('left');
    expect(ben.replica.state.proposals.get(removal)!.status).not.toBe('adopted');
  });
});

describe('whoever leaves at once', () => {
  it('is not kept, and the days of notice that they did not give are noted', async () => {
    const { sealing, people } = await sealed();
    const [ana, ben, cleo, dora] = people;
    await dora.act('member.announce', { leaves: true });
    await sealing.pass(3);
    await sealAgain(sealing, ana, 10);
    for (const by of [cleo, dora]) await by.act('member.leave', {});
    await sealing.pass(10);
    const clause = { version: ana.replica.id, protocol: 'leaving' };
    const none = { pledges: [], debts: [], dues: [], clause };
    expect(rowOf(ben, cleo)).toMatchObject({ status: 'left', unsettled: { ...none, notice: NOTICE } });
    // Of what they announced, ten days and some minutes have passed.
    expect(rowOf(ben, dora)).toMatchObject({ status: 'left', unsettled: { ...none, notice: NOTICE - 10 } });
  });

  it('owes the dues of the months that had begun, less what they paid, as of the seal', async () => {
    const { sealing, people } = await sealed(agreed(0));
    const [ana, ben, cleo, dora] = people;
    await sealing.clock.advance(40 * DAY);
    const postings = [
      { account: `member:${dora.member}`, unit: 'EUR', amount: -300 },
      { account: 'bank', unit: 'EUR', amount: 300 },
    ];
    const paid = { kind: 'contribution' as const, date: '2025-07-02', memo: { text: 'July' }, postings };
    await ana.act('entry.post', paid);
    await meet(people);
    for (const by of [cleo, dora]) await by.act('member.leave', {});
    await sealing.pass(10);
    expect(rowOf(ben, cleo).unsettled).toMatchObject({ dues: [{ unit: 'EUR', amount: 300 }], debts: [] });
    expect(rowOf(ben, dora)).toMatchObject({ status: 'left', gone: expect.any(Number) });
    expect(rowOf(ben, dora).unsettled).toBeUndefined();
  });

  it('owes what is open to the last cent, and debts beside it', async () => {
    const { sealing, people } = await sealed(agreed(0));
    const [ana, ben, , dora] = people;
    await sealing.clock.advance(40 * DAY);
    const post = (account: `member:${string}` | `owed:${string}`, kind: 'contribution' | 'transfer', amount: number) =>
      ana.act('entry.post', {
        ...{ kind, date: '2025-07-02', memo: { text: 'July' } },
        postings: [
          { account, unit: 'EUR', amount },
          { account: 'bank', unit: 'EUR', amount: -amount },
        ],
      });
    await post(`member:${dora.member}`, 'contribution', -299);
    await post(`owed:${dora.member}`, 'transfer', 50);
    await meet(people);
    await dora.act('member.leave', {});
    await sealing.pass(10);
    expect(rowOf(ben, dora).unsettled).toMatchObject({
      dues: [{ unit: 'EUR', amount: 1 }],
      debts: [{ unit: 'EUR', amount: 50 }],
    });
  });
});
