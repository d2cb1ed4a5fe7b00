import { describe, expect, it } from 'vitest';
import { memberRow, networkRows, proposalRow, rowsOf, versionRow } from '../../../test/kit/rows';
import type { Ballot, Proposal } from '../decisions/model';
import type { Member } from '../membership/model';
import { type State, emptyState } from '../state';
import { assentsOf, assentsTo, isAssent } from './assent';
import type { AgreementVersion } from './model';
import { versionAt, versionsInLine } from './past';

const version = (id: string, number: number, base: string | null): AgreementVersion =>
  versionRow(id, number, base, { time: number * 100 });
const clause = (of: string) => ({ version: of, protocol: 'admission' });
const member = (id: string, number: number, fields: Partial<Member> = {}): Member =>
  memberRow(id, number, { time: 110, why: { events: [id], clause: clause('v1') }, ...fields });
const decision = (id: string, electorate: readonly string[], fields: Partial<Proposal> = {}): Proposal =>
  proposalRow(id, {
    clause: clause('v1'),
    electorate,
    status: 'adopted',
    tally: { electorate: electorate.length, agree: 0, abstain: 0, disagree: 0, block: 0 },
    time: 150,
    decidedTime: 200,
    ...fields,
  });
const ballot = (id: string, by: string, choice: Ballot['choice'], standing: Ballot['standing'] = 'counts'): Ballot => ({
  id,
  proposal: 'v2',
  member: by,
  choice,
  time: 160,
  standing,
});

/** Ann founds, five come in under version 1, version 2 is decided, Fay and Gil come in under it, version 3 follows. */
const state: State = {
  ...emptyState(),
  network: networkRows('v3'),
  versions: rowsOf(version('v1', 1, null), version('v2', 2, 'v1'), version('v3', 3, 'v2'), version('gone', 2, 'v1')),
  members: rowsOf(
    member('ann', 1, { time: 100, why: { events: ['ann'] } }),
    member('bob', 2),
    member('cid', 3),
    member('dan', 4),
    member('eve', 5, { type: 'supporter' }),
    member('fay', 6, { time: 210, why: { events: ['fay'], clause: clause('v2') } }),
    member('gil', 7, { since: 'admit', why: { events: ['gil', 'admit'], clause: clause('v1') } }),
    member('hal', 8, { status: 'applicant' }),
    member('ida', 9, { status: 'left', type: 'supporter' }),
    member('jan', 10, { status: 'removed', until: 'out', time: 120, why: { events: ['x'], clause: clause('v3') } }),
    member('kim', 11, { status: 'removed', until: 'out', time: 250, why: { events: ['x'], clause: clause('v3') } }),
  ),
  proposals: rowsOf(
    decision('v2', ['ann', 'bob', 'cid', 'dan', 'jan']),
    decision('v3', ['ann', 'bob']),
    decision('admit', ['ann'], { clause: clause('v2'), why: { events: ['admit', 'yes'] } }),
    decision('out', ['ann'], { decidedTime: 280 }),
  ),
  ballots: rowsOf(
    ballot('b1', 'ann', 'agree'),
    ballot('b0', 'bob', 'disagree', 'replaced'),
    ballot('b9', 'bob', 'disagree', 'late'),
    ballot('b2', 'bob', 'agree'),
    ballot('b3', 'cid', 'disagree'),
    ballot('b8', 'cid', 'agree', 'late'),
    ballot('b4', 'dan', 'agree', 'late'),
    ballot('b5', 'jan', 'disagree', 'unclear'),
  ),
};
const told = (id: string) =>
  assentsTo(state, state.versions.get(id)!).map(({ member: who, how, late }) => `${who} ${how}${late ? ' late' : ''}`);

describe('what members said to a version', () => {
  it('of the founding is that of the founder and of those who came in while it was in force', () => {
    expect(told('v1')).toEqual([
      'ann founded',
      'bob joined',
      'cid joined',
      'dan joined',
      'eve joined',
      'ida joined',
      'jan joined',
    ]);
  });

  it('of a decision is each ballot that counts or came late, and who came in after, kept silent or was not asked', () => {
    expect(told('v2')).toEqual([
      'ann agree',
      'bob agree',
      'cid disagree',
      'dan agree late',
      'eve not-asked',
      'fay joined',
      'gil joined',
      'jan silent',
      'kim joined',
    ]);
  });

  it('names the events: the ballot, or the admission with the decision on it', () => {
    const events = (id: string, who: string) =>
      assentsTo(state, state.versions.get(id)!).find((one) => one.member === who)?.why.events;
    expect(events('v2', 'bob')).toEqual(['b2']);
    expect(events('v2', 'fay')).toEqual(['fay']);
    expect(events('v2', 'gil')).toEqual(['gil', 'admit', 'yes']);
    expect(events('v2', 'jan')).toEqual([]);
  });

  it('leaves out who had been removed before, and of who left that they were not asked', () => {
    expect(told('v3')).toEqual([
      'ann silent',
      'bob silent',
      'cid not-asked',
      'dan not-asked',
      'eve not-asked',
      'fay not-asked',
      'gil not-asked',
    ]);
  });

  it('of one member is the same, newest version first', () => {
    for (const who of state.members.keys())
      expect(assentsOf(state, who).map(({ version: { id }, assent }) => [id, assent])).toEqual(
        ['v3', 'v2', 'v1'].flatMap((id) =>
          assentsTo(state, state.versions.get(id)!)
            .filter((one) => one.member === who)
            .map((assent) => [id, assent]),
        ),
      );
    expect(assentsOf(state, 'bob').map(({ assent }) => assent.how)).toEqual(['silent', 'agree', 'joined']);
    expect(assentsOf(state, 'hal')).toEqual([]);
    expect(assentsOf(state, 'nobody')).toEqual([]);
  });

  it('is a yes by founding, joining and agreeing only', () => {
    const yes = (['founded', 'joined', 'agree', 'abstain', 'disagree', 'block', 'silent', 'not-asked'] as const).filter(
      (how) => isAssent({ how }),
    );
    expect(yes).toEqual(['founded', 'joined', 'agree']);
  });
});

describe('the agreement at a time', () => {
  it('is the last version of the line that had come into force', () => {
    expect(versionsInLine(state).map(({ id }) => id)).toEqual(['v1', 'v2', 'v3']);
    expect([99, 100, 199, 200, 299, 300, 9_999].map((time) => versionAt(state, time)?.id)).toEqual([
      undefined,
      'v1',
      'v1',
      'v2',
      'v2',
      'v3',
      'v3',
    ]);
  });

  it('before a founding is none', () => {
    expect(versionAt(emptyState(), 5)).toBeUndefined();
  });
});
