import { describe, expect, it } from 'vitest';
import type { AgreementVersion, ProtocolSpec } from '../agreement/model';
import { templateProtocols } from '../agreement/templates';
import type { Member } from '../membership/model';
import { NETWORK_KEY, type State, emptyState } from '../state';
import type { TextRef } from '../../record/text';
import type { Ballot, Proposal } from './model';
import {
  agreementsNeeded,
  ballotOf,
  choicesFor,
  countingBallots,
  decidedProposals,
  electorateNow,
  mayVote,
  openProposals,
  quorumOf,
  ruleFor,
  usualRule,
  votedOn,
  waitingFor,
} from './queries';

const text = 'f'.repeat(64) as TextRef;
const why = { events: [] };

function member(id: string, type: string, status: Member['status'] = 'active'): Member {
  return { id, type, status, name: text, devices: [], number: 1, since: id, time: 0, why };
}

function house(): ReturnType<typeof emptyState> {
  const state = emptyState();
  const protocols = templateProtocols('house').map(({ id, kind, params }) => ({ id, kind, params, title: id, text }));
  const version: AgreementVersion = {
    id: 'v1',
    number: 1,
    base: null,
    suspended: [],
    protocols: protocols as readonly ProtocolSpec[],
    time: 0,
    why,
  };
  state.versions.set('v1', version);
  state.network.set(NETWORK_KEY, {
    id: 'v1',
    name: text,
    purpose: text,
    unit: 'EUR',
    founder: 'ann',
    sample: false,
    version: 'v1',
    rules: 1,
    time: 0,
    why,
  });
  for (const row of [
    member('ann', 'resident'),
    member('ben', 'investor'),
    member('cem', 'supporter'),
    member('dia', 'resident', 'applicant'),
  ])
    state.members.set(row.id, row);
  return state;
}

function proposal(state: State, id: string, more: Partial<Proposal> = {}): Proposal {
  const { rule, clause } = usualRule(state, 'none')!;
  return {
    id,
    by: 'ann',
    title: text,
    text,
    effect: { kind: 'none' },
    rule,
    clause,
    electorate: ['ann', 'ben'],
    blockers: ['ann'],
    deadline: 10,
    status: 'open',
    tally: { electorate: 2, agree: 0, abstain: 0, disagree: 0, block: 0 },
    time: 1,
    why,
    ...more,
  };
}

function ballot(id: string, of: string, by: string, more: Partial<Ballot> = {}): Ballot {
  return { id, proposal: of, member: by, choice: 'agree', time: 1, standing: 'counts', ...more };
}

describe('ruleFor', () => {
  it('names the class that the agreement in force uses, with its clause', () => {
    const expected = { rule: { id: 'important' }, clause: { version: 'v1', protocol: 'decisions' } };
    expect(ruleFor(house(), { kind: 'buy', resource: 'r', amount: 1, unit: 'EUR' })).toMatchObject(expected);
    expect(usualRule(house(), 'buy')).toMatchObject(expected);
    expect(usualRule(house(), 'resume')).toMatchObject(expected);
  });

  it('has no rule before there is an agreement', () => {
    expect(ruleFor(emptyState(), { kind: 'none' })).toBeUndefined();
    expect(usualRule(emptyState(), 'none')).toBeUndefined();
  });
});

describe('electorateNow', () => {
  it('counts active members whose type may vote', () => {
    const state = house();
    expect(electorateNow(state, usualRule(state, 'none')!.rule)).toEqual(['ann', 'ben']);
    expect(electorateNow(state, usualRule(state, 'restore')!.rule, 'ann')).toEqual(['ben']);
  });

  it('counts only the types that the rule names', () => {
    const state = house();
    const rule = { ...usualRule(state, 'none')!.rule, electorate: ['investor', 'supporter'] };
    expect(electorateNow(state, rule)).toEqual(['ben']);
  });
});

describe('proposals', () => {
  it('lists open ones by deadline and the others by when they were decided, newest first', () => {
    const state = house();
    for (const row of [
      proposal(state, 'a', { deadline: 30 }),
      proposal(state, 'b', { deadline: 20 }),
      proposal(state, 'c', { status: 'adopted', decidedTime: 5 }),
      proposal(state, 'd', { status: 'withdrawn', time: 9 }),
    ])
      state.proposals.set(row.id, row);
    expect(openProposals(state).map((row) => row.id)).toEqual(['b', 'a']);
    expect(decidedProposals(state).map((row) => row.id)).toEqual(['d', 'c']);
  });

  it('waits for the ballot of those in the electorate who have none that counts', () => {
    const state = house();
    state.proposals.set('a', proposal(state, 'a'));
    state.proposals.set('b', proposal(state, 'b'));
    state.proposals.set('c', proposal(state, 'c', { status: 'rejected' }));
    state.ballots.set('x', ballot('x', 'a', 'ann'));
    state.ballots.set('y', ballot('y', 'b', 'ann', { standing: 'unclear' }));
    expect(waitingFor(state, 'ann').map((row) => row.id)).toEqual(['b']);
    expect(waitingFor(state, 'ben').map((row) => row.id)).toEqual(['a', 'b']);
    expect(waitingFor(state, 'cem')).toEqual([]);
    expect([...votedOn(state.ballots, 'ann')]).toEqual(['a']);
  });

  it('lets nobody vote who was removed meanwhile', () => {
    const state = house();
    state.members.set('ben', member('ben', 'investor', 'removed'));
    expect(mayVote(state, proposal(state, 'a'), 'ben')).toBe(false);
    expect(mayVote(state, proposal(state, 'a'), 'ann')).toBe(true);
  });

  it('offers a block to those who may block', () => {
    const row = proposal(house(), 'a');
    expect(choicesFor(row, 'ann')).toContain('block');
    expect(choicesFor(row, 'ben')).not.toContain('block');
  });
});

describe('ballots', () => {
  it('tells the ballot that counts from those that do not', () => {
    const state = house();
    state.ballots.set('x', ballot('x', 'a', 'ann', { standing: 'replaced', time: 1 }));
    state.ballots.set('y', ballot('y', 'a', 'ann', { time: 2 }));
    state.ballots.set('z', ballot('z', 'a', 'ben', { standing: 'unclear' }));
    expect(ballotOf(state, 'a', 'ann')).toMatchObject({ counts: { id: 'y' }, unclear: false });
    expect(ballotOf(state, 'a', 'ann').all.map((row) => row.id)).toEqual(['x', 'y']);
    expect(ballotOf(state, 'a', 'ben')).toMatchObject({ unclear: true });
    expect(ballotOf(state, 'a', 'ben').counts).toBeUndefined();
  });

  it('lists what a closing counts: only this proposal, only what counts', () => {
    const state = house();
    state.ballots.set('y', ballot('y', 'a', 'ben'));
    state.ballots.set('x', ballot('x', 'a', 'ann'));
    state.ballots.set('w', ballot('w', 'b', 'ann'));
    state.ballots.set('v', ballot('v', 'a', 'cem', { standing: 'late' }));
    expect(countingBallots(state, 'a')).toEqual(['x', 'y']);
  });
});

describe('figures', () => {
  it.each([
    [3, 51, 2],
    [3, 66, 2],
    [4, 51, 3],
    [9, 66, 6],
    [3, 100, 3],
    [150, 51, 77],
  ])('of %i members, %i percent are %i', (members, percent, needed) => {
    expect(agreementsNeeded(members, percent)).toBe(needed);
  });

  it('says how many ballots a closing still needs', () => {
    const state = house();
    const rule = { ...usualRule(state, 'none')!.rule, quorum: 60 };
    const row = proposal(state, 'a', { rule, tally: { electorate: 5, agree: 1, abstain: 1, disagree: 0, block: 0 } });
    expect(quorumOf(row)).toEqual({ cast: 2, needed: 3, met: false });
    expect(quorumOf({ ...row, rule: { ...rule, quorum: 0 } })).toMatchObject({ needed: 1, met: true });
  });
});
