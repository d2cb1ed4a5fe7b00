import { describe, expect, it } from 'vitest';
import { testSigner } from '../../test/kit/group';
import { around, founder, invite, join, link, until } from '../../test/kit/peers';
import { decodeInvite } from '../invite/link';
import type { Signer } from '../record/signature';
import { Joiner } from './joiner';
import { MemoryStore } from './memory-store';
import { Peer } from './peer';

/** Asks to be let in; `before` are the devices that the key has asked before. */
async function ask(at: Peer, text: string, signer: Signer, store: MemoryStore, before: readonly string[]) {
  const joiner = await Joiner.start(decodeInvite(text), signer, store, around);
  const wire = link(at, joiner);
  const admitter = await joiner.admitter(1_000);
  await joiner.join('Cleo', 1_000, before);
  joiner.close();
  wire.cut();
  return admitter;
}

const describing = { type: 'member.describe', payload: { name: { text: 'Cleo' } } } as const;

/** A founder whose app seals when `seal` is called, and not before. */
async function founderWhoWaits() {
  const { peer: first, signer, store } = await founder();
  await first.close();
  let time = 0;
  const clock = { ...around.clock, now: () => time };
  const peer = await Peer.open(first.id, signer, store, { ...around, clock });
  const seal = async (): Promise<void> => {
    time += 60_000;
    await peer.act({ type: 'member.describe', payload: { name: { text: 'Ana' } } });
  };
  return { peer, signer, seal };
}

describe('a newcomer who was interrupted and asked somebody else', () => {
  it('signs nothing until a seal says whose admission counts, and then by that one', async () => {
    const ana = await founderWhoWaits();
    const text = await invite(ana.peer);
    const ben = await join(ana.peer, await invite(ana.peer), 'ben');
    const cleo = await testSigner('cleo');
    // Nothing of the first attempt is left but whom she asked.
    const asked = await ask(ana.peer, text, cleo, new MemoryStore(), []);
    expect(asked).toBe(ana.signer.device);
    const store = new MemoryStore();
    await ask(ben.peer, text, cleo, store, [asked]);
    for (let opened = 0; opened < 2; opened++) {
      const peer = await Peer.open(ana.peer.id, cleo, store, around);
      expect(peer.me?.member).toBe(ben.peer.state.devices.get(cleo.device)!.member);
      expect(peer.problem).toBe('admission-unsealed');
      await expect(peer.act(describing)).rejects.toMatchObject({ code: 'admission-unsealed' });
      await peer.close();
    }
    // Ana alone seals, and has not heard of Ben's admission.
    await ana.seal();
    await until(() => ana.peer.replica.seals.current!.ground.devices.has(cleo.device));
    const { member } = ana.peer.state.devices.get(cleo.device)!;
    expect(member).not.toBe(ben.peer.state.devices.get(cleo.device)!.member);
    const peer = await Peer.open(ana.peer.id, cleo, store, around);
    link(ana.peer, peer);
    await until(() => peer.problem === null);
    const first = await peer.act(describing);
    expect(peer.replica.record.get(first)!.member).toBe(member);
    await until(() => ana.peer.replica.record.has(first));
    expect(ana.peer.state.withoutEffect.has(first)).toBe(false);
    for (const one of [ana.peer, ben.peer, peer]) await one.close();
  });

  it('need not wait where the other one knew of the admission', async () => {
    const ana = await founder();
    const text = await invite(ana.peer);
    const ben = await join(ana.peer, await invite(ana.peer), 'ben');
    const cleo = await testSigner('cleo');
    const asked = await ask(ana.peer, text, cleo, new MemoryStore(), []);
    const wire = link(ana.peer, ben.peer);
    await until(() => ben.peer.state.devices.has(cleo.device));
    wire.cut();
    const store = new MemoryStore();
    await ask(ben.peer, text, cleo, store, [asked]);
    const peer = await Peer.open(ana.peer.id, cleo, store, around);
    expect(peer.problem).toBeNull();
    const first = await peer.act(describing);
    expect(peer.state.withoutEffect.has(first)).toBe(false);
    for (const one of [ana.peer, ben.peer, peer]) await one.close();
  });
});
