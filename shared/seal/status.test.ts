import { describe, expect, it } from 'vitest';
import { type Person, group, meet, protocols } from '../../test/kit/group';
import { SealingGroup } from '../../test/kit/sealing';
import type { ProtocolSpec } from '../network/agreement/model';
import type { Draft } from '../record/text';
import { countUnsealed, sealAt, sealStatus, sealedAccounts, sealedBy } from './status';
import { proposerOf } from './tendermint';

/** There are none of them. */
const SUPPORTERS_SEAL: Draft<ProtocolSpec> = {
  kind: 'sealing',
  id: 'sealing',
  title: 'Sealing',
  text: { text: 'Supporters seal.' },
  params: { types: ['supporter'], quorum: 'two-thirds' },
};

const describeAs = (by: Person, name: string) => by.act('member.describe', { name: { text: name } });

describe('where sealing stands', () => {
  it('before anything is sealed: what waits, and for whom', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    expect(sealStatus(ana.replica, 10)).toEqual({
      total: 0,
      seals: [],
      broken: [],
      next: {
        height: 1,
        stage: 'ready',
        ready: [],
        waitingFor: [ana.member],
        quorum: 1,
        of: 1,
        round: 0,
        proposer: ana.member,
        since: ana.replica.record.all()[0]!.time,
      },
    });
    expect(countUnsealed(ana.replica)).toBe(1);
    expect(sealedBy(ana.replica, [ana.replica.id])).toBeNull();
    expect(sealedBy(ana.replica, [])).toBeNull();
    expect(sealAt(ana.replica, 1)).toBeNull();
  });

  it('names who has asked for a seal and who has not; and who signed it when it holds', async () => {
    const three = new SealingGroup(await group(['ana', 'ben', 'cleo'], protocols()));
    await three.pass(6);
    const [ana, ben, cleo] = three.people as [Person, Person, Person];
    expect(sealStatus(ana.replica, 10).next).toBeNull();
    const change = await describeAs(ana, 'Ana B.');
    expect(countUnsealed(ana.replica)).toBe(1);
    await three.pass(6, [ana, ben]);
    const { next, total } = sealStatus(ana.replica, 10);
    expect([next!.stage, next!.ready, next!.waitingFor]).toEqual([
      'ready',
      [ana.member, ben.member].sort(),
      [cleo.member],
    ]);
    expect([next!.quorum, next!.of]).toEqual([3, 3]);
    expect(sealedBy(ana.replica, [change])).toBeNull();
    await three.pass(6);
    const after = sealStatus(ana.replica, 1);
    expect([after.total, after.seals.length, after.next]).toEqual([total + 1, 1, null]);
    const [seal] = after.seals;
    expect(new Set(seal!.signers.map(({ member }) => member))).toEqual(new Set([ana.member, ben.member, cleo.member]));
    expect(seal!.signers.every(({ event }) => ana.replica.record.get(event)?.type === 'seal.precommit')).toBe(true);
    expect(seal!.ready).toHaveLength(3);
    expect(seal!.events).toBe(1);
    expect(sealedBy(ana.replica, [ana.replica.id, change])).toBe(seal!.height);
    expect(sealAt(ana.replica, seal!.height)).toEqual(seal);
    expect(sealedBy(ana.replica, ['0'.repeat(64)])).toBeNull();
  });

  it('counts what each seal adds, and gives the newest ones first, as many as asked for', async () => {
    const one = new SealingGroup(await group(['ana']));
    const [ana] = one.people as [Person];
    await one.pass(2);
    for (const name of ['Ana B.', 'Ana C.']) {
      await describeAs(ana, name);
      await one.pass(2);
    }
    const shown = (limit: number) =>
      sealStatus(ana.replica, limit).seals.map(({ height, events, votes }) => ({ height, events, votes }));
    // The proposal, the prevote and the precommit of a seal are in the next one's cut, with what asked for that.
    const [first, ...later] = [1, 4, 4].map((votes, index) => ({ height: index + 1, events: 1, votes }));
    expect(shown(10)).toEqual([...later.reverse(), first]);
    expect(shown(2)).toEqual(later);
    expect(shown(0)).toEqual([]);
    expect(sealStatus(ana.replica, 0).total).toBe(3);
  });

  it('says whose turn it is: the proposer of the newest round that somebody voted in, then who has not signed', async () => {
    const three = new SealingGroup(await group(['ana', 'ben', 'cleo']));
    await three.pass(6);
    const [ana] = three.people as [Person];
    const { ground, sealers } = ana.replica.seals.current!;
    const height = { height: 2, previous: ground.value };
    const next = () => sealStatus(ana.replica, 1).next!;
    for (const person of three.people) await person.act('seal.ready', { ...height, time: ground.time + 1 });
    await meet(three.people);
    const turn = (round: number) => proposerOf({ height: 2, sealers }, round).member;
    expect(next()).toMatchObject({
      stage: 'proposal',
      round: 0,
      proposer: turn(0),
      waitingFor: [turn(0)],
      since: null,
    });
    const [first, second, third] = [0, 1, 2].map((round) => three.people.find(({ member }) => member === turn(round))!);
    await first!.act('seal.prevote', { ...height, round: 0, value: null });
    await second!.act('seal.prevote', { ...height, round: 1, value: null });
    await meet(three.people);
    expect(next()).toMatchObject({ stage: 'proposal', round: 1, proposer: turn(1), waitingFor: [turn(1)] });
    const { readies } = ana.replica.seals.current!;
    const ready = readies.map(({ id }) => id).sort();
    const content = { ready, time: ground.time + 1, digest: '0'.repeat(64), valid: null };
    await second!.act('seal.propose', { ...height, round: 1, ...content });
    await third!.act('seal.precommit', { ...height, round: 1, value: null });
    await meet(three.people);
    const missing = [turn(0), turn(1)].sort();
    expect(next()).toMatchObject({ stage: 'signatures', round: 1, proposer: turn(1), waitingFor: missing });
  });

  it('says since when something waits by the earliest time that its event claims, whatever came first', async () => {
    const three = new SealingGroup(await group(['ana', 'ben', 'cleo']));
    await three.pass(6);
    const [ana, , cleo] = three.people as [Person, Person, Person];
    const { ground } = ana.replica.seals.current!;
    const late = await describeAs(ana, 'Ana B.');
    await cleo.pull(ana);
    const asked = await cleo.act('seal.ready', { height: 2, previous: ground.value, time: ground.time + 1 });
    const early = await describeAs(cleo, 'Cleo B.');
    await ana.pull(cleo);
    const time = (event: string) => ana.replica.record.get(event)!.time;
    expect(sealStatus(ana.replica, 1).next!.since).toBe(time(early));
    expect(time(early)).toBeLessThan(time(late));
    // A vote is not what waits.
    expect(time(asked)).toBeLessThan(time(early));
  });

  it('names nobody where nobody seals', async () => {
    const [ana] = (await group(['ana'], [...protocols(), SUPPORTERS_SEAL])) as [Person];
    const { next } = sealStatus(ana.replica, 1);
    expect(next).toMatchObject({ stage: 'ready', of: 0, proposer: null, ready: [], waitingFor: [] });
  });

  it('an account is sealed, by the newest of their seals, when every entry that moved it is', async () => {
    const one = new SealingGroup(await group(['ana']));
    const [ana] = one.people as [Person];
    const post = (account: string) =>
      ana.act('entry.post', {
        kind: 'contribution',
        date: '2025-06-01',
        memo: { text: 'M' },
        postings: [
          { account, unit: 'EUR', amount: 500 },
          { account: `member:${ana.member}`, unit: 'EUR', amount: -500 },
        ],
      });
    for (const seals of [1, 2]) {
      await post('bank');
      await one.pass(3);
      expect(ana.replica.seals.seals).toHaveLength(seals);
    }
    await post('cash');
    expect(Object.fromEntries(sealedAccounts(ana.replica))).toEqual({
      bank: 2,
      cash: null,
      [`member:${ana.member}`]: null,
    });
  });
});
