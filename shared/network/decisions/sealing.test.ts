import { describe, expect, it } from 'vitest';
import { BY_ASSENT, BY_MAJORITY } from '../../../test/kit/group';
import { type Entry, UNSEALED } from '../../record/entry';
import type { TextRef } from '../../record/text';
import type { Member } from '../membership/model';
import type { Resource } from '../resources/model';
import type { Context } from '../rule';
import { Tables } from '../tables';
import type { Effect, Proposal } from './model';
import { endOfVote } from './period';
import { closeVotes, fixDecisions, fixMembers } from './sealing';

const DAY = 86_400_000;
const OPENED = 1_000;
const rule = { ...BY_MAJORITY, days: 7, grace: 3 };
/** When a vote of this class ends that was opened then. */
const END = OPENED + 10 * DAY;

function proposal(id: string, change: Partial<Proposal> = {}): Proposal {
  return {
    id,
    by: 'ana',
    title: 't' as TextRef,
    text: 't' as TextRef,
    effect: { kind: 'none' },
    rule,
    clause: { version: 'v', protocol: 'decisions' },
    electorate: ['ana', 'ben', 'cleo'],
    blockers: [],
    deadline: 0,
    status: 'open',
    tally: { electorate: 3, agree: 0, abstain: 0, disagree: 0, block: 0 },
    time: 0,
    why: { events: [id] },
    opened: OPENED,
    ...change,
  };
}

const ballot = (id: string, proposal: string, member: string, choice = 'agree') =>
  ({ id, type: 'ballot.cast', payload: { proposal, choice }, member, depth: 1, seal: UNSEALED }) as Entry;

/** What the fold knows: proposals in the order given, and ballots that did not know of each other. */
function contextOf(proposals: readonly Proposal[], ballots: readonly Entry[] = []): Context {
  const tables = new Tables();
  for (const one of proposals) tables.set('proposals', one.id, one);
  return {
    tables,
    ground: null,
    rules: 1,
    past: {
      get: (id) => ballots.find((entry) => entry.id === id) ?? ({ id, device: `device of ${id}` } as Entry),
      before: () => false,
      precedes: () => false,
      about: (id) => ballots.filter(({ payload }) => (payload as { readonly proposal: string }).proposal === id),
      endsOf: () => [],
      rootsOf: () => [],
      certificateOf: () => undefined,
    },
    clashes: { with: () => [], found: () => undefined },
    relied: () => undefined,
  };
}
const row = (context: Context, id: string) => context.tables.get('proposals', id)!;

describe('the end of a vote', () => {
  it('is the agreement’s days after the seal that opened it, or its later deadline, and then the days of grace', () => {
    const end = (change: Partial<Proposal>) => endOfVote(proposal('p', change));
    expect(end({})).toBe(END);
    expect(end({ deadline: OPENED + 7 * DAY - 1 })).toBe(END);
    expect(end({ deadline: OPENED + 7 * DAY + 1 })).toBe(END + 1);
    expect(end({ deadline: OPENED + 365 * DAY })).toBe(OPENED + 368 * DAY);
    expect(end({ deadline: OPENED + 365 * DAY + 1 })).toBe(OPENED + 368 * DAY);
    const { opened: _, ...unopened } = proposal('p');
    expect(endOfVote(unopened)).toBeUndefined();
  });
});

describe('a seal closes', () => {
  it('votes whose end has come, on their ballots: enough of the electorate, and enough of them for it', () => {
    const ballots = [
      ballot('1', 'good', 'ana'),
      ballot('2', 'good', 'ben', 'abstain'),
      ballot('3', 'few', 'ana'),
      ballot('4', 'against', 'ana', 'disagree'),
      ballot('5', 'against', 'ben', 'abstain'),
    ];
    const ids = ['good', 'few', 'against', 'none'];
    const context = contextOf(
      ids.map((id) => proposal(id)),
      ballots,
    );
    closeVotes(context, END - 1);
    expect(ids.map((id) => row(context, id).status)).toEqual(['open', 'open', 'open', 'open']);
    closeVotes(context, END);
    expect(ids.map((id) => row(context, id).status)).toEqual(['adopted', 'rejected', 'rejected', 'rejected']);
    expect(row(context, 'good')).toMatchObject({
      decidedTime: END,
      tally: { agree: 1, abstain: 1 },
      why: { events: ['good', '1', '2'], clause: { version: 'v', protocol: 'decisions' } },
    });
    expect(row(context, 'few')).toMatchObject({ decidedTime: END, tally: { agree: 1 }, why: { events: ['few', '3'] } });
  });

  it('nothing else: not what no seal has opened, what needs assent, or what is decided', () => {
    const { opened: _, ...unopened } = proposal('unopened');
    const given = [
      unopened,
      proposal('assent', { rule: { ...BY_ASSENT, days: 7, grace: 3 } }),
      proposal('withdrawn', { status: 'withdrawn' }),
      proposal('adopted', { status: 'adopted', decidedTime: 5 }),
    ];
    const context = contextOf(given);
    closeVotes(context, END + 1_000 * DAY);
    expect(given.map(({ id }) => row(context, id))).toEqual(given);
  });

  it('votes in the order of their ids, whatever order they came in', () => {
    const waiting = { id: 'dora', status: 'waiting', why: { events: ['dora'] } } as unknown as Member;
    const given = [
      proposal('1', { effect: { kind: 'remove', member: 'dora' } }),
      proposal('2', { effect: { kind: 'admit', member: 'dora' } }),
    ];
    const ballots = given.flatMap(({ id }) => ['ana', 'ben'].map((member) => ballot(`${id} ${member}`, id, member)));
    for (const order of [given, [...given].reverse()]) {
      const context = contextOf(order, ballots);
      context.tables.set('members', 'dora', waiting);
      closeVotes(context, END);
      expect(['1', '2'].map((id) => row(context, id).status)).toEqual(['superseded', 'adopted']);
      expect(context.tables.get('members', 'dora')!.status).toBe('active');
    }
  });

  it('a vote to buy, whose candidate is then sought again', () => {
    const effect: Effect = { kind: 'buy', resource: 'house', amount: 1, unit: 'EUR' };
    const context = contextOf([proposal('buy', { effect })]);
    const house = { id: 'house', status: 'deciding', proposal: 'buy', why: { events: [] } };
    context.tables.set('resources', 'house', house as unknown as Resource);
    closeVotes(context, END);
    expect(context.tables.get('resources', 'house')!.status).toBe('sought');
  });
});

describe('a seal fixes', () => {
  it('what is decided, once; and when what is open was opened, once', () => {
    const { opened: _, ...unopened } = proposal('unopened');
    const context = contextOf([
      unopened,
      proposal('open'),
      proposal('rejected', { status: 'rejected' }),
      proposal('sealed', { status: 'adopted', sealed: 2 }),
    ]);
    fixDecisions(context, 3, 77);
    const fixed = ['unopened', 'open', 'rejected', 'sealed'].map((id) => row(context, id));
    expect(fixed.map(({ opened, sealed }) => [opened, sealed])).toEqual([
      [77, undefined],
      [OPENED, undefined],
      [OPENED, 3],
      [OPENED, 2],
    ]);
  });

  it('an erasure that was adopted, and of two the one with the higher id', () => {
    const effect: Effect = { kind: 'erase', event: 'e', text: 'x' as TextRef };
    const given = [
      proposal('1', { effect, status: 'adopted' }),
      proposal('2', { effect, status: 'adopted' }),
      proposal('3', { effect: { ...effect, text: 'y' as TextRef }, status: 'rejected' }),
      proposal('4', { effect: { ...effect, text: 'z' as TextRef } }),
      proposal('5', { effect: { ...effect, text: 'w' as TextRef }, status: 'adopted', sealed: 1 }),
    ];
    for (const order of [given, [...given].reverse()]) {
      const context = contextOf(order);
      fixDecisions(context, 3, 77);
      expect([...context.tables.state.erased.values()]).toEqual([{ text: 'x', author: 'device of e', event: '2' }]);
    }
  });

  it('who is a member, once', () => {
    const { tables, ...context } = contextOf([]);
    const members = { new: 'active', old: 'active', waiting: 'waiting', left: 'left' };
    for (const [id, status] of Object.entries(members))
      tables.set('members', id, { id, status, ...(id === 'old' ? { sealed: 2 } : {}) } as Member);
    fixMembers({ ...context, tables }, 3, 0);
    expect(Object.keys(members).map((id) => tables.get('members', id)!.sealed)).toEqual([3, 2, undefined, undefined]);
  });
});
