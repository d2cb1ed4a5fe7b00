import { describe, expect, test } from 'vitest';
import type { NetworkStatus } from '../../../shared/engine/contract';
import { othersOf, summarise } from './delivery';

const status: NetworkStatus = {
  me: { device: 'd', member: 'me' },
  online: true,
  meetingPlaces: [],
  peers: [],
  delivery: [
    { member: 'me', lacks: 0, heard: 1, connected: true },
    { member: 'behind', lacks: 4, heard: 1, connected: false },
    { member: 'complete', lacks: 0, heard: 1, connected: false },
    { member: 'here', lacks: 1, heard: 1, connected: true },
  ],
  events: 9,
  sealed: null,
  unsealed: 0,
  pending: 0,
  historyCheck: null,
  problem: null,
  newDevice: null,
  heard: new Map(),
};

describe('what others have received', () => {
  test('my own devices are not among the others', () => {
    expect(summarise(status)).toEqual({ online: true, connected: 1, complete: 1, others: 3 });
  });

  test('those who are connected come first, then those who lack most', () => {
    expect(othersOf(status).map((each) => each.member)).toEqual(['here', 'behind', 'complete']);
  });
});
