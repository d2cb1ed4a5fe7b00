import { describe, expect, it } from 'vitest';
import { type Person, group, meet, protocols } from '../../test/kit/group';
import { SealingGroup } from '../../test/kit/sealing';
import { countUnsealed, sealAt, sealStatus, sealedAccounts, sealedBy } from './status';

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

  it('an account is sealed when every entry that moved it is', async () => {
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
    await post('bank');
    await meet(one.people);
    await one.pass(3);
    const height = ana.replica.seals.seals.length;
    await post('cash');
    expect(Object.fromEntries(sealedAccounts(ana.replica))).toEqual({
      bank: height,
      cash: null,
      [`member:${ana.member}`]: null,
    });
  });
});
