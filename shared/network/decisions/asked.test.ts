import { describe, expect, it } from 'vitest';
import { type Entry, UNSEALED } from '../../record/entry';
import type { Context } from '../rule';
import { Tables } from '../tables';
import { type AskedOf, isVoid, mayCast, outcomeIn } from './asked';

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

function contextOf(entries: readonly Entry[], ground: Context['ground'] = null, seen: readonly string[] = []): Context {
  return {
    tables: new Tables(),
    ground,
    rules: 1,
    past: {
      get: (id) => entries.find((entry) => entry.id === id),
      before: ({ id }) => seen.includes(id),
      precedes: (earlier, entry) => earlier.seal < entry.seal,
      about: () => entries,
      endsOf: () => [],
      rootsOf: () => [],
      certificateOf: () => undefined,
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

describe('a ballot', () => {
  it('counts of who is in the electorate, and a block of who may block', () => {
    const asked = { ...proposal, blockers: ['ben'] };
    const may = (member: string, choice: string) => mayCast(asked, member, choice);
    expect([may('ana', 'agree'), may('ana', 'block'), may('ben', 'block')]).toEqual([true, false, true]);
    expect([may('eve', 'agree'), may('eve', 'block')]).toEqual([false, false]);
    const own = ballot('1', 'ana', 1, UNSEALED);
    const foreign = ballot('2', 'eve', 2, UNSEALED);
    expect(outcomeIn(contextOf([own, foreign]), proposal)).toMatchObject({ result: 'open', counted: ['1'] });
  });
});

describe('what ends a proposal', () => {
  const byVote = { ...proposal, rule: { ...proposal.rule, method: 'vote' as const, threshold: 67 } };
  const sealedGround = { height: 1 } as Context['ground'];
  const act = (type: string, member: string, payload: object, seal: number): Entry => ({
    ...ballot('2', member, 5, seal),
    type,
    payload: { proposal: 'p', ...payload },
  });

  it('is a closing by one of the electorate; once there are seals, one of the first section', () => {
    const cast = ballot('1', 'ana', 1, 1);
    const result = (ground: Context['ground'], seal: number, by = 'ben') => {
      const closing = act('decision.close', by, { ballots: ['1'] }, seal);
      return outcomeIn(contextOf([cast, closing], ground, ['1']), byVote).result;
    };
    expect([result(null, UNSEALED), result(sealedGround, 1)]).toEqual(['adopted', 'adopted']);
    expect([result(sealedGround, 0), result(sealedGround, 2), result(sealedGround, UNSEALED)]).toEqual([
      'open',
      'open',
      'open',
    ]);
    expect(result(null, UNSEALED, 'eve')).toBe('open');
  });

  it('is its proposer’s withdrawal, nobody else’s and nothing else of theirs', () => {
    const result = (type: string, by: string) => outcomeIn(contextOf([act(type, by, {}, UNSEALED)]), byVote).result;
    expect([result('proposal.withdraw', 'ana'), result('proposal.withdraw', 'ben'), result('note', 'ana')]).toEqual([
      'withdrawn',
      'open',
      'open',
    ]);
  });
});

describe('what an author did who was revoked or has left', () => {
  it('is void unless that had seen it; the end itself is not void by itself', () => {
    const cast = ballot('1', 'ana', 1, UNSEALED);
    const end = { ...ballot('9', 'ana', 4, UNSEALED), type: 'member.leave', payload: {} };
    const voided = (entry: Entry, ends: readonly Entry[], precedes: boolean) => {
      const { past, ...context } = contextOf([cast]);
      return isVoid({ ...context, past: { ...past, endsOf: () => ends, precedes: () => precedes } }, entry);
    };
    expect([voided(cast, [end], true), voided(cast, [end], false), voided(cast, [], false)]).toEqual([
      false,
      true,
      false,
    ]);
    expect(voided(end, [end], false)).toBe(false);
    expect(voided(end, [end, { ...end, id: '8' }], false)).toBe(true);
  });
});

describe('who votes on removals, time and again', () => {
  /** Each of these members has been removed by the proposal beside it; they vote in turns on each of these, each vote after all before it. */
  function work(removals: Readonly<Record<string, string>>, votes: number): number {
    let asked = 0;
    const members = Object.keys(removals);
    const about = new Map<string, Entry[]>(Object.values(removals).map((removal) => [removal, []]));
    for (let depth = 1; depth <= votes; depth++) {
      const on = [...about.keys()][depth % about.size]!;
      const id = `${depth}`;
      const cast = ballot(id, members[(depth >> 1) % members.length]!, depth, UNSEALED);
      about.get(on)!.push({ ...cast, payload: { proposal: on, choice: 'agree' } });
    }
    const entries = [...about.values()].flat();
    const { past, ...context } = contextOf(entries);
    for (const [member, until] of Object.entries(removals)) {
      context.tables.set('members', member, { id: member, until } as never);
      context.tables.set('proposals', until, { ...proposal, electorate: ['ana', 'ben', 'cem'], id: until } as never);
    }
    const before = (ancestor: Entry, entry: Entry): boolean => {
      asked += 1;
      return ancestor.depth < entry.depth;
    };
    const causal = { ...past, before, about: (id: string) => about.get(id) ?? [] };
    expect(isVoid({ ...context, past: causal }, entries.at(-1)!)).toBe(false);
    return asked;
  }

  it.each([
    ['one, on their own', { ana: 'p' }],
    ['two, on each other’s', { ana: 'q', ben: 'p' }],
  ])('costs no more than a power of how often: %s', (_who, removals) => {
    expect(work(removals, 24) / work(removals, 12)).toBeLessThan(16);
  });
});
