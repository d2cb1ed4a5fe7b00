import { describe, expect, it, vi } from 'vitest';
import { memoryPair, type Pair } from '../../test/channel/memory-link';
import { PeerholdError } from '../../shared/errors';
import { FramedTransport } from '../../shared/sync/channel/framed-transport';
import { type CloseReason, PRIORITY, QUEUE_HIGH } from '../../shared/sync/channel/ports';
import { type ExposedTransport, exposeTransport, PortTransport } from './port-transport';

/** Carries frames, and lets ports deliver, until `done`. */
async function until(pair: Pair, done: () => boolean): Promise<void> {
  for (let i = 0; i < 2000 && !done(); i++) {
    pair.carry(0);
    pair.carry(1);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(done()).toBe(true);
}

function connect(): { pair: Pair; proxy: PortTransport; exposed: ExposedTransport } {
  const pair = memoryPair();
  const exposed = exposeTransport(pair.transports[0]);
  return { pair, proxy: new PortTransport(exposed), exposed };
}

describe('transport over a port', () => {
  it('is the transport behind it: info, messages both ways, trust, priorities', async () => {
    const { pair, proxy } = connect();
    expect(proxy.role).toBe('dialler');
    expect(proxy.remoteFingerprint).toEqual(pair.transports[0].remoteFingerprint);
    const there: number[] = [];
    const here: number[] = [];
    pair.transports[1].onMessage((message) => void there.push(message.length));
    pair.transports[1].send(new Uint8Array(7));
    pair.carry(1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    proxy.onMessage((message) => void here.push(message.length));
    proxy.setTrust('peer');
    pair.transports[1].setTrust('peer');
    proxy.send(new Uint8Array(300_000), PRIORITY.bulk);
    proxy.send(new Uint8Array(1), PRIORITY.urgent);
    await until(pair, () => there.length === 2);
    pair.transports[1].send(new Uint8Array(200_000));
    await until(pair, () => here.length === 2);
    expect(there).toEqual([1, 300_000]);
    expect(here).toEqual([7, 200_000]);
  });

  it('tells by what the two met, and by which route it goes, as that changes', async () => {
    const { links } = memoryPair();
    const met = { by: 'place', address: 'ws://place' } as const;
    const prints = { localFingerprint: new Uint8Array(32), remoteFingerprint: new Uint8Array(32) };
    const real = new FramedTransport(links[0], { role: 'dialler', ...prints, met });
    real.setRoute('lan');
    const proxy = new PortTransport(exposeTransport(real));
    expect([proxy.met, proxy.route]).toEqual([met, 'lan']);
    const routes: unknown[] = [];
    proxy.onRoute((route) => routes.push(route));
    for (const route of ['lan', 'relay', 'relay', null] as const) real.setRoute(route);
    await vi.waitFor(() => expect(routes).toEqual(['relay', null]));
    expect(proxy.route).toBeNull();
    const { proxy: other } = connect();
    expect([other.met, other.route]).toEqual([undefined, null]);
  });

  it('knows what is buffered there, and drains', async () => {
    const { pair, proxy } = connect();
    let drains = 0;
    proxy.onDrain(() => (drains += 1));
    pair.transports[1].setTrust('peer');
    pair.transports[1].onMessage(() => undefined);
    proxy.send(new Uint8Array(3 * QUEUE_HIGH), PRIORITY.bulk);
    expect(proxy.buffered).toBe(3 * QUEUE_HIGH);
    await until(pair, () => proxy.buffered === 0);
    expect(drains).toBe(1);
    expect(() => proxy.send(new Uint8Array(40_000_000))).toThrow('channel.message-too-large');
  });

  it('charges the sender for what the worker has not consumed', async () => {
    const { pair, proxy } = connect();
    const waiting: (() => void)[] = [];
    proxy.setTrust('peer');
    proxy.onMessage(() => new Promise((resolve) => waiting.push(resolve)));
    await new Promise((resolve) => setTimeout(resolve, 5));
    for (let i = 0; i < 45; i++) pair.transports[1].send(new Uint8Array(1024 * 1024), PRIORITY.bulk);
    await until(pair, () => waiting.length > 35);
    for (let i = 0; i < 50; i++) {
      pair.carry(1);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(waiting.length).toBeLessThan(45);
    let consumed = 0;
    await until(pair, () => {
      for (const resolve of waiting.splice(0)) {
        resolve();
        consumed += 1;
      }
      return consumed === 45;
    });
  });

  it.each<[string, CloseReason, (proxy: PortTransport, pair: Pair) => void]>([
    ['by the worker', { code: 'channel.x', by: 'here' }, (proxy) => proxy.close('channel.x')],
    ['by the other side', { code: 'channel.y', by: 'there' }, (_, pair) => pair.transports[1].close('channel.y')],
    ['by a broken link', { code: 'channel.lost', by: 'link' }, (_, pair) => pair.links[0].events?.closed()],
    [
      'by a handler that refused a message',
      { code: 'record.bad', by: 'here' },
      (proxy, pair) => {
        proxy.onMessage(() => Promise.reject(new PeerholdError('record.bad')));
        pair.transports[1].send(new Uint8Array(1));
      },
    ],
  ])('closes %s, at both ends, once', async (_name, reason, close) => {
    const { pair, proxy } = connect();
    const reasons: CloseReason[] = [];
    proxy.onClose((told) => reasons.push(told));
    let real: CloseReason | undefined;
    pair.transports[0].onClose((told) => (real = told));
    close(proxy, pair);
    await until(pair, () => reasons.length === 1 && real !== undefined);
    expect(reasons).toEqual([reason]);
    expect(real?.code).toBe(reason.code);
    expect(proxy.buffered).toBe(0);
  });

  it('closes the real transport when the worker is gone', async () => {
    const { pair, exposed } = connect();
    let real: CloseReason | undefined;
    pair.transports[0].onClose((told) => (real = told));
    exposed.port.close();
    await until(pair, () => real !== undefined);
    expect(real).toEqual({ code: 'channel.closed', by: 'here' });
  });
});
