import { describe, expect, it } from 'vitest';
import type { Entry } from '../record/entry';
import { Places } from './places';
import { valueOf } from './value';
import { type Vote, Votes, VotesOfHeight, isVote, voters } from './votes';

const hex = (digit: string): string => digit.repeat(64);
const PREVIOUS = hex('a');

let count = 0;
/** A vote by a device of the same name's member, in the order in which tests make them unless an id is given. */
const vote = (type: Vote['type'], device: string, payload: object, id = `${(count += 1)}`.padStart(4, '0')): Vote =>
  ({
    id,
    type,
    device,
    member: `member ${device}`,
    payload: { height: 1, previous: PREVIOUS, ...payload },
  }) as unknown as Vote;
const ids = (votes: readonly Vote[]): string[] => votes.map(({ id }) => id);
const sealer = (device: string) => ({ device, member: `member ${device}`, devices: [device] });

describe('votes', () => {
  it('are those of the sealers, each for their own device, on the seal after the one before', () => {
    const all = new VotesOfHeight();
    const counts = vote('seal.ready', 'x', {});
    all.add(counts);
    all.add(vote('seal.ready', 'z', {}));
    all.add(vote('seal.ready', 'x', { previous: hex('b') }));
    all.add({ ...vote('seal.ready', 'y', {}), member: 'member x' });
    expect(ids(all.of([sealer('x'), sealer('y')], PREVIOUS, new Places(() => true)).all)).toEqual([counts.id]);
    expect(all.all()).toHaveLength(4);
  });

  it('are found by kind, round and proposer, with the smallest id first', () => {
    const votes = new Votes([
      vote('seal.propose', 'x', { round: 0 }, 'd'),
      vote('seal.propose', 'x', { round: 0 }, 'c'),
      vote('seal.propose', 'y', { round: 0 }, 'b'),
      vote('seal.propose', 'x', { round: 1 }, 'a'),
      vote('seal.prevote', 'x', { round: 0, value: null }, 'f'),
      vote('seal.prevote', 'x', { round: 1, value: null }, 'e'),
      vote('seal.precommit', 'x', { round: 0, value: null }, 'h'),
      vote('seal.precommit', 'x', { round: 1, value: null }, 'g'),
      vote('seal.ready', 'x', {}, 'i'),
    ]);
    expect(votes.proposalsIn(0, sealer('x'))[0]?.id).toBe('c');
    expect(votes.proposalsIn(1, sealer('x'))[0]?.id).toBe('a');
    expect(votes.proposalsIn(1, sealer('y'))).toEqual([]);
    expect(ids(votes.proposals())).toEqual(['a', 'b', 'c', 'd']);
    expect(ids(votes.prevotes(0))).toEqual(['f']);
    expect(ids(votes.precommits(1))).toEqual(['g']);
    expect(ids(votes.precommits())).toEqual(['g', 'h']);
    expect(ids(votes.ready())).toEqual(['i']);
  });

  it('say which round each device has come to', () => {
    const votes = new Votes([
      vote('seal.prevote', 'x', { round: 2, value: null }),
      vote('seal.prevote', 'x', { round: 1, value: null }),
      vote('seal.precommit', 'y', { round: 0, value: null }),
      vote('seal.ready', 'z', {}),
    ]);
    expect(Object.fromEntries(votes.rounds())).toEqual({ 'member x': 2, 'member y': 0 });
  });

  it('are counted by device', () => {
    expect(voters([vote('seal.ready', 'x', {}), vote('seal.ready', 'x', {}), vote('seal.ready', 'y', {})])).toBe(2);
    expect(voters([])).toBe(0);
  });

  it('have the shape of their kind', () => {
    const made = (type: string, payload: object) => ({ type, payload }) as Entry;
    const ready = (change: object) => made('seal.ready', { height: 1, previous: PREVIOUS, time: 0, ...change });
    expect(isVote(ready({}))).toBe(true);
    expect(isVote(ready({ height: 0 }))).toBe(false);
    expect(isVote(ready({ height: 0xffff_ffff }))).toBe(true);
    expect(isVote(ready({ height: 0x1_0000_0000 }))).toBe(false);
    expect(isVote(ready({ time: -1 }))).toBe(false);
    expect(isVote(made('member.leave', {}))).toBe(false);
    const prevote = { height: 1, round: 0, previous: PREVIOUS, value: null };
    expect(isVote(made('seal.prevote', prevote))).toBe(true);
    expect(isVote(made('seal.prevote', { ...prevote, round: -1 }))).toBe(false);
    expect(isVote(made('seal.prevote', { ...prevote, round: 0xffff }))).toBe(true);
    expect(isVote(made('seal.prevote', { ...prevote, round: 0x1_0000 }))).toBe(false);
    const cited = Array.from({ length: 201 }, (_, index) => index.toString(16).padStart(64, '0'));
    const proposal = {
      ...prevote,
      value: undefined,
      ready: cited.slice(0, 200),
      time: 0,
      digest: PREVIOUS,
      valid: null,
    };
    const { value: _, ...propose } = proposal;
    expect(isVote(made('seal.propose', propose))).toBe(true);
    expect(isVote(made('seal.propose', { ...propose, ready: cited }))).toBe(false);
    expect(isVote(made('seal.propose', { ...propose, ready: [] }))).toBe(false);
    expect(isVote(made('seal.propose', { ...propose, time: -1 }))).toBe(false);
  });
});

describe('the value of a seal', () => {
  it('is bound to all that the seal fixes, byte for byte as documented', () => {
    const value = { network: hex('1'), height: 2, previous: hex('3'), ready: [hex('4')], time: 5, digest: hex('6') };
    const all = [
      value,
      { ...value, network: hex('0') },
      { ...value, height: 3 },
      { ...value, previous: hex('0') },
      { ...value, ready: [hex('4'), hex('5')] },
      { ...value, time: 6 },
      { ...value, digest: hex('0') },
    ];
    expect(new Set(all.map(valueOf)).size).toBe(all.length);
    // SHA-256 over `peerhold/seal/1`, a zero byte and 86 5820 11.. 02 5820 33.. 81 5820 44.. 05 5820 66.., computed by other means.
    expect(valueOf(value)).toBe('2d5c74c0cb4d8e56c0a2eeb096d3a1a4bb46d7a86a47f9e1ca9bcfe10854459a');
  });
});
