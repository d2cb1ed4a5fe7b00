import { describe, expect, it } from 'vitest';
import { forge } from '../../../test/kit/forge';
import { type Person, certify, group, meet, testSigner } from '../../../test/kit/group';
import { SealingGroup } from '../../../test/kit/sealing';
import { consentMessage } from '../certificates';

/** Ana and Ben, who have to agree both, and another device of Ben's. */
async function withDevice(role?: 'keeper') {
  const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
  const other = await certify(ben, 'bens other', role);
  await meet([ana, ben, other]);
  return { ana, ben, other };
}

const ask = (by: Person): Promise<string> =>
  by.act('proposal.open', { title: { text: 'T' }, text: { text: '' }, effect: { kind: 'none' }, deadline: 0 });

/** What comes of a question on which both agree. */
async function decide(ana: Person, ben: Person): Promise<string> {
  const proposal = await ask(ana);
  await ana.act('ballot.cast', { proposal, choice: 'agree' });
  await ben.pull(ana);
  const ballot = await forge(ben, { type: 'ballot.cast', payload: { proposal, choice: 'agree' } });
  for (const { replica } of [ana, ben]) replica.receive({ events: [ballot], texts: [] });
  const { proposals, withoutEffect } = ana.replica.state;
  return withoutEffect.get(ballot.id)?.code ?? proposals.get(proposal)!.status;
}

/** Signed all the same, by a device whose app would refuse. */
async function force(by: Person, type: string, payload: object, others: readonly Person[]): Promise<void> {
  const event = await forge(by, { type, payload });
  for (const { replica } of [by, ...others]) replica.receive({ events: [event], texts: [] });
}

describe('ballots stay what they are, whatever says that their author ended without being able to', () => {
  it('a keeper', async () => {
    const { ana, ben, other } = await withDevice('keeper');
    await force(other, 'device.revoke', { device: ben.signer.device }, [ana, ben]);
    await force(other, 'member.leave', {}, [ana, ben]);
    expect(await decide(ana, ben)).toBe('adopted');
  });

  it('a device that a keeper let in', async () => {
    const { ana, ben, other } = await withDevice('keeper');
    const signer = await testSigner('of the keeper');
    const proof = await signer.sign(consentMessage(ana.replica.id, other.signer.device));
    const certificate = await forge(other, {
      type: 'device.certify',
      payload: { device: signer.device, label: 'mine', proof },
    });
    for (const { replica } of [ana, ben, other]) replica.receive({ events: [certificate], texts: [] });
    const first = { sequence: 0, previous: null, parents: [certificate.id], device: signer.device };
    const leaving = await forge(other, first, signer);
    for (const { replica } of [ana, ben]) replica.receive({ events: [leaving], texts: [] });
    expect(ana.replica.record.get(leaving.id)!.member).toBe(ben.member);
    expect(await decide(ana, ben)).toBe('adopted');
  });

  it('a device that knows that it was revoked', async () => {
    const { ana, ben, other } = await withDevice();
    await ben.act('device.revoke', { device: other.signer.device });
    await meet([ana, ben, other]);
    await force(other, 'device.revoke', { device: ben.signer.device }, [ana, ben]);
    await force(other, 'member.leave', {}, [ana, ben]);
    expect(await decide(ana, ben)).toBe('adopted');
  });

  it('a leaving that is malformed', async () => {
    const { ana, ben } = await withDevice();
    await force(ben, 'member.leave', { sorry: true }, [ana]);
    expect(await decide(ana, ben)).toBe('adopted');
  });

  it('a leaving that had no effect where a seal has it; before that it counts', async () => {
    const { ana, ben } = await withDevice();
    for (let count = 3; count <= 10; count++) await certify(ben, `device ${count}`);
    const signer = await testSigner('one too many');
    const proof = await signer.sign(consentMessage(ana.replica.id, ben.signer.device));
    const payload = { device: signer.device, label: 'eleventh', proof };
    const certificate = await forge(ben, { type: 'device.certify', payload });
    const leaving = await forge(ben, { sequence: 0, previous: null, parents: [certificate.id] }, signer);
    await ana.pull(ben);
    for (const { replica } of [ana, ben]) replica.receive({ events: [certificate, leaving], texts: [] });
    expect(ana.replica.state.withoutEffect.get(certificate.id)).toMatchObject({ code: 'too-many-devices' });
    expect(ana.replica.state.withoutEffect.get(leaving.id)).toMatchObject({ code: 'device-not-active' });
    expect(await decide(ana, ben)).toBe('author-ended');
    await new SealingGroup([ana, ben]).pass(8);
    expect(await decide(ana, ben)).toBe('adopted');
  });
});

describe('ballots are void', () => {
  it.each(['member.leave', 'device.revoke'] as const)('by a %s that had not seen them', async (type) => {
    const { ana, ben, other } = await withDevice();
    await force(other, type, type === 'member.leave' ? {} : { device: ben.signer.device }, []);
    const proposal = await ask(ana);
    await ben.pull(ana);
    const ballot = await ben.act('ballot.cast', { proposal, choice: 'agree' });
    await meet([ana, ben, other]);
    expect(ana.replica.state.ballots.has(ballot)).toBe(false);
    expect(ana.replica.state.withoutEffect.get(ballot)!.code).toMatch(/^(author-ended|author-left|device-not-active)$/);
  });
});
