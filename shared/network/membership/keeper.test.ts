import { describe, expect, it } from 'vitest';
import { forge } from '../../../test/kit/forge';
import { type Person, certify, group, meet, testSigner } from '../../../test/kit/group';
import { SealingGroup } from '../../../test/kit/sealing';
import { consentMessage } from '../certificates';
import type { Action } from '../events';

async function withKeeper() {
  const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
  const keeper = await certify(ben, 'the cellar', 'keeper');
  await meet([ana, ben, keeper]);
  return { ana, ben, keeper };
}

const propose = (by: Person): Promise<string> =>
  by.act('proposal.open', { title: { text: 'T' }, text: { text: '' }, effect: { kind: 'none' }, deadline: 0 });

describe('a keeper', () => {
  it('is a device of its member, named as what it is', async () => {
    const { ana, ben, keeper } = await withKeeper();
    expect(ana.replica.state.devices.get(keeper.signer.device)).toMatchObject({
      member: ben.member,
      role: 'keeper',
      status: 'active',
    });
    expect(ana.replica.state.devices.get(ben.signer.device)).not.toHaveProperty('role');
  });

  it('decides nothing: its app refuses to sign, and what it signs all the same has no effect', async () => {
    const { ana, ben, keeper } = await withKeeper();
    const proposal = await propose(ana);
    await keeper.pull(ana);
    const other = await testSigner('another');
    const proof = await other.sign(consentMessage(keeper.replica.id, keeper.signer.device));
    const deeds: Action[] = [
      { type: 'ballot.cast', payload: { proposal, choice: 'agree' } },
      { type: 'member.describe', payload: { name: { text: 'Ben' } } },
      { type: 'member.leave', payload: {} },
      { type: 'device.revoke', payload: { device: ben.signer.device } },
      { type: 'device.certify', payload: { device: other.device, label: 'another', proof } },
      { type: 'device.receives', payload: { key: '9'.padStart(64, '0') } },
    ];
    for (const { type, payload } of deeds) {
      await expect(keeper.act(type, payload as never)).rejects.toMatchObject({ code: 'refused-device-keeper' });
    }
    const forged = await forge(keeper, { type: 'device.certify', payload: deeds[4]!.payload });
    ana.replica.receive({ events: [forged], texts: [] });
    expect(ana.replica.state.withoutEffect.get(forged.id)).toMatchObject({ code: 'device-keeper' });
    expect(ana.replica.state.devices.has(other.device)).toBe(false);
  });

  it('has no vote, and neither has what it lets in, whatever else is cast and whatever sorts first', async () => {
    for (const deep of [0, 9]) {
      const { ana, ben, keeper } = await withKeeper();
      const proposal = await propose(ana);
      await keeper.pull(ana);
      const ballot = { type: 'ballot.cast', payload: { proposal, choice: 'agree' } };
      const own = await forge(keeper, ballot);
      const device = await testSigner('another');
      const proof = await device.sign(consentMessage(keeper.replica.id, keeper.signer.device));
      const next = { previous: own.id, sequence: own.sequence + 1, parents: [] };
      const payload = { device: device.device, label: 'another', proof };
      const certificate = await forge(keeper, { type: 'device.certify', payload, ...next });
      const root = { device: device.device, previous: null, sequence: 0, parents: [certificate.id] };
      const votes = [own, await forge(keeper, { ...ballot, ...root }, device)];
      for (let time = 0; time < deep; time++) await ana.act('member.describe', { name: { text: `${time}` } });
      ana.replica.receive({ events: [...votes, certificate], texts: [] });
      const cast = await ana.act('ballot.cast', { proposal, choice: 'agree' });
      const { proposals, withoutEffect } = ana.replica.state;
      expect(votes.map(({ id }) => withoutEffect.get(id)?.code)).toEqual(['device-keeper', 'device-not-active']);
      expect(proposals.get(proposal)).toMatchObject({ status: 'open', tally: { agree: 1 } });
      expect(proposals.get(proposal)!.why.events).toEqual([proposal, cast]);
      await ben.pull(ana);
      await ben.act('ballot.cast', { proposal, choice: 'agree' });
      expect(ben.replica.state.proposals.get(proposal)).toMatchObject({ status: 'adopted', tally: { agree: 2 } });
    }
  });

  it('seals for nobody, and takes nobody’s place', async () => {
    const { ana, ben, keeper } = await withKeeper();
    const sealing = new SealingGroup([ana, ben, keeper]);
    await sealing.pass(6);
    const sealerOf = (person: Person) =>
      person.replica.seals.current!.sealers.find(({ member }) => member === ben.member)!;
    expect(sealerOf(ana).devices).toEqual([ben.signer.device]);
    await ben.act('device.revoke', { device: ben.signer.device });
    await meet(sealing.people);
    expect(keeper.replica.seals.voiceOf(sealerOf(keeper))).toBe(ben.signer.device);
    await sealing.pass(8);
    expect(ana.replica.seals.current!.sealers.map(({ member }) => member)).toEqual([ana.member]);
    expect(keeper.replica.record.all().some(({ device }) => device === keeper.signer.device)).toBe(false);
  });

  it('certified after the seal takes no place either, whatever it votes', async () => {
    const { ana, ben } = await withKeeper();
    await new SealingGroup([ana, ben]).pass(6);
    const late = await certify(ben, 'the attic', 'keeper');
    await ben.act('device.revoke', { device: ben.signer.device });
    await late.pull(ben);
    const { height, ground } = late.replica.seals.current!;
    const payload = { height, previous: ground.value, time: ground.time + 1 };
    const vote = await forge(late, { type: 'seal.ready', payload });
    late.replica.receive({ events: [vote], texts: [] });
    expect(late.replica.record.get(vote.id)!.member).toBe(ben.member);
    expect(late.replica.seals.isBySealer(late.replica.record.get(vote.id) as never)).toBe(false);
  });

  it('ends when its member revokes it', async () => {
    const { ana, ben, keeper } = await withKeeper();
    await ben.act('device.revoke', { device: keeper.signer.device });
    await ana.pull(ben);
    expect(ana.replica.state.devices.get(keeper.signer.device)!.status).toBe('revoked');
  });
});
