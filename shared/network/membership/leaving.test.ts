import { describe, expect, it } from 'vitest';
import { LEAVING, type Person, group, meet, protocols } from '../../../test/kit/group';
import { memberRow, networkRows, practiceRow, rowsOf, versionRow } from '../../../test/kit/rows';
import { SealingGroup } from '../../../test/kit/sealing';
import type { Parameters, ProtocolSpec } from '../agreement/model';
import type { Draft } from '../../record/text';
import type { Balance } from '../ledger/model';
import type { Pledge } from '../resources/model';
import { NETWORK_KEY, emptyState } from '../state';
import { Tables } from '../tables';
import { settleGone, unsettledOf } from './leaving';
import type { Member } from './model';
import { noticeIn } from './notice';

type Three = [Person, Person, Person];
const agreed = (change: Partial<Parameters<'leaving'>> = {}): Draft<ProtocolSpec>[] => {
  const params = { ...(LEAVING.params as Parameters<'leaving'>), ...change };
  return [...protocols({ buy: 'majority', remove: 'majority' }), { ...LEAVING, params } as Draft<ProtocolSpec>];
};
const sealed = async (given = agreed()): Promise<{ sealing: SealingGroup; people: Three }> => {
  const sealing = new SealingGroup(await group(['ana', 'ben', 'cleo'], given));
  await sealing.pass(3);
  return { sealing, people: sealing.people as Three };
};

/** Cleo has pledged, and owes: with a purchase that is decided, the pledge is due. */
async function entangled([ana, ben, cleo]: Three, decided: boolean) {
  const people = [ana, ben, cleo];
  const words = { name: { text: 'Mill' }, about: { text: '' } };
  const resource = await ana.act('resource.seek', { ...words, kind: 'house', amount: 900, unit: 'EUR' });
  await meet(people);
  const pledge = await cleo.act('pledge.make', { resource, amount: 900, unit: 'EUR', together: 0 });
  const postings = [
    { account: `owed:${cleo.member}`, unit: 'EUR', amount: 50 },
    { account: 'bank', unit: 'EUR', amount: -50 },
  ];
  await ana.act('entry.post', { kind: 'transfer', date: '2025-02-01', memo: { text: 'Lent' }, postings });
  await meet(people);
  if (decided) {
    const effect = { kind: 'buy' as const, resource, amount: 900, unit: 'EUR' };
    const buy = await ana.act('proposal.open', { title: { text: 'B' }, text: { text: '' }, effect, deadline: 0 });
    await meet(people);
    for (const by of people) await by.act('ballot.cast', { proposal: buy, choice: 'agree' });
    await meet(people);
  }
  return pledge;
}
const rowOf = (by: Person, of: Person) => by.replica.state.members.get(of.member)!;

describe('what somebody has not settled', () => {
  it('is in one order, whatever that of the tables, and no credit', () => {
    const leaving = {
      ...practiceRow('leaving'),
      kind: 'leaving' as const,
      params: LEAVING.params as Parameters<'leaving'>,
    };
    const versions = rowsOf(versionRow('v1', 1, null, { protocols: [leaving] }));
    const owed = (unit: string, amount: number, member = 'ann'): [string, Balance] => [
      `owed:${member}|${unit}`,
      { account: `owed:${member}`, unit, amount, entries: 1 },
    ];
    const pledge = (id: string, status: Pledge['status'] = 'due', member = 'ann'): Pledge => ({
      ...{ id, resource: 'r', member, amount: 5, unit: 'EUR', together: 0, paid: 0, status, time: 1 },
      why: { events: [id] },
    });
    const balances = [owed('USD', 3), owed('CHF', 2), owed('EUR', 1), owed('hour', -1), owed('EUR', 9, 'bob')];
    const pledges = [pledge('c'), pledge('a'), pledge('b'), pledge('d', 'paid'), pledge('e', 'due', 'bob')];
    for (const turn of [<T>(all: T[]) => all, <T>(all: T[]) => [...all].reverse()]) {
      const { members, entries, proposals, seals } = emptyState();
      const rest = { members, entries, proposals, seals };
      const tables = { ...rest, network: networkRows('v1'), versions, balances: new Map(turn(balances)) };
      expect(unsettledOf({ ...tables, pledges: rowsOf(...turn(pledges)) }, 'ann')).toEqual({
        pledges: ['a', 'b', 'c'],
        debts: [
          { unit: 'CHF', amount: 2 },
          { unit: 'EUR', amount: 1 },
          { unit: 'USD', amount: 3 },
        ],
        dues: [],
        clause: { version: 'v1', protocol: 'leaving' },
      });
    }
  });
});

/** An agreement that asks for so many days of notice. */
function asking(notice: number) {
  const params = { ...(LEAVING.params as Parameters<'leaving'>), notice };
  return versionRow('v1', 1, null, { protocols: [{ ...practiceRow('leaving'), kind: 'leaving', params }] });
}

it.each([0, 1, 30])('the agreement asks for %d days of notice, or for none', (notice) => {
  const clause = { version: 'v1', protocol: 'leaving' };
  const agreed = { network: networkRows('v1'), versions: rowsOf(asking(notice)) };
  expect(noticeIn(agreed)).toEqual(notice === 0 ? undefined : { days: notice, clause });
});

describe('the notice that somebody did not keep', () => {
  const DAY = 86_400_000;
  const NOW = Date.UTC(2025, 5, 1);
  /** Days that are noted of who has left for a seal of this time, by an agreement that asks for 30. */
  function missed(fields: Partial<Member>, isSealed = true): number | undefined {
    const tables = new Tables();
    tables.set('network', NETWORK_KEY, networkRows('v1').get(NETWORK_KEY)!);
    tables.set('versions', 'v1', asking(30));
    const sealed = isSealed ? { sealed: 1 } : {};
    tables.set('members', 'ann', memberRow('ann', 1, { status: 'left', until: 'left', ...sealed, ...fields }));
    settleGone(tables, 2, NOW);
    const { gone, unsettled } = tables.get('members', 'ann')!;
    expect(gone).toBe(2);
    return unsettled?.notice;
  }
  const announced = (left: number) => ({ leaving: { event: 'announced', due: NOW + left } });

  it.each([
    ['all of it, without an announcement', {}, 30],
    ['all of it, where no seal has the announcement', { leaving: { event: 'announced' } }, 30],
    ['whole days', announced(3 * DAY), 3],
    ['the day that has begun', announced(3 * DAY + 1), 4],
    ['the last day, of which little is left', announced(1), 1],
    ['nothing when it is over', announced(0), undefined],
    ['nothing after it', announced(-DAY), undefined],
    ['no more than is asked for now', announced(31 * DAY), 30],
    ['nothing of who was removed', { status: 'removed' as const }, undefined],
  ])('is %s', (_what, fields, days) => {
    expect(missed(fields)).toBe(days);
  });

  it('is nothing of who no seal had as a member', () => {
    expect(missed({}, false)).toBeUndefined();
  });
});

describe('whoever is gone', () => {
  it('left what was not settled, by the clause that asks for it, from the seal on that has them gone', async () => {
    const { sealing, people } = await sealed();
    const [ana, , cleo] = people;
    const pledge = await entangled(people, true);
    const clause = { version: ana.replica.id, protocol: 'leaving' };
    const unsettled = { pledges: [pledge], debts: [{ unit: 'EUR', amount: 50 }], dues: [], clause };
    expect(unsettledOf(cleo.replica.state, cleo.member)).toEqual(unsettled);
    await cleo.act('member.leave', {});
    await meet(people);
    // Nobody is kept from leaving.
    expect(rowOf(ana, cleo)).toMatchObject({ status: 'left' });
    expect(rowOf(ana, cleo).unsettled).toBeUndefined();
    await sealing.pass(4);
    expect(rowOf(ana, cleo)).toMatchObject({ status: 'left', gone: expect.any(Number), unsettled });
  });

  it('is asked by the books at the end of the section, wherever in it they left', async () => {
    const { sealing, people } = await sealed(agreed({ settle: ['debts'] }));
    const [ana, ben, cleo] = people;
    await entangled(people, true);
    // Ana does not know of the leaving when she records that the debt is paid.
    const postings = [
      { account: `owed:${cleo.member}`, unit: 'EUR', amount: -50 },
      { account: 'bank', unit: 'EUR', amount: 50 },
    ];
    await cleo.act('member.leave', {});
    await ana.act('entry.post', { kind: 'transfer', date: '2025-02-02', memo: { text: 'Back' }, postings });
    await meet(people);
    await sealing.pass(4);
    expect(rowOf(ben, cleo)).toMatchObject({ status: 'left', gone: expect.any(Number) });
    expect(rowOf(ben, cleo).unsettled).toBeUndefined();
  });

  it('has pledges that are not due lapse, or stay, as the agreement says', async () => {
    for (const pledges of ['lapse', 'stay'] as const) {
      const { sealing, people } = await sealed(agreed({ pledges }));
      const [ana, , cleo] = people;
      const pledge = await entangled(people, false);
      const leaving = await cleo.act('member.leave', {});
      await meet(people);
      await sealing.pass(4);
      const row = ana.replica.state.pledges.get(pledge)!;
      expect(row.status).toBe(pledges === 'lapse' ? 'lapsed' : 'stands');
      expect(row.why.events).toEqual(pledges === 'lapse' ? [pledge, leaving] : [pledge]);
      expect(rowOf(ana, cleo).unsettled).toMatchObject({ pledges: [] });
    }
  });

  it('is asked for nothing where no protocol of it is in force, and not again by one that comes later', async () => {
    const { sealing, people } = await sealed(protocols({ adopt: 'majority', buy: 'majority' }));
    const [ana, ben, cleo] = people;
    await entangled(people, true);
    expect(unsettledOf(ana.replica.state, cleo.member)).toBeUndefined();
    await cleo.act('member.leave', {});
    await meet(people);
    await sealing.pass(4);
    const before = rowOf(ana, cleo);
    expect(before).toMatchObject({ status: 'left', gone: expect.any(Number) });
    const version = [...ana.replica.state.versions.values()][0]!;
    const effect = { kind: 'adopt' as const, base: version.id, protocols: [...version.protocols, LEAVING] };
    const adopt = await ana.act('proposal.open', { title: { text: 'L' }, text: { text: '' }, effect, deadline: 0 });
    await meet(people);
    for (const by of [ana, ben]) await by.act('ballot.cast', { proposal: adopt, choice: 'agree' });
    await meet(people);
    await sealing.pass(4);
    expect(ana.replica.state.versions.size).toBe(2);
    expect(rowOf(ana, cleo)).toEqual(before);
  });
});
