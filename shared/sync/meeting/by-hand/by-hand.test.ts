import { beforeEach, describe, expect, it } from 'vitest';
import { SimClock } from '../../../../test/channel/sim-clock';
import { errorCode } from '../../../errors';
import type { FramedTransport } from '../../channel/framed-transport';
import { systemRandom } from '../../system';
import type { DataChannel, Description, PeerConnection } from '../../webrtc/ports';
import { ByHand, CODE_LIFE, type HandState } from './by-hand';

type Listener = (event: { readonly data?: unknown }) => void;

class Told {
  readonly #listeners = new Map<string, Listener[]>();
  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }
  tell(type: string, event: { readonly data?: unknown } = {}): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(event);
  }
}

class FakeChannel extends Told implements DataChannel {
  binaryType = '';
  bufferedAmountLowThreshold = 0;
  bufferedAmount = 0;
  readyState = 'connecting';
  send(): void {
    // Nothing is read at the other end.
  }
  close(): void {
    this.readyState = 'closed';
  }
}

/** A connection whose description says what is needed, and that opens when the test says so. */
class FakeConnection extends Told implements PeerConnection {
  static addresses = ['a=candidate:1 1 udp 2122265343 192.0.2.7 4321 typ host'];
  readonly channel = new FakeChannel();
  readonly iceGatheringState = 'complete';
  connectionState = 'new';
  localDescription: { sdp: string } | null = null;
  remote: Description | undefined;
  closed = false;

  createDataChannel(): DataChannel {
    return this.channel;
  }
  async createOffer(): Promise<string> {
    return this.#sdp();
  }
  async createAnswer(): Promise<string> {
    return this.#sdp();
  }
  async setLocalDescription(sdp: never): Promise<void> {
    this.localDescription = { sdp };
  }
  async setRemoteDescription(description: Description): Promise<void> {
    this.remote = description;
  }
  close(): void {
    this.closed = true;
  }
  fail(): void {
    this.connectionState = 'failed';
    this.tell('connectionstatechange');
  }
  open(): void {
    this.channel.readyState = 'open';
    this.channel.tell('open');
  }
  #sdp(): string {
    const print = Array.from(systemRandom(32), (byte) => byte.toString(16).padStart(2, '0')).join(':');
    return [
      'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
      ...FakeConnection.addresses,
      'a=ice-ufrag:abcd',
      `a=ice-pwd:${'p'.repeat(24)}`,
      `a=fingerprint:sha-256 ${print}`,
      'a=mid:0',
      '',
    ].join('\r\n');
  }
}

const NETWORK = 'c'.repeat(64);
const clock = new SimClock();

class Side {
  readonly connections: FakeConnection[] = [];
  readonly transports: FramedTransport[] = [];
  readonly hand: ByHand;
  constructor(network = NETWORK, skew = 0) {
    this.hand = new ByHand({
      network,
      clock,
      random: systemRandom,
      now: () => 1_000_000 + clock.now() + skew,
      connection: () => {
        const made = new FakeConnection();
        this.connections.push(made);
        return made;
      },
      onTransport: (transport) => this.transports.push(transport),
    });
  }
  get at(): HandState['at'] {
    return this.hand.state.at;
  }
  get why(): string | undefined {
    return this.hand.state.at === 'ended' ? this.hand.state.why : undefined;
  }
  get connection(): FakeConnection {
    return this.connections.at(-1)!;
  }
  async offer(): Promise<string> {
    await this.hand.offer();
    return this.code;
  }
  async answer(offer: string): Promise<string> {
    await this.hand.answer(offer);
    return this.code;
  }
  get code(): string {
    if (this.hand.state.at !== 'waiting') throw new Error(this.hand.state.at);
    return this.hand.state.code;
  }
}

let ana: Side;
let ben: Side;
beforeEach(() => {
  FakeConnection.addresses = ['a=candidate:1 1 udp 2122265343 192.0.2.7 4321 typ host'];
  ana = new Side();
  ben = new Side();
});

const wrong = async (run: () => unknown): Promise<string> => {
  try {
    await run();
    return 'none';
  } catch (error) {
    return errorCode(error);
  }
};
const bothOpen = (): void => [ana, ben].forEach((side) => side.connection.open());

describe('connecting by hand', () => {
  it('goes from an offer over its answer to a connection, which counts once both have proved who they are', async () => {
    const answer = await ben.answer(await ana.offer());
    ana.hand.accept(answer);
    expect([ana.at, ben.at]).toEqual(['connecting', 'waiting']);
    await clock.advance(0);
    expect(ana.connection.remote?.sdp).toContain('a=setup:active');
    bothOpen();
    expect([ana.at, ben.at]).toEqual(['connecting', 'connecting']);
    for (const { transports } of [ana, ben]) transports[0]!.setTrust('peer');
    expect([ana.at, ben.at]).toEqual(['connected', 'connected']);
    expect([ana, ben].map(({ transports }) => transports[0]!.role)).toEqual(['dialler', 'answerer']);
    expect(ana.transports[0]!.localFingerprint).toEqual(ben.transports[0]!.remoteFingerprint);
  });

  it('refuses a wrong text, and goes on waiting for the right one', async () => {
    const offer = await ana.offer();
    const elsewhere = new Side('d'.repeat(64));
    const cleo = new Side();
    expect(await wrong(() => elsewhere.hand.answer(offer))).toBe('by-hand-network');
    expect(await wrong(() => ben.hand.answer('good morning'))).toBe('by-hand-malformed');
    expect(await wrong(() => ana.hand.answer(offer))).toBe('by-hand-own');
    expect(await wrong(() => ana.hand.accept(offer))).toBe('by-hand-answer-expected');
    const toCleo = await ben.answer(await cleo.offer());
    expect(await wrong(() => ana.hand.accept(toCleo))).toBe('by-hand-other-offer');
    expect(await wrong(() => ben.hand.answer(toCleo))).toBe('by-hand-offer-expected');
    expect([ana.at, elsewhere.at, ben.at]).toEqual(['waiting', 'idle', 'waiting']);
    expect(ana.code).toBe(offer);
    ana.hand.accept(await ben.answer(offer));
    expect(ana.at).toBe('connecting');
  });

  it('takes an answer once, and none before it has offered', async () => {
    const answer = await ben.answer(await ana.offer());
    expect(await wrong(() => ben.hand.accept(answer))).toBe('by-hand-other-offer');
    ana.hand.accept(answer);
    await clock.advance(0);
    const { remote } = ana.connection;
    ana.hand.accept(answer);
    await clock.advance(0);
    expect(ana.connection.remote).toBe(remote);
  });

  it('does not give up while a code is carried, though nothing is heard of the other end', async () => {
    const answer = await ben.answer(await ana.offer());
    ben.connection.fail();
    await clock.advance(CODE_LIFE / 2);
    expect([ana.at, ben.at]).toEqual(['waiting', 'waiting']);
    ana.hand.accept(answer);
    bothOpen();
    expect(ben.at).toBe('connecting');
    ben.transports[0]!.setTrust('peer');
    ben.connection.fail();
    expect(ben.hand.state).toEqual({ at: 'ended', why: 'channel.lost', connected: true });
  });

  it('ends when the code has expired, here and for whoever gets it afterwards', async () => {
    const offer = await ana.offer();
    const answer = await ben.answer(offer);
    await clock.advance(CODE_LIFE + 2_000);
    expect([ana.why, ben.why]).toEqual(['by-hand-expired', 'by-hand-expired']);
    expect([ana.connection.closed, ben.connection.closed]).toEqual([true, true]);
    expect(await wrong(() => ben.hand.answer(offer))).toBe('by-hand-expired');
    expect(await wrong(() => ana.hand.accept(answer))).toBe('by-hand-expired');
  });

  it('says that no way was found, half a minute after the answer was taken', async () => {
    ana.hand.accept(await ben.answer(await ana.offer()));
    await clock.advance(31_000);
    expect(ana.hand.state).toEqual({ at: 'ended', why: 'by-hand-unreached', connected: false });
    expect(ana.connection.closed).toBe(true);
  });

  it('trusts nobody for a code: who does not prove to be a member is refused', async () => {
    ana.hand.accept(await ben.answer(await ana.offer()));
    bothOpen();
    ana.transports[0]!.close('channel.not-admitted');
    expect(ana.hand.state).toEqual({ at: 'ended', why: 'channel.not-admitted', connected: false });
  });

  it('is given up by its person, and what opens afterwards is closed', async () => {
    await ben.answer(await ana.offer());
    ben.hand.cancel();
    expect(ben.at).toBe('idle');
    expect(ben.connection.closed).toBe(true);
    ben.connection.open();
    expect(ben.transports).toEqual([]);
  });

  it('leaves a connection that is up as it is when another device is to be connected', async () => {
    ana.hand.accept(await ben.answer(await ana.offer()));
    bothOpen();
    ana.transports[0]!.setTrust('peer');
    const first = ana.connection;
    await ana.offer();
    expect(first.closed).toBe(false);
    ana.transports[0]!.close('channel.done');
    expect(ana.at).toBe('waiting');
  });

  it('asks the servers that the network lists, and does without where the runtime can not read one', async () => {
    const asked: unknown[] = [];
    let readable = true;
    const hand = new ByHand({
      network: NETWORK,
      clock,
      random: systemRandom,
      now: () => 0,
      connection: ({ iceServers }) => {
        asked.push(iceServers);
        if (!readable && iceServers.length > 0) throw new SyntaxError('not a server');
        return new FakeConnection();
      },
      iceServers: () => [{ urls: 'stun:stun.example.org' }],
      onTransport: () => undefined,
    });
    await hand.offer();
    readable = false;
    await hand.offer();
    expect(asked).toEqual([[{ urls: 'stun:stun.example.org' }], [{ urls: 'stun:stun.example.org' }], []]);
    expect(hand.state.at).toBe('waiting');
  });

  it('needs an address, and a connection to be had', async () => {
    FakeConnection.addresses = [];
    await ana.hand.offer();
    expect(ana.why).toBe('by-hand-no-address');
    const none = new ByHand({
      network: NETWORK,
      clock,
      random: systemRandom,
      now: () => 0,
      connection: () => {
        throw new Error('no more');
      },
      onTransport: () => undefined,
    });
    await none.offer();
    expect(none.state).toEqual({ at: 'ended', why: 'channel.attempt-failed', connected: false });
  });
});
