import { describe, expect, it } from 'vitest';
import { MAX_PLACES, decodeInvite } from '../invite/link';
import { MAX_CODE, fitting } from './links';

const link = {
  network: 'ab'.repeat(32),
  secret: new Uint8Array(16),
  expires: 1_800_000_000_000,
  seal: 'cd'.repeat(32),
  networkName: 'Mill',
  inviter: 'Ann',
  meetingPlaces: ['ws://192.168.1.20:4455/signal'],
};
const helpers = {
  stun: ['stun:stun.example.org', 'stun:stun.example.net'],
  turn: [{ address: 'turn:turn.example.org', username: 'mill', credential: 'sesame' }],
};

describe('what a link has room for', () => {
  it('is all that there is, as a rule', () => {
    expect(decodeInvite(fitting(link, helpers))).toEqual({ ...link, helpers });
    expect(decodeInvite(fitting(link, { stun: [], turn: [] }))).toEqual(link);
  });

  it('is a place and a relay however long everything is, and no more than a code holds', () => {
    const long = (prefix: string, size: number): string => prefix + 'a'.repeat(size - prefix.length);
    const turn = { address: long('turn:', 200), username: '倉'.repeat(128), credential: '庫'.repeat(128) };
    const places = Array.from({ length: MAX_PLACES }, (_one, index) => long(`wss://${index}`, 200));
    const written = fitting(
      {
        ...link,
        networkName: '水'.repeat(120),
        inviter: '車'.repeat(120),
        meetingPlaces: places,
        device: link.network,
      },
      { stun: [long('stun:a', 200), long('stun:b', 200)], turn: [turn, turn] },
    );
    expect(written.length).toBeLessThanOrEqual(MAX_CODE);
    const read = decodeInvite(written);
    expect(read.meetingPlaces[0]).toBe(places[0]);
    expect(read.helpers?.turn).toEqual([turn]);
  });
});
