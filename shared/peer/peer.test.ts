import { describe, expect, it } from 'vitest';
import { testSigner } from '../../test/kit/group';
import { around, founder, invite, join, link, until } from '../../test/kit/peers';
import { decodeInvite, encodeInvite, inviteKey } from '../invite/link';
import { stateDigest } from '../network/digest/digest';
import { randomBytes } from '../record/signature';
import { Joiner } from './joiner';
import { MemoryStore } from './memory-store';
import { Peer } from './peer';

describe('a peer', () => {
  it('is joined by invite, then both keep one record, both ways, across a cut', async () => {
    const ana = await founder();
    const ben = await join(ana.peer, await invite(ana.peer), 'ben');
    expect(ben.peer.me).not.toBeNull();
    const wire = link(ana.peer, ben.peer);
    await until(() => ana.peer.connections.length === 1 && ben.peer.connections.length === 1);
    await ben.peer.act({
      type: 'proposal.open',
      payload: { title: { text: 'Paint' }, text: { text: 'Blue?' }, effect: { kind: 'none' }, deadline: 0 },
    });
    await until(() => ana.peer.state.proposals.size === 1);
    const proposal = [...ana.peer.state.proposals.values()][0]!;
    expect(ana.peer.replica.text(proposal.title)).toBe('Paint');
    await until(() => ben.peer.deliveries()[0]?.lacks === 0);
    wire.cut();
    await until(() => ben.peer.connections.length === 0);
    await ana.peer.act({ type: 'ballot.cast', payload: { proposal: proposal.id, choice: 'agree' } });
    await ben.peer.act({ type: 'ballot.cast', payload: { proposal: proposal.id, choice: 'agree' } });
    expect(ben.peer.deliveries()[0]?.lacks).toBe(1);
    link(ana.peer, ben.peer);
    await until(() => stateDigest(ana.peer.state) === stateDigest(ben.peer.state));
    expect(ana.peer.state.proposals.get(proposal.id)!.status).toBe('adopted');
    await ana.peer.close();
    await ben.peer.close();
  });

  it('opens again with everything that was called done', async () => {
    const ana = await founder();
    await invite(ana.peer);
    const before = stateDigest(ana.peer.state);
    await ana.peer.close();
    const again = await Peer.open(ana.peer.id, ana.signer, ana.store, around);
    expect(stateDigest(again.state)).toBe(before);
    await again.close();
  });

  it('refuses an invite that is used up, revoked or unknown, each with its code', async () => {
    const ana = await founder();
    const text = await invite(ana.peer);
    await join(ana.peer, text, 'ben');
    const attempt = async (given: string, name: string) => {
      const joiner = await Joiner.start(decodeInvite(given), await testSigner(name), new MemoryStore(), around);
      link(ana.peer, joiner);
      return joiner.look(500).finally(() => joiner.close());
    };
    await expect(attempt(text, 'cleo')).rejects.toMatchObject({ code: 'invite-used-up' });
    const second = await invite(ana.peer);
    await ana.peer.act({
      type: 'invite.revoke',
      payload: { invite: (await inviteKey(decodeInvite(second).secret)).device },
    });
    await expect(attempt(second, 'cleo')).rejects.toMatchObject({ code: 'invite-revoked' });
    const foreign = encodeInvite({ ...decodeInvite(text), secret: randomBytes(16) });
    await expect(attempt(foreign, 'cleo')).rejects.toMatchObject({ code: 'nobody-reachable' });
    await ana.peer.close();
  });

  it('lets in a member whose admission it has not heard of, on the word of one it knows', async () => {
    const ana = await founder();
    const ben = await join(ana.peer, await invite(ana.peer), 'ben');
    // Cleo is admitted while Ben is away; then Ben and Cleo meet without Ana.
    const cleo = await join(ana.peer, await invite(ana.peer), 'cleo', 2);
    expect(ben.peer.state.members.size).toBe(2);
    link(ben.peer, cleo.peer);
    await until(() => stateDigest(ben.peer.state) === stateDigest(cleo.peer.state));
    expect(ben.peer.state.members.size).toBe(3);
    await until(() => ben.peer.connections[0]?.member === cleo.peer.me!.member);
    for (const one of [ana, ben, cleo]) await one.peer.close();
  });

  it('shows nothing to a device that nobody it knows admitted', async () => {
    const ana = await founder();
    const ben = await join(ana.peer, await invite(ana.peer), 'ben');
    await ana.peer.act({
      type: 'invite.issue',
      payload: { invite: '7'.repeat(64), type: 'resident', uses: 1, days: 14 },
    });
    const mallory = await testSigner('mallory');
    // Mallory has the whole record from somewhere, and no admission of her own.
    const store = new MemoryStore();
    for (const batch of await ben.store.load()) await store.append(batch);
    const stranger = await Peer.open(ana.peer.id, mallory, store, around);
    link(ana.peer, stranger);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(ana.peer.connections).toEqual([]);
    expect(stranger.state.invites.size).toBe(1);
    for (const one of [ana.peer, ben.peer, stranger]) await one.close();
  });

  it('admits nobody while it has not got the seal in the invite itself, and says so', async () => {
    const ana = await founder();
    const text = encodeInvite({ ...decodeInvite(await invite(ana.peer)), seal: 'ab'.repeat(32) });
    await expect(join(ana.peer, text, 'ben')).rejects.toMatchObject({ code: 'join-behind' });
    const joiner = await Joiner.start(decodeInvite(text), await testSigner('ben'), new MemoryStore(), around);
    link(ana.peer, joiner);
    await expect(joiner.join('ben', 500)).rejects.toMatchObject({ code: 'join-behind' });
    joiner.close();
    expect(ana.peer.state.members.size).toBe(1);
    await ana.peer.close();
  });

  it('takes no history that does not lead through the seal in its invite', async () => {
    const ana = await founder();
    const text = encodeInvite({ ...decodeInvite(await invite(ana.peer)), seal: 'ab'.repeat(32) });
    // Ana pretends that she has that seal.
    Object.assign(ana.peer.replica.seals.seals, { every: () => false });
    await expect(join(ana.peer, text, 'ben')).rejects.toMatchObject({ code: 'join-other-history' });
    await ana.peer.close();
  });

  it('asks others for the texts that whoever passed on an event left out', async () => {
    const ana = await founder();
    const ben = await join(ana.peer, await invite(ana.peer), 'ben');
    const cleo = await join(ana.peer, await invite(ana.peer), 'cleo', 2);
    const open = await ana.peer.act({
      type: 'proposal.open',
      payload: { title: { text: 'Paint' }, text: { text: 'Blue?' }, effect: { kind: 'none' }, deadline: 0 },
    });
    ben.peer.replica.textsOf = () => [];
    const wire = link(ana.peer, ben.peer);
    await until(() => ben.peer.state.proposals.size === 1);
    wire.cut();
    const other = link(ben.peer, cleo.peer);
    await until(() => cleo.peer.state.proposals.size === 1);
    const { title, text } = cleo.peer.state.proposals.get(open)!;
    expect([title, text].map((ref) => cleo.peer.replica.text(ref))).toEqual([null, null]);
    expect(cleo.peer.replica.textless()).toContain(open);
    other.cut();
    link(ana.peer, cleo.peer);
    await until(() => cleo.peer.replica.text(title) === 'Paint' && cleo.peer.replica.text(text) === 'Blue?');
    expect(cleo.peer.replica.textless()).not.toContain(open);
    await cleo.peer.close();
    const again = await Peer.open(ana.peer.id, cleo.signer, cleo.store, around);
    expect(again.replica.text(title)).toBe('Paint');
    for (const one of [ana.peer, ben.peer, again]) await one.close();
  });
});
