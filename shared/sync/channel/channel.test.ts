import { beforeAll, describe, expect, it } from 'vitest';
import { newSigner, random, verify } from '../../../test/channel/identity';
import { memoryPair, type Pair } from '../../../test/channel/memory-link';
import { SimClock } from '../../../test/channel/sim-clock';
import { errorCode } from '../../errors';
import { toHex } from '../../record/bytes';
import { Channel, type ChannelOptions, HANDSHAKE_TIMEOUT, PING_EVERY } from './channel';
import type { RemoteIdentity } from './handshake';
import { KIND } from './kinds';
import { Neighbours } from './neighbours';
import { PRIORITY, QUEUE_HIGH, type Signer } from './ports';

const INVITE = '1d'.repeat(32);
let alice: Signer;
let bob: Signer;
let inviteKey: Signer;
beforeAll(async () => {
  [alice, bob, inviteKey] = await Promise.all([newSigner(), newSigner(), newSigner()]);
});

const options = (signer: Signer, more: Partial<ChannelOptions> = {}): ChannelOptions => ({
  network: 'aa'.repeat(32),
  signer,
  verify,
  random,
  clock: new SimClock(),
  inviteKey: () => inviteKey.deviceKey,
  authorise: () => true,
  ...more,
});
const joins: Partial<ChannelOptions> = { join: { invite: INVITE, sign: (bytes) => inviteKey.sign(bytes) } };

interface Opened {
  readonly pair: Pair;
  readonly a: Channel;
  readonly b: Channel;
}
async function open(forA: Partial<ChannelOptions> = {}, forB: Partial<ChannelOptions> = {}): Promise<Opened> {
  const pair = memoryPair();
  const a = new Channel(pair.transports[0], options(alice, forA));
  const b = new Channel(pair.transports[1], options(bob, forB));
  await pair.settle();
  return { pair, a, b };
}

describe('channel', () => {
  it('opens for two members and carries each kind to its handler', async () => {
    const { pair, a, b } = await open();
    expect((await a.opened).device).toBe(toHex(bob.deviceKey));
    expect((await b.opened).device).toBe(toHex(alice.deviceKey));
    const got: [string, number[]][] = [];
    b.on(KIND.record, (bytes) => void got.push(['record', [...bytes]]));
    b.on(KIND.docs, (bytes) => void got.push(['docs', [...bytes]]));
    a.send(KIND.record, new Uint8Array([1, 2]));
    a.send(KIND.files, new Uint8Array([9]));
    a.send(KIND.docs, new Uint8Array([3]), PRIORITY.bulk);
    await pair.settle();
    expect(got).toEqual([
      ['record', [1, 2]],
      ['docs', [3]],
    ]);
  });

  it('delivers what was sent the moment one side opened', async () => {
    const pair = memoryPair();
    const a = new Channel(pair.transports[0], options(alice));
    const b = new Channel(pair.transports[1], options(bob));
    const got: number[] = [];
    b.on(KIND.record, (bytes) => void got.push(bytes[0]!));
    void a.opened.then(() => {
      for (let i = 0; i < 3; i++) a.send(KIND.record, new Uint8Array([i]));
      a.send(KIND.record, new Uint8Array(100_000).fill(3));
    });
    await pair.settle();
    expect(got).toEqual([0, 1, 2, 3]);
  });

  it('says nothing but the handshake before it is open', async () => {
    const pair = memoryPair();
    const b = new Channel(pair.transports[1], options(bob));
    let heard = 0;
    b.on(KIND.record, () => void (heard += 1));
    expect(() => b.send(KIND.record, new Uint8Array(1))).toThrow('channel.not-open');
    pair.transports[0].send(new Uint8Array([KIND.record, 1, 2, 3]));
    await pair.settle();
    expect(heard).toBe(0);
    await expect(b.opened).rejects.toThrow('channel.not-open');
  });

  it('closes both sides with the code when one refuses', async () => {
    const { a, b } = await open({}, { authorise: () => false });
    expect(b.closed).toEqual({ code: 'channel.not-authorised', by: 'here' });
    expect(a.closed).toEqual({ code: 'channel.not-authorised', by: 'there' });
    await expect(a.opened).rejects.toThrow('channel.not-authorised');
  });

  it('knows which device was refused, where it proved to be that one', async () => {
    const { a, b } = await open({}, { authorise: () => false });
    expect(b.remote).toBeUndefined();
    expect(b.proved).toBe(toHex(alice.deviceKey));
    expect(a.proved).toBe(toHex(bob.deviceKey));
    const liar: Signer = { deviceKey: alice.deviceKey, sign: (bytes) => bob.sign(bytes) };
    const forged = await open({ signer: liar });
    expect(forged.b.closed?.code).toBe('channel.bad-proof');
    expect(forged.b.proved).toBeUndefined();
  });

  it('gives up on a side that says nothing', async () => {
    const clock = new SimClock();
    const a = new Channel(memoryPair().transports[0], options(alice, { clock }));
    await clock.advance(HANDSHAKE_TIMEOUT);
    await expect(a.opened).rejects.toThrow('channel.handshake-timeout');
    expect(clock.pending).toBe(0);
  });

  it('pings, measures, and takes a silent side for dead within 15 s', async () => {
    const clock = new SimClock();
    const { pair, a, b } = await open({ clock });
    await clock.advance(PING_EVERY);
    await pair.settle();
    expect(a.roundTrip).toBe(0);
    expect(b.closed).toBeUndefined();
    for (let i = 0; i < 10; i++) {
      await clock.advance(PING_EVERY);
      await pair.settle();
    }
    expect(a.closed).toBeUndefined();
    await clock.advance(3 * PING_EVERY);
    expect(a.closed).toEqual({ code: 'channel.dead', by: 'here' });
    expect(clock.pending).toBe(0);
  });

  it('after a sleep of hours gives the other side its chance to speak, and finds one dead that has gone', async () => {
    const clock = new SimClock();
    let slept = 0;
    // While a machine sleeps its timers stand still, and its clock does not.
    const sleeper = { now: () => clock.now() + slept, setTimer: clock.setTimer.bind(clock) };
    const { pair, a, b } = await open({ clock: sleeper }, { clock });
    slept += 8 * 3_600_000;
    await clock.advance(PING_EVERY);
    expect(a.closed).toBeUndefined();
    await pair.settle();
    await clock.advance(PING_EVERY);
    expect([a.closed, b.closed]).toEqual([undefined, undefined]);
    slept += 8 * 3_600_000;
    await clock.advance(3 * PING_EVERY);
    expect(a.closed).toEqual({ code: 'channel.dead', by: 'here' });
  });

  it('gives a joiner the joining exchange and nothing else, on both sides', async () => {
    const { a, b } = await open(joins);
    expect(b.remote).toMatchObject({ purpose: 'join', invite: INVITE });
    for (const channel of [a, b])
      expect(() => channel.send(KIND.record, new Uint8Array(1))).toThrow('channel.not-admitted');
    const forging = await open(joins);
    forging.pair.transports[0].send(new Uint8Array([KIND.docs, 1]));
    await forging.pair.settle();
    expect(forging.b.closed).toEqual({ code: 'channel.not-admitted', by: 'here' });
  });

  it('becomes a member’s channel on both sides when the joiner is admitted, and only by the member', async () => {
    const { pair, a, b } = await open(joins);
    const told: RemoteIdentity[] = [];
    const got: number[] = [];
    for (const channel of [a, b]) channel.onAdmitted((remote) => told.push(remote));
    a.on(KIND.record, (bytes) => void got.push(bytes[0]!));
    a.admit();
    await pair.settle();
    expect(told).toEqual([]);
    b.admit();
    b.send(KIND.record, new Uint8Array([7]));
    await pair.settle();
    expect(told.map(({ purpose, localPurpose }) => [purpose, localPurpose])).toEqual([
      ['member', 'member'],
      ['member', 'member'],
    ]);
    expect(got).toEqual([7]);
    a.send(KIND.record, new Uint8Array([8]));
    await pair.settle();
    expect(b.closed).toBeUndefined();
  });

  it('ignores an admission that a joiner sends', async () => {
    const { pair, b } = await open(joins);
    let admissions = 0;
    b.onAdmitted(() => (admissions += 1));
    pair.transports[0].send(new Uint8Array([KIND.control, 3]));
    pair.transports[0].send(new Uint8Array([KIND.record, 1]));
    await pair.settle();
    expect(b.closed?.code).toBe('channel.not-admitted');
    expect(admissions).toBe(0);
  });

  it('closes at once when the roster changes', async () => {
    let member = true;
    const { pair, a, b } = await open({}, { authorise: () => member });
    b.reauthorise();
    expect(b.closed).toBeUndefined();
    member = false;
    b.reauthorise();
    await pair.settle();
    expect(a.closed).toEqual({ code: 'channel.not-authorised', by: 'there' });
  });

  it('does not open for one who was removed during the handshake', async () => {
    let asked = 0;
    const { a, b } = await open({}, { authorise: () => ++asked === 1 });
    expect(b.closed?.code).toBe('channel.not-authorised');
    expect(a.closed?.by).toBe('there');
  });

  it('lets a bulk sender wait for room, and tells it of the close', async () => {
    const { pair, a, b } = await open();
    b.on(KIND.files, () => undefined);
    a.send(KIND.files, new Uint8Array(2 * QUEUE_HIGH), PRIORITY.bulk);
    let room = false;
    const waiting = a.writable().then(() => (room = true));
    await Promise.resolve();
    expect(room).toBe(false);
    await pair.settle();
    await waiting;
    a.send(KIND.files, new Uint8Array(2 * QUEUE_HIGH), PRIORITY.bulk);
    const refused = a.writable().catch(errorCode);
    a.close('channel.done');
    expect(await refused).toBe('channel.done');
  });
});

describe('neighbours', () => {
  it('keeps the newest channel of each device and re-authorises all', async () => {
    const removed = new Set<string>();
    const neighbours = new Neighbours(options(alice, { authorise: ({ device }) => !removed.has(device) }));
    const connect = async (): Promise<Channel> => {
      const pair = memoryPair();
      const other = new Channel(pair.transports[1], options(bob));
      const added = neighbours.add(pair.transports[0], () => undefined);
      added.catch(() => undefined);
      await pair.settle();
      await added;
      await pair.settle();
      return other;
    };
    const first = await connect();
    const before = neighbours.all()[0];
    await connect();
    expect(neighbours.all().length).toBe(1);
    expect(before?.closed?.code).toBe('channel.replaced');
    expect(first.closed).toBeUndefined();
    removed.add(toHex(bob.deviceKey));
    neighbours.reauthorise();
    expect(neighbours.all()).toEqual([]);
    await expect(connect()).rejects.toThrow('channel.not-authorised');
  });
});
