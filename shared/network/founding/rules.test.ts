import { describe, expect, it } from 'vitest';
import { type Person, group, protocols, testSigner } from '../../../test/kit/group';
import { forge } from '../../../test/kit/forge';
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
