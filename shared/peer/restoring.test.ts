import { describe, expect, it } from 'vitest';
import { type Person, admit, group, protocols, testSigner } from '../../test/kit/group';
import { around, founder, invite, join, link, until } from '../../test/kit/peers';
import { restoringCode } from '../invite/check-number';
import { decodeInvite } from '../invite/link';
import { restoringMessage } from '../network/certificates';
import { stateDigest } from '../network/digest/digest';
import type { Effect } from '../network/decisions/model';
import { Access } from './access';
import { Joiner } from './joiner';
import { MemoryStore } from './memory-store';
import { Peer } from './peer';

const sealing = {
  kind: 'sealing' as const,
  id: 'sealing',
  title: 'Sealing',
  text: { text: 'S' },
  params: { types: ['resident'], quorum: 'majority' as const },
};

/** Three, of whom a seal has all. Cleo, who does not seal, is gone with her only device. */
async function house() {
  const ana = await founder([...protocols({ remove: 'majority' }), sealing]);
  const ben = await join(ana.peer, await invite(ana.peer), 'ben');
  const signer = await testSigner('cleo');
  const store = new MemoryStore();
  const joiner = await Joiner.start(decodeInvite(await invite(ana.peer, 1, 'supporter')), signer, store, around);
  link(ana.peer, joiner);
  await joiner.join('cleo', 2_000);
  joiner.close();
  const cleo = { signer, peer: await Peer.open(ana.peer.id, signer, store, around) };
  for (const one of [ben, cleo]) link(ana.peer, one.peer);
  await until(() => ana.peer.state.members.get(cleo.peer.me!.member)?.sealed !== undefined);
  await until(() => stateDigest(ben.peer.state) === stateDigest(ana.peer.state));
  const member = cleo.peer.me!.member;
  cleo.peer.disconnectAll();
  await until(() => ana.peer.connections.length === 1);
  return { ana: ana.peer, ben: ben.peer, cleo, member };
}

/** Opens an invite on a fresh installation and asks to be restored. */
async function ask(at: Peer, text: string, name: string, key = name, store = new MemoryStore()) {
  const signer = await testSigner(key);
  const joiner = await Joiner.start(decodeInvite(text), signer, store, around);
  const wire = link(at, joiner);
  // As the app does: first it looks what it would join.
  const asked = joiner.look(2_000).then(() => joiner.restore(name, 2_000));
  const ended = asked.finally(() => {
    joiner.close();
    wire.cut();
  });
  ended.catch(() => undefined);
  return { signer, store, asked: ended };
}

async function propose(by: Peer, member: string): Promise<string> {
  const { device, consent } = by.restorations.asking[0]!;
  const effect: Effect = { kind: 'restore', member, device, consent };
  return by.act({
    type: 'proposal.open',
    payload: { title: { text: 'Restore' }, text: { text: '' }, effect, deadline: 0 },
  });
}

describe('a member who lost all devices', () => {
  it('asks by an ordinary invite, sees nothing until it is decided and sealed, and then goes on as that member', async () => {
    const { ana, ben, member, cleo } = await house();
    const text = await invite(ana);
    const anew = await ask(ana, text, 'Cleo', 'cleo anew');
    await expect(anew.asked).rejects.toMatchObject({ code: 'join-restoring' });
    expect(await anew.store.load()).toEqual([]);
    const code = restoringCode(ana.id, anew.signer.device);
    expect(code).toMatch(/^(\d{4} ){4}\d{4}$/);
    expect(ana.restorations.asking).toMatchObject([{ device: anew.signer.device, name: 'Cleo', code }]);
    const proposal = await propose(ana, member);
    expect(ana.restorations.asking).toEqual([]);
    // Whoever answers now says that it is being decided, and notes no second request.
    await until(() => ben.state.proposals.has(proposal) && ben.state.invites.size === ana.state.invites.size);
    await expect((await ask(ben, text, 'Cleo', 'cleo anew')).asked).rejects.toMatchObject({ code: 'join-restoring' });
    expect(ben.restorations.asking).toEqual([]);
    for (const peer of [ana, ben]) await peer.act({ type: 'ballot.cast', payload: { proposal, choice: 'agree' } });
    await until(() => ana.state.devices.get(anew.signer.device)?.status === 'active');
    await until(() => stateDigest(ben.state) === stateDigest(ana.state));
    const back = await ask(ben, text, 'Cleo', 'cleo anew', anew.store);
    await back.asked;
    // The invite is still there for somebody else.
    const secret = [...ana.state.invites.values()].at(-1)!;
    expect(secret).toMatchObject({ uses: 1, used: [] });
    const peer = await Peer.open(ana.id, anew.signer, anew.store, around);
    expect(peer.me).toEqual({ device: anew.signer.device, member });
    link(peer, ana);
    await peer.act({ type: 'member.describe', payload: { name: { text: 'Cleo again' } } });
    await until(() => ana.replica.text(ana.state.members.get(member)!.name) === 'Cleo again');
    expect(ana.connections.some((one) => one.device === anew.signer.device && one.member === member)).toBe(true);
    // The old device is let in no more.
    link(cleo.peer, ana);
    await until(() => cleo.peer.refusals().some(({ reason }) => reason === 'not-accepted'));
    expect(ana.connections.some(({ device }) => device === cleo.signer.device)).toBe(false);
    for (const one of [ana, ben, cleo.peer, peer]) await one.close();
  });

  it('is told when the member whose app answered does not recognise them, and when the invite is none any more', async () => {
    const { peer: ana, store, signer } = await founder();
    const text = await invite(ana);
    const stranger = await ask(ana, text, 'Cleo', 'stranger');
    await expect(stranger.asked).rejects.toMatchObject({ code: 'join-restoring' });
    // It is remembered when the app is closed meanwhile.
    await ana.close();
    const again = await Peer.open(ana.id, signer, store, around);
    expect(again.restorations.asking.map(({ device }) => device)).toEqual([stranger.signer.device]);
    await again.restorations.refuse(stranger.signer.device);
    expect(again.restorations.asking).toEqual([]);
    await expect((await ask(again, text, 'Cleo', 'stranger')).asked).rejects.toMatchObject({
      code: 'join-restore-refused',
    });
    const id = [...again.state.invites.keys()][0]!;
    await again.act({ type: 'invite.revoke', payload: { invite: id } });
    await expect((await ask(again, text, 'Cleo', 'other')).asked).rejects.toMatchObject({ code: 'invite-revoked' });
    await again.close();
  });

  it('needs another invite for it, and so another key, once they applied to be somebody new', async () => {
    const { peer: ana } = await founder(protocols({}, 'decision'));
    const text = await invite(ana);
    const joiner = await Joiner.start(decodeInvite(text), await testSigner('Cleo'), new MemoryStore(), around);
    link(ana, joiner);
    await expect(joiner.join('Cleo', 2_000)).rejects.toMatchObject({ code: 'join-applicant' });
    joiner.close();
    await expect((await ask(ana, text, 'Cleo')).asked).rejects.toMatchObject({ code: 'invite-used-up' });
    expect(ana.restorations.asking).toEqual([]);
    await ana.close();
  });

  it('is among five who are remembered: whoever has a link can ask', async () => {
    const { peer: ana } = await founder();
    const text = await invite(ana);
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await (await ask(ana, text, name)).asked.catch(() => undefined);
    expect(ana.restorations.asking.map(({ name }) => name)).toEqual(['b', 'c', 'd', 'e', 'f']);
    await ana.close();
  });
});

it('a proposal to restore somebody introduces its device to nobody, though its author may let others in', async () => {
  const [ana, ben, cleo] = (await group(['ana', 'ben', 'cleo'])) as [Person, Person, Person];
  const key = await testSigner('impostor');
  const consent = await key.sign(restoringMessage(ana.replica.id, ana.signer.device));
  const effect = { kind: 'restore' as const, member: cleo.member, device: key.device, consent };
  const words = { title: { text: 'T' }, text: { text: '' }, deadline: 0 };
  const proposal = await ana.act('proposal.open', { ...words, effect });
  const newcomer = await admit(ana, 'dora');
  const access = new Access(ben.replica);
  for (const [device, id, isIn] of [
    [key.device, proposal, false],
    [newcomer.signer.device, newcomer.member, true],
  ] as const) {
    await access.hear(device, [ana.replica.record.get(id)!.bytes]);
    expect(access.permits({ device, purpose: 'member' })).toBe(isIn);
  }
});
