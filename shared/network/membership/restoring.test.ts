import { describe, expect, it } from 'vitest';
import { forge } from '../../../test/kit/forge';
import { type Person, group, meet, testSigner } from '../../../test/kit/group';
import {
  agree,
  at,
  byMajority,
  decide,
  deviceOf,
  five,
  propose,
  refused,
  sameForAll,
  statusOf,
} from '../../../test/kit/restoring';
import { proposalRow, rowsOf } from '../../../test/kit/rows';
import { SealingGroup } from '../../../test/kit/sealing';
import type { SignedEvent } from '../../record/event';
import { consentMessage, restoringMessage } from '../certificates';
import { checkEvent } from '../check';
import type { Proposal } from '../decisions/model';
import { restorationsOf } from './restoring';

describe('who lost all devices', () => {
  it('is restored on a new one by the class that decides on removals, from the seal on that fixes it', async () => {
    const { people, there, sealing } = await five();
    const [ana, ben, cleo] = people;
    const key = await testSigner('cleo anew');
    const proposal = await propose(ana, cleo, key);
    await meet(there);
    const { rule, electorate } = ben.replica.state.proposals.get(proposal)!;
    expect(rule.id).toBe('majority');
    // She has no say in it: it could only be by a device of which she says that it is lost.
    expect(electorate).toEqual(there.map(({ member }) => member).sort());
    await decide(there, proposal);
    expect(statusOf(ben, proposal)).toBe('adopted');
    expect(deviceOf(ben, key)).toBeUndefined();
    expect(deviceOf(ben, cleo.signer)!.status).toBe('active');
    await sealing.pass(6, there);
    expect(deviceOf(ben, key)).toMatchObject({ member: cleo.member, status: 'active' });
    expect(deviceOf(ben, cleo.signer)!.status).toBe('revoked');
    expect(ben.replica.state.members.get(cleo.member)).toMatchObject({
      status: 'active',
      devices: [cleo.signer.device, key.device],
    });
    expect(ben.replica.state.devices.get(key.device)!.why.clause).toMatchObject({ protocol: 'decisions' });
    // The next seals ask the new one.
    const sealers = ben.replica.seals.current!.sealers;
    expect(sealers.find(({ member }) => member === cleo.member)!.device).toBe(key.device);
    await sameForAll(there);
  });

  it('goes on as that member: votes count, and seals', async () => {
    const { people, there, sealing } = await five();
    const [ana, ben, cleo, dora, eli] = people;
    const key = await testSigner('cleo anew');
    await decide(there, await propose(ana, cleo, key));
    await sealing.pass(6, there);
    const anew = await at(key, 'cleo anew', cleo, ana);
    const next = await ben.act('proposal.open', {
      title: { text: 'N' },
      text: { text: '' },
      effect: { kind: 'none' },
      deadline: 0,
    });
    await anew.pull(ben);
    await agree(anew, next);
    await ben.pull(anew);
    await agree(ben, next);
    expect(ben.replica.state.proposals.get(next)!.tally).toMatchObject({ agree: 2, electorate: 5 });
    const again = new SealingGroup([...there, anew]);
    // Of five four are needed: with dora away the new device is one of them.
    await again.pass(10, [ana, ben, eli, anew]);
    const { seals } = ben.replica.seals;
    expect(ben.replica.record.get(seals.at(-1)!.precommits[0]!)).toBeDefined();
    const signed = ben.replica.seals.signaturesOf(seals.at(-1)!).map(({ device }) => device);
    expect(signed).toContain(key.device);
    await sameForAll([ana, ben, dora, eli, anew]);
  });

  it('is not restored by fewer than a removal takes', async () => {
    const { people, there, sealing } = await five();
    const [ana, , cleo] = people;
    const key = await testSigner('impostor');
    const proposal = await propose(ana, cleo, key);
    await meet(there);
    await agree(ana, proposal);
    await agree(there[1]!, proposal, 'disagree');
    await agree(there[2]!, proposal, 'disagree');
    await agree(there[3]!, proposal, 'disagree');
    await sealing.pass(8, there);
    expect(statusOf(ana, proposal)).toBe('rejected');
    expect(deviceOf(ana, key)).toBeUndefined();
    expect(deviceOf(ana, cleo.signer)!.status).toBe('active');
  });

  it('has no vote in it by the old device either, which may be somebody else’s now', async () => {
    const { people } = await five();
    const [ana, , cleo] = people;
    const proposal = await propose(ana, cleo, await testSigner('impostor'));
    await meet(people);
    await expect(agree(cleo, proposal, 'disagree')).rejects.toEqual(refused('not-in-electorate'));
  });

  it('can not be restored where nobody else votes, after the end, nor on a key that is somebody’s', async () => {
    const { people, sealing } = await five();
    const [ana, ben, cleo, dora, eli] = people;
    const key = await testSigner('key');
    await expect(propose(ana, cleo, ben.signer)).rejects.toEqual(refused('device-known'));
    await dora.act('member.leave', {});
    await sealing.pass(6);
    await expect(propose(ana, dora, key)).rejects.toEqual(refused('no-member'));
    const effect = { kind: 'remove' as const, member: cleo.member };
    const removal = await ana.act('proposal.open', { title: { text: 'T' }, text: { text: '' }, effect, deadline: 0 });
    await decide([ana, ben, eli], removal);
    await expect(propose(ana, cleo, key)).rejects.toEqual(refused('no-member'));
    const [alone] = (await group(['ana'], byMajority)) as [Person];
    await expect(propose(alone, alone, key)).rejects.toEqual(refused('electorate-empty'));
  });
});

describe('a proposal to restore somebody', () => {
  it('gives the key nothing before it is decided and sealed, whatever that signs', async () => {
    const { people, there, sealing } = await five();
    const [ana, ben, cleo] = people;
    const key = await testSigner('impostor');
    const question = await ben.act('proposal.open', {
      title: { text: 'N' },
      text: { text: '' },
      effect: { kind: 'none' },
      deadline: 0,
    });
    const proposal = await propose(ana, cleo, key);
    await meet(people);
    // The key begins a chain by the proposal: all can see that it speaks for cleo, and nothing of it counts.
    const impostor = await at(key, 'impostor', cleo, ana);
    let previous: string | null = null;
    const events: SignedEvent[] = [];
    for (const [type, payload] of [
      ['ballot.cast', { proposal: question, choice: 'agree' }],
      ['member.leave', {}],
      ['device.revoke', { device: cleo.signer.device }],
    ] as const) {
      const parents = previous === null ? [proposal] : [];
      const made = await forge(impostor, { type, payload, sequence: events.length, previous, parents });
      events.push(made);
      previous = made.id;
    }
    const { height, ground } = ana.replica.seals.current!;
    const ready = { height, previous: ground.value, time: ground.time + 1 };
    events.push(await forge(impostor, { type: 'seal.ready', payload: ready, sequence: 3, previous, parents: [] }));
    for (const person of people) person.replica.receive({ events, texts: [] });
    await agree(ana, question);
    await agree(cleo, question);
    await meet(people);
    for (const { replica } of people) {
      expect(replica.record.get(events[0]!.id)!.member).toBe(cleo.member);
      expect(replica.state.withoutEffect.get(events[0]!.id)!.code).toBe('device-not-active');
      expect(replica.state.proposals.get(question)!.tally).toMatchObject({ agree: 2 });
      expect(replica.state.members.get(cleo.member)!.status).toBe('active');
      expect(replica.state.devices.get(cleo.signer.device)!.status).toBe('active');
      expect(replica.seals.isBySealer(replica.record.get(events[3]!.id) as never)).toBe(false);
    }
    await sameForAll(people);
    // Nor once it is sealed: what the key signed before it was cleo's, she did not say.
    const open = await ben.act('proposal.open', {
      title: { text: 'M' },
      text: { text: '' },
      effect: { kind: 'none' },
      deadline: 9e15,
    });
    await meet(people);
    const early = await forge(impostor, {
      type: 'ballot.cast',
      payload: { proposal: open, choice: 'agree' },
      sequence: 4,
      previous: events[3]!.id,
      parents: [open],
    });
    for (const person of people) person.replica.receive({ events: [early], texts: [] });
    await decide(there, proposal);
    await sealing.pass(6, there);
    expect(deviceOf(ben, key)!.status).toBe('active');
    await agree(ben, open);
    expect(ben.replica.state.proposals.get(open)!.tally).toMatchObject({ agree: 1 });
    await sameForAll(there);
  });

  it('makes nothing count that the key signed in the cut of the seal that restores, though it did nothing else', async () => {
    const { people, there, sealing } = await five();
    const [ana, ben, cleo] = people;
    const key = await testSigner('cleo anew');
    const words = { title: { text: 'N' }, text: { text: '' } };
    const question = await ben.act('proposal.open', { ...words, effect: { kind: 'none' }, deadline: 9e15 });
    await meet(people);
    const proposal = await propose(ana, cleo, key);
    const anew = await at(key, 'cleo anew', cleo, ana);
    const payload = { proposal: question, choice: 'agree' };
    const root = { sequence: 0, previous: null, parents: [proposal] };
    const early = await forge(anew, { type: 'ballot.cast', payload, ...root });
    for (const { replica } of people) replica.receive({ events: [early], texts: [] });
    await decide(there, proposal);
    await sealing.pass(6, there);
    const { sealed } = ben.replica.state.proposals.get(proposal)!;
    expect([deviceOf(ben, key)!.status, ben.replica.record.get(early.id)!.seal]).toEqual(['active', sealed]);
    await agree(ben, question);
    expect(ben.replica.state.proposals.get(question)!.tally).toMatchObject({ agree: 1 });
    await sameForAll(there);
  });

  it('needs the key’s own consent, to this device of the member who puts it and no other, and to this', async () => {
    const { people } = await five();
    const [ana, ben, cleo] = people;
    const key = await testSigner('key');
    const payload = (consent: Uint8Array) => ({
      title: '1'.repeat(64),
      text: '2'.repeat(64),
      effect: { kind: 'restore', member: cleo.member, device: key.device, consent },
      deadline: 0,
    });
    const right = payload(await key.sign(restoringMessage(ana.replica.id, ana.signer.device)));
    const event = { type: 'proposal.open', payload: right };
    await expect(checkEvent((await forge(ana, event)).bytes)).resolves.toBeDefined();
    await expect(checkEvent((await forge(ben, event)).bytes)).rejects.toMatchObject({ code: 'proof-wrong' });
    // As a device of ana's it had consented to something else.
    const other = payload(await key.sign(consentMessage(ana.replica.id, ana.signer.device)));
    const forged = await forge(ana, { type: 'proposal.open', payload: other });
    await expect(checkEvent(forged.bytes)).rejects.toMatchObject({ code: 'proof-wrong' });
  });

  it('clashes with another for the same member of which nobody knew: both wait, and one that is put again restores', async () => {
    const { people, there, sealing } = await five();
    const [ana, ben, cleo, dora, eli] = people;
    const [one, two] = [await testSigner('one'), await testSigner('two')];
    const first = await propose(ana, cleo, one);
    const second = await propose(ben, cleo, two);
    await meet(there);
    for (const proposal of [first, second]) for (const person of there) await agree(person, proposal);
    // Each had voted on both before anything came from the others.
    await sealing.pass(6, there);
    for (const person of there) {
      expect([first, second].map((id) => statusOf(person, id))).toEqual(['clashing', 'clashing']);
      expect(deviceOf(person, one)).toBeUndefined();
      expect(deviceOf(person, two)).toBeUndefined();
      expect(deviceOf(person, cleo.signer)!.status).toBe('active');
    }
    const again = await propose(dora, cleo, two);
    await decide(there, again);
    await sealing.pass(6, there);
    expect(statusOf(eli, again)).toBe('adopted');
    expect(deviceOf(eli, two)!.member).toBe(cleo.member);
    await sameForAll(there);
  });

  it('for the same key twice restores once', async () => {
    const { people, there, sealing } = await five();
    const [ana, ben, cleo] = people;
    const key = await testSigner('key');
    const both = [await propose(ana, cleo, key), await propose(ben, cleo, key)];
    await meet(there);
    for (const proposal of both) for (const person of there) await agree(person, proposal);
    await sealing.pass(6, there);
    expect(both.map((id) => statusOf(ana, id)).sort()).toEqual(['adopted', 'superseded']);
    expect(deviceOf(ana, key)!.status).toBe('active');
    await sameForAll(there);
  });

  it('for another member and key is no rival of it: both are restored by one seal', async () => {
    const { people, sealing } = await five();
    const [ana, ben, cleo, dora, eli] = people;
    const [one, two] = [await testSigner('one'), await testSigner('two')];
    const there = [ana, ben, dora, eli];
    const both = [await propose(ana, cleo, one), await propose(ben, dora, two)];
    await meet(there);
    for (const proposal of both) for (const person of [ana, ben, eli]) await agree(person, proposal);
    await sealing.pass(6, there);
    expect(both.map((id) => statusOf(ana, id))).toEqual(['adopted', 'adopted']);
    expect([one, two].map((key) => deviceOf(ana, key)?.member)).toEqual([cleo.member, dora.member]);
    await sameForAll(there);
  });

  it('on the key that another is proposed for clashes with it, as long as neither is known: it would be one’s', async () => {
    const { people, sealing } = await five();
    const [ana, ben, cleo, dora, eli] = people;
    const key = await testSigner('key');
    const there = [ana, ben, dora, eli];
    const both = [await propose(ana, cleo, key), await propose(ben, dora, key)];
    await meet(there);
    for (const proposal of both) for (const person of [ana, ben, eli]) await agree(person, proposal);
    await sealing.pass(6, there);
    expect(both.map((id) => statusOf(ana, id))).toEqual(['clashing', 'clashing']);
    expect(deviceOf(ana, key)).toBeUndefined();
    await sameForAll(there);
  });

  it('that was opened before another was sealed restores nobody after it; one that is opened then does', async () => {
    const { people, there, sealing } = await five();
    const [ana, ben, cleo] = people;
    const [one, two, three] = [await testSigner('one'), await testSigner('two'), await testSigner('three')];
    const old = await propose(ben, cleo, two);
    await decide(there, await propose(ana, cleo, one));
    await sealing.pass(6, there);
    await decide(there, old);
    expect(statusOf(ana, old)).toBe('superseded');
    const next = await propose(ana, cleo, three);
    await decide(there, next);
    await sealing.pass(10, [...there, await at(one, 'cleo', cleo, ana)]);
    expect([one, two, three].map((key) => deviceOf(ana, key)?.status)).toEqual(['revoked', undefined, 'active']);
  });

  it.each(['a removal', 'a leaving', 'a letting in of the key'])('gives way to %s in the same cut', async (what) => {
    const { people, there, sealing } = await five();
    const [ana, ben, cleo, dora, eli] = people;
    const key = await testSigner('key');
    const proposal = await propose(ana, cleo, key);
    const effect = { kind: 'remove' as const, member: cleo.member };
    const removal = await ben.act('proposal.open', { title: { text: 'T' }, text: { text: '' }, effect, deadline: 0 });
    await meet(people);
    for (const person of [ana, dora, eli]) await agree(person, proposal);
    if (what === 'a removal') for (const person of [ana, dora, eli]) await agree(person, removal);
    if (what === 'a leaving') await cleo.act('member.leave', {});
    if (what === 'a letting in of the key') {
      const proof = await key.sign(consentMessage(ben.replica.id, ben.signer.device));
      await ben.act('device.certify', { device: key.device, label: 'mine', proof });
    }
    await meet(people);
    await sealing.pass(6, there);
    expect(ana.replica.state.proposals.get(proposal)).toMatchObject({
      status: 'superseded',
      sealed: expect.any(Number),
    });
    const { status } = ana.replica.state.members.get(cleo.member)!;
    expect(status).toBe(what === 'a removal' ? 'removed' : what === 'a leaving' ? 'left' : 'active');
    expect(deviceOf(ana, key)?.member).toBe(what === 'a letting in of the key' ? ben.member : undefined);
    await sameForAll(there);
  });
});

it('what is decided about a member is what is open, or adopted and in no seal yet', () => {
  const effect = (member: string, kind: 'restore' | 'remove' = 'restore') =>
    (kind === 'remove'
      ? { kind, member }
      : { kind, member, device: 'd', consent: new Uint8Array(64) }) as Proposal['effect'];
  const proposals = rowsOf(
    proposalRow('open', { effect: effect('ann') }),
    proposalRow('adopted', { effect: effect('ann'), status: 'adopted' }),
    proposalRow('sealed', { effect: effect('ann'), status: 'adopted', sealed: 1 }),
    proposalRow('rejected', { effect: effect('ann'), status: 'rejected' }),
    proposalRow('clashing', { effect: effect('ann'), status: 'clashing', sealed: 1 }),
    proposalRow('of another', { effect: effect('bob') }),
    proposalRow('removal', { effect: effect('ann', 'remove') }),
  );
  expect(restorationsOf({ proposals }, 'ann').map(({ id }) => id)).toEqual(['open', 'adopted']);
});
