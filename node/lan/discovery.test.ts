import { createSocket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { LanDiscovery } from './discovery';

/** Real multicast, which stays on this machine: both ends join and send on loopback, at a port that no other program uses. */
const LOOPBACK = [{ address: '127.0.0.1', netmask: '255.0.0.0' }];
const port = await freePort();
const open: LanDiscovery[] = [];
function start(announced?: () => number | undefined, interfaces = () => LOOPBACK): LanDiscovery {
  const made = new LanDiscovery({ interfaces, port, ...(announced === undefined ? {} : { announced }) });
  open.push(made);
  return made;
}
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));

const LONG = { timeout: 10_000 };

describe('meeting places on a LAN', () => {
  it('are found by whoever looks, and gone when they close', async () => {
    const seeker = start();
    const [ana, ben] = [start(() => 4_001), start(() => 4_002)];
    await expect
      .poll(() => [...seeker.look()].sort(), LONG)
      .toEqual(['ws://127.0.0.1:4001/signal', 'ws://127.0.0.1:4002/signal']);
    await ana.close();
    await expect.poll(() => seeker.look(), LONG).toEqual(['ws://127.0.0.1:4002/signal']);
    // One who announces finds the others, and not itself.
    expect(ben.look()).toEqual([]);
    const cleo = start(() => 4_003);
    await expect.poll(() => ben.look(), LONG).toEqual(['ws://127.0.0.1:4003/signal']);
    await expect.poll(() => cleo.look(), LONG).toEqual(['ws://127.0.0.1:4002/signal']);
  });

  it('are announced from when they open until they close', async () => {
    let place: number | undefined;
    const seeker = start();
    const ana = start(() => place);
    expect(seeker.look()).toEqual([]);
    place = 4_010;
    ana.announceNow();
    await expect.poll(() => seeker.look(), LONG).toEqual(['ws://127.0.0.1:4010/signal']);
    place = 4_011;
    ana.announceNow();
    await expect.poll(() => seeker.look(), LONG).toEqual(['ws://127.0.0.1:4011/signal']);
    place = undefined;
    ana.announceNow();
    await expect.poll(() => seeker.look(), LONG).toEqual([]);
  });

  it('are told with nothing that names a network, a member or a machine', async () => {
    const { packets, close } = await listen();
    start(() => 4_020);
    const seeker = start();
    await expect.poll(() => seeker.look(), LONG).toEqual(['ws://127.0.0.1:4020/signal']);
    await close();
    const texts = packets.map((packet) => packet.toString('latin1').replace(/[^a-z0-9_]+/g, ' '));
    const words = new Set(
      texts
        .join(' ')
        .split(' ')
        .filter((word) => word.length > 3),
    );
    const unknown = [...words].filter(
      (word) => !/^_?(peerhold|local|_tcp)$/.test(word) && !/^[0-9a-f]{16}$/.test(word),
    );
    expect(unknown).toEqual([]);
    expect(words).toContain('_peerhold');
  });

  it('are not looked for, and nothing is sent, while nobody asks', async () => {
    const { packets, close } = await listen();
    start();
    // Something is sent that must arrive after whatever a silent one would have sent.
    start(() => 4_030);
    await expect.poll(() => packets.length, LONG).toBeGreaterThan(0);
    await close();
    expect(packets.filter((packet) => (packet[2]! & 0x80) === 0)).toEqual([]);
  });
});

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
  const { port: free } = socket.address();
  await new Promise<void>((done) => socket.close(done));
  return free;
}

/** Everything that is said on the LAN of these tests. */
async function listen(): Promise<{ readonly packets: Buffer[]; readonly close: () => Promise<void> }> {
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  const packets: Buffer[] = [];
  socket.on('message', (packet) => packets.push(packet));
  await new Promise<void>((done) => socket.bind(port, done));
  socket.addMembership('224.0.0.251', '127.0.0.1');
  return { packets, close: () => new Promise((done) => socket.close(done)) };
}
