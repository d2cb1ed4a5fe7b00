import { describe, expect, it } from 'vitest';
import { forge } from '../../../test/kit/forge';
import { type Person, certify, group, meet, testSigner } from '../../../test/kit/group';
import { SealingGroup } from '../../../test/kit/sealing';
import { UNSEALED } from '../../record/entry';
import { Replica } from '../../replica/replica';
import { consentMessage } from '../certificates';

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

  it('that revokes another of the member’s, which does the same without knowing it: neither acts any more, and seals go on', async () => {
    const people = (await group(['ana', 'ben', 'cleo'])) as [Person, Person, Person];
    const [ana, ben, cleo] = people;
    const phone = await certify(ben, 'bens phone');
    await meet([ana, phone, cleo]);
    const sealing = new SealingGroup([ana, ben, cleo, phone]);
    await sealing.pass(4);
    await phone.act('device.revoke', { device: ben.signer.device });
    await ben.act('device.revoke', { device: phone.signer.device });
    await meet([ana, ben, cleo, phone]);
    expect([ben, phone].map((device) => statusOf(ana, device))).toEqual(['revoked', 'revoked']);
    const height = ana.replica.seals.seals.length;
    await sealing.pass(8);
    expect(ana.replica.seals.seals.length).toBeGreaterThan(height);
    await ana.act('member.describe', { name: { text: 'Anna' } });
    await meet([ana, cleo]);
    await new SealingGroup([ana, cleo]).pass(8);
    const fixed = ana.replica.order.filter(({ type, seal }) => type === 'member.describe' && seal !== UNSEALED);
    expect(fixed).toHaveLength(1);
  });

  it('ends nothing by what it signs when it knows of its own end, after the seal that has both neither', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const phone = await certify(ben, 'bens phone');
    await meet([ana, ben, phone]);
    await ben.act('device.revoke', { device: phone.signer.device });
    await phone.pull(ben);
    const revoking = await forge(phone, { type: 'device.revoke', payload: { device: ben.signer.device } });
    for (const { replica } of [ana, ben]) replica.receive({ events: [revoking], texts: [] });
    await meet([ana, ben]);
    await new SealingGroup([ana, ben]).pass(8);
    expect(ana.replica.record.get(revoking.id)!.seal).not.toBe(UNSEALED);
    expect(ana.replica.state.withoutEffect.has(revoking.id)).toBe(true);
    const described = await ben.act('member.describe', { name: { text: 'Benjamin' } });
    await meet([ana, ben]);
    expect(ana.replica.state.withoutEffect.get(described)).toBeUndefined();
  });

  it('is told of all that ended it alike by every peer, in whatever order that came', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const [phone, tablet] = [await certify(ben, 'bens phone'), await certify(ben, 'bens tablet')];
    await meet([ana, ben, phone, tablet]);
    const unseen = await forge(phone, { type: 'member.describe', payload: { name: '1'.repeat(64) } });
    // Deeper than that, so that it is folded before both.
    for (const by of [ben, tablet]) await by.act('member.describe', { name: { text: 'Benjamin' } });
    const revoke = (by: Person) => by.act('device.revoke', { device: phone.signer.device });
    const ends = [await revoke(ben), await revoke(tablet), await tablet.act('member.leave', {})];
    const batches = [await ben.batch(), await tablet.batch()];
    const said = [batches, [...batches].reverse()].map((order) => {
      const replica = new Replica(ana.replica.id);
      for (const batch of order) replica.receive(batch);
      replica.receive({ events: [unseen], texts: [] });
      return replica.state.withoutEffect.get(unseen.id);
    });
    for (const one of said) expect(one).toMatchObject({ code: 'author-ended', events: ends.sort() });
  });

  it('does nothing for the member once it is revoked, though it pretends not to have heard of that', async () => {
    const people = (await group(['ana', 'ben'])) as [Person, Person];
    const [ana, ben] = people;
    const phone = await certify(ben, 'bens phone');
    await meet([ana, ben, phone]);
    const entry = {
      ...{ kind: 'income', date: '2025-03-01', memo: '1'.repeat(64) },
      postings: [
        { account: 'bank', unit: 'EUR', amount: 100 },
        { account: 'income:rent', unit: 'EUR', amount: -100 },
      ],
    };
    const seen = await forge(phone, { type: 'entry.post', payload: entry });
    for (const { replica } of [ana, ben, phone]) replica.receive({ events: [seen], texts: [] });
    const unseen = await forge(phone, { type: 'entry.post', payload: entry });
    const key = await testSigner('the thief’s own');
    const proof = await key.sign(consentMessage(ben.replica.id, phone.signer.device));
    phone.replica.receive({ events: [unseen], texts: [] });
    const letIn = await forge(phone, {
      type: 'device.certify',
      payload: { device: key.device, label: 'mine', proof },
    });
    for (let count = 0; count < 3; count++) await ben.act('member.describe', { name: { text: `Ben ${count}` } });
    await ben.act('device.revoke', { device: phone.signer.device });
    const late = [unseen, letIn];
    for (const order of [late, [...late].reverse()]) {
      const replica = new Replica(ana.replica.id);
      replica.receive({ events: order, texts: [] });
      replica.receive(await ana.batch());
      expect(replica.state.entries.size).toBe(2);
      replica.receive(await ben.batch());
      expect([...replica.state.entries.keys()]).toEqual([seen.id]);
      expect(late.map(({ id }) => replica.state.withoutEffect.get(id)?.code)).toEqual(['author-ended', 'author-ended']);
      expect(replica.state.devices.has(key.device)).toBe(false);
    }
  });

  it('has no vote by another that it lets in, in whatever order that is heard of', async () => {
    // What ben and ana sign sorts behind the rest, or not.
    for (const [bens, anas] of [
      [0, 9],
      [9, 9],
      [9, 0],
    ] as const) {
      const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
      const phone = await certify(ben, 'bens phone');
      await meet([ana, ben, phone]);
      const draft = { title: { text: 'T' }, text: { text: '' }, effect: { kind: 'none' as const }, deadline: 0 };
      const proposal = await ana.act('proposal.open', draft);
      for (const person of [ben, phone]) await person.pull(ana);
      for (let count = 0; count < bens; count++) await ben.act('member.describe', { name: { text: `Ben ${count}` } });
      for (let count = 0; count < anas; count++) await ana.act('member.describe', { name: { text: `Ana ${count}` } });
      await ben.act('device.revoke', { device: phone.signer.device });
      const own = await certify(phone, 'the thief’s own');
      await own.act('ballot.cast', { proposal, choice: 'agree' });
      await ana.act('ballot.cast', { proposal, choice: 'agree' });
      const heard = [await ana.batch(), await own.batch(), await ben.batch()];
      for (const order of [heard, [...heard].reverse()]) {
        const replica = new Replica(ana.replica.id);
        const said = order.map((batch) => {
          replica.receive(batch);
          const { status, tally } = replica.state.proposals.get(proposal)!;
          return [status, tally.agree];
        });
        expect(said.at(-1)).toEqual(['open', 1]);
        // Whoever has not heard of the revocation can not know.
        if (order === heard) expect(said[1]).toEqual(['adopted', 2]);
      }
    }
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
