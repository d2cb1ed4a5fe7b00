import { createSocket } from 'node:dgram';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { foundingPayload, newDraft, withPreset } from '../../shared/engine/founding-draft';
import { decodeInvite } from '../../shared/invite/link';
import { LanDiscovery } from '../lan/discovery';
import { findProfile } from '../profile/profile';
import { SignallingService } from '../signalling/service';
import { NodeEngine } from './node-engine';

/** Two peers in Node that know no address of each other, and real multicast that stays on this machine. */
describe('peers in Node', () => {
  let home = '';
  const before = process.env.PEERHOLD_HOME;
  const place = new SignallingService();
  const closing: (() => Promise<unknown>)[] = [() => place.close()];

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'peerhold-lan-'));
    process.env.PEERHOLD_HOME = home;
  });
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
    if (before === undefined) delete process.env.PEERHOLD_HOME;
    else process.env.PEERHOLD_HOME = before;
    await rm(home, { recursive: true, force: true });
  });

  it('join and sync by a meeting place that is announced on the LAN, and by nothing else', async () => {
    const port = await freePort();
    const lan = (announced?: () => number | undefined): LanDiscovery => {
      const interfaces = () => [{ address: '127.0.0.1', netmask: '255.0.0.0' }];
      return new LanDiscovery({ interfaces, port, ...(announced === undefined ? {} : { announced }) });
    };
    /** Milliseconds that the timers of ann's machine did not see. */
    let slept = 0;
    const open = async (name: string, places: readonly string[], now = () => Date.now()): Promise<NodeEngine> => {
      const engine = await NodeEngine.open(findProfile(name), { meets: true, discovery: lan(), now });
      closing.push(() => engine.close());
      engine.host.places.own = places;
      await engine.host.setOnline(true);
      return engine;
    };
    const served = await place.listenLoopback();
    const ann = await open('ann', [], () => Date.now() + slept);
    const words = (key: string): string => key;
    const draft = withPreset({ ...newDraft(words, 'EUR', 'desk'), name: 'N', purpose: 'P', you: 'Ann' }, 'circle');
    const network = await ann.host.found(foundingPayload(draft, words));
    await ann.host.open(network);
    const { link } = await ann.host.invite(network, { type: 'member', uses: 1, days: 7 });
    expect(decodeInvite(link).meetingPlaces).toEqual([]);

    const announcer = lan(() => served);
    closing.push(() => announcer.close());
    const ben = await open('ben', []);
    expect(await ben.host.join(link, 'Ben')).toBe(network);
    await ben.host.open(network);
    const peer = await ann.host.peer(network);
    await expect.poll(() => peer.state.members.size, { timeout: 10_000 }).toBe(2);
    const theirs = await ben.host.peer(network);
    await expect.poll(() => theirs.connections.length, { timeout: 20_000 }).toBe(1);
    // Both say how that came about, and that it stays on this machine.
    const address = `ws://127.0.0.1:${served}/signal`;
    for (const [engine, other] of [
      [ann, theirs],
      [ben, peer],
    ] as const) {
      const expected = {
        device: other.me!.device,
        met: { by: 'place', address, kind: 'found' },
        route: 'machine',
        since: expect.any(Number),
      };
      const { peers, meeting } = await vi.waitFor(async () => {
        const status = await engine.host.status(network);
        expect(status.peers[0]?.route).not.toBeNull();
        return status;
      });
      expect(peers).toEqual([expect.objectContaining(expected)]);
      expect(meeting).toMatchObject({ places: [{ address, kind: 'found', connected: true }], known: 1, failures: {} });
    }
    // The machine sleeps, and wakes: the person's own choice to be reached stays.
    await ann.host.setAwake(false);
    expect(await ann.host.status(network)).toMatchObject({ online: true, meeting: null, peers: [] });
    await vi.waitFor(async () => expect((await ben.host.status(network)).peers).toEqual([]));
    await ann.host.setAwake(true);
    await expect.poll(() => theirs.connections.length, { timeout: 20_000 }).toBe(1);
    // Nobody tells a program in Node of it: it notices by its clock, and connects anew.
    slept += 3_600_000;
    const woken = Date.now() + slept;
    await vi.waitFor(
      async () => {
        const [connection] = (await ann.host.status(network)).peers;
        expect(connection?.since).toBeGreaterThanOrEqual(woken);
      },
      { timeout: 20_000 },
    );
    await ann.host.setOnline(false);
    expect(await ann.host.status(network)).toMatchObject({ online: false, meeting: null });
    await vi.waitFor(async () => expect((await ben.host.status(network)).peers).toEqual([]));
  });
});

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
  const { port } = socket.address();
  await new Promise<void>((done) => socket.close(done));
  return port;
}
