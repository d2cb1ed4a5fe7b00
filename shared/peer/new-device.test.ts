import { describe, expect, it } from 'vitest';
import { around, copyOf, founder, invite, join, link, offerDevice, until } from '../../test/kit/peers';
import { protocols, testSigner } from '../../test/kit/group';
import { checkNumber } from '../invite/check-number';
import { type InviteLink, decodeInvite, inviteKey } from '../invite/link';
import { consentMessage } from '../network/certificates';
import { stateDigest } from '../network/digest/digest';
import type { Signer } from '../record/signature';
import { Joiner } from './joiner';
import { MemoryStore } from './memory-store';
import { Peer } from './peer';

/** Another installation that opened the link and asks; not confirmed yet. */
async function ask(at: Peer, offered: InviteLink, name: string, store = new MemoryStore(), role?: 'keeper') {
  const signer = await testSigner(name);
  const joiner = await Joiner.start(offered, signer, store, around);
  const wire = link(at, joiner);
  const asked = joiner.askToBeAdded(name, 1_000, role);
  asked.catch(() => undefined);
  return { signer, store, joiner, wire, asked };
}

/** Adds a device by a link, and opens it as a peer. */
async function add(
  at: Peer,
  name: string,
  role?: 'keeper',
): Promise<{ peer: Peer; store: MemoryStore; signer: Signer }> {
  const { asked, joiner, signer, store } = await ask(at, await offerDevice(at), name, new MemoryStore(), role);
  await asked;
  expect(at.devices.asking?.role).toBe(role);
  const added = joiner.added(1_000);
  await at.devices.confirm(signer.device);
  await added;
  joiner.close();
  return { peer: await Peer.open(at.id, signer, store, around), store, signer };
}

describe('a further device', () => {
  it('is added once its person has agreed, receives the history, and acts as that member', async () => {
    const ana = await founder();
    const ben = await join(ana.peer, await invite(ana.peer), 'ben');
    const offered = await offerDevice(ben.peer);
    const { asked, joiner, signer, store } = await ask(ben.peer, offered, 'phone');
    await asked;
    const number = checkNumber(ana.peer.id, ben.signer.device, signer.device);
    expect(number).toMatch(/^\d{4} \d{4} \d{4}$/);
    expect(ben.peer.devices.asking).toEqual({ device: signer.device, label: 'phone', checkNumber: number });
    // Until then it has the joining exchange and nothing else.
    expect(await store.load()).toEqual([]);
    const added = joiner.added(1_000);
    await ben.peer.devices.confirm(signer.device);
    expect(ben.peer.devices.asking).toBeNull();
    await added;
    joiner.close();
    const phone = await Peer.open(ana.peer.id, signer, store, around);
    expect(phone.me).toEqual({ device: signer.device, member: ben.peer.me!.member });
    link(phone, ana.peer);
    await phone.act({ type: 'member.describe', payload: { name: { text: 'Ben' } } });
    await until(() => stateDigest(ana.peer.state) === stateDigest(phone.state));
    expect(ana.peer.state.members.get(ben.peer.me!.member)!.devices).toEqual([ben.signer.device, signer.device]);
    await until(() => ana.peer.connections[0]?.member === ben.peer.me!.member);
    for (const peer of [ana.peer, ben.peer, phone]) await peer.close();
  });

  it('says what it would be certified for, so that the number of another device is another', async () => {
    const [ana, phone, other] = await Promise.all(['ana', 'phone', 'other'].map(testSigner));
    const network = 'ab'.repeat(32);
    const numbers = [
      checkNumber(network, ana!.device, phone!.device),
      checkNumber(network, ana!.device, other!.device),
      checkNumber(network, other!.device, phone!.device),
      checkNumber('cd'.repeat(32), ana!.device, phone!.device),
    ];
    expect(new Set(numbers).size).toBe(4);
  });

  it('meets members who have not heard of it, on the word of the device that certified it', async () => {
    const ana = await founder(protocols({}, 'decision'));
    const before = await copyOf(ana.store);
    const phone = await add(ana.peer, 'phone');
    const old = await Peer.open(ana.peer.id, ana.signer, before, around);
    expect(old.state.devices.has(phone.signer.device)).toBe(false);
    link(old, phone.peer);
    await until(() => old.state.devices.has(phone.signer.device));
    for (const peer of [ana.peer, phone.peer, old]) await peer.close();
  });
});

describe('a keeper', () => {
  it('carries what two members sign who never meet, and is nobody’s having it', async () => {
    const ana = await founder();
    const ben = await join(ana.peer, await invite(ana.peer), 'ben');
    const { peer: keeper } = await add(ana.peer, 'cellar', 'keeper');
    expect(keeper.isKeeper).toBe(true);
    for (const each of [ana.peer, ben.peer]) each.disconnectAll();
    const meetKeeper = async (peer: Peer): Promise<void> => {
      link(peer, keeper);
      await until(() => peer.connections.length === 1);
      await until(() => stateDigest(peer.state) === stateDigest(keeper.state));
    };
    await meetKeeper(ana.peer);
    await ana.peer.act({ type: 'member.describe', payload: { name: { text: 'Anna' } } });
    await until(() => ana.peer.deliveries().some((one) => one.keeper !== undefined && one.lacks === 0));
    const toBen = ana.peer.deliveries().find(({ member }) => member === ben.peer.me!.member)!;
    expect(toBen.lacks).toBeGreaterThan(0);
    ana.peer.disconnectAll();
    await meetKeeper(ben.peer);
    const { name } = ben.peer.state.members.get(ana.peer.me!.member)!;
    expect(ben.peer.replica.text(name)).toBe('Anna');
    await ben.peer.act({ type: 'member.describe', payload: { name: { text: 'Benno' } } });
    await until(() => stateDigest(keeper.state) === stateDigest(ben.peer.state));
    ben.peer.disconnectAll();
    await meetKeeper(ana.peer);
    expect(stateDigest(ana.peer.state)).toBe(stateDigest(ben.peer.state));
    for (const peer of [ana.peer, ben.peer, keeper]) await peer.close();
  });

  it('lets nobody in, by whatever link, and signs nothing', async () => {
    const ana = await founder();
    const text = await invite(ana.peer);
    const { peer: keeper } = await add(ana.peer, 'cellar', 'keeper');
    const joiner = await Joiner.start(decodeInvite(text), await testSigner('cleo'), new MemoryStore(), around);
    link(keeper, joiner);
    await expect(joiner.look(300)).rejects.toMatchObject({ code: 'nobody-reachable' });
    joiner.close();
    await expect(keeper.act({ type: 'member.describe', payload: { name: { text: 'Ana' } } })).rejects.toMatchObject({
      code: 'refused-device-keeper',
    });
    for (const peer of [ana.peer, keeper]) await peer.close();
  });
});

describe('a device link', () => {
  it('lets in the device that it added when it comes back, and no other', async () => {
    const ana = await founder();
    const offered = await offerDevice(ana.peer);
    const first = await ask(ana.peer, offered, 'phone');
    await first.asked;
    await ana.peer.devices.confirm(first.signer.device);
    // The answer is lost.
    first.joiner.close();
    const again = await ask(ana.peer, offered, 'phone', first.store);
    await again.asked;
    await again.joiner.added(1_000);
    again.joiner.close();
    const other = await ask(ana.peer, offered, 'tablet');
    await expect(other.asked).rejects.toMatchObject({ code: 'device-link-used' });
    expect(ana.peer.state.members.get(ana.peer.id)!.devices.length).toBe(2);
    await ana.peer.close();
  });

  it('is bound to the first device that came with it, also after a restart of the app', async () => {
    const ana = await founder();
    const offered = await offerDevice(ana.peer);
    const first = await ask(ana.peer, offered, 'phone');
    await first.asked;
    first.joiner.close();
    await until(() => ana.peer.devices.asking === null);
    await ana.peer.close();
    const again = await Peer.open(ana.peer.id, ana.signer, ana.store, around);
    await expect((await ask(again, offered, 'tablet')).asked).rejects.toMatchObject({ code: 'device-link-used' });
    // Another link is made meanwhile; that device still has its own.
    await offerDevice(again);
    const back = await ask(again, offered, 'phone');
    await back.asked;
    expect(again.devices.asking?.device).toBe(back.signer.device);
    await again.close();
  });

  it('is good for nothing once its person refused, it expired, or a newer one was made', async () => {
    const ana = await founder();
    const refused = await offerDevice(ana.peer);
    const first = await ask(ana.peer, refused, 'phone');
    await first.asked;
    const verdict = first.joiner.added(1_000);
    verdict.catch(() => undefined);
    await ana.peer.devices.refuse(first.signer.device);
    await expect(verdict).rejects.toMatchObject({ code: 'device-link-refused' });
    await expect(ana.peer.devices.confirm(first.signer.device)).rejects.toMatchObject({ code: 'device-asks-no-more' });
    const codeOf = async (offered: InviteLink, name: string) =>
      (await ask(ana.peer, offered, name)).asked.then(
        () => 'asked',
        (error: { code: string }) => error.code,
      );
    expect(await codeOf(refused, 'phone')).toBe('device-link-refused');
    const expired = await offerDevice(ana.peer, Date.now() - 1);
    expect(await codeOf(expired, 'tablet')).toBe('device-link-expired');
    const older = await offerDevice(ana.peer);
    const newer = await offerDevice(ana.peer);
    expect(await codeOf(older, 'tablet')).toBe('device-link-replaced');
    expect(await codeOf(newer, 'tablet')).toBe('asked');
    expect(ana.peer.state.devices.size).toBe(1);
    await ana.peer.close();
  });

  it('is of no use to a device that was revoked, or is another member’s, nor once its own member has left', async () => {
    const ana = await founder();
    const ben = await join(ana.peer, await invite(ana.peer), 'ben');
    const offered = await offerDevice(ana.peer);
    await expect((await ask(ana.peer, offered, 'ben')).asked).rejects.toMatchObject({ code: 'device-link-used' });
    const phone = await ask(ana.peer, offered, 'phone');
    await phone.asked;
    await ana.peer.devices.confirm(phone.signer.device);
    phone.joiner.close();
    await ana.peer.act({ type: 'device.revoke', payload: { device: phone.signer.device } });
    await expect((await ask(ana.peer, offered, 'phone')).asked).rejects.toMatchObject({ code: 'device-link-used' });
    const late = await offerDevice(ana.peer);
    await ana.peer.act({ type: 'member.leave', payload: {} });
    await expect((await ask(ana.peer, late, 'tablet')).asked).rejects.toMatchObject({ code: 'not-a-member-here' });
    for (const one of [ana.peer, ben.peer]) await one.close();
  });

  it('is answered by the device that made it alone', async () => {
    const ana = await founder();
    const ben = await join(ana.peer, await invite(ana.peer), 'ben');
    const offered = await offerDevice(ana.peer);
    await expect((await ask(ben.peer, offered, 'phone')).asked).rejects.toMatchObject({ code: 'nobody-reachable' });
    // Ben’s app pretends to know it, to make the device his own.
    await ben.peer.devices.offer((await inviteKey(offered.secret)).device, Date.now() + 60_000);
    await expect((await ask(ben.peer, offered, 'phone')).asked).rejects.toMatchObject({ code: 'nobody-reachable' });
    expect(ben.peer.devices.asking).toBeNull();
    for (const peer of [ana.peer, ben.peer]) await peer.close();
  });

  it('shows one device at a time, and none beyond ten', async () => {
    const ana = await founder();
    const first = await ask(ana.peer, await offerDevice(ana.peer), 'phone');
    await first.asked;
    const second = await ask(ana.peer, await offerDevice(ana.peer), 'tablet');
    await expect(second.asked).rejects.toMatchObject({ code: 'device-link-busy' });
    await ana.peer.devices.confirm(first.signer.device);
    for (let count = 3; count <= 10; count++) {
      const device = await testSigner(`device ${count}`);
      const proof = await device.sign(consentMessage(ana.peer.id, ana.signer.device));
      await ana.peer.act({ type: 'device.certify', payload: { device: device.device, label: 'more', proof } });
    }
    const eleventh = await ask(ana.peer, await offerDevice(ana.peer), 'eleventh');
    await expect(eleventh.asked).rejects.toMatchObject({ code: 'too-many-devices' });
    // One that was revoked makes room.
    await ana.peer.act({ type: 'device.revoke', payload: { device: first.signer.device } });
    await (
      await ask(ana.peer, await offerDevice(ana.peer), 'eleventh')
    ).asked;
    await ana.peer.close();
  });
});

describe('what a joiner says', () => {
  it('with a wrong proof is refused, and not signed into the member’s own chain', async () => {
    const ana = await founder();
    const text = await invite(ana.peer);
    const ben = await testSigner('ben');
    const liar: Signer = {
      device: ben.device,
      sign: async (message) => {
        const signature = await ben.sign(message);
        // Right for the channel, wrong for what goes into the record.
        return new TextDecoder().decode(message).startsWith('peerhold/joining') ? signature.fill(1, 3, 5) : signature;
      },
    };
    const before = ana.peer.replica.record.size;
    const joiner = await Joiner.start(decodeInvite(text), liar, new MemoryStore(), around);
    link(ana.peer, joiner);
    await expect(joiner.join('Ben', 1_000)).rejects.toMatchObject({ code: 'proof-wrong' });
    expect(ana.peer.replica.record.size).toBe(before);
    const offered = await offerDevice(ana.peer);
    const claims: Signer = {
      device: ben.device,
      sign: async (message) => {
        const signature = await ben.sign(message);
        return new TextDecoder().decode(message).startsWith('peerhold/device') ? signature.fill(1, 3, 5) : signature;
      },
    };
    const device = await Joiner.start(offered, claims, new MemoryStore(), around);
    link(ana.peer, device);
    await expect(device.askToBeAdded('phone', 1_000)).rejects.toMatchObject({ code: 'proof-wrong' });
    expect(ana.peer.devices.asking).toBeNull();
    await ana.peer.close();
  });
});
