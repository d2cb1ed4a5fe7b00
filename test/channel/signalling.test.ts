import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { SignallingService } from '../../node/signalling/service';
import { nodeRuntime } from '../../node/sync/runtime';
import { systemClock, systemRandom } from '../../shared/sync/system';
import { SignalBox } from '../../shared/sync/meeting/signal-box';
import { Signalling, type ServerState } from '../../shared/sync/meeting/signalling';
import type { Clock } from '../../shared/sync/clock';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Ten times as fast, so that backing off does not hold the test up. */
const quickClock: Clock = { ...systemClock, setTimer: (delay, run) => systemClock.setTimer(delay / 10, run) };

interface Client {
  readonly signalling: Signalling;
  readonly got: string[];
  reached: number;
  states: readonly ServerState[];
}
async function client(network: string, servers: readonly string[], clock: Clock = quickClock): Promise<Client> {
  const made: Client = {
    got: [],
    reached: 0,
    states: [],
    signalling: new Signalling({
      box: await SignalBox.forNetwork(network),
      clock,
      random: systemRandom,
      openSocket: nodeRuntime.socket,
      onMessage: (plain) => void made.got.push(new TextDecoder().decode(plain)),
      onReachable: () => (made.reached += 1),
      onChange: (states) => (made.states = states),
    }),
  };
  made.signalling.setServers(servers);
  closers.push(() => made.signalling.close());
  return made;
}

async function service(port = 0): Promise<{ address: string; port: number; close: () => Promise<void> }> {
  const made = new SignallingService();
  const listening = await made.listenLoopback(port);
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= made.close());
  closers.push(close);
  return { address: made.addresses()[0]!, port: listening, close };
}

async function until(done: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !done(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(done()).toBe(true);
}
const say = (from: Client, text: string): Promise<void> => from.signalling.publish(new TextEncoder().encode(text));
const NETWORK = 'ab'.repeat(32);

describe('signalling client', () => {
  it('carries messages within a network, once each, over however many servers', async () => {
    const servers = [(await service()).address, (await service()).address];
    const [a, b, other] = [
      await client(NETWORK, servers),
      await client(NETWORK, servers),
      await client('cd'.repeat(32), servers),
    ];
    await until(() => [a, b, other].every(({ reached }) => reached === 2));
    await say(a, 'one');
    await say(a, 'two');
    await until(() => b.got.length === 2);
    expect([...b.got].sort()).toEqual(['one', 'two']);
    expect(a.got).toEqual([]);
    expect(other.got).toEqual([]);
  });

  it('comes back at once where it is told that there is a network again', async () => {
    const first = await service();
    // On this clock the next try never comes by itself.
    const standing: Clock = { ...systemClock, setTimer: () => () => undefined };
    const a = await client(NETWORK, [first.address], standing);
    await until(() => a.reached === 1);
    await first.close();
    await until(() => a.states[0]?.connected === false);
    await service(first.port);
    a.signalling.retry();
    await until(() => a.reached === 2);
  });

  it('comes back after the server was restarted', async () => {
    const first = await service();
    const [a, b] = [await client(NETWORK, [first.address]), await client(NETWORK, [first.address])];
    await until(() => a.reached === 1 && b.reached === 1);
    await first.close();
    await until(() => a.states[0]?.connected === false && b.states[0]?.connected === false);
    await say(a, 'lost, as nobody is there');
    await service(first.port);
    await until(() => a.reached === 2 && b.reached === 2);
    await say(a, 'again');
    await until(() => b.got.length === 1);
    expect(b.got).toEqual(['again']);
  });

  it('lives with addresses that are none, and with servers that do not answer', async () => {
    const { address } = await service();
    const a = await client(NETWORK, ['', 'http://127.0.0.1:1', 'ws://', 'ws://127.0.0.1:1/', address]);
    await until(() => a.reached === 1 && a.signalling.states[0]!.tried);
    expect(a.signalling.states).toEqual([
      { address: 'ws://127.0.0.1:1/', connected: false, tried: true },
      { address, connected: true, tried: false },
    ]);
    await vi.waitFor(() => expect(a.signalling.states[1]!.tried).toBe(true), 10_000);
    a.signalling.setServers([]);
    expect(a.signalling.states).toEqual([]);
  });

  it('reads nothing from a server that lies, floods and repeats, and never throws', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    closers.push(() => server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const box = await SignalBox.forNetwork(NETWORK);
    const data = await box.seal(new TextEncoder().encode('real'));
    server.on('connection', (socket) => {
      const publish = (body: unknown): void => socket.send(JSON.stringify(body));
      const { topic } = box;
      for (const text of ['', '{', '[]', 'null', '7', '"publish"', '{"type":"publish"}']) socket.send(text);
      socket.send(new Uint8Array(1000));
      publish({ type: 'publish', topic, data: 7 });
      publish({ type: 'publish', topic, data: { data } });
      publish({ type: 'publish', topic, data: 'A'.repeat(300_000) });
      publish({ type: 'publish', topic: 'another', data });
      for (let i = 0; i < 300; i++) publish({ type: 'publish', topic, data: `${i}${data}` });
      setTimeout(() => {
        publish({ type: 'publish', topic, data });
        publish({ type: 'publish', topic, data });
        socket.send('{"type":"pong"}');
      }, 100);
    });
    const port = (server.address() as { port: number }).port;
    const a = await client(NETWORK, [`ws://127.0.0.1:${port}`]);
    await until(() => a.got.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(a.got).toEqual(['real']);
    for (const socket of server.clients) socket.terminate();
  });
});
