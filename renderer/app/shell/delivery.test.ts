import { describe, expect, test } from 'vitest';
import type { NetworkStatus } from '../../../shared/engine/contract';
import type { Delivery } from '../../../shared/peer/deliveries';
import type { Refusal } from '../../../shared/peer/refusals';
import { hasRow, isOf, othersOf, summarise } from './delivery';

const status: NetworkStatus = {
  me: { device: 'd', member: 'me' },
  online: true,
  meeting: null,
  peers: [],
  refusals: [],
  delivery: [
    { member: 'me', lacks: 0, lacksTexts: 0, completeSince: null, heard: 1, connected: true },
    { member: 'behind', lacks: 4, lacksTexts: 0, completeSince: null, heard: 1, connected: false },
    { member: 'complete', lacks: 0, lacksTexts: 0, completeSince: null, heard: 1, connected: false },
    { member: 'here', lacks: 1, lacksTexts: 0, completeSince: null, heard: 1, connected: true },
  ],
  events: 9,
  sealed: null,
  unsealed: 0,
  pending: 0,
  historyCheck: null,
  problem: null,
  diverged: [],
  newDevice: null,
  restoring: [],
  heard: new Map(),
};

describe('what others have received', () => {
  test('my own devices are not among the others', () => {
    expect(summarise(status)).toEqual({ online: true, connected: 1, complete: 1, others: 3, besides: null });
  });

  test('those who are connected come first, then those who lack most', () => {
    expect(othersOf(status).map((each) => each.member)).toEqual(['here', 'behind', 'complete']);
  });
  test('a keeper or another device of mine counts as no member, and is named where nobody else is connected', () => {
    const away = status.delivery.map((each) => ({ ...each, connected: false }));
    const own: Delivery = {
      member: 'me',
      own: 'phone',
      lacks: 0,
      lacksTexts: 0,
      completeSince: 1,
      heard: 1,
      connected: true,
    };
    const { own: _device, ...same } = own;
    const keeper: Delivery = { ...same, member: 'behind', keeper: 'cellar' };
    const of = (...delivery: Delivery[]) => summarise({ ...status, delivery: [...away, ...delivery] });
    expect(of(own)).toMatchObject({ connected: 0, complete: 1, others: 3, besides: 'own' });
    expect(of(keeper)).toMatchObject({ connected: 0, complete: 1, others: 3, besides: 'keeper' });
    expect(of({ ...keeper, connected: false })).toMatchObject({ besides: null });
  });

  test('a refusal is told with whom it concerns, and apart where there is nobody such', () => {
    const refusal: Refusal = { device: 'd2', member: 'behind', reason: 'not-accepted', at: 1 };
    expect(hasRow(refusal, status)).toBe(true);
    expect(isOf(refusal, status.delivery[1]!)).toBe(true);
    expect(isOf(refusal, status.delivery[2]!)).toBe(false);
    expect(isOf(refusal, { ...status.delivery[1]!, keeper: 'd3' })).toBe(false);
    expect(hasRow({ ...refusal, member: 'gone' }, status)).toBe(false);
    expect(hasRow({ ...refusal, device: null, member: null }, status)).toBe(false);
  });
});
