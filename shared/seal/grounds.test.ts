import { describe, expect, it } from 'vitest';
import { forge } from '../../test/kit/forge';
import { type Person, certify, group, meet } from '../../test/kit/group';
import { SealingGroup } from '../../test/kit/sealing';
import { Replica } from '../replica/replica';

const X = 'a'.repeat(64);
const Y = 'b'.repeat(64);

async function three() {
  const sealing = new SealingGroup(await group(['ana', 'ben', 'cleo']));
  await sealing.pass(3);
  const people = sealing.people as [Person, Person, Person];
  const { ground } = people[0].replica.seals.current!;
  const of = { height: 2, previous: ground.value };
  const groundsOf = (type: string, payload: object, by = people[0]) =>
    [...by.replica.seals.groundsOf(by.signer.device, type, payload)].sort();
  return { sealing, people, of, groundsOf };
}

/** What a vote has to have in its past, and so cites first where it can not cite all heads. */
describe('a vote cites first', () => {
  it('for `ready` what shows that the newest seal holds, for a proposal the readies, and for no other event anything', async () => {
    const { sealing, people, groundsOf } = await three();
    const [ana] = people;
    await ana.act('member.describe', { name: { text: 'Anna' } });
    await sealing.pass(4);
    const { seals } = ana.replica;
    expect(seals.seals).toHaveLength(2);
    const seal = seals.seals[1]!;
    const { ground } = seals.current!;
    const of = { height: 3, previous: ground.value };
    const proof = [seal.proposal, ...seal.precommits].sort();
    expect(groundsOf('seal.ready', { ...of, time: ground.time + 1 })).toEqual(proof);
    expect(groundsOf('seal.propose', { ...of, ready: [X, Y] })).toEqual([X, Y]);
    expect(groundsOf('member.describe', { ready: [X] })).toEqual([]);
  });

  it('for a prevote the newest quorum of an earlier round for its value, for a precommit that of its own round or before', async () => {
    const { people, of, groundsOf } = await three();
    const prevote = (by: Person, round: number, value: string | null) =>
      by.act('seal.prevote', { ...of, round, value });
    const rounds: string[][] = [];
    for (const [round, values] of [
      [0, [X, X, X]],
      [1, [X, X, X]],
      [2, [X, X, Y]],
    ] as const) {
      const ids: string[] = [];
      for (const [index, by] of people.entries()) ids.push(await prevote(by, round, values[index]!));
      rounds.push(ids.sort());
    }
    await meet(people);
    expect(groundsOf('seal.prevote', { ...of, round: 3, value: X })).toEqual(rounds[1]);
    expect(groundsOf('seal.prevote', { ...of, round: 2, value: X })).toEqual(rounds[1]);
    expect(groundsOf('seal.prevote', { ...of, round: 1, value: X })).toEqual(rounds[0]);
    expect(groundsOf('seal.prevote', { ...of, round: 0, value: X })).toEqual([]);
    expect(groundsOf('seal.precommit', { ...of, round: 1, value: X })).toEqual(rounds[1]);
    expect(groundsOf('seal.precommit', { ...of, round: 0, value: X })).toEqual(rounds[0]);
    expect(groundsOf('seal.precommit', { ...of, round: 2, value: X })).toEqual(rounds[1]);
    expect(groundsOf('seal.precommit', { ...of, round: 2, value: Y })).toEqual([]);
  });

  it('the revocation by which its device has its member’s place, where another had it', async () => {
    const { people, of, groundsOf } = await three();
    const [ana, ben] = people;
    const phone = await certify(ben, 'bens phone');
    const revocation = await phone.act('device.revoke', { device: ben.signer.device });
    await meet([ana, ben, phone]);
    const proof = groundsOf('seal.ready', of);
    expect(groundsOf('seal.ready', of, phone)).toEqual([revocation, ...proof].sort());
    expect(groundsOf('seal.ready', of, ben)).toEqual(proof);
    expect(groundsOf('member.describe', of, phone)).toEqual([]);
  });
});

describe('a cut', () => {
  it('has nothing of a chain of which its votes had seen nothing', async () => {
    const [ana, ben, cleo] = (await group(['ana', 'ben', 'cleo'])) as [Person, Person, Person];
    const bens = await ben.act('member.describe', { name: { text: 'Benno' } });
    await ana.pull(ben);
    const cleos = await cleo.act('member.describe', { name: { text: 'Clea' } });
    await ana.pull(cleo);
    const { record, seals } = ana.replica;
    const cut = seals.cutOf([cleos]);
    expect([bens, cleos, ana.replica.id].map((id) => cut(record.get(id)!))).toEqual([false, true, true]);
  });
});

describe('a chain of seals', () => {
  it('compares no state unless it is told to, and then remembers the first that differs', async () => {
    const people = (await group(['ana'])) as [Person];
    const [ana] = people;
    const sealing = new SealingGroup(people);
    const { ground } = ana.replica.seals.current!;
    const of = { height: 1, previous: ground.value, round: 0 };
    const ready = await ana.act('seal.ready', { height: 1, previous: ground.value, time: ground.time + 1 });
    const wrong = { ...of, ready: [ready], time: ground.time + 1, digest: '0'.repeat(64), valid: null };
    const proposal = await ana.act('seal.propose', wrong);
    const value = ana.replica.seals.valueOf(ana.replica.record.get(proposal) as never);
    await ana.act('seal.prevote', { ...of, value });
    const commit = await forge(ana, { type: 'seal.precommit', payload: { ...of, value } });
    const comparing = new Replica(ana.replica.id);
    comparing.seals.compares = () => true;
    for (const replica of [comparing, ana.replica]) {
      replica.receive(await ana.batch());
      replica.receive({ events: [commit], texts: [] });
      expect(replica.seals.seals.map((seal) => seal.value)).toEqual([value]);
    }
    expect(comparing.seals.differing).toMatchObject({ height: 1, value });
    expect(ana.replica.seals.differing).toBeNull();
    await sealing.pass(4);
    comparing.receive(await ana.batch());
    expect(comparing.seals.seals.length).toBeGreaterThanOrEqual(1);
    expect(comparing.seals.differing!.height).toBe(1);
  });
});
