import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldOf, sealOf } from '../../../test/kit/fold';
import { forge } from '../../../test/kit/forge';
import { type Person, admit, certify, group, meet, protocols } from '../../../test/kit/group';
import { newReceivingKey } from '../../record/receiving-key';
import { Replica } from '../../replica/replica';
import { stateDigest } from '../digest/digest';
import { receivingKeys } from './queries';

const refused = (code: string) => expect.objectContaining({ code: `refused-${code}` });
const publish = async (by: Person): Promise<string> => {
  const { receives: key } = await newReceivingKey();
  await by.act('device.receives', { key });
  return key;
};

describe('the key by which a device receives', () => {
  it('is that of the device which signs it, the last that it published', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const phone = await certify(ana, 'phone');
    await publish(ana);
    const [own, other, bens] = [await publish(ana), await publish(phone), await publish(ben)];
    await meet([ana, ben, phone]);
    for (const { replica } of [ana, ben, phone]) {
      expect(receivingKeys(replica.state, ana.member)).toEqual([own, other]);
      expect(receivingKeys(replica.state, ben.member)).toEqual([bens]);
      expect(stateDigest(replica.state)).toBe(stateDigest(ana.replica.state));
    }
    expect(receivingKeys(ana.replica.state, 'f'.repeat(64))).toEqual([]);
  });

  it('is one to which something can be encrypted', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    for (const key of ['0'.repeat(64), `01${'0'.repeat(62)}`, 'f'.repeat(64)])
      await expect(ana.act('device.receives', { key })).rejects.toEqual(refused('receiving-key-unusable'));
    expect(receivingKeys(ana.replica.state, ana.member)).toEqual([]);
  });

  it('is no applicant’s, and nobody’s who has left or whose device was revoked', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const phone = await certify(ben, 'phone');
    await publish(phone);
    await publish(ben);
    await ben.pull(phone);
    await ben.act('device.revoke', { device: phone.signer.device });
    expect(receivingKeys(ben.replica.state, ben.member)).toHaveLength(1);
    await phone.pull(ben);
    await expect(publish(phone)).rejects.toEqual(refused('device-not-active'));
    await ben.act('member.leave', {});
    await ana.pull(ben);
    expect(receivingKeys(ana.replica.state, ben.member)).toEqual([]);
    const [zoe] = (await group(['zoe'], protocols({}, 'decision'))) as [Person];
    await expect(publish(await admit(zoe, 'dora'))).rejects.toEqual(refused('author-applicant'));
  });

  it('of a frozen device is none, whichever of its histories published it', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const { receives: key } = await newReceivingKey();
    const base = (await ana.batch()).events;
    const fork = [
      await forge(ben, { type: 'device.receives', payload: { key } }),
      await forge(ben, { type: 'member.describe', payload: { name: '2'.repeat(64) } }),
    ];
    const { fold } = foldOf(ana.replica.id, [...base, ...fork]);
    expect(receivingKeys(fold.state, ben.member)).toEqual([key]);
    fold.seal(sealOf(1), () => true);
    fold.settle();
    expect(receivingKeys(fold.state, ben.member)).toEqual([]);
  });

  it('is the same for all, in whatever order the events come', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const phone = await certify(ana, 'phone');
    for (const person of [ana, phone, ben, ana, phone]) await publish(person);
    const keys = [await publish(ana), await publish(phone)];
    await meet([ana, ben, phone]);
    const { events } = await ana.batch();
    fc.assert(
      fc.property(fc.shuffledSubarray([...events], { minLength: events.length }), (order) => {
        const replica = new Replica(ana.replica.id);
        for (const event of order) replica.receive({ events: [event], texts: [] });
        expect(receivingKeys(replica.state, ana.member)).toEqual(keys);
        expect(stateDigest(replica.state)).toBe(stateDigest(ana.replica.state));
      }),
      { numRuns: 20 },
    );
  });
});
