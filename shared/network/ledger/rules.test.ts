import { describe, expect, it } from 'vitest';
import { type Person, admit, group, meet } from '../../../test/kit/group';
import type { Draft } from '../../record/text';
import type { Payloads } from '../events';

const refused = (code: string) => expect.objectContaining({ code: `refused-${code}` });
type Post = Draft<Payloads['entry.post']>;

/** What is paid from an account for an expense, in each unit. */
function pays(from: string, amounts: Readonly<Record<string, number>>, change: Partial<Post> = {}): Post {
  const postings = Object.entries(amounts).flatMap(([unit, amount]) => [
    { account: 'expense:repairs', unit, amount },
    { account: from, unit, amount: -amount },
  ]);
  return { kind: 'expense', date: '2025-03-01', memo: { text: 'M' }, postings, ...change };
}
const reversalOf = (by: Person, id: string): Post => ({
  kind: 'reversal',
  date: '2025-03-02',
  memo: { text: 'Back' },
  reverses: id,
  postings: by.replica.state.entries.get(id)!.postings.map((posting) => ({ ...posting, amount: -posting.amount })),
});
async function allowed(people: readonly Person[], amount: number): Promise<string> {
  const effect = { kind: 'spend' as const, amount, unit: 'EUR' };
  const proposal = await people[0]!.act('proposal.open', {
    title: { text: 'T' },
    text: { text: '' },
    effect,
    deadline: 0,
  });
  await meet(people);
  for (const person of people) await person.act('ballot.cast', { proposal, choice: 'agree' });
  await meet(people);
  return proposal;
}

describe('a payment', () => {
  const statusOf = (by: Person, id: string) => by.replica.state.entries.get(id)!.authorisation.status;

  it('is free up to the agreement’s limit, in its unit, by who may spend', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const status = async (post: Post) => statusOf(ana, await ana.act('entry.post', post));
    expect(await status(pays('bank', { EUR: 10_000 }))).toBe('free');
    expect(await status(pays('bank', { EUR: 10_001 }))).toBe('breach');
    expect(await status(pays('bank', { USD: 1 }))).toBe('breach');
    expect(await status(pays('bank', { EUR: 1, USD: 1 }))).toBe('breach');
    expect(await status(pays(`owed:${ana.member}`, { EUR: 10_001 }))).toBe('breach');
    expect(await status(pays(`member:${ana.member}`, { EUR: 10_001 }, { kind: 'contribution' }))).toBe('not-needed');
  });

  it('is posted by who may post', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const friend = await admit(ana, 'friend', 'supporter');
    await expect(friend.act('entry.post', pays('bank', { EUR: 1 }))).rejects.toEqual(refused('not-entitled'));
  });

  it('is covered by an allowance to its last cent, in its unit; beyond it is a breach', async () => {
    const people = (await group(['ana', 'ben'])) as [Person, Person];
    const [ana, ben] = people;
    const allowance = await allowed(people, 50_000);
    const first = await ana.act('entry.post', pays('bank', { EUR: 20_000 }, { allowance }));
    const second = await ana.act('entry.post', pays('bank', { EUR: 30_000 }, { allowance }));
    const third = await ana.act('entry.post', pays('bank', { EUR: 1 }, { allowance }));
    const foreign = await ana.act('entry.post', pays('bank', { USD: 1 }, { allowance }));
    expect([first, second, third, foreign].map((id) => statusOf(ana, id))).toEqual([
      'covered',
      'covered',
      'breach',
      'breach',
    ]);
    expect(ana.replica.state.allowances.get(allowance)).toMatchObject({
      spent: 50_001,
      entries: [first, second, third],
    });
    expect(ana.replica.state.entries.get(first)!.why.events).toEqual([first, allowance]);
    // What is paid back makes room again.
    await ana.act('entry.post', reversalOf(ana, first));
    expect(ana.replica.state.allowances.get(allowance)!.spent).toBe(30_001);
    expect([second, third].map((id) => statusOf(ana, id))).toEqual(['covered', 'covered']);
    await ben.pull(ana);
    const last = await ben.act('entry.post', pays('cash', { EUR: 19_999 }, { allowance }));
    expect(statusOf(ben, last)).toBe('covered');
  });

  it('that was taken back stays what it was judged to be', async () => {
    const people = (await group(['ana', 'ben'])) as [Person, Person];
    const [ana] = people;
    const allowance = await allowed(people, 50_000);
    const beyond = await ana.act('entry.post', pays('bank', { EUR: 50_001 }, { allowance }));
    await ana.act('entry.post', reversalOf(ana, beyond));
    expect(statusOf(ana, beyond)).toBe('breach');
    const next = await ana.act('entry.post', pays('bank', { EUR: 50_000 }, { allowance }));
    expect([beyond, next].map((id) => statusOf(ana, id))).toEqual(['breach', 'covered']);
  });

  it('cites the clause that it was judged by; what needs none cites none', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const why = async (post: Post) => ana.replica.state.entries.get(await ana.act('entry.post', post))!.why;
    expect((await why(pays('bank', { EUR: 1 }))).clause).toEqual({ version: ana.replica.id, protocol: 'spending' });
    expect('clause' in (await why(pays(`member:${ana.member}`, { EUR: 1 }, { kind: 'contribution' })))).toBe(false);
  });

  it('that did not know of another is contested only where both together go beyond', async () => {
    const people = (await group(['ana', 'ben'])) as [Person, Person];
    const [ana, ben] = people;
    const fitting = await allowed(people, 50_000);
    const tight = await allowed(people, 49_999);
    const posts = [];
    for (const by of people)
      for (const allowance of [fitting, tight])
        posts.push(await by.act('entry.post', pays('bank', { EUR: 25_000 }, { allowance })));
    await meet(people);
    for (const by of [ana, ben])
      expect(posts.map((id) => statusOf(by, id))).toEqual(['covered', 'contested', 'covered', 'contested']);
  });
});

describe('a reversal', () => {
  it('takes back an entry whole, once, and names it; it is not reversed itself', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const paid = await ana.act('entry.post', pays('bank', { EUR: 5, USD: 7 }));
    const whole = reversalOf(ana, paid);
    const post = (change: Partial<Post>) => ana.act('entry.post', { ...whole, ...change });
    const { reverses: _, ...nameless } = whole;
    await expect(ana.act('entry.post', nameless)).rejects.toEqual(refused('reversal-malformed'));
    await expect(post({ kind: 'expense' })).rejects.toEqual(refused('reversal-malformed'));
    await expect(post({ reverses: '0'.repeat(64) })).rejects.toEqual(refused('entry-unknown'));
    const wrong = refused('reversal-not-whole');
    await expect(post({ postings: whole.postings.slice(0, 2) })).rejects.toEqual(wrong);
    const swapped = whole.postings.map((posting) => ({ ...posting, unit: posting.unit === 'EUR' ? 'USD' : 'EUR' }));
    await expect(post({ postings: swapped })).rejects.toEqual(wrong);
    const again = whole.postings.map((posting) => ({ ...posting, amount: -posting.amount }));
    await expect(post({ postings: again })).rejects.toEqual(wrong);
    const elsewhere = whole.postings.map((posting) => ({
      ...posting,
      account: posting.account.replace('bank', 'cash'),
    }));
    await expect(post({ postings: elsewhere })).rejects.toEqual(wrong);
    const back = await post({});
    const { entries } = ana.replica.state;
    expect(entries.get(back)).toMatchObject({ reverses: paid, why: { events: [back, paid] } });
    expect(entries.get(back)!.authorisation.status).toBe('not-needed');
    expect(entries.get(paid)!.reversedBy).toBe(back);
    await expect(ana.act('entry.post', reversalOf(ana, back))).rejects.toEqual(refused('reversal-of-reversal'));
  });
});

describe('the accounts of an entry', () => {
  it('exist, and stay exact', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const unknown = refused('account-unknown');
    const none = '0'.repeat(64);
    for (const account of [`member:${none}`, `owed:${none}`, `resource:${none}`])
      await expect(ana.act('entry.post', pays(account, { EUR: 1 }))).rejects.toEqual(unknown);
    const paid = await ana.act('entry.post', pays(`owed:${ana.member}`, { EUR: 3 }));
    await ana.act('entry.post', pays('bank', { EUR: 4 }));
    const { balances, entries } = ana.replica.state;
    expect(balances.get('expense:repairs|EUR')).toMatchObject({ amount: 7, entries: 2 });
    expect(balances.get('bank|EUR')).toMatchObject({ amount: -4, entries: 1 });
    // As after thousands of entries: to the last whole number that is exact, and no further, either way.
    const rows = balances as Map<string, { account: string; unit: string; amount: number; entries: number }>;
    for (const sign of [1, -1]) {
      const full = { account: 'bank', unit: 'EUR', amount: sign * (Number.MAX_SAFE_INTEGER - 5), entries: 9 };
      rows.set('bank|EUR', full);
      const draft = (amount: number) => pays('bank', { EUR: -sign * amount }, { kind: 'income' });
      await expect(ana.act('entry.post', draft(6))).rejects.toEqual(refused('balance-too-large'));
      await ana.act('entry.post', draft(5));
      expect(balances.get('bank|EUR')!.amount).toBe(sign * Number.MAX_SAFE_INTEGER);
    }
    const row = entries.get(paid)!;
    expect(['reverses', 'resource', 'pledge'].filter((key) => key in row)).toEqual([]);
  });
});
