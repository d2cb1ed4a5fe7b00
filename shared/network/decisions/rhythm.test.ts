import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memberRow, proposalRow } from '../../../test/kit/rows';
import type { Member } from '../membership/model';
import { type State, emptyState } from '../state';
import type { Ballot, Proposal } from './model';
import { RHYTHM_MONTHS, rhythmOf } from './rhythm';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 27);
const monthOf = (time: number, before: number): number => {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - before);
};
const member = (id: string, number: number, status: Member['status'] = 'active'): Member =>
  memberRow(id, number, { status });
const proposal = (id: string, fields: Partial<Proposal> = {}): Proposal =>
  proposalRow(id, {
    electorate: ['ann', 'bob', 'cid'],
    tally: { electorate: 3, agree: 0, abstain: 0, disagree: 0, block: 0 },
    time: NOW - DAY,
    ...fields,
  });
const decided = (id: string, at: number, days: number, fields: Partial<Proposal> = {}): Proposal =>
  proposal(id, { status: 'adopted', time: at - days * DAY, decidedTime: at, ...fields });
const ballot = (id: string, on: string, by: string, standing: Ballot['standing'] = 'counts'): Ballot => ({
  id,
  proposal: on,
  member: by,
  choice: 'agree',
  time: 1,
  standing,
});
const rows = <T extends { readonly id: string }>(...all: readonly T[]) => new Map(all.map((row) => [row.id, row]));
const state = (proposals: readonly Proposal[], fields: Partial<State> = {}): State => ({
  ...emptyState(),
  members: rows(member('ann', 1), member('bob', 2), member('cid', 3)),
  proposals: rows(...proposals),
  ...fields,
});
const rhythm = (given: State, now = NOW) => rhythmOf(given, now, monthOf);

describe('the rhythm of a network', () => {
  it('of one that has decided nothing is empty months', () => {
    const { months, ...rest } = rhythm(state([]));
    expect(months).toHaveLength(RHYTHM_MONTHS);
    expect(months.map(({ start }) => new Date(start).toISOString().slice(0, 7))).toEqual([
      ...['2025-12', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05'],
      ...['2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11'],
    ]);
    expect(months.every(({ adopted, rejected, why }) => adopted + rejected + why.events.length === 0)).toBe(true);
    expect(rest).toEqual({ decisions: 0, active: 0, duration: undefined, turnout: undefined, waiting: [] });
  });

  it('counts what was adopted and rejected in each month, with the proposals', () => {
    const { months, decisions, active } = rhythm(
      state([
        decided('late', Date.UTC(2026, 10, 26), 1),
        decided('early', Date.UTC(2026, 10, 1), 1, { status: 'rejected' }),
        decided('first', Date.UTC(2025, 11, 1), 1),
        decided('before', Date.UTC(2025, 11, 1) - 1, 1),
        decided('future', NOW + 1, 1),
        decided('gone', NOW - DAY, 1, { status: 'withdrawn' }),
      ]),
    );
    expect(months.at(-1)).toMatchObject({ adopted: 1, rejected: 1, why: { events: ['early', 'late'] } });
    expect(months[0]).toMatchObject({ adopted: 1, rejected: 0, why: { events: ['first'] } });
    expect([decisions, active]).toEqual([3, 2]);
  });

  it('tells the middle time from opening to decision by the proposal that took it', () => {
    const of = (...days: readonly number[]) =>
      rhythm(state(days.map((count, index) => decided(`p${index}`, NOW - index, count)))).duration;
    expect(of(9)).toEqual({ time: 9 * DAY, why: { events: ['p0'] } });
    expect(of(30, 2, 5)).toEqual({ time: 5 * DAY, why: { events: ['p2'] } });
    expect(of(30, 2, 5, 7)).toEqual({ time: 5 * DAY, why: { events: ['p2'] } });
    expect(of(-3)).toEqual({ time: 0, why: { events: ['p0'] } });
  });

  it('tells how many of those entitled voted', () => {
    const tally = (agree: number, block: number, electorate: number) => ({
      tally: { electorate, agree, abstain: 1, disagree: 1, block },
    });
    expect(
      rhythm(state([decided('a', NOW, 1, tally(2, 0, 9)), decided('b', NOW - 1, 1, tally(0, 1, 5))])).turnout,
    ).toEqual({ cast: 7, entitled: 14, why: { events: ['b', 'a'] } });
  });

  it('tells for whom open proposals wait, most first', () => {
    const given = state(
      [proposal('p'), proposal('q'), proposal('own', { electorate: ['bob', 'dan'] }), decided('done', NOW, 1)],
      {
        members: rows(member('ann', 1), member('bob', 2), member('cid', 3), member('dan', 4, 'left')),
        ballots: rows(
          ballot('1', 'p', 'ann'),
          ballot('2', 'q', 'ann'),
          ballot('3', 'p', 'cid'),
          ballot('4', 'q', 'cid', 'unclear'),
        ),
      },
    );
    expect(rhythm(given).waiting).toEqual([
      { member: 'bob', proposals: ['own', 'p', 'q'] },
      { member: 'cid', proposals: ['q'] },
    ]);
  });

  it('puts each decision of the year into one month, whatever their times', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -500, max: 30 }), { maxLength: 30 }), (days) => {
        const all = days.map((day, index) => decided(`p${index}`, NOW + day * DAY, 1));
        const { months, decisions } = rhythm(state(all));
        const listed = months.flatMap(({ why }) => why.events);
        expect(new Set(listed).size).toBe(listed.length);
        expect(listed).toHaveLength(decisions);
        const within = all.filter(({ decidedTime = 0 }) => decidedTime <= NOW && decidedTime >= monthOf(NOW, 11));
        expect([...listed].sort()).toEqual(within.map(({ id }) => id).sort());
      }),
    );
  });
});
