import { describe, expect, it } from 'vitest';
import { ORDINARY, TEXT, networkRows, practiceRow, proposalRow, rowsOf, versionRow } from '../../../test/kit/rows';
import type { AgreementVersion, DecisionClass, ProtocolSpec } from '../agreement/model';
import type { Effect, Proposal } from '../decisions/model';
import type { Entry } from '../ledger/model';
import type { Publication } from '../publication/model';
import type { Booking } from '../use/model';
import { type State, emptyState } from '../state';
import { type PageFacts, pageCertainty } from './pages';
import { type ProtocolFacts, protocolCertainties, usesIn } from './protocols';

const DAY = 86_400_000;
const NOW = 1_000 * DAY;
const rule: DecisionClass = { ...ORDINARY, block: 'entitled', override: 80 };
const FOUNDED: readonly ProtocolSpec[] = [practiceRow('care'), practiceRow('decisions'), practiceRow('turns')];
const version = (
  id: string,
  number: number,
  base: string | null,
  protocols: readonly ProtocolSpec[],
): AgreementVersion => versionRow(id, number, base, { protocols, time: NOW - 10 * DAY });
const proposal = (id: string, effect: Effect, fields: Partial<Proposal> = {}): Proposal =>
  proposalRow(id, {
    effect,
    rule,
    electorate: ['ann', 'bob'],
    tally: { electorate: 10, agree: 0, abstain: 0, disagree: 0, block: 0 },
    time: NOW - 5 * DAY,
    ...fields,
  });
const changing = (...ids: readonly string[]): Effect => ({
  kind: 'adopt',
  base: 'v1',
  protocols: FOUNDED.map((one) => (ids.includes(one.id) ? { ...one, title: `New ${one.id}` } : one)),
});
const state = (fields: Partial<State> = {}, inForce = 'v1'): State => ({
  ...emptyState(),
  network: networkRows(inForce),
  versions: rowsOf(version('v1', 1, null, FOUNDED)),
  ...fields,
});
const none: ProtocolFacts = { now: NOW, mentions: new Map(), comments: new Map(), ledger: [] };
const of = (given: State, id: string, facts: Partial<ProtocolFacts> = {}) =>
  protocolCertainties(given, { ...none, ...facts }).get(id)!;

/** `care` was amended by the decision `p`, with these ballots. */
const amended = (agree: number, disagree: number, block = 0): State => {
  const decided = proposal('p', changing('care'), {
    status: 'adopted',
    decidedTime: NOW - 10 * DAY,
    tally: { electorate: 20, agree, abstain: 3, disagree, block },
    why: { events: ['p', 'no', 'stop'] },
  });
  const ballot = (id: string, choice: 'disagree' | 'block') => ({
    id,
    proposal: 'p',
    member: id,
    choice,
    time: 1,
    standing: 'counts' as const,
  });
  const protocols = (decided.effect as Extract<Effect, { kind: 'adopt' }>).protocols;
  return state(
    {
      versions: rowsOf(version('v1', 1, null, FOUNDED), version('p', 2, 'v1', protocols)),
      proposals: rowsOf(decided),
      ballots: rowsOf(ballot('no', 'disagree'), ballot('stop', 'block')),
    },
    'p',
  );
};

describe('a protocol', () => {
  it('that nobody has decided on or acted by since the founding is untested', () => {
    expect(of(state(), 'care')).toEqual({
      level: 'untested',
      reasons: [{ level: 'untested', code: 'founding-only', count: 0, why: { events: ['v1'] } }],
    });
  });

  it('that members act by is not untested', () => {
    const given = state({ proposals: rowsOf(proposal('p', { kind: 'none' })) });
    expect(of(given, 'decisions')).toEqual({
      level: 'adopted',
      reasons: [{ level: 'adopted', code: 'applied', count: 1, why: { events: ['p'] } }],
    });
    expect(of(given, 'care').level).toBe('untested');
  });

  it('by which something was booked is applied, also where it was taken back', () => {
    const why = (id: string) => ({ events: [id], clause: { version: 'v1', protocol: 'care' } });
    const stay = { resource: 'r', member: 'ann', from: '2026-08-01', until: '2026-08-08', clashes: [], over: [] };
    const bookings = rowsOf<Booking>(
      { ...stay, id: 'a', status: 'stands', time: NOW, why: why('a') },
      { ...stay, id: 'b', status: 'cancelled', time: NOW, why: why('b') },
    );
    expect(of({ ...state(), bookings }, 'care').reasons).toMatchObject([
      { level: 'adopted', code: 'applied', count: 2, why: { events: ['a', 'b'] } },
    ]);
  });

  it('by which a member made a page public is applied, once', () => {
    const given = state();
    const clause = { version: 'v1', protocol: 'care' };
    const row = (id: string, why: Publication['why']): Publication => ({
      id,
      page: 'welcome',
      title: TEXT,
      text: TEXT,
      by: 'ann',
      status: 'public',
      withdrawals: [],
      time: NOW,
      why,
    });
    const publications = rowsOf(row('a', { events: ['a'], clause }), row('p', { events: ['p'], clause }));
    const proposals = rowsOf(proposal('p', { kind: 'none' }, { clause }));
    expect(of({ ...given, proposals, publications }, 'care').reasons).toMatchObject([
      { level: 'adopted', code: 'applied', count: 2, why: { events: ['p', 'a'] } },
    ]);
  });

  it('that the ledger was kept by is applied, as often as any part of it says', () => {
    const entry = (id: string, protocol?: string): Entry => ({
      id,
      kind: 'expense',
      date: '2026-01-01',
      memo: TEXT,
      postings: [],
      by: 'ann',
      authorisation:
        protocol === undefined ? { status: 'not-needed' } : { status: 'free', clause: { version: 'v1', protocol } },
      time: NOW,
      why: { events: [id] },
    });
    const many = Array.from({ length: 150 }, (_, index) => entry(`e${index}`, 'care'));
    const ledger = [usesIn(many), usesIn([entry('x'), entry('y', 'care'), entry('z', 'turns')])];
    const [reason] = of(state(), 'care', { ledger }).reasons;
    expect(reason).toMatchObject({ level: 'adopted', code: 'applied', count: 151 });
    expect(reason!.why.events).toEqual([...many.slice(50).map(({ id }) => id), 'y']);
    expect(of(state(), 'turns', { ledger }).reasons).toMatchObject([{ code: 'applied', count: 1 }]);
    expect(of(state(), 'decisions', { ledger }).level).toBe('untested');
  });

  it('is under review while a proposal is open that would change it, and only then', () => {
    const open = proposal('p', changing('care'));
    expect(of(state({ proposals: rowsOf(open) }), 'care')).toMatchObject({
      level: 'review',
      reasons: [{ code: 'open-proposal', count: 1, why: { events: ['p'] } }, { code: 'founding-only' }],
    });
    expect(of(state({ proposals: rowsOf(open) }), 'turns').level).toBe('untested');
    const rejected = { ...open, status: 'rejected' as const };
    expect(of(state({ proposals: rowsOf(rejected) }), 'care').level).toBe('adopted');
    const withdrawn = { ...open, status: 'withdrawn' as const };
    expect(of(state({ proposals: rowsOf(withdrawn) }), 'care').level).toBe('untested');
  });

  it('is under review where an open proposal mentions it; one that would change it is named once', () => {
    const mentions = new Map([['care', ['p', 'q']]]);
    const given = state({ proposals: rowsOf(proposal('p', changing('care')), proposal('q', { kind: 'none' })) });
    expect(of(given, 'care', { mentions }).reasons.slice(0, 2)).toMatchObject([
      { code: 'open-proposal', why: { events: ['p'] } },
      { code: 'mentioned', why: { events: ['q'] } },
    ]);
  });

  it('that a decision adopted is adopted', () => {
    expect(of(amended(10, 0), 'care')).toMatchObject({
      level: 'adopted',
      reasons: [{ code: 'decided', count: 1, why: { events: ['p'] } }],
    });
  });

  it('is contested from a part of the ballots that took a side on, and by any block that was overcome', () => {
    expect(of(amended(9, 2), 'care').level).toBe('adopted');
    expect(of(amended(8, 2), 'care')).toMatchObject({
      level: 'contested',
      reasons: [{ code: 'dissent', count: 2, why: { events: ['no'] } }, { code: 'decided' }],
    });
    expect(of(amended(19, 0, 1), 'care')).toMatchObject({
      level: 'contested',
      reasons: [{ code: 'blocked', count: 1, why: { events: ['stop'] } }, { code: 'decided' }],
    });
    // What the decision left as it was is not contested by it.
    expect(of(amended(8, 2), 'turns').level).toBe('untested');
  });

  it('is contested by many open comments', () => {
    const comments = (count: number) => ({ comments: new Map([['care', { count, last: NOW }]]) });
    expect(of(state(), 'care', comments(4)).level).toBe('untested');
    expect(of(state(), 'care', comments(5))).toMatchObject({
      level: 'contested',
      reasons: [{ code: 'comments', count: 5 }, { code: 'founding-only' }],
    });
  });

  it('is stale after a year in which nobody decided, acted or wrote', () => {
    const later = NOW + 355 * DAY;
    const given = amended(10, 0);
    expect(of(given, 'care', { now: later - 1 }).level).toBe('adopted');
    expect(of(given, 'care', { now: later })).toMatchObject({
      level: 'stale',
      reasons: [{ code: 'quiet', count: 365 }, { code: 'decided' }],
    });
    const comments = new Map([['care', { count: 1, last: NOW }]]);
    expect(of(given, 'care', { now: later, comments }).level).toBe('adopted');
    expect(of(given, 'decisions', { now: later }).level).toBe('adopted');
    // That nobody ever decided on it says more.
    expect(of(state(), 'care', { now: later })).toMatchObject({
      level: 'untested',
      reasons: [{ code: 'founding-only' }, { code: 'quiet', count: 365 }],
    });
  });

  it('has the certainty of the first level that any reason gives it', () => {
    const given = amended(8, 2);
    const withOpen = (effect: Effect): State => ({
      ...given,
      proposals: rowsOf(...given.proposals.values(), proposal('q', effect)),
    });
    expect(of(withOpen({ kind: 'none' }), 'care').level).toBe('contested');
    const dropping: Effect = { kind: 'adopt', base: 'p', protocols: given.versions.get('p')!.protocols.slice(1) };
    expect(of(withOpen(dropping), 'care').reasons.map(({ level }) => level)).toEqual([
      'review',
      'contested',
      'adopted',
    ]);
  });
});

describe('a page', () => {
  const quiet: PageFacts = { now: NOW, open: [], adopted: [], made: NOW - DAY, text: [], talk: [] };
  const talk = (count: number, members = ['ann', 'bob'], from = NOW - 1_000) =>
    Array.from({ length: count }, (_, index) => ({ time: from + index, member: members[index % members.length]! }));

  it('is undecided until a decision that mentions it is adopted', () => {
    expect(pageCertainty(quiet)).toMatchObject({ level: 'untested', reasons: [{ code: 'never-decided' }] });
    expect(pageCertainty({ ...quiet, adopted: ['q', 'p'] })).toMatchObject({
      level: 'adopted',
      reasons: [{ code: 'decided', count: 2, why: { events: ['p', 'q'] } }],
    });
  });

  it('is under review while an open proposal mentions it', () => {
    expect(pageCertainty({ ...quiet, open: ['p'], adopted: ['q'] })).toMatchObject({
      level: 'review',
      reasons: [{ code: 'mentioned', count: 1, why: { events: ['p'] } }, { code: 'decided' }],
    });
  });

  it('is contested while at least two talk about it and its text stays as it is', () => {
    expect(pageCertainty({ ...quiet, talk: talk(4) }).level).toBe('untested');
    expect(pageCertainty({ ...quiet, talk: talk(5) })).toMatchObject({
      level: 'contested',
      reasons: [{ code: 'talk', count: 5 }, { code: 'never-decided' }],
    });
    expect(pageCertainty({ ...quiet, talk: talk(5, ['ann']) }).level).toBe('untested');
    const rewritten = [{ time: NOW, member: 'ann' }];
    expect(pageCertainty({ ...quiet, talk: talk(5), text: rewritten }).level).toBe('untested');
  });

  it('is stale after a year without a word in it or about it', () => {
    const old = { ...quiet, made: NOW - 365 * DAY };
    expect(pageCertainty(old)).toMatchObject({ level: 'stale', reasons: [{ code: 'quiet', count: 365 }] });
    expect(pageCertainty({ ...old, talk: talk(1) }).level).toBe('untested');
    expect(pageCertainty({ ...old, text: talk(1) }).level).toBe('untested');
  });
});
