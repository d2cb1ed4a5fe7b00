import { describe, expect, it } from 'vitest';
import { forge } from '../../../test/kit/forge';
import { type Person, admit, certify, group, meet, testSigner } from '../../../test/kit/group';
import { agree, byMajority, decide, deviceOf, five, propose, sameForAll, statusOf } from '../../../test/kit/restoring';
import { SealingGroup } from '../../../test/kit/sealing';
import { checkEvent } from '../check';

describe('a device that was lost', () => {
  it('counts up to the cut, and not outside of it, however old the heads are that it cites', async () => {
    const { people, there, sealing } = await five();
    const [ana, ben, cleo] = people;
    const key = await testSigner('key');
    const question = await ben.act('proposal.open', {
      title: { text: 'N' },
      text: { text: '' },
      effect: { kind: 'none' },
      deadline: 9e15,
    });
    await meet(people);
    const proposal = await propose(ana, cleo, key);
    await meet(people);
    const before = await cleo.act('member.describe', { name: { text: 'Cleo still' } });
    await meet(people);
    await decide(there, proposal);
    await sealing.pass(6, there);
    expect(ben.replica.state.withoutEffect.has(before)).toBe(false);
    // By what it last saw it is still in, and its app signs: nothing of it counts for anybody who has the seal.
    const late = await agree(cleo, question);
    const batch = await cleo.batch();
    for (const { replica } of there) {
      const { refused: codes } = replica.receive(batch);
      expect(codes.get(late)).toBe('outside-cut');
      expect(replica.state.proposals.get(question)!.tally.agree).toBe(0);
    }
    await sameForAll(there);
  });

  it('lets in nobody: each device that it ever certified is revoked with it, and none that it certifies outside the cut votes', async () => {
    const { people, there, sealing } = await five();
    const [ana, ben, cleo] = people;
    const key = await testSigner('key');
    const inside = await certify(cleo, 'thief one');
    const question = await ben.act('proposal.open', {
      title: { text: 'N' },
      text: { text: '' },
      effect: { kind: 'none' },
      deadline: 9e15,
    });
    await meet([...people, inside]);
    const proposal = await propose(ana, cleo, key);
    await meet(there);
    await decide(there, proposal);
    // Ben hears of it before the seal, which has it not in its cut.
    const outside = await certify(cleo, 'thief two');
    await sealing.pass(6, there);
    expect(deviceOf(ben, inside.signer)!.status).toBe('revoked');
    const certificate = outside.replica.record.certificatesOf(outside.signer.device)[0]!;
    await outside.pull(ben);
    const vote = await forge(outside, {
      type: 'ballot.cast',
      payload: { proposal: question, choice: 'agree' },
      sequence: 0,
      previous: null,
      parents: [certificate],
    });
    // Somebody of bad will builds on it, so that all take it in.
    const help = await forge(ana, { type: 'member.describe', payload: { name: '1'.repeat(64) }, parents: [vote.id] });
    const known = cleo.replica.record.get(certificate)!;
    const batch = { events: [await checkEvent(known.bytes), vote, help], texts: [] };
    for (const { replica } of there) replica.receive(batch);
    for (const { replica } of there) {
      expect(replica.record.has(vote.id)).toBe(true);
      expect(replica.state.devices.has(outside.signer.device)).toBe(false);
    }
    await agree(ben, question);
    expect(ben.replica.state.proposals.get(question)!.tally.agree).toBe(1);
    await sameForAll(there);
  });
});

describe('where there is no seal yet', () => {
  it('nobody is restored before the first, which the founder makes', async () => {
    const people = (await group(['ana', 'ben', 'cleo'], byMajority)) as [Person, Person, Person];
    const [ana, ben, cleo] = people;
    const key = await testSigner('key');
    const proposal = await propose(ben, cleo, key);
    await decide([ana, ben], proposal);
    await meet([ana, ben]);
    expect(statusOf(ana, proposal)).toBe('adopted');
    expect(deviceOf(ana, key)).toBeUndefined();
    await new SealingGroup([ana, ben]).pass(3);
    expect(deviceOf(ana, key)!.status).toBe('active');
  });
});

describe('the quorum of sealers', () => {
  it.each([
    ['two-thirds', undefined],
    ['majority', 'active'],
  ] as const)('of three by %s', async (quorum, status) => {
    const sealing = {
      kind: 'sealing' as const,
      id: 'sealing',
      title: 'Sealing',
      text: { text: 'S' },
      params: { types: [], quorum },
    };
    const people = (await group(['ana', 'ben', 'cleo'], [...byMajority, sealing])) as [Person, Person, Person];
    const [ana, ben, cleo] = people;
    await new SealingGroup(people).pass(4);
    const key = await testSigner('key');
    const proposal = await propose(ana, cleo, key);
    await decide([ana, ben], proposal);
    expect(statusOf(ana, proposal)).toBe('adopted');
    await new SealingGroup([ana, ben]).pass(12);
    // Where all three have to sign, the lost one is missing.
    expect(deviceOf(ana, key)?.status).toBe(status);
  });
});

describe('a further member', () => {
  it('who joins by the key that was proposed is that member, and nobody else', async () => {
    const { people, there, sealing } = await five();
    const [ana, , cleo] = people;
    const key = await testSigner('gil');
    const proposal = await propose(ana, cleo, key);
    const gil = await admit(ana, 'gil');
    expect(gil.signer.device).toBe(key.device);
    await decide(there, proposal);
    await sealing.pass(6, there);
    expect(statusOf(ana, proposal)).toBe('superseded');
    expect(deviceOf(ana, key)!.member).toBe(gil.member);
  });
});
