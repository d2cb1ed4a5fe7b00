import { describe, expect, it } from 'vitest';
import { forge } from '../../test/kit/forge';
import { Person, admit, group, meet, protocols, testSigner } from '../../test/kit/group';
import { SealingGroup } from '../../test/kit/sealing';
import { takeOver } from '../network/founding/opening';
import type { Posting } from '../network/ledger/model';
import { NETWORK_KEY } from '../network/state';
import { sealedState } from '../seal/sealed-state';
import { refound } from './refound';
import { Replica } from './replica';

const text = (words: string) => ({ text: words });
const TIME = Date.UTC(2026, 3, 1);
const words = (by: Person) => ({
  name: 'The house again',
  founder: by.name,
  device: 'laptop',
  member: by.member,
  memo: 'Carried over',
  time: TIME,
});

/** A house that three hold, with money on the way; all of it sealed, and something that is not. */
async function house() {
  const people = (await group(['ana', 'ben', 'cleo'], protocols({ buy: 'majority', parameters: 'majority' }))) as [
    Person,
    Person,
    Person,
  ];
  const [ana, ben, cleo] = people;
  const sealing = new SealingGroup(people);
  await sealing.pass(3);
  const post = (by: Person, postings: Posting[], more: object = {}) =>
    by.act('entry.post', { kind: 'contribution', date: '2025-01-01', memo: text('In'), postings, ...more });
  for (const [by, amount] of [
    [ana, 40_000],
    [ben, 60_000],
  ] as const) {
    await post(by, [
      { account: 'bank', unit: 'EUR', amount },
      { account: `member:${by.member}`, unit: 'EUR', amount: -amount },
    ]);
    await meet(people);
  }
  const about = text('With a garden');
  const resource = await ana.act('resource.seek', {
    name: text('House'),
    about,
    kind: 'house',
    amount: 90_000,
    unit: 'EUR',
  });
  await ana.act('pledge.make', { resource, amount: 30_000, unit: 'EUR', together: 0 });
  await meet(people);
  await ben.act('pledge.make', { resource, amount: 60_000, unit: 'EUR', together: 0 });
  const effect = { kind: 'buy' as const, resource, amount: 90_000, unit: 'EUR' };
  const proposal = await ben.act('proposal.open', { title: text('Buy'), text: text(''), effect, deadline: 0 });
  const base = ana.replica.id;
  const free = { kind: 'parameters' as const, base, protocol: 'spending', params: { unit: 'EUR', free: 7 } };
  const amendment = await ben.act('proposal.open', { title: text('Less'), text: text(''), effect: free, deadline: 0 });
  await meet(people);
  for (const person of people) {
    for (const id of [proposal, amendment]) await person.act('ballot.cast', { proposal: id, choice: 'agree' });
    await meet(people);
  }
  const paid = [
    { account: `resource:${resource}` as const, unit: 'EUR', amount: 90_000 },
    { account: 'bank' as const, unit: 'EUR', amount: -90_000 },
  ];
  await post(ben, paid, { kind: 'purchase', resource, allowance: proposal });
  expect(ben.replica.state.resources.get(resource)!.status).toBe('held');
  await meet(people);
  await sealing.pass(8);
  expect(ben.replica.unsealed.filter(({ type }) => !type.startsWith('seal.'))).toEqual([]);
  await post(ben, [
    { account: 'bank', unit: 'EUR', amount: 1 },
    { account: `member:${ben.member}`, unit: 'EUR', amount: -1 },
  ]);
  return { people, sealing, ana, ben, cleo, resource, amendment };
}

describe('starting again without a quorum', () => {
  it('leaves what was suspended out of force', async () => {
    const care = { kind: 'practice' as const, id: 'care', title: 'Care', text: text('As it says.'), params: {} };
    const [ana] = (await group(['ana'], [...protocols(), care])) as [Person];
    const effect = { kind: 'suspend' as const, base: ana.replica.id, protocol: 'care' };
    const proposal = await ana.act('proposal.open', { title: text('T'), text: text(''), effect, deadline: 0 });
    await ana.act('ballot.cast', { proposal, choice: 'agree' });
    await new SealingGroup([ana]).pass(4);
    const { replica } = await refound(ana.replica, await testSigner('a new key'), words(ana));
    const version = replica.state.versions.get(replica.id)!;
    expect(version.suspended).toEqual(['care']);
    expect(version.protocols.map(({ id }) => id)).toContain('care');
  });

  it('carries over what the newest seal fixed, and nothing else', async () => {
    const { ben, ana, resource, amendment } = await house();
    const signer = await testSigner('a new key');
    const { replica, batches } = await refound(ben.replica, signer, words(ben));
    const seal = ben.replica.seals.seals.at(-1)!;
    const { state } = replica;
    const network = state.network.get(NETWORK_KEY)!;
    expect(replica.text(network.name)).toBe('The house again');
    expect(network.refounds).toMatchObject({ network: ben.replica.id, height: seal.height, seal: seal.value });
    expect(network.refounds!.signers).toEqual([...ben.replica.state.members.keys()].sort());
    expect(network.refounds!.members.map(({ id }) => id).sort()).toEqual([...ben.replica.state.members.keys()].sort());
    const old = sealedState(ben.replica);
    expect(ben.replica.state.network.get(NETWORK_KEY)!.version).toBe(amendment);
    const params = (of: typeof state) =>
      of.versions.get(of.network.get(NETWORK_KEY)!.version)!.protocols.map(({ id, params }) => [id, params]);
    expect(params(state)).toEqual(params(old));

    const figures = (of: typeof state, who: string) =>
      [...of.balances.values()]
        .filter(({ amount }) => amount !== 0)
        .map(({ account, unit, amount }) => `${account.replace(who, 'me')} ${unit} ${amount}`)
        .sort();
    expect(figures(state, replica.id)).toEqual(figures(old, ben.member));
    expect(figures(state, replica.id)).toContain(`member:${ana.member} EUR -40000`);
    expect(figures(state, replica.id)).toContain('member:me EUR -60000');
    expect([...state.resources.values()]).toMatchObject([
      { id: resource, status: 'held', kind: 'house', shares: old.resources.get(resource)!.shares },
    ]);
    expect([...state.members.keys()]).toEqual([replica.id]);
    expect(state.withoutEffect.size).toBe(0);
    expect([...state.entries.values()].every(({ authorisation }) => authorisation.status === 'not-needed')).toBe(true);

    // All of it follows from the signed events, as others get them.
    const whole = new Replica(replica.id);
    for (const { events, texts } of batches) whole.receive({ events, texts });
    expect(whole.state.balances).toEqual(state.balances);
  });

  it('goes on: its founder seals alone, who joins takes over what was theirs', async () => {
    const { ben, ana } = await house();
    const signer = await testSigner('a new key');
    const { replica } = await refound(ben.replica, signer, words(ben));
    const founder = new Person('ben', signer, replica, TIME);
    founder.member = replica.id;
    const joined = await admit(founder, 'ana');
    await new SealingGroup([founder]).pass(3);
    expect(replica.seals.seals).toHaveLength(1);
    const [postings] = takeOver([...replica.state.balances.values()], ana.member, joined.member);
    await founder.act('entry.post', {
      kind: 'transfer',
      date: '2026-04-01',
      memo: text('Ana is back'),
      postings: postings!,
    });
    expect(replica.state.balances.get(`member:${joined.member}|EUR`)!.amount).toBe(-40_000);
    expect(replica.state.balances.get(`member:${ana.member}|EUR`)!.amount).toBe(0);
    const unknown = [
      { account: 'bank' as const, unit: 'EUR', amount: 1 },
      { account: `member:${'9'.repeat(64)}` as const, unit: 'EUR', amount: -1 },
    ];
    const entry = { kind: 'contribution' as const, date: '2026-04-01', memo: text(''), postings: unknown };
    await expect(founder.act('entry.post', entry)).rejects.toMatchObject({ code: 'refused-account-unknown' });
  });

  it('offers nothing for sale that is held already', async () => {
    const { ben, resource } = await house();
    const signer = await testSigner('a new key');
    const { replica } = await refound(ben.replica, signer, words(ben));
    const founder = new Person('ben', signer, replica, TIME);
    const effect = { kind: 'buy' as const, resource, amount: 5, unit: 'EUR' };
    const open = { title: text('Again'), text: text(''), effect, deadline: 0 };
    await expect(founder.act('proposal.open', open)).rejects.toMatchObject({ code: 'refused-resource-not-sought' });
    const pledge = { resource, amount: 5, unit: 'EUR', together: 0 };
    await expect(founder.act('pledge.make', pledge)).rejects.toMatchObject({ code: 'refused-resource-not-sought' });
  });

  it('is possible before the first seal as well: with the agreement of the founding, and nothing in the books', async () => {
    const [, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    await ben.act('entry.post', {
      kind: 'contribution',
      date: '2025-01-01',
      memo: text(''),
      postings: [
        { account: 'bank', unit: 'EUR', amount: 5 },
        { account: `member:${ben.member}`, unit: 'EUR', amount: -5 },
      ],
    });
    const { replica } = await refound(ben.replica, await testSigner('a new key'), words(ben));
    const { refounds } = replica.state.network.get(NETWORK_KEY)!;
    expect(refounds).toMatchObject({
      network: ben.replica.id,
      height: 0,
      seal: ben.replica.id,
      signers: [ben.replica.id],
    });
    expect(replica.state.balances.size).toBe(0);
  });

  it('lists who is gone only where the books still name them', async () => {
    const people = await group(['ana', 'ben', 'cleo', 'dora', 'eli']);
    const [ana, ben, cleo, dora, eli] = people as [Person, Person, Person, Person, Person];
    const sealing = new SealingGroup(people);
    await sealing.pass(3);
    for (const [of, amounts] of [
      [cleo, [1]],
      [dora, [3, -3]],
      [eli, [-1]],
    ] as const)
      for (const amount of amounts) {
        const postings = [
          { account: `member:${of.member}` as const, unit: 'EUR', amount },
          { account: 'bank' as const, unit: 'EUR', amount: -amount },
        ];
        await ana.act('entry.post', { kind: 'transfer', date: '2025-01-01', memo: text(''), postings });
      }
    await meet(people);
    for (const person of [cleo, dora, eli]) await person.act('member.leave', {});
    await sealing.pass(8);
    // The next seal is signed by those only who are left.
    await ana.act('member.describe', { name: text('Anna') });
    await sealing.pass(8, [ana, ben]);
    const { replica } = await refound(ana.replica, await testSigner('a new key'), words(ana));
    const { members, signers } = replica.state.network.get(NETWORK_KEY)!.refounds!;
    expect(signers).toEqual([ana.member, ben.member].sort());
    expect(members.map(({ id }) => id).sort()).toEqual([ana, ben, cleo, eli].map(({ member }) => member).sort());
  });

  it('names in its signers and shares only members that it lists, each once', async () => {
    const { ben } = await house();
    const { replica } = await refound(ben.replica, await testSigner('a new key'), words(ben));
    const founding = replica.record.all()[0]!.payload as {
      refounds: { members: unknown[]; signers: string[]; resources: unknown[] };
    };
    const { refounds } = founding;
    const attempt = async (change: object): Promise<string | undefined> => {
      const payload = { ...founding, refounds: { ...refounds, ...change } };
      const place = { network: null, sequence: 0, previous: null, parents: [] };
      const event = await forge(ben, { type: 'network.found', payload, ...place });
      const other = new Replica(event.id);
      other.receive({ events: [event], texts: [] });
      return other.state.withoutEffect.get(event.id)?.code;
    };
    expect(await attempt({})).toBeUndefined();
    const codes = [
      await attempt({ members: refounds.members.slice(1) }),
      await attempt({ members: [...refounds.members, refounds.members[0]] }),
      await attempt({ signers: ['9'.repeat(64)] }),
      await attempt({ resources: [...refounds.resources, ...refounds.resources] }),
    ];
    expect(codes).toEqual(codes.map(() => 'refounding-malformed'));
    expect(await attempt({ signers: [] })).toBe('payload-malformed');
  });
});
