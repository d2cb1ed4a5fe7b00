import { encode } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SimClock } from '../../../test/channel/sim-clock';
import { PLACE, seeded, SimMeetingPlace } from '../../../test/channel/sim-meeting';
import { MEETING_LIMITS, RETRY, retryDelay } from './limits';
import { Meeting } from './meeting';
import { decodeSignal, encodeSignal, type Signal } from './signal';

describe('meeting', () => {
  it('connects two peers exactly once, whoever comes first', async () => {
    for (let seed = 0; seed < 20; seed++) {
      const place = new SimMeetingPlace(seed);
      place.join();
      await place.clock.advance(seed % 2 === 0 ? 0 : 3000);
      place.join();
      await place.clock.advance(1500);
      expect(place.degrees).toEqual([1, 1]);
      await place.clock.advance(120_000);
      expect(place.degrees).toEqual([1, 1]);
    }
  });

  it('makes a full mesh of a small network within seconds', async () => {
    const place = new SimMeetingPlace(7);
    for (let i = 0; i < 9; i++) place.join();
    await place.clock.advance(5000);
    expect(place.degrees).toEqual(Array(9).fill(8));
  });

  it('connects 60 peers that join at once, within the bounds and with few signals', async () => {
    const place = new SimMeetingPlace(3);
    for (let i = 0; i < 60; i++) place.join();
    await place.clock.advance(20_000);
    expect(place.connected).toBe(true);
    expect(Math.max(...place.degrees)).toBeLessThanOrEqual(MEETING_LIMITS.neighbours + 1);
    expect(Math.min(...place.degrees)).toBeGreaterThanOrEqual(2);
    for (const peer of place.peers.values())
      expect(peer.mostRunning).toBeLessThanOrEqual(MEETING_LIMITS.dialling + MEETING_LIMITS.answering);
    expect(place.signals / 60).toBeLessThan(80);
  });

  it('takes in a peer that comes when everyone is full', async () => {
    for (let seed = 0; seed < 5; seed++) {
      const place = new SimMeetingPlace(seed);
      const limits = { neighbours: 3 };
      for (let i = 0; i < 12; i++) place.join(limits);
      await place.clock.advance(30_000);
      const late = place.join(limits);
      await place.clock.advance(30_000);
      expect(late.up.size).toBeGreaterThanOrEqual(1);
      expect(Math.max(...place.degrees)).toBeLessThanOrEqual(4);
    }
  });

  it('meets in spite of lost signals, and after the meeting place was away', async () => {
    const place = new SimMeetingPlace(11);
    place.loss = 0.4;
    place.reachable = false;
    for (let i = 0; i < 4; i++) place.join();
    await place.clock.advance(60_000);
    expect(place.degrees).toEqual([0, 0, 0, 0]);
    place.reachable = true;
    for (const { meeting } of place.peers.values()) meeting.placeReachable();
    await place.clock.advance(300_000);
    expect(place.degrees).toEqual([3, 3, 3, 3]);
  });

  it('connects again when a connection broke, and with the new self of a peer that reloaded', async () => {
    const place = new SimMeetingPlace(5);
    const stays = place.join();
    let other = place.join();
    await place.clock.advance(2000);
    for (let i = 0; i < 10; i++) {
      if (i % 2 === 0) place.end([...stays.up][0]!, 'channel.lost');
      else {
        place.kill(other);
        other = place.join();
      }
      await place.clock.advance(8000);
      expect([...stays.up].length).toBe(1);
      expect(other.up.size).toBe(1);
    }
  });

  it('keeps 20 peers that come and go connected, within the bounds', async () => {
    const place = new SimMeetingPlace(2);
    place.loss = 0.1;
    for (let i = 0; i < 20; i++) place.join();
    for (let change = 0; change < 20; change++) {
      await place.clock.advance(1_500);
      const there = [...place.peers.values()];
      place.kill(there[place.random(1)[0]! % there.length]!);
      place.join();
    }
    await place.clock.advance(30_000);
    expect(place.peers.size).toBe(20);
    expect(place.connected).toBe(true);
    expect(Math.min(...place.degrees)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...place.degrees)).toBeLessThanOrEqual(MEETING_LIMITS.neighbours + 1);
    for (const { mostRunning } of place.peers.values())
      expect(mostRunning).toBeLessThanOrEqual(MEETING_LIMITS.dialling + MEETING_LIMITS.answering);
  });

  it('gives up a stuck attempt and tries again', async () => {
    const place = new SimMeetingPlace(9);
    const a = place.join();
    const b = place.join();
    const dialler = a.meeting.id < b.meeting.id ? b : a;
    // The other side is gone while its announcements are still about.
    place.peers.delete(dialler.meeting.id);
    await place.clock.advance(3000);
    place.peers.set(dialler.meeting.id, dialler);
    await place.clock.advance(60_000);
    expect([a.up.size, b.up.size]).toEqual([1, 1]);
    expect([a.running, b.running]).toEqual([0, 0]);
  });

  it('leaves a peer that refused it alone, longer each time, until forgiven', async () => {
    const place = new SimMeetingPlace(13);
    const times: number[] = [];
    place.verdict = () => {
      times.push(place.clock.now());
      return 'channel.not-authorised';
    };
    const [a, b] = [place.join(), place.join()];
    await place.clock.advance(1_000_000);
    expect(times.length).toBeGreaterThanOrEqual(3);
    expect(times.length).toBeLessThan(8);
    expect(times[2]! - times[1]!).toBeGreaterThan(100_000);
    place.verdict = () => undefined;
    for (const { meeting } of [a, b]) meeting.forgive();
    await place.clock.advance(2000);
    expect(place.degrees).toEqual([1, 1]);
  });

  it('lets nobody end an open connection by signals', async () => {
    const place = new SimMeetingPlace(15);
    const [a, b] = [place.join(), place.join()];
    await place.clock.advance(2000);
    const [attempt] = a.up;
    place.inject({ type: 'leave', from: a.meeting.id });
    place.inject({ type: 'leave', from: b.meeting.id });
    for (const [from, to] of [
      [a.meeting.id, b.meeting.id],
      [b.meeting.id, a.meeting.id],
    ] as const) {
      place.inject({ type: 'refuse', from, to, attempt: attempt!, why: 'full' });
      place.inject({ type: 'answer', from, to, attempt: attempt!, sdp: 'x' });
      place.inject({ type: 'offer', from, to, attempt: 'ab'.repeat(8), sdp: 'x', degree: 0 });
    }
    await place.clock.advance(30_000);
    expect(a.up.has(attempt!) && b.up.has(attempt!)).toBe(true);
  });

  it('takes an offer only from a peer that is the one to dial, and a reply only from the peer that it dialled', async () => {
    const did: string[] = [];
    const clock = new SimClock();
    const meeting = new Meeting(
      {
        clock,
        random: seeded(4),
        publish: ({ type }) => void did.push(`publish ${type}`),
        offer: () => void did.push('offer'),
        answer: () => void did.push('answer'),
        accept: () => void did.push('accept'),
        drop: (_attempt, code) => void did.push(code),
      },
      MEETING_LIMITS,
    );
    meeting.start();
    const [low, high, other] = ['0'.repeat(32), 'f'.repeat(32), `${'f'.repeat(31)}0`];
    const offer = { type: 'offer', to: meeting.id, sdp: 'x', degree: 0 } as const;
    meeting.receive({ ...offer, from: high, attempt: '1'.repeat(16) }, PLACE);
    expect(did).toEqual([]);
    meeting.receive({ ...offer, from: low, attempt: '2'.repeat(16) }, PLACE);
    expect(did).toEqual(['answer']);

    let attempt = '';
    const dialling = new Meeting(
      {
        clock,
        random: seeded(5),
        publish: () => undefined,
        offer: (id) => (attempt = id),
        answer: () => undefined,
        accept: (_id, sdp) => void did.push(`accept ${sdp}`),
        drop: (_id, code) => void did.push(code),
      },
      MEETING_LIMITS,
    );
    dialling.start();
    dialling.receive({ type: 'announce', from: high, degree: 0 }, PLACE);
    await clock.advance(500);
    dialling.described(attempt, 'offer');
    did.length = 0;
    dialling.receive({ type: 'refuse', from: other, to: dialling.id, attempt, why: 'full' }, PLACE);
    dialling.receive({ type: 'answer', from: other, to: dialling.id, attempt, sdp: 'forged' }, PLACE);
    dialling.receive({ type: 'answer', from: high, to: dialling.id, attempt, sdp: 'real' }, PLACE);
    dialling.receive({ type: 'answer', from: high, to: dialling.id, attempt, sdp: 'again' }, PLACE);
    expect(did).toEqual(['accept real']);
  });

  it('stays within its bounds under any signals, and throws at none', async () => {
    const ids = fc.constantFrom(...Array.from({ length: 30 }, (_, i) => (i % 10).toString().repeat(30) + (10 + i)));
    const attempts = fc.constantFrom(...Array.from({ length: 20 }, (_, i) => 'a'.repeat(14) + (10 + i)));
    const addressed = { from: ids, to: fc.constant('me'), attempt: attempts };
    const signal = fc.oneof(
      fc.record({ type: fc.constant('announce'), from: ids, degree: fc.nat(9) }),
      fc.record({ type: fc.constant('leave'), from: ids }),
      fc.record({ type: fc.constant('offer'), ...addressed, sdp: fc.constant('x'), degree: fc.nat(9) }),
      fc.record({ type: fc.constant('answer'), ...addressed, sdp: fc.constant('x') }),
      fc.record({ type: fc.constant('refuse'), ...addressed, why: fc.constantFrom('full', 'busy') }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(signal, { maxLength: 80 }), fc.nat(1000), async (signals, seed) => {
        const place = new SimMeetingPlace(seed);
        const peer = place.join();
        for (const one of signals) {
          const read = decodeSignal(encode('to' in one ? { ...one, to: peer.meeting.id } : one));
          expect(read).toBeDefined();
          peer.meeting.receive(read!, PLACE);
          await place.clock.advance(20);
        }
        expect(peer.mostRunning).toBeLessThanOrEqual(MEETING_LIMITS.dialling + MEETING_LIMITS.answering);
        await place.clock.advance(30_000);
        peer.meeting.stop('channel.closed');
        expect(peer.running).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('remembers a bounded number of peers', async () => {
    const place = new SimMeetingPlace(1);
    const { meeting } = place.join({ knownPeers: 50 });
    for (let i = 0; i < 500; i++)
      meeting.receive({ type: 'announce', from: i.toString(16).padStart(32, '0'), degree: 3 }, PLACE);
    expect(meeting.known).toBe(50);
    await place.clock.advance(RETRY.forget + 2 * RETRY.announce);
    expect(meeting.known).toBe(0);
  });
});

describe('retry delay', () => {
  it.each([
    ['channel.lost', 1, 500],
    ['channel.lost', 3, 2000],
    ['channel.lost', 30, 30_000],
    ['channel.refused-full', 1, 15_000],
    ['channel.not-authorised', 1, 60_000],
    ['channel.anything-else', 9, 600_000],
  ])('after %s the %i. time is %i ms', (code, failures, delay) => {
    expect(retryDelay(code, failures)).toBe(delay);
  });
});

describe('signals', () => {
  const offer: Signal = {
    type: 'offer',
    from: 'a'.repeat(32),
    to: 'b'.repeat(32),
    attempt: 'c'.repeat(16),
    sdp: 'v=0',
    degree: 2,
  };

  it('survive encoding', () => {
    expect(decodeSignal(encodeSignal(offer))).toEqual(offer);
  });

  it('are nothing unless they are exactly signals', () => {
    const others = [
      null,
      [],
      'offer',
      { ...offer, type: 'join' },
      { ...offer, extra: 1 },
      { ...offer, from: 'A'.repeat(32) },
      { ...offer, sdp: 'x'.repeat(16 * 1024 + 1) },
      { ...offer, degree: -1 },
      { type: 'announce', from: offer.from },
    ];
    for (const value of others) expect(decodeSignal(encode(value))).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(decodeSignal(bytes)).toBeUndefined();
      }),
    );
  });
});
