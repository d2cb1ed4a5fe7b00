import { describe, expect, it } from 'vitest';
import { forge } from '../../test/kit/forge';
import { type Person, certify, group, meet } from '../../test/kit/group';
import { SealingGroup } from '../../test/kit/sealing';
import type { Sealer } from '../network/seals/sealers';
import type { Vote } from './votes';

/** Kept without effect. */
const NOTE = { type: 'note', payload: {} };
const heightOf = ({ replica }: Person): number => replica.seals.seals.length;
const sealerOf = ({ replica }: Person, member: string): Sealer =>
  replica.seals.current!.sealers.find((sealer) => sealer.member === member)!;
const voteOf = ({ replica }: Person, id: string): Vote => replica.record.get(id) as unknown as Vote;
const asks = (by: Person) => {
  const { height, ground } = by.replica.seals.current!;
  return by.act('seal.ready', { height, previous: ground.value, time: ground.time + 1 });
};

/** Ana and Ben, and Ben's second device, all of it sealed. */
async function withPhone() {
  const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
  const sealing = new SealingGroup([ana, ben]);
  await sealing.pass(4);
  const phone = await certify(ben, 'bens phone');
  await meet([ana, ben, phone]);
  await sealing.pass(4);
  sealing.people.push(phone);
  await meet(sealing.people);
  expect(sealerOf(ana, ben.member).devices).toEqual([ben.signer.device, phone.signer.device]);
  return { ana, ben, phone, sealing };
}

describe('the place of a lost device', () => {
  it('goes to another of its member’s that revokes it, where all are needed', async () => {
    const { ana, ben, phone, sealing } = await withPhone();
    const before = heightOf(ana);
    await ana.act('member.describe', { name: { text: 'Anna' } });
    await sealing.pass(6, [ana, phone]);
    expect(heightOf(ana)).toBe(before);
    await phone.act('device.revoke', { device: ben.signer.device });
    await sealing.pass(8, [ana, phone]);
    expect(heightOf(ana)).toBeGreaterThan(before);
    expect(sealerOf(ana, ben.member)).toMatchObject({ device: phone.signer.device, devices: [phone.signer.device] });
    expect(ana.replica.unsealed.filter(({ type }) => !type.startsWith('seal.'))).toEqual([]);
    expect(ana.replica.seals.brokenRules()).toEqual([]);
  });

  it('goes to one that it certified itself before it revoked itself, and from that to the next', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const sealing = new SealingGroup([ana]);
    await sealing.pass(2);
    const before = heightOf(ana);
    const first = await certify(ana, 'next');
    await ana.act('device.revoke', { device: ana.signer.device });
    await first.pull(ana);
    const second = await certify(first, 'after next');
    await first.act('device.revoke', { device: first.signer.device });
    await second.pull(first);
    expect(second.replica.seals.voiceOf(sealerOf(second, ana.member))).toBe(second.signer.device);
    const alone = new SealingGroup([second]);
    await alone.pass(3);
    expect(heightOf(second)).toBeGreaterThan(before);
    expect(sealerOf(second, ana.member).device).toBe(second.signer.device);
  });

  it('passes over one that is frozen: its app signs nothing more', async () => {
    const { ana, ben, phone, sealing } = await withPhone();
    const branches = [await forge(phone, NOTE), await forge(phone, { ...NOTE, time: 1 })];
    const people = [ana, ben];
    for (const { replica } of people) replica.receive({ events: branches, texts: [] });
    await sealing.pass(8, people);
    expect(ana.replica.state.devices.get(phone.signer.device)!.status).toBe('frozen');
    const tablet = await certify(ben, 'bens tablet');
    await tablet.act('device.revoke', { device: ben.signer.device });
    await ana.pull(tablet);
    expect(ana.replica.seals.voiceOf(sealerOf(ana, ben.member))).toBe(tablet.signer.device);
    const before = heightOf(ana);
    sealing.people.push(tablet);
    await sealing.pass(8, [ana, tablet]);
    expect(heightOf(ana)).toBeGreaterThan(before);
  });

  it('is not taken by who has not seen it revoked, nor by another member’s word', async () => {
    const { ana, ben, phone } = await withPhone();
    const counts = (of: Person, vote: string): boolean | undefined => of.replica.seals.isBySealer(voteOf(of, vote));
    const early = await asks(phone);
    await ana.pull(phone);
    expect(counts(ana, early)).toBe(false);
    // Nothing of the rules keeps her from signing it; it has no effect.
    await expect(ana.act('device.revoke', { device: ben.signer.device })).rejects.toMatchObject({
      code: 'refused-device-unknown',
    });
    expect(ana.replica.seals.voiceOf(sealerOf(ana, ben.member))).toBe(ben.signer.device);
    await phone.act('device.revoke', { device: ben.signer.device });
    await ana.pull(phone);
    expect(counts(ana, early)).toBe(false);
    expect(ana.replica.seals.voiceOf(sealerOf(ana, ben.member))).toBe(phone.signer.device);
    const late = await asks(phone);
    await ana.pull(phone);
    expect(counts(ana, late)).toBe(true);
  });

  it('is not taken by a device that had ended before the ground', async () => {
    const { ana, ben, phone, sealing } = await withPhone();
    await ben.act('device.revoke', { device: phone.signer.device });
    const own = await certify(phone, 'the thief’s own');
    await phone.act('device.revoke', { device: ben.signer.device });
    await own.pull(phone);
    await sealing.pass(8, [ana, ben]);
    expect(sealerOf(ana, ben.member).devices).toEqual([ben.signer.device]);
    await own.pull(ana);
    const vote = voteOf(own, await asks(own));
    expect(vote.member).toBe(ben.member);
    expect(own.replica.seals.isBySealer(vote)).toBe(false);
  });
});

describe('a revoked device in whose place there is no other', () => {
  it('seals its own end', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const sealing = new SealingGroup([ana, ben]);
    await sealing.pass(4);
    await ben.act('device.revoke', { device: ben.signer.device });
    await sealing.pass(6);
    expect(ana.replica.seals.current!.sealers.map(({ member }) => member)).toEqual([ana.member]);
  });
});

describe('two devices of one sealer', () => {
  it('are one voter, who is named where they contradict each other', async () => {
    const { ana, ben, phone } = await withPhone();
    await phone.act('device.revoke', { device: ben.signer.device });
    const { height, ground } = ana.replica.seals.current!;
    const vote = { height, round: 0, previous: ground.value };
    const mine = await ben.act('seal.prevote', { ...vote, value: null });
    const theirs = await phone.act('seal.prevote', { ...vote, value: ground.value });
    await meet([ana, ben, phone]);
    const { votes } = ana.replica.seals.current!;
    expect(votes.prevotes(0)).toHaveLength(2);
    expect([...votes.rounds().keys()]).toEqual([ben.member]);
    expect(ana.replica.seals.brokenRules()).toMatchObject([
      { kind: 'double-vote', member: ben.member, events: [mine, theirs].sort() },
    ]);
  });

  it('count once towards a quorum', async () => {
    const { ana, ben, phone } = await withPhone();
    await phone.act('device.revoke', { device: ben.signer.device });
    await ben.pull(phone);
    await asks(phone);
    const { readies } = phone.replica.seals.current!;
    expect(readies.map(({ member }) => member)).toEqual([ben.member]);
    expect(readies.length).toBeLessThan(phone.replica.seals.current!.quorum);
    await ana.pull(phone);
    await asks(ana);
    expect(new Set(ana.replica.seals.current!.readies.map(({ member }) => member))).toEqual(
      new Set([ana.member, ben.member]),
    );
  });
});
