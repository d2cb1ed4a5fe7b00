import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Person, admit, group, meet, protocols } from '../../../test/kit/group';
import { SealingGroup } from '../../../test/kit/sealing';
import { PeerholdError } from '../../errors';
import type { Draft } from '../../record/text';
import type { Effect } from '../decisions/model';
import { isNeeded } from '../agreement/templates';
import { countingBallots } from '../decisions/queries';
import type { EventType, Payloads } from '../events';
import {
  type Foresight,
  foreseeBallot,
  foreseeClosing,
  foreseeRevoking,
  foreseeRight,
  foreseeSuspending,
  foreseeTakingBack,
} from './foreseen';

const stateOf = (by: Person) => by.replica.state;
const rowOf = (by: Person, proposal: string) => stateOf(by).proposals.get(proposal)!;
const open = (by: Person, effect: Draft<Effect> = { kind: 'none' }) =>
  by.act('proposal.open', { title: { text: 'T' }, text: { text: '' }, effect, deadline: 0 });
const NEW = { title: { text: 'T' }, text: { text: '' }, effect: { kind: 'none' } as const, deadline: 0 };

/** Does it, and sees that the rules say of it what was foreseen: the code, and the clause if there is one. */
async function tell<T extends EventType>(
  by: Person,
  foreseen: Foresight,
  type: T,
  payload: Draft<Payloads[T]>,
): Promise<string | undefined> {
  const refused = await by.act(type, payload).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (refused === undefined) expect(foreseen).toBeUndefined();
  else {
    expect(refused).toBeInstanceOf(PeerholdError);
    const { code, params } = refused as PeerholdError;
    expect([`refused-${foreseen?.code}`, foreseen?.clause?.protocol, foreseen?.clause?.version]).toEqual([
      code,
      params['protocol'],
      params['version'],
    ]);
  }
  return foreseen?.code;
}

const closing = (by: Person, proposal: string) => ({ proposal, ballots: [...countingBallots(stateOf(by), proposal)] });

describe('what a right allows', () => {
  it('is what the rules allow, by the kind of the member', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const friend = await admit(ana, 'friend', 'supporter');
    for (const [by, expected] of [
      [ana, undefined],
      [friend, 'not-entitled'],
    ] as const) {
      const may = (right: 'propose' | 'invite') => foreseeRight(stateOf(by), by.member, right);
      expect(await tell(by, may('propose'), 'proposal.open', NEW)).toBe(expected);
      const invite = { invite: 'ab'.repeat(32), type: 'resident', uses: 1, days: 14 };
      expect(await tell(by, may('invite'), 'invite.issue', invite)).toBe(expected);
    }
    expect(foreseeRight(stateOf(ana), friend.member, 'post')?.facts).toEqual([
      { kind: 'right', right: 'post', type: 'supporter', entitled: ['resident'] },
    ]);
  });

  it('is nothing for an applicant, who left, and who is not known', async () => {
    const [ana, ben] = (await group(['ana', 'ben'], protocols({}, 'invite'))) as [Person, Person];
    await ben.act('member.leave', {});
    expect(await tell(ben, foreseeRight(stateOf(ben), ben.member, 'propose'), 'proposal.open', NEW)).toBe(
      'author-left',
    );
    expect(foreseeRight(stateOf(ana), 'nobody', 'propose')).toEqual({ code: 'author-not-member', facts: [] });
    const [eve] = (await group(['eve'], protocols({}, 'decision'))) as [Person];
    const applicant = await admit(eve, 'fay');
    expect(
      await tell(applicant, foreseeRight(stateOf(applicant), applicant.member, 'propose'), 'proposal.open', NEW),
    ).toBe('author-applicant');
  });
});

describe('an invite that is ended', () => {
  it('is refused to whoever neither made it nor may make one', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const friend = await admit(ana, 'friend', 'supporter');
    const invite = 'ab'.repeat(32);
    await ana.act('invite.issue', { invite, type: 'resident', uses: 1, days: 14 });
    await meet([ana, ben, friend]);
    const revoke = (by: Person) =>
      tell(by, foreseeRevoking(stateOf(by), stateOf(by).invites.get(invite)!, by.member), 'invite.revoke', { invite });
    expect(await revoke(friend)).toBe('not-entitled');
    expect(await revoke(ben)).toBeUndefined();
    expect(await revoke(ana)).toBeUndefined();
  });
});

describe('a protocol that is to be put out of force', () => {
  it('is refused where the rules need it, and to whoever may not propose', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const base = [...stateOf(ana).versions.values()][0]!;
    for (const { id, kind } of base.protocols) {
      const foreseen = foreseeSuspending(stateOf(ana), id, ana.member);
      expect([kind, foreseen?.code]).toEqual([kind, isNeeded(kind) ? 'protocol-needed' : undefined]);
      const effect = { kind: 'suspend', base: base.id, protocol: id } as const;
      await tell(ana, foreseen, 'proposal.open', { ...NEW, effect });
    }
    const friend = await admit(ana, 'friend', 'supporter');
    expect(foreseeSuspending(stateOf(friend), base.protocols[0]!.id, friend.member)?.code).toBe('not-entitled');
  });
});

describe('a proposal that is to be taken back', () => {
  it('is refused to whoever did not make it, and once it is decided', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const proposal = await open(ana);
    await ben.pull(ana);
    const withdraw = (by: Person) =>
      tell(by, foreseeTakingBack(stateOf(by), rowOf(by, proposal), by.member), 'proposal.withdraw', { proposal });
    expect(await withdraw(ben)).toBe('not-proposer');
    expect(await withdraw(ana)).toBeUndefined();
    expect(await withdraw(ana)).toBe('already-decided');
  });
});

describe('a ballot', () => {
  it('is refused outside the electorate, after the decision, and as a block where there are none', async () => {
    const people = (await group(['ana', 'ben'])) as [Person, Person];
    const [ana, ben] = people;
    const proposal = await open(ana);
    const late = await admit(ana, 'late');
    await meet([ana, ben, late]);
    const cast = (by: Person, choice: 'agree' | 'block') =>
      tell(by, foreseeBallot(stateOf(by), rowOf(by, proposal), by.member, choice === 'block'), 'ballot.cast', {
        proposal,
        choice,
      });
    expect(await cast(late, 'agree')).toBe('not-in-electorate');
    expect(await cast(ana, 'block')).toBe('may-not-block');
    expect(await cast(ana, 'agree')).toBeUndefined();
    await ben.pull(ana);
    expect(await cast(ben, 'agree')).toBeUndefined();
    expect(foreseeBallot(stateOf(ben), rowOf(ben, proposal), ben.member)).toMatchObject({
      code: 'already-decided',
      events: rowOf(ben, proposal).why.events,
    });
  });

  it('by which one agreed can not be changed where agreements stand', async () => {
    const [ana] = (await group(['ana', 'ben'], protocols({ none: 'assent' }))) as [Person];
    const proposal = await open(ana);
    const ballot = await ana.act('ballot.cast', { proposal, choice: 'agree' });
    expect(foreseeBallot(stateOf(ana), rowOf(ana, proposal), ana.member)).toMatchObject({
      code: 'assent-stands',
      events: [ballot],
    });
    await ana.act('ballot.cast', { proposal, choice: 'disagree' });
    expect(rowOf(ana, proposal).tally).toMatchObject({ agree: 1, disagree: 0 });
  });
});

describe('a closing', () => {
  it('is refused without a quorum, for who does not vote, of assents, once decided', async () => {
    const people = (await group(['ana', 'ben', 'cleo', 'dan'], protocols({ spend: 'assent' }))) as [Person, Person];
    const [ana] = people;
    const [vote, assent] = [await open(ana), await open(ana, { kind: 'spend', amount: 5, unit: 'EUR' })];
    const late = await admit(ana, 'late');
    const close = (by: Person, proposal: string) =>
      tell(by, foreseeClosing(stateOf(by), rowOf(by, proposal), by.member), 'decision.close', closing(by, proposal));
    expect(await close(late, vote)).toBe('not-in-electorate');
    expect(await close(ana, assent)).toBe('assent-needs-no-closing');
    await ana.act('ballot.cast', { proposal: vote, choice: 'agree' });
    expect(foreseeClosing(stateOf(ana), rowOf(ana, vote), ana.member)?.facts).toEqual([
      { kind: 'ballots', cast: 1, needed: 2 },
    ]);
    expect(await close(ana, vote)).toBe('quorum-missing');
    const [, ben] = people;
    await meet(people);
    await ben.act('ballot.cast', { proposal: vote, choice: 'agree' });
    await ana.pull(ben);
    expect(await close(ana, vote)).toBeUndefined();
    expect(await close(ana, vote)).toBe('already-decided');
  });

  it('is the seals’ own once there are seals', async () => {
    const people = (await group(['ana', 'ben', 'cleo'])) as [Person, Person, Person];
    const [ana] = people;
    await new SealingGroup(people).pass(10);
    expect(stateOf(ana).seals.size).toBeGreaterThan(0);
    const proposal = await open(ana);
    const foreseen = foreseeClosing(stateOf(ana), rowOf(ana, proposal), ana.member);
    expect(await tell(ana, foreseen, 'decision.close', closing(ana, proposal))).toBe('seals-close');
  });
});

describe('the codes', () => {
  it('all have words', () => {
    const words = JSON.parse(readFileSync(new URL('../../words/en/effects.json', import.meta.url), 'utf8')) as Record<
      string,
      string
    >;
    const source = readFileSync(new URL('./foreseen.ts', import.meta.url), 'utf8');
    const codes = [...source.matchAll(/code: '([a-z-]+)'/g)].map(([, code]) => code!);
    expect(codes.length).toBeGreaterThan(8);
    const statuses = ['applicant', 'waiting', 'left', 'removed'].map((status) => `author-${status}`);
    expect([...codes, ...statuses].filter((code) => words[code] === undefined)).toEqual([]);
  });
});
