import { describe, expect, it } from 'vitest';
import { forge } from '../../../test/kit/forge';
import { type Person, group, meet } from '../../../test/kit/group';
import { SealingGroup } from '../../../test/kit/sealing';
import type { Replica } from '../../replica/replica';
import { stateDigest } from '../digest/digest';

const pays = (allowance: string, amount: number, to: string) => ({
  type: 'entry.post',
  payload: {
    kind: 'expense',
    date: '2025-03-01',
    memo: to.repeat(64),
    allowance,
    postings: [
      { account: 'expense:repairs', unit: 'EUR', amount },
      { account: 'bank', unit: 'EUR', amount: -amount },
    ],
  },
});

/** Four members and an allowance of 1,000.00 that they decided. */
async function withAllowance(): Promise<{ people: [Person, Person, Person, Person]; allowance: string }> {
  const people = (await group(['ana', 'ben', 'cleo', 'dora'])) as [Person, Person, Person, Person];
  const [ana] = people;
  const allowance = await ana.act('proposal.open', {
    title: { text: 'Roof' },
    text: { text: 'Mend it.' },
    effect: { kind: 'spend', amount: 100_000, unit: 'EUR' },
    deadline: 0,
  });
  await meet(people);
  for (const person of people) await person.act('ballot.cast', { proposal: allowance, choice: 'agree' });
  await meet(people);
  expect(ana.replica.state.allowances.get(allowance)?.amount).toBe(100_000);
  return { people, allowance };
}

/** Two payments of one allowance, of which neither author knew when they signed; then all meet. */
async function paidApart() {
  const { people, allowance } = await withAllowance();
  const [, ben, cleo] = people;
  const one = await forge(ben, pays(allowance, 80_000, '1'));
  const other = await forge(cleo, pays(allowance, 80_000, '2'));
  ben.replica.receive({ events: [one], texts: [] });
  cleo.replica.receive({ events: [other], texts: [] });
  await meet(people);
  return { people, allowance, one, other };
}

const statusesOf = ({ state }: Replica, payments: readonly { readonly id: string }[]): string[] =>
  payments.map(({ id }) => state.entries.get(id)!.authorisation.status);

/** These people's apps seal, until there are so many seals. */
async function seal(people: readonly Person[], height: number): Promise<void> {
  const sealing = new SealingGroup(people);
  for (let minutes = 0; minutes < 20 && people.some(({ replica }) => replica.seals.seals.length < height); minutes++)
    await sealing.pass(1);
}

describe('a double spend', () => {
  it('by fork: the two payments of one number are both contested, for everyone, and the fork is proved', async () => {
    const { people, allowance } = await withAllowance();
    const [ana, ben, cleo] = people;
    const [one, other] = await Promise.all([
      forge(ben, pays(allowance, 80_000, '1')),
      forge(ben, pays(allowance, 80_000, '2')),
    ]);
    ana.replica.receive({ events: [one], texts: [] });
    cleo.replica.receive({ events: [other], texts: [] });
    expect(ana.replica.state.entries.get(one.id)!.authorisation.status).toBe('covered');
    expect(cleo.replica.state.entries.get(other.id)!.authorisation.status).toBe('covered');
    await meet(people);
    await meet(people);
    for (const { replica } of people) {
      for (const { id } of [one, other]) expect(replica.state.entries.get(id)!.authorisation.status).toBe('contested');
      expect(replica.record.forks().has(ben.signer.device)).toBe(true);
    }
    expect(new Set(people.map(({ replica }) => stateDigest(replica.state))).size).toBe(1);
  });

  it('by partition: two honest payments that did not know of each other are contested alike, and nobody is accused', async () => {
    const { people, one, other } = await paidApart();
    const [ana] = people;
    for (const { id } of [one, other])
      expect(ana.replica.state.entries.get(id)!.authorisation.status).toBe('contested');
    expect(ana.replica.record.forks().size).toBe(0);
  });

  it('in one cut: both are contested and stay so when it is sealed, until one is reversed', async () => {
    const { people, allowance, one, other } = await paidApart();
    const [ana, , cleo] = people;
    await seal(people, 1);
    for (const { replica } of people) {
      expect([one, other].map(({ id }) => replica.record.get(id)!.seal)).toEqual([1, 1]);
      expect(statusesOf(replica, [one, other])).toEqual(['contested', 'contested']);
    }
    // One is reversed: what it took is there again for the other.
    const reverses = other.id;
    const back = { kind: 'reversal', date: '2025-03-02', memo: { text: 'Back' }, reverses } as const;
    const postings = pays(allowance, -80_000, '2').payload.postings;
    await cleo.act('entry.post', { ...back, postings });
    await ana.pull(cleo);
    expect(statusesOf(ana.replica, [one])).toEqual(['covered']);
  });

  it('across two cuts: the one that is sealed first is covered, the other a breach, whichever hash is smaller', async () => {
    for (const memo of ['1', '2', '3', '4']) {
      const { people, allowance } = await withAllowance();
      const [ana, ben, cleo, dora] = people;
      const one = await forge(ben, pays(allowance, 80_000, memo));
      const other = await forge(cleo, pays(allowance, 80_000, '9'));
      ben.replica.receive({ events: [one], texts: [] });
      cleo.replica.receive({ events: [other], texts: [] });
      // Cleo is away while the others seal.
      const here = [ana, ben, dora];
      await meet(here);
      await seal(here, 1);
      expect(statusesOf(ana.replica, [one])).toEqual(['covered']);
      await meet(people);
      expect(statusesOf(cleo.replica, [one, other])).toEqual(['covered', 'breach']);
      await seal(people, 2);
      for (const { replica } of people) {
        expect([one, other].map(({ id }) => replica.record.get(id)!.seal)).toEqual([1, 2]);
        expect(statusesOf(replica, [one, other])).toEqual(['covered', 'breach']);
      }
      expect(new Set(people.map(({ replica }) => stateDigest(replica.state))).size).toBe(1);
    }
  });
});
