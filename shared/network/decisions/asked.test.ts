import { describe, expect, it } from 'vitest';
import { type Entry, UNSEALED } from '../../record/entry';
import type { Context } from '../rule';
import { Tables } from '../tables';
import { type AskedOf, outcomeIn } from './asked';

const ballot = (id: string, member: string, depth: number, seal: number): Entry => ({
  network: 'n',
  device: member,
  sequence: 1,
  previous: null,
  parents: [],
  time: 0,
  rules: 1,
  type: 'ballot.cast',
  payload: { proposal: 'p', choice: 'agree' },
  id,
  bytes: new Uint8Array(),
  depth,
  lane: 0,
  place: 0,
  member,
  clock: undefined,
  seal,
});

function contextOf(entries: readonly Entry[]): Context {
  return {
    tables: new Tables(),
    ground: null,
    past: {
      get: (id) => entries.find((entry) => entry.id === id),
      before: () => false,
      precedes: (earlier, entry) => earlier.seal < entry.seal,
      about: () => entries,
      endsOf: () => [],
    },
    clashes: { with: () => [], found: () => undefined },
    relied: () => undefined,
  };
}

const proposal: AskedOf = {
  id: 'p',
  by: 'ana',
  electorate: ['ana', 'ben'],
  blockers: [],
  rule: {
    id: 'all',
    label: 'All',
    method: 'assent',
    electorate: [],
    threshold: 100,
    quorum: 0,
    block: 'nobody',
    override: 0,
    days: 0,
    grace: 0,
  },
};

describe('a proposal whose ballots come from different seals', () => {
  it('counts a sealed ballot when a later one of lower depth is weighed', () => {
    // Ben was away, so his ballot cites old events; Ana's is deep, and sealed.
    const late = ballot('2', 'ben', 3, UNSEALED);
    const sealed = ballot('1', 'ana', 9, 1);
    expect(outcomeIn(contextOf([late, sealed]), proposal, undefined, late).result).toBe('adopted');
    expect(outcomeIn(contextOf([late, sealed]), proposal, undefined, sealed).result).toBe('open');
  });

  it('keeps a member’s sealed assent as the one that counts', () => {
    const late = ballot('2', 'ana', 3, UNSEALED);
    const sealed = ballot('1', 'ana', 9, 1);
    const { standing } = outcomeIn(contextOf([late, sealed]), proposal);
    expect(standing.get('1')).toBe('counts');
    expect(standing.get('2')).toBe('kept');
  });
});
