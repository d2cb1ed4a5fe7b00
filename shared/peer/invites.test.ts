import { describe, expect, it } from 'vitest';
import { testSigner } from '../../test/kit/group';
import { around, founder, invite, join, link, until } from '../../test/kit/peers';
import { decodeInvite } from '../invite/link';
import { Joiner } from './joiner';
import { MemoryStore } from './memory-store';
import { Peer } from './peer';

/** Comes with the link, under a key of this name, and asks to be admitted. */
async function attempt(at: Peer, text: string, name: string): Promise<void> {
  const joiner = await Joiner.start(decodeInvite(text), await testSigner(name), new MemoryStore(), around);
  const wire = link(at, joiner);
  try {
    await joiner.join(name, 1_000);
  } finally {
    joiner.close();
    wire.cut();
  }
}

describe('one invite', () => {
  it('intercepted admits whoever comes first, once; the other is told that it is used up', async () => {
    const ana = await founder();
    const ben = await join(ana.peer, await invite(ana.peer), 'ben');
    const text = await invite(ana.peer);
    await attempt(ana.peer, text, 'mallory');
    await expect(attempt(ana.peer, text, 'cleo')).rejects.toMatchObject({ code: 'invite-used-up' });
    // The interceptor's own key may come back, and is no second member.
    await attempt(ana.peer, text, 'mallory');
    expect([...ana.peer.state.members.values()].filter(({ status }) => status === 'active')).toHaveLength(3);
    for (const { peer } of [ana, ben]) await peer.close();
  });

  it('expired admits nobody, by the clock of the member’s app, and nobody is signed in', async () => {
    const ana = await founder();
    const text = await invite(ana.peer);
    await ana.peer.close();
    const later = await Peer.open(ana.peer.id, ana.signer, ana.store, {
      ...around,
      now: () => Date.now() + 90_000_000,
    });
    const size = later.replica.record.size;
    await expect(attempt(later, text, 'ben')).rejects.toMatchObject({ code: 'invite-expired' });
    expect(later.replica.record.size).toBe(size);
    await later.close();
  });

  it('lets nobody back in who has left, neither by the one they came by nor by another', async () => {
    const ana = await founder();
    const first = await invite(ana.peer);
    const ben = await join(ana.peer, first, 'ben');
    link(ana.peer, ben.peer);
    await ben.peer.act({ type: 'member.leave', payload: {} });
    await until(() => ana.peer.state.members.get(ben.peer.me!.member)!.status === 'left');
    await ben.peer.close();
    const another = await invite(ana.peer);
    for (const text of [first, another])
      await expect(attempt(ana.peer, text, 'ben')).rejects.toMatchObject({ code: 'invite-used-up' });
    await ana.peer.close();
  });
});
