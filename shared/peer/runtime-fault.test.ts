import { afterEach, describe, expect, it, vi } from 'vitest';
import { around, founder, invite, join, link, until } from '../../test/kit/peers';
import { forkEvidence } from '../network/fork-evidence';
import { HistoryCheck } from './history-check';
import { Peer } from './peer';

const describeAs = (peer: Peer, name: string) =>
  peer.act({ type: 'member.describe', payload: { name: { text: name } } });
const same = (a: Peer, b: Peer): boolean =>
  a.replica.record.size === b.replica.record.size && a.replica.record.all().every(({ id }) => b.replica.record.has(id));

/** No signature can be checked until what this gives is called. */
function fault(): () => void {
  const failing = vi
    .spyOn(globalThis.crypto.subtle, 'verify')
    .mockRejectedValue(new DOMException('no memory', 'OperationError'));
  return () => failing.mockRestore();
}
afterEach(() => {
  vi.restoreAllMocks();
});

async function two() {
  const ana = await founder();
  const ben = await join(ana.peer, await invite(ana.peer), 'ben');
  return { ana, ben };
}

describe('a runtime that can not check signatures for a while', () => {
  it('lets a neighbour go without blame, whose events it could not check, and takes them later', async () => {
    const { ana, ben } = await two();
    link(ana.peer, ben.peer);
    await until(() => same(ana.peer, ben.peer) && ana.peer.connections.length === 1);
    const passed = fault();
    await describeAs(ana.peer, 'Ana');
    await until(() => ana.peer.connections.length === 0 && ben.peer.connections.length === 0);
    expect(same(ana.peer, ben.peer)).toBe(false);
    // While it lasts nobody is let in, and nobody is said to have proved nothing.
    link(ana.peer, ben.peer);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(ana.peer.connections).toEqual([]);
    passed();
    for (const { peer } of [ana, ben]) expect([peer.refusals(), peer.problem]).toEqual([[], null]);
    link(ana.peer, ben.peer);
    await until(() => same(ana.peer, ben.peer));
    for (const { peer } of [ana, ben]) await peer.close();
  });

  it('opens no record meanwhile, and sets nothing of it aside as damaged', async () => {
    const { ana, ben } = await two();
    for (const { peer } of [ana, ben]) await peer.close();
    const passed = fault();
    const opening = Peer.open(ana.peer.id, ana.signer, ana.store, around);
    await expect(opening).rejects.toMatchObject({ code: 'signature-unchecked' });
    passed();
    const opened = await Peer.open(ana.peer.id, ana.signer, ana.store, around);
    expect([opened.problem, same(opened, ana.peer)]).toEqual([null, true]);
    await opened.close();
  });

  it('calls no signature of the history wrong, and checks it once it can', async () => {
    const { ana, ben } = await two();
    const { record } = ana.peer.replica;
    await HistoryCheck.due(ana.store);
    const passed = fault();
    const paused: number[] = [];
    const clock = {
      now: around.clock.now,
      setTimer(delay: number, run: () => void) {
        paused.push(delay);
        if (paused.length === 2) passed();
        return around.clock.setTimer(0, run);
      },
    };
    const check = await HistoryCheck.recall({ record, store: ana.store, clock, heard: () => undefined }, false);
    await check.run();
    expect(check.wrong.size).toBe(0);
    expect(check.progress).toBeNull();
    // Twice it could not, then it took one go.
    expect(paused.filter((delay) => delay > 0)).toHaveLength(2);
    for (const { peer } of [ana, ben]) await peer.close();
  });

  it('says of two events neither that they prove a fork nor that they do not', async () => {
    const { ana, ben } = await two();
    const [one, other] = ana.peer.replica.record.all();
    const passed = fault();
    await expect(forkEvidence(one!.bytes, other!.bytes)).rejects.toMatchObject({ code: 'signature-unchecked' });
    passed();
    for (const { peer } of [ana, ben]) await peer.close();
  });
});
