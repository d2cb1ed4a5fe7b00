import { describe, expect, it } from 'vitest';
import { Person, group, protocols, testSigner } from '../../../test/kit/group';
import { forge } from '../../../test/kit/forge';
import type { Signer } from '../../record/signature';
import { foundNetwork } from '../../replica/replica';

describe('founding', () => {
  it('makes the first version of the agreement and the first member', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const { members, versions, network } = ana.replica.state;
    expect(members.get(ana.member)).toMatchObject({ number: 1, status: 'active', type: 'resident' });
    expect(versions.get(ana.replica.id)).toMatchObject({ number: 1, base: null });
    expect(network.get('network')).toMatchObject({ sample: false, version: ana.replica.id });
  });

  it('happens once, with a membership type that there is', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const [founding] = ana.replica.record.all();
    const again = await forge(ana, { type: 'network.found', payload: founding!.payload });
    ana.replica.receive({ events: [again], texts: [] });
    expect(ana.replica.state.withoutEffect.get(again.id)?.code).toBe('already-founded');
    const text = { text: 'T' };
    const found = async (type: string, sample?: boolean, agreed = protocols()) =>
      foundNetwork(
        await testSigner('ana'),
        {
          name: text,
          purpose: text,
          unit: 'EUR',
          protocols: agreed,
          founder: { name: text, type, device: 'd' },
          ...(sample === undefined ? {} : { sample }),
        },
        0,
      );
    await expect(found('lodger')).rejects.toMatchObject({ code: 'refused-membership-type-unknown' });
    const lacking = protocols().filter(({ kind }) => kind !== 'spending');
    await expect(found('resident', false, lacking)).rejects.toMatchObject({ code: 'refused-agreement-missing-kind' });
    const { replica } = await found('resident', true);
    expect(replica.state.network.get('network')!.sample).toBe(true);
  });
});

describe('founding with protocols that are out of force', () => {
  const text = { text: 'T' };
  const practice = (id: string) => ({ kind: 'practice' as const, id, title: id, text, params: {} });
  const found = async (...suspended: readonly string[]) => {
    const agreed = [...protocols(), practice('art'), practice('care')];
    const founder = { name: text, type: 'resident', device: 'd' };
    const draft = { name: text, purpose: text, unit: 'EUR', protocols: agreed, founder, suspended };
    const { replica } = await foundNetwork(await testSigner('ana'), draft, 0);
    return replica.state.versions.get(replica.id)!.suspended;
  };

  it('takes those that the rules can do without, each once and in order', async () => {
    expect(await found('art', 'care')).toEqual(['art', 'care']);
    expect(await found('care')).toEqual(['care']);
    for (const names of [['spending'], ['gone'], ['care', 'care'], ['care', 'art']])
      await expect(found(...names)).rejects.toMatchObject({ code: 'refused-protocol-needed' });
  });
});

describe('founding on what another network had sealed', () => {
  const [ANA, BEN, EVE, HOUSE, BOAT] = ['a', 'b', 'e', '1', '2'].map((digit) => digit.repeat(64)) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const text = { text: 'T' };
  const member = (id: string) => ({ id, name: text });
  const resource = (id: string, ...holders: readonly string[]) => ({
    id,
    name: text,
    about: text,
    kind: 'house' as const,
    amount: 90,
    unit: 'EUR',
    shares: holders.map((holder) => ({ member: holder, shares: 5 })),
  });
  const given = {
    network: '7'.repeat(64),
    height: 3,
    seal: '8'.repeat(64),
    signers: [ANA],
    members: [member(ANA), member(BEN)],
    resources: [resource(HOUSE, ANA, BEN), resource(BOAT)],
  };
  const foundBy = async (signer: Signer, change: Partial<typeof given> = {}) => {
    const { replica } = await foundNetwork(
      signer,
      {
        name: text,
        purpose: text,
        unit: 'EUR',
        protocols: protocols(),
        founder: { name: text, type: 'resident', device: 'd' },
        refounds: { ...given, ...change },
      },
      0,
    );
    return replica;
  };
  const found = async (change: Partial<typeof given> = {}) => (await foundBy(await testSigner('ana'), change)).state;

  it('keeps what was held, with its shares, and says where it comes from; nobody is a member by it', async () => {
    const { resources, members, network } = await found();
    expect([...resources.values()].map(({ id, status, shares }) => [id, status, shares.length])).toEqual([
      [HOUSE, 'held', 2],
      [BOAT, 'held', 0],
    ]);
    expect(members.size).toBe(1);
    const { refounds } = network.get('network')!;
    expect(refounds).toMatchObject({ height: 3, signers: [ANA] });
    expect('resources' in refounds!).toBe(false);
  });

  it('lists each member and resource once, and everybody who signed or holds shares', async () => {
    for (const change of [
      { members: [member(ANA), member(BEN), member(ANA)] },
      { resources: [resource(HOUSE), resource(HOUSE)] },
      { signers: [ANA, EVE] },
      { signers: [EVE] },
      { resources: [resource(HOUSE, ANA, EVE)] },
      { members: [member(ANA), member(ANA)], resources: [] },
    ])
      await expect(found(change)).rejects.toMatchObject({ code: 'refused-refounding-malformed' });
    expect((await found({ signers: [BEN, ANA], resources: [] })).resources.size).toBe(0);
  });

  it('keeps accounts of who was a member there, and of nobody else', async () => {
    const signer = await testSigner('ana');
    const ana = new Person('ana', signer, await foundBy(signer), 0);
    const post = (account: string) =>
      ana.act('entry.post', {
        kind: 'income',
        date: '2025-03-01',
        memo: text,
        postings: [
          { account, unit: 'EUR', amount: -5 },
          { account: 'bank', unit: 'EUR', amount: 5 },
        ],
      });
    for (const account of [`member:${BEN}`, `owed:${ANA}`, `member:${ana.replica.id}`])
      expect(ana.replica.state.entries.has(await post(account))).toBe(true);
    for (const account of [`member:${EVE}`, `owed:${EVE}`])
      await expect(post(account)).rejects.toMatchObject({ code: 'refused-account-unknown' });
  });
});
