import { describe, expect, it } from 'vitest';
import { type Person, group, meet } from '../../../test/kit/group';
import { finish } from '../../steps';
import { type Transaction, draftEntry, draftReversal } from './drafts';
import { breaches, capitalAccounts, newestFirst, statement, trialBalance } from './queries';

const post = (person: Person, transaction: Transaction): Promise<string> =>
  person.act('entry.post', { ...draftEntry(transaction), date: '2025-03-01', memo: { text: 'M' } });

describe('the books of a network', () => {
  it('are equal on every peer and sum to zero; a breach is recorded, and a reversal undoes it whole', async () => {
    const people = await group(['Ann', 'Bob']);
    const [ann, bob] = people as [Person, Person];
    await post(ann, { what: 'money', member: ann.member, into: 'bank', unit: 'EUR', amount: 50_000 });
    await post(bob, { what: 'hours', member: bob.member, amount: 250 });
    await post(bob, { what: 'expense', category: 'food', from: { member: bob.member }, unit: 'EUR', amount: 10_000 });
    const beyond = await post(ann, { what: 'expense', category: 'tools', from: 'bank', unit: 'EUR', amount: 10_001 });
    await meet(people);
    for (const { replica } of people) {
      const { state } = replica;
      expect(trialBalance(state.balances).map(({ difference }) => difference)).toEqual([0, 0]);
      expect(capitalAccounts(state).map(({ units }) => units)).toEqual([
        [{ unit: 'EUR', amount: 50_000 }],
        [{ unit: 'hour', amount: 250 }],
      ]);
      expect(breaches(state.entries).map(({ id }) => id)).toEqual([beyond]);
    }

    const undone = bob.replica.state.entries.get(beyond)!;
    await bob.act('entry.post', { ...draftReversal(undone), date: '2025-03-02', memo: { text: 'Money back' } });
    await meet(people);
    const { state } = ann.replica;
    expect(breaches(state.entries)).toEqual([]);
    const lines = finish(statement([...state.entries.values()].sort(newestFirst), 'expense:tools'));
    expect(lines.map(({ amount, balance }) => [amount, balance])).toEqual([
      [-10_001, 0],
      [10_001, 10_001],
    ]);
  });

  it('refuse an unbalanced entry before it is signed', async () => {
    const [ann] = (await group(['Ann'])) as [Person];
    const act = ann.act('entry.post', {
      kind: 'income',
      date: '2025-03-01',
      memo: { text: 'M' },
      postings: [
        { account: 'bank', unit: 'EUR', amount: 100 },
        { account: 'income:rent', unit: 'EUR', amount: -99 },
      ],
    });
    await expect(act).rejects.toMatchObject({ code: 'refused-entry-unbalanced' });
    expect(ann.replica.state.entries.size).toBe(0);
  });
});
