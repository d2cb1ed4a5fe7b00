import { beforeEach, describe, expect, it } from 'vitest';
import { SimClock } from '../../../test/channel/sim-clock';
import type { Route } from '../channel/ports';
import type { PeerConnection, StatsReport } from './ports';
import { RouteWatch } from './route-watch';

const stats = (address: string): StatsReport =>
  new Map(
    [
      { id: 'a', type: 'local-candidate', candidateType: 'host', address: '10.0.0.5' },
      { id: 'b', type: 'remote-candidate', candidateType: 'host', address },
      { id: 'p', type: 'candidate-pair', localCandidateId: 'a', remoteCandidateId: 'b', selected: true },
    ].entries(),
  );

describe('watching the route of a connection', () => {
  let clock: SimClock;
  let address: string;
  let readings: number;
  let fail: boolean;
  let told: (Route | null)[];
  let waiting: (() => void)[];
  let slow: boolean;
  let listeners: Map<string, () => void>;
  let watch: RouteWatch | undefined;

  beforeEach(() => {
    clock = new SimClock();
    [address, readings, fail, told, waiting, slow] = ['10.0.0.6', 0, false, [], [], false];
    listeners = new Map();
    watch = undefined;
  });
  const start = (more: Partial<PeerConnection> = {}): void => {
    const iceTransport = {
      addEventListener: (type: string, run: () => void) => void listeners.set(type, run),
      removeEventListener: (type: string) => void listeners.delete(type),
    };
    const connection = {
      getStats: async () => {
        readings += 1;
        if (slow) await new Promise<void>((resolve) => waiting.push(resolve));
        if (fail) throw new Error('closed');
        return stats(address);
      },
      sctp: { transport: { iceTransport } },
      addEventListener: (type: string, run: () => void) => void listeners.set(type, run),
      ...more,
    } as unknown as PeerConnection;
    watch = new RouteWatch(connection, clock, (route) => told.push(route));
  };

  it('tells it at once, and anew when the runtime says that another pair is used', async () => {
    start();
    await clock.advance(0);
    expect(told).toEqual(['lan']);
    address = '203.0.113.6';
    listeners.get('selectedcandidatepairchange')!();
    await clock.advance(0);
    expect(told).toEqual(['lan', 'internet']);
    address = '127.0.0.1';
    listeners.get('connectionstatechange')!();
    await clock.advance(0);
    expect(told.at(-1)).toBe('machine');
  });

  it('looks seldom besides, for runtimes that say nothing', async () => {
    start({ sctp: null });
    await clock.advance(0);
    address = '203.0.113.6';
    await clock.advance(10_000);
    expect(told.at(-1)).toBe('internet');
    await clock.advance(3_600_000);
    expect(readings).toBeLessThan(70);
    expect(readings).toBeGreaterThan(50);
  });

  it('reads once more for however many changes come during a reading', async () => {
    slow = true;
    start();
    for (let i = 0; i < 50; i++) listeners.get('selectedcandidatepairchange')!();
    expect(readings).toBe(1);
    slow = false;
    for (const resolve of waiting) resolve();
    await clock.advance(0);
    expect(readings).toBe(2);
  });

  it('keeps what was known when a reading fails, and goes on', async () => {
    start();
    await clock.advance(0);
    fail = true;
    listeners.get('connectionstatechange')!();
    await clock.advance(0);
    expect(told).toEqual(['lan']);
    fail = false;
    await clock.advance(120_000);
    expect(told.at(-1)).toBe('lan');
    expect(told.length).toBeGreaterThan(1);
  });

  it('tells nothing after the end, nor where the runtime can not say', async () => {
    start();
    watch!.end();
    await clock.advance(600_000);
    expect(told).toEqual([]);
    expect(clock.pending).toBe(0);
    expect(listeners.has('selectedcandidatepairchange')).toBe(false);
    start({ getStats: undefined as never });
    await clock.advance(600_000);
    expect(told).toEqual([]);
  });
});
