import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import { SIGNALLING_PATH } from '../../shared/ipc/channels';
import { lanAddresses } from './addresses';
import type { SignallingLimits } from './limits';
import { isAllowedOrigin } from './origin';
import { SignallingService, type LanMemory } from './service';

const services: SignallingService[] = [];
const clients: WebSocket[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.terminate();
  for (const service of services.splice(0)) await service.close();
});

interface Client {
  readonly socket: WebSocket;
  readonly received: Record<string, unknown>[];
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  send(message: unknown): void;
  /** Waits until so many messages are there. */
  waitFor(count: number): Promise<void>;
}

async function start(limits?: Partial<SignallingLimits>): Promise<{ service: SignallingService; url: string }> {
  const service = new SignallingService(limits ? { limits } : {});
  services.push(service);
  await service.listenLoopback();
  return { service, url: service.addresses()[0] ?? '' };
}

async function connectClient(url: string, options: ClientOptions = {}): Promise<Client> {
  const socket = new WebSocket(url, options);
  clients.push(socket);
  const received: Record<string, unknown>[] = [];
  let wake = (): void => undefined;
  socket.on('message', (data: Buffer) => {
    received.push(JSON.parse(data.toString('utf8')) as Record<string, unknown>);
    wake();
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  socket.on('error', () => undefined);
  return {
    socket,
    received,
    closed,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    waitFor: async (count) => {
      while (received.length < count) await new Promise<void>((resolve) => (wake = resolve));
    },
  };
}

/** What was sent before this has been handled when it resolves. */
async function settle(client: Client): Promise<void> {
  const before = client.received.filter(({ type }) => type === 'pong').length;
  client.send({ type: 'ping' });
  while (client.received.filter(({ type }) => type === 'pong').length === before) {
    await client.waitFor(client.received.length + 1);
  }
}

describe('the wire protocol of y-webrtc', () => {
  test('ping is answered with pong', async () => {
    const client = await connectClient((await start()).url);
    client.send({ type: 'ping' });
    await client.waitFor(1);
    expect(client.received).toEqual([{ type: 'pong' }]);
  });

  test('a publication reaches every subscriber, the sender too, unchanged but for the count of clients', async () => {
    const { url } = await start();
    const [a, b, c] = [await connectClient(url), await connectClient(url), await connectClient(url)];
    a.send({ type: 'subscribe', topics: ['room', 'other'] });
    b.send({ type: 'subscribe', topics: ['room'] });
    await settle(a);
    await settle(b);
    const message = { type: 'publish', topic: 'room', data: { type: 'announce', from: 'x', nested: [1, null, 'é'] } };
    a.send(message);
    await a.waitFor(2);
    await b.waitFor(2);
    await settle(c);
    expect(a.received.at(-1)).toEqual({ ...message, clients: 2 });
    expect(b.received.at(-1)).toEqual({ ...message, clients: 2 });
    expect(c.received).toEqual([{ type: 'pong' }]);
  });

  test('who unsubscribed or left is not counted and gets nothing', async () => {
    const { url } = await start();
    const [a, b, c] = [await connectClient(url), await connectClient(url), await connectClient(url)];
    for (const client of [a, b, c]) {
      client.send({ type: 'subscribe', topics: ['room'] });
      await settle(client);
    }
    b.send({ type: 'unsubscribe', topics: ['room', 'never-subscribed'] });
    await settle(b);
    c.socket.close();
    await c.closed;
    a.send({ type: 'publish', topic: 'room', data: 'x' });
    await a.waitFor(2);
    await settle(b);
    expect(a.received.at(-1)).toMatchObject({ clients: 1 });
    expect(b.received.every(({ type }) => type === 'pong')).toBe(true);
  });

  test('a publication to a topic that nobody has is no error', async () => {
    const client = await connectClient((await start()).url);
    client.send({ type: 'publish', topic: 'empty', data: 1 });
    await settle(client);
  });
});

describe('abuse ends that connection and no other', () => {
  const deep = `{"type":"publish","topic":"room","data":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  test.each<[string, string | Buffer, number]>([
    ['no JSON', '{', 1008],
    ['JSON that is no object', '[1]', 1008],
    ['null', 'null', 1008],
    ['an unknown type', '{"type":"shutdown"}', 1008],
    ['a type from the prototype', '{"type":"constructor"}', 1008],
    ['topics that are no list', '{"type":"subscribe","topics":"room"}', 1008],
    ['a topic that is no text', '{"type":"subscribe","topics":[7]}', 1008],
    ['an empty topic', '{"type":"subscribe","topics":[""]}', 1008],
    ['an endless topic', `{"type":"subscribe","topics":["${'x'.repeat(300)}"]}`, 1008],
    ['too many topics at once', JSON.stringify({ type: 'subscribe', topics: Array(100).fill('t') }), 1008],
    ['a publication without a topic', '{"type":"publish","data":1}', 1008],
    ['bytes', Buffer.from([1, 2, 3]), 1003],
    ['a message over the bound', 'x'.repeat(256 * 1024 + 1), 1009],
    ['a message nested deeper than the stack', deep, 1008],
  ])('%s', async (_name, message, code) => {
    const { url } = await start();
    const [good, bad] = [await connectClient(url), await connectClient(url)];
    for (const client of [good, bad]) {
      client.send({ type: 'subscribe', topics: ['room'] });
      await settle(client);
    }
    bad.socket.send(message);
    expect(await bad.closed).toBe(code);
    good.send({ type: 'publish', topic: 'room', data: 'still here' });
    await good.waitFor(2);
    expect(good.received.at(-1)).toMatchObject({ data: 'still here', clients: 1 });
  });

  test('a flood of messages', async () => {
    const client = await connectClient((await start({ messageBurst: 50, messagesPerSecond: 1 })).url);
    for (let sent = 0; sent < 60; sent += 1) client.send({ type: 'ping' });
    expect(await client.closed).toBe(1008);
    expect(client.received.length).toBeLessThanOrEqual(50);
  });

  test('a flood of bytes', async () => {
    const client = await connectClient((await start({ byteBurst: 300_000, bytesPerSecond: 1 })).url);
    const message = { type: 'publish', topic: 'room', data: 'x'.repeat(200_000) };
    client.send(message);
    client.send(message);
    expect(await client.closed).toBe(1008);
  });

  test('more topics than a connection may have', async () => {
    const client = await connectClient((await start({ topicsPerConnection: 3 })).url);
    client.send({ type: 'subscribe', topics: ['a', 'b', 'c'] });
    await settle(client);
    client.send({ type: 'subscribe', topics: ['d'] });
    expect(await client.closed).toBe(1013);
  });

  test('more subscribers than a topic may have', async () => {
    const { url } = await start({ subscribersPerTopic: 1 });
    const [first, second] = [await connectClient(url), await connectClient(url)];
    first.send({ type: 'subscribe', topics: ['room'] });
    await settle(first);
    second.send({ type: 'subscribe', topics: ['room'] });
    expect(await second.closed).toBe(1013);
    await settle(first);
  });

  test.each<[string, Partial<SignallingLimits>]>([
    ['in all', { connections: 2 }],
    ['from one address', { connectionsPerAddress: 2 }],
  ])('more connections than are taken %s', async (_name, limits) => {
    const { url, service } = await start(limits);
    await connectClient(url);
    const second = await connectClient(url);
    await expect(connectClient(url)).rejects.toThrow('503');
    second.socket.close();
    await second.closed;
    while (service.hub.connections > 1) await new Promise((resolve) => setTimeout(resolve, 5));
    await connectClient(url);
  });

  test('a socket that answers no heartbeat', async () => {
    const { url, service } = await start({ heartbeatMs: 60 });
    const [dead, live] = [await connectClient(url, { autoPong: false }), await connectClient(url)];
    await dead.closed;
    while (service.hub.connections > 1) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(live.socket.readyState).toBe(WebSocket.OPEN);
  });

  test('bytes that are no HTTP', async () => {
    const { url } = await start();
    const raw = connect(Number(new URL(url).port), '127.0.0.1');
    raw.on('error', () => undefined);
    const closed = new Promise((resolve) => raw.on('close', resolve));
    raw.write('\u0000\u0001 garbage\r\n\r\n');
    await closed;
    await settle(await connectClient(url));
  });
});

describe('who may connect', () => {
  test.each([
    [undefined, true],
    ['app://peerhold', true],
    ['http://127.0.0.1:20000', true],
    ['http://localhost:1', true],
    ['https://example.org', false],
    ['http://127.0.0.1.example.org:80', false],
    ['http://127.0.0.1', false],
    ['null', false],
    ['file://', false],
    ['app://peerhold.example', false],
  ])('origin %s: %s', (origin, allowed) => {
    expect(isAllowedOrigin(origin)).toBe(allowed);
  });

  test('a web site is refused at the upgrade, and so is another path', async () => {
    const { url } = await start();
    await expect(connectClient(url, { origin: 'https://example.org' })).rejects.toThrow('403');
    await expect(connectClient(url.replace(SIGNALLING_PATH, '/'))).rejects.toThrow('404');
    await connectClient(url, { origin: 'http://127.0.0.1:20000' });
  });

  test('what is no upgrade is told so', async () => {
    const { url } = await start();
    const response = await fetch(url.replace('ws:', 'http:'));
    expect(response.status).toBe(426);
  });
});

describe('the LAN', () => {
  test('is closed at first, opens on the same hub, closes again, and keeps its port', async () => {
    const kept: LanMemory[] = [];
    const service = new SignallingService({ remember: async (memory) => void kept.push(memory) });
    services.push(service);
    await service.listenLoopback();
    expect(service.lanOpen).toBe(false);
    const local = await connectClient(service.addresses()[0] ?? '');
    local.send({ type: 'subscribe', topics: ['room'] });
    await settle(local);

    const [{ addresses }, again] = await Promise.all([service.openLan(), service.openLan()]);
    expect(again.addresses).toEqual(addresses);
    const port = kept[0]?.lanPort ?? 0;
    expect(kept).toEqual([{ lanOpen: true, lanPort: port }]);
    expect(service.addresses()).toHaveLength(1 + addresses.length);
    // Not every machine that runs this has a network: its own loopback is one of "all interfaces" as well.
    const url = addresses[0] ?? `ws://127.0.0.1:${port}${SIGNALLING_PATH}`;
    const remote = await connectClient(url);
    remote.send({ type: 'publish', topic: 'room', data: 'hello' });
    await local.waitFor(2);

    await service.closeLan();
    await remote.closed;
    await settle(local);
    expect(kept.at(-1)).toEqual({ lanOpen: false, lanPort: port });
    await expect(connectClient(url)).rejects.toThrow();
    await service.openLan();
    await connectClient(url);
  });

  test('opens again after a restart if it was open, on another port if its own is taken', async () => {
    const { service: other } = await start();
    const taken = Number(new URL(other.addresses()[0] ?? '').port);
    const service = new SignallingService({ memory: { lanOpen: true, lanPort: taken } });
    services.push(service);
    await service.restore();
    expect(service.lanOpen).toBe(true);
  });

  test('opens at the port that is asked for or not at all, and keeps none that it could not have', async () => {
    const kept: LanMemory[] = [];
    const remember = async (memory: LanMemory): Promise<void> => void kept.push(memory);
    const [other, service] = [new SignallingService({ remember }), new SignallingService({ remember })];
    services.push(other, service);
    await other.openLan();
    const taken = kept.pop()!.lanPort!;
    await expect(service.openLan(taken)).rejects.toThrow('node.port-in-use');
    expect([service.lanOpen, kept]).toEqual([false, []]);
    await other.close();
    await service.openLan(taken);
    expect(kept).toEqual([{ lanOpen: true, lanPort: taken }]);
  });

  test('lists addresses that others can reach and no more', () => {
    const entry = (address: string, internal = false) =>
      ({ address, internal, netmask: '', mac: '', cidr: null, family: 'IPv4' }) as const;
    expect(
      lanAddresses(4000, {
        lo: [entry('127.0.0.1', true), entry('::1', true)],
        wifi: [entry('fe80::1'), entry('fd00::2'), entry('192.168.1.5'), entry('169.254.3.4')],
        cable: [entry('10.0.0.7'), entry('10.0.0.7')],
      }),
    ).toEqual(['ws://192.168.1.5:4000/signal', 'ws://10.0.0.7:4000/signal', 'ws://[fd00::2]:4000/signal']);
  });
});
