import { describe, expect, it } from 'vitest';
import { around, founder, invite, join, link, until } from '../../test/kit/peers';
import { Deliveries } from './deliveries';
import { MemoryStore } from './memory-store';
import { Peer } from './peer';

const describeAs = (text: string) => ({ type: 'member.describe', payload: { name: { text } } }) as const;

describe('what others have of mine', () => {
  it('is complete since they first said so, through repetitions and a restart, until there is more', async () => {
    const ana = await founder();
    const ben = await join(ana.peer, await invite(ana.peer), 'ben');
    await ben.peer.close();
    const begin = Date.now();
    let now = begin + 5;
    const clock = { ...around, now: () => now };
    const open = () => Peer.open(ana.peer.id, ben.signer, ben.store, clock);
    let peer = await open();
    const toAna = () => peer.deliveries()[0]!;
    await peer.act(describeAs('Benno'));
    expect(toAna()).toMatchObject({ lacks: 1, completeSince: null });
    let wire = link(peer, ana.peer);
    await until(() => toAna().lacks === 0);
    expect(toAna().completeSince).toBe(begin + 5);
    wire.cut();
    await until(() => !toAna().connected);
    now = begin + 6;
    wire = link(peer, ana.peer);
    await until(() => toAna().heard === begin + 6);
    expect(toAna()).toMatchObject({ lacks: 0, completeSince: begin + 5 });
    now = begin + 7;
    await peer.act(describeAs('Benedikt'));
    await until(() => toAna().lacks === 0);
    expect(toAna().completeSince).toBe(begin + 7);
    wire.cut();
    await until(() => !toAna().connected);
    now = begin + 8;
    await peer.act(describeAs('Ben'));
    expect(toAna()).toMatchObject({ lacks: 1, completeSince: null });
    link(peer, ana.peer);
    await until(() => toAna().lacks === 0);
    await peer.close();
    now = begin + 9;
    peer = await open();
    expect(toAna()).toMatchObject({ lacks: 0, completeSince: begin + 8, connected: false });
    await peer.close();
    await ana.peer.close();
  });

  it('is seen from what they signed where they were never heard, and then not since when', async () => {
    const ana = await founder();
    const text = await invite(ana.peer, 2);
    const ben = await join(ana.peer, text, 'ben');
    const cleo = await join(ana.peer, text, 'cleo', 2);
    const toCleo = () => ben.peer.deliveries().find(({ member }) => member === cleo.peer.me!.member)!;
    link(ana.peer, ben.peer);
    link(ana.peer, cleo.peer);
    await until(() => ben.peer.deliveries().length === 2);
    await ben.peer.act(describeAs('Benno'));
    expect(toCleo()).toMatchObject({ lacks: 1, heard: null });
    const benno = ben.peer.me!.member;
    await until(() => cleo.peer.replica.text(cleo.peer.state.members.get(benno)!.name) === 'Benno');
    await cleo.peer.act(describeAs('Cleopatra'));
    await until(() => toCleo().lacks === 0);
    expect(toCleo()).toMatchObject({ completeSince: null, heard: null, connected: false });
    for (const { peer } of [ana, ben, cleo]) await peer.close();
  });

  it('is taken as said from notes of before they had a time for it', async () => {
    const store = new MemoryStore();
    const device = 'b'.repeat(64);
    await store.remember('deliveries', { own: 'a'.repeat(64), devices: new Map([[device, { has: 3, at: 9 }]]) });
    const deliveries = await Deliveries.recall(store, 'a'.repeat(64));
    expect([deliveries.of(device), deliveries.heard().get(device)]).toEqual([3, 9]);
  });
});
