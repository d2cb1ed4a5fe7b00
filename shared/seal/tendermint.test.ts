import { describe, expect, it } from 'vitest';
import type { Height } from './chain';
import { type Standpoint, type Timer, nextStep, proposerOf } from './tendermint';
import { type Proposal, type Vote, Votes } from './votes';

const SEALERS = ['a', 'b', 'c', 'd'].map((device) => ({ device, member: device, devices: [device] }));
const [A, B, C, D] = SEALERS as [Sealing, Sealing, Sealing, Sealing];
type Sealing = (typeof SEALERS)[number];

let count = 0;
const vote = (type: Vote['type'], { device }: Sealing, payload: object): Vote =>
  ({ id: `${(count += 1)}`.padStart(4, '0'), type, device, member: device, payload }) as unknown as Vote;
const ready = (...by: Sealing[]) => by.map((one) => vote('seal.ready', one, {}));
const prevotes = (round: number, value: string | null, ...by: Sealing[]) =>
  by.map((one) => vote('seal.prevote', one, { round, value }));
const precommits = (round: number, value: string | null, ...by: Sealing[]) =>
  by.map((one) => vote('seal.precommit', one, { round, value }));
/** The value is in the digest: it is what these tests tell proposals apart by. */
const proposed = (by: Sealing, round: number, value: string, valid: number | null = null) =>
  vote('seal.propose', by, { round, digest: value, valid }) as Proposal;

interface Look {
  readonly me?: Sealing;
  readonly round?: number;
  readonly expired?: readonly Timer[];
  /** 'later': its clock is not there yet. */
  readonly accepts?: boolean | 'later';
  readonly wellMade?: boolean;
}

/** Votes, however they are grouped. */
type Group = Vote | readonly Group[];
const flat = (group: Group): Vote[] => (Array.isArray(group) ? group.flatMap(flat) : [group as Vote]);

/** Height 4: in round 0 it is the turn of `a`. A quorum is ready unless a test says who is. */
function step(votes: readonly Group[], look: Look = {}) {
  const { me = B, round = 0, expired = [], accepts = true, wellMade = true } = look;
  const all = flat(votes);
  if (!all.some(({ type }) => type === 'seal.ready')) all.push(...ready(A, B, C));
  const readies = all.filter(({ type }) => type === 'seal.ready');
  const height = { height: 4, sealers: SEALERS, quorum: 3, votes: new Votes(all), readies } as unknown as Height;
  const point: Standpoint = {
    height,
    me,
    round,
    judge: {
      valueOf: ({ payload }) => payload.digest,
      isWellMade: () => wellMade,
      accepts: () => (accepts === 'later' ? undefined : accepts),
    },
    expired: (timer) => expired.includes(timer),
  };
  return nextStep(point);
}

describe('the proposer', () => {
  it('changes with every round and every height', () => {
    const turns = [0, 1, 2, 3, 4].map((round) => proposerOf({ height: 1, sealers: SEALERS }, round).device);
    expect(turns).toEqual(['b', 'c', 'd', 'a', 'b']);
    expect(proposerOf({ height: 2, sealers: SEALERS }, 0)).toBe(C);
  });

  it('proposes once, and only when a quorum is ready', () => {
    expect(step([ready(A, B)], { me: A })).toEqual({ type: 'wait', round: 0, timer: 'propose' });
    expect(step([ready(A, B, C)], { me: A })).toEqual({ type: 'seal.propose', round: 0, valid: null });
    expect(step([proposed(A, 0, 'v')], { me: A })).toEqual({ type: 'seal.prevote', round: 0, value: 'v' });
    expect(step([ready(A, B, C)], { me: B })).toEqual({ type: 'wait', round: 0, timer: 'propose' });
  });

  it('puts the newest value again that had a quorum of prevotes', () => {
    const first = [proposed(A, 0, 'v'), ...prevotes(0, 'v', A, B, C)];
    expect(step(first, { me: B, round: 1 })).toEqual({ type: 'seal.propose', round: 1, valid: first[0] });
    const second = [proposed(B, 1, 'w'), ...prevotes(1, 'w', A, B, C)];
    expect(step([...first, ...second], { me: C, round: 2 })).toMatchObject({ valid: second[0] });
    const few = [proposed(B, 1, 'w'), ...prevotes(1, 'w', A, B), ...prevotes(1, null, C)];
    expect(step([...first, ...few], { me: C, round: 2 })).toMatchObject({ type: 'seal.propose', valid: first[0] });
    expect(step(few, { me: C, round: 2 })).toMatchObject({ type: 'seal.propose', valid: null });
  });

  it('does not put again what is not well made', () => {
    const first = [proposed(A, 0, 'v'), ...prevotes(0, 'v', A, B, C)];
    expect(step(first, { me: B, round: 1, wellMade: false })).toMatchObject({ type: 'seal.propose', valid: null });
  });
});

describe('a prevote', () => {
  it('is for what the proposer put and oneself accepts, else for nothing', () => {
    const proposal = proposed(A, 0, 'v');
    expect(step([proposal])).toEqual({ type: 'seal.prevote', round: 0, value: 'v' });
    expect(step([proposal], { accepts: false })).toEqual({ type: 'seal.prevote', round: 0, value: null });
    expect(step([proposal], { accepts: 'later' })).toEqual({ type: 'wait', round: 0, timer: 'propose' });
    expect(step([proposal], { accepts: 'later', expired: ['propose'] })).toMatchObject({ value: null });
    expect(step([proposed(C, 0, 'v')])).toEqual({ type: 'wait', round: 0, timer: 'propose' });
    expect(step([proposal], { wellMade: false })).toEqual({ type: 'wait', round: 0, timer: 'propose' });
  });

  it('is for nothing once the time for a proposal has run out', () => {
    expect(step([], { expired: ['propose'] })).toEqual({ type: 'seal.prevote', round: 0, value: null });
    expect(step([], { expired: ['prevote', 'precommit'] })).toMatchObject({ type: 'wait' });
  });

  it('stays with the value of the own newest precommit', () => {
    const locked = precommits(0, 'v', B);
    const look = { me: B, round: 2 };
    expect(step([locked, proposed(C, 2, 'w')], look)).toMatchObject({ type: 'seal.prevote', value: null });
    expect(step([locked, proposed(C, 2, 'v')], look)).toMatchObject({ type: 'seal.prevote', value: 'v' });
    expect(step([precommits(0, 'v', A), proposed(C, 2, 'w')], look)).toMatchObject({ value: 'w' });
    const later = [precommits(1, 'w', B), locked, precommits(2, null, B)];
    expect(step([later, proposed(D, 3, 'w')], { me: B, round: 3 })).toMatchObject({ value: 'w' });
    expect(step([later, proposed(D, 3, 'v')], { me: B, round: 3 })).toMatchObject({ value: null });
  });

  it('on a value put again asks only for its quorum of prevotes, and for a lock that is not newer', () => {
    const again = (valid: number) => proposed(D, 3, 'v', valid);
    const look = { me: B, round: 3, accepts: false };
    const quorum = prevotes(1, 'v', A, C, D);
    expect(step([again(1), quorum], look)).toMatchObject({ type: 'seal.prevote', value: 'v' });
    expect(step([again(1), prevotes(1, 'v', A, C)], look)).toMatchObject({ type: 'wait', timer: 'propose' });
    expect(step([again(1), prevotes(1, 'w', A, C, D)], look)).toMatchObject({ type: 'wait' });
    expect(step([again(1), quorum, precommits(0, 'w', B)], look)).toMatchObject({ value: 'v' });
    expect(step([again(1), quorum, precommits(1, 'w', B)], look)).toMatchObject({ value: 'v' });
    expect(step([again(1), quorum, precommits(2, 'w', B)], look)).toMatchObject({ type: 'seal.prevote', value: null });
    expect(step([again(1), quorum, precommits(2, 'v', B)], look)).toMatchObject({ value: 'v' });
    expect(step([again(3), prevotes(3, 'v', A, C, D)], look)).toMatchObject({ type: 'wait' });
    expect(step([again(2), prevotes(2, 'v', A, C, D)], look)).toMatchObject({ value: 'v' });
  });
});

describe('a precommit', () => {
  const put = proposed(A, 0, 'v');

  it('takes a quorum of prevotes for the value', () => {
    expect(step([put, prevotes(0, 'v', A, B)])).toEqual({ type: 'wait', round: 0, timer: null });
    expect(step([put, prevotes(0, 'v', A, B, C)])).toEqual({ type: 'seal.precommit', round: 0, value: 'v' });
    expect(step([put, prevotes(0, 'v', A, B), prevotes(1, 'v', C)])).toMatchObject({ type: 'wait', timer: null });
    expect(step([prevotes(0, 'v', A, B, C)])).toMatchObject({ type: 'wait', timer: 'prevote' });
  });

  it('is for the value that carries a quorum, of several that a dishonest proposer put', () => {
    const several = [proposed(A, 0, 'u'), put, proposed(A, 0, 'w')];
    expect(step([several, prevotes(0, 'v', A, B, C)])).toEqual({ type: 'seal.precommit', round: 0, value: 'v' });
    expect(step([several, prevotes(0, 'v', A, C), prevotes(0, 'u', B)])).toMatchObject({ timer: 'prevote' });
    const next = [several, prevotes(0, 'w', A, B, C)];
    expect(step(next, { me: B, round: 1 })).toMatchObject({ type: 'seal.propose', valid: several[2] });
  });

  it('is for nothing where a quorum prevoted so, or agreed on nothing in time', () => {
    expect(step([put, prevotes(0, null, A, B, C)])).toEqual({ type: 'seal.precommit', round: 0, value: null });
    expect(step([prevotes(0, null, A, B, C)])).toEqual({ type: 'seal.precommit', round: 0, value: null });
    const split = [put, prevotes(0, 'v', A, B), prevotes(0, null, C)];
    expect(step(split)).toEqual({ type: 'wait', round: 0, timer: 'prevote' });
    expect(step(split, { expired: ['prevote'] })).toEqual({ type: 'seal.precommit', round: 0, value: null });
    expect(step([put, prevotes(0, 'v', A, B)], { expired: ['prevote'] })).toMatchObject({ type: 'wait', timer: null });
  });

  it('is followed by waiting for those of the others', () => {
    const before = [put, prevotes(0, 'v', A, B, C)];
    expect(step([before, precommits(0, 'v', A, B)])).toEqual({ type: 'wait', round: 0, timer: null });
    expect(step([before, precommits(0, 'v', B), precommits(0, null, A, C)])).toEqual({
      type: 'wait',
      round: 0,
      timer: 'precommit',
    });
  });
});

describe('the round', () => {
  it('is the own last one, by a vote or by a timer', () => {
    expect(step([prevotes(2, null, B)]).round).toBe(2);
    expect(step([prevotes(1, null, B)], { round: 2 }).round).toBe(2);
    expect(step([]).round).toBe(0);
  });

  it('is a later one as soon as more vote in it, or beyond, than can be dishonest', () => {
    expect(step([prevotes(3, null, A)]).round).toBe(0);
    expect(step([prevotes(3, null, A, C)]).round).toBe(3);
    expect(step([prevotes(3, null, A), prevotes(5, null, C)]).round).toBe(3);
    expect(step([prevotes(5, null, A), prevotes(3, null, C), prevotes(4, null, D)]).round).toBe(4);
    expect(step([prevotes(1, null, A, C)], { round: 1 }).round).toBe(1);
    expect(step([prevotes(2, null, A), prevotes(1, null, C)], { round: 1 }).round).toBe(1);
  });
});
