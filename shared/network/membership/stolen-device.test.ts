import { describe, expect, it } from 'vitest';
import { type Person, certify, group, meet } from '../../../test/kit/group';
import { SealingGroup } from '../../../test/kit/sealing';

const statusOf = ({ replica }: Person, { signer }: Person): string => replica.state.devices.get(signer.device)!.status;

describe('a stolen device', () => {
  it('that let in another first is revoked without it: each has to be revoked', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const phone = await certify(ben, 'bens phone');
    const own = await certify(phone, 'the thief’s own');
    for (const other of [ana, ben]) await other.pull(own);
    await ben.act('device.revoke', { device: phone.signer.device });
    await meet([ana, ben, own]);
    expect([phone, own].map((device) => statusOf(ana, device))).toEqual(['revoked', 'active']);
    await ben.act('device.revoke', { device: own.signer.device });
    await meet([ana, ben, own]);
    expect(statusOf(ana, own)).toBe('revoked');
    await expect(own.act('member.describe', { name: { text: 'Ben' } })).rejects.toMatchObject({
      code: 'refused-device-not-active',
    });
  });

  it('can revoke the member’s others, who are then let in again only by the members', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const phone = await certify(ben, 'bens phone');
    await phone.act('device.revoke', { device: ben.signer.device });
    await meet([ana, ben, phone]);
    expect([ben, phone].map((device) => statusOf(ana, device))).toEqual(['revoked', 'active']);
    await expect(ben.act('device.revoke', { device: phone.signer.device })).rejects.toMatchObject({
      code: 'refused-device-not-active',
    });
  });

  it('is asked to seal until a seal fixes that it was revoked', async () => {
    const people = (await group(['ana', 'ben'])) as [Person, Person];
    const [ana, ben] = people;
    const phone = await certify(ben, 'bens phone');
    await meet(people);
    const sealing = new SealingGroup([ana, ben, phone]);
    await sealing.pass(4);
    await phone.act('device.revoke', { device: ben.signer.device });
    await meet([ana, ben, phone]);
    const sealers = () => ana.replica.seals.current!.sealers.map(({ device }) => device);
    expect(sealers()).toContain(ben.signer.device);
    await sealing.pass(6);
    expect(sealers()).not.toContain(ben.signer.device);
    expect(sealers()).toContain(phone.signer.device);
  });
});
