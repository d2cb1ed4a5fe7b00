import { describe, expect, it } from 'vitest';
import { type Person, admit, group, meet, protocols } from '../../../test/kit/group';
import { SealingGroup } from '../../../test/kit/sealing';
import type { Draft } from '../../record/text';
import type { Effect } from './model';

const refused = (code: string) => expect.objectContaining({ code: `refused-${code}` });
const open = (by: Person, effect: Draft<Effect> = { kind: 'none' }) =>
  by.act('proposal.open', { title: { text: 'T' }, text: { text: '' }, effect, deadline: 0 });
const cast = (by: Person, proposal: string, choice: 'agree' | 'abstain' | 'disagree' | 'block' = 'agree') =>
  by.act('ballot.cast', { proposal, choice });
const rowOf = (by: Person, proposal: string) => by.replica.state.proposals.get(proposal)!;
const timeOf = (by: Person, event: string) => by.replica.record.get(event)!.time;
const free = (base: string, amount: number): Draft<Effect> => ({
  kind: 'parameters',
  base,
  protocol: 'spending',
  params: { unit: 'EUR', free: amount },
});
const adopting = (by: Person, base: string): Draft<Effect> => ({
  kind: 'adopt',
  base,
  protocols: by.replica.state.versions.get(by.replica.id)!.protocols,
});

describe('who may block', () => {
  it('is who has the right, in a class of decisions that has blocks at all', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const friend = await admit(ana, 'friend', 'supporter');
    const resource = await ana.act('resource.seek', {
      name: { text: 'House' },
      about: { text: '' },
      kind: 'house',
      amount: 90,
      unit: 'EUR',
    });
    const plain = await open(ana);
    const buying = await open(ana, { kind: 'buy', resource, amount: 90, unit: 'EUR' });
    await friend.pull(ana);
    const both = [ana.member, friend.member].sort();
    expect([plain, buying].map((id) => [rowOf(ana, id).electorate, rowOf(ana, id).blockers])).toEqual([
      [both, []],
      [both, [ana.member]],
    ]);
    await expect(cast(friend, buying, 'block')).rejects.toEqual(refused('may-not-block'));
    for (const person of [ana, friend])
      await expect(cast(person, plain, 'block')).rejects.toEqual(refused('may-not-block'));
    await cast(friend, buying, 'disagree');
    await cast(ana, buying, 'block');
    expect(rowOf(ana, buying).tally.block).toBe(1);
  });
});

describe('the time of a decision', () => {
  it('is that of the ballot that decided it, and of no later one', async () => {
    const people = (await group(['ana', 'ben', 'cleo'])) as [Person, Person, Person];
    const [ana, ben, cleo] = people;
    const [good, bad, gone] = [await open(ana), await open(ana), await open(ana)];
    await meet(people);
    for (const proposal of [good, bad]) await cast(ana, proposal, proposal === good ? 'agree' : 'disagree');
    expect([good, bad].map((id) => rowOf(ana, id).decidedTime)).toEqual([undefined, undefined]);
    await ben.pull(ana);
    const decided = [await cast(ben, good), await cast(ben, bad, 'disagree')];
    await cleo.pull(ben);
    // With a majority against it nothing is decided yet: the last one might have blocked, had the class blocks.
    const last = await cast(cleo, bad, 'disagree');
    const after = await cast(cleo, good, 'disagree');
    expect(rowOf(cleo, good)).toMatchObject({ status: 'adopted', decidedTime: timeOf(cleo, decided[0]!) });
    expect(rowOf(cleo, good).why.events).not.toContain(after);
    expect(rowOf(cleo, bad)).toMatchObject({ status: 'rejected', decidedTime: timeOf(cleo, last) });
    const withdrawn = await ana.act('proposal.withdraw', { proposal: gone });
    expect(rowOf(ana, gone)).toMatchObject({ status: 'withdrawn', decidedTime: timeOf(ana, withdrawn) });
  });

  it('stays as it was when ballots come that had not seen the decision, whatever became of it', async () => {
    const people = (await group(['ana', 'ben', 'cleo'], protocols({ parameters: 'majority' }))) as [
      Person,
      Person,
      Person,
    ];
    const [ana, ben, cleo] = people;
    const rivals = [await open(ana, free(ana.replica.id, 1)), await open(ana, free(ana.replica.id, 2))];
    await meet(people);
    const times: number[] = [];
    for (const proposal of rivals) {
      await cast(ana, proposal);
      await ben.pull(ana);
      times.push(timeOf(ben, await cast(ben, proposal)));
      await ana.pull(ben);
    }
    const rows = () => rivals.map((id) => [rowOf(ben, id).status, rowOf(ben, id).decidedTime]);
    const decided = [
      ['adopted', times[0]],
      ['superseded', times[1]],
    ];
    expect(rows()).toEqual(decided);
    for (const name of ['1', '2', '3', '4', '5', '6']) await cleo.act('member.describe', { name: { text: name } });
    for (const proposal of rivals) await cast(cleo, proposal);
    await ben.pull(cleo);
    expect(rows()).toEqual(decided);
    expect(rivals.map((id) => rowOf(ben, id).tally.agree)).toEqual([3, 3]);
  });
});

describe('what an amendment is based on', () => {
  it('is what its author knew to be in force', async () => {
    const people = (await group(['ana', 'ben', 'cleo'], protocols({ parameters: 'majority', adopt: 'majority' }))) as [
      Person,
      Person,
      Person,
    ];
    const [ana, ben, cleo] = people;
    const founded = ana.replica.id;
    const amended = await open(ana, free(founded, 1));
    await meet(people);
    for (const person of [ana, ben]) await cast(person, amended);
    await meet([ana, ben]);
    expect(rowOf(ana, amended).status).toBe('adopted');
    for (const effect of [free(founded, 2), adopting(ana, founded), free('0'.repeat(64), 2)])
      await expect(open(ana, effect)).rejects.toEqual(refused('base-not-in-force'));
    for (const effect of [free(amended, 2), adopting(ana, amended)])
      expect(rowOf(ana, await open(ana, effect)).status).toBe('open');
    // Whoever does not know of it builds on what was before, also where that sorts later.
    for (const name of ['1', '2', '3', '4', '5', '6']) await cleo.act('member.describe', { name: { text: name } });
    const unknowing = [await open(cleo, free(founded, 3)), await open(cleo, adopting(cleo, founded))];
    await meet(people);
    for (const proposal of unknowing) expect(rowOf(ana, proposal).status).toBe('open');
  });

  it('gives an agreement that works, or it is refused', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const base = ana.replica.id;
    const { protocols: whole } = ana.replica.state.versions.get(base)!;
    const lacking = whole.filter(({ kind }) => kind !== 'ownership');
    await expect(open(ana, { kind: 'adopt', base, protocols: lacking })).rejects.toEqual(
      refused('agreement-missing-kind'),
    );
    const change = (protocol: string, params: Extract<Draft<Effect>, { kind: 'parameters' }>['params']) =>
      open(ana, { kind: 'parameters', base, protocol, params });
    await expect(change('spending', { unit: 'EUR' })).rejects.toEqual(refused('parameters-malformed'));
    await expect(change('nothing', { unit: 'EUR', free: 1 })).rejects.toEqual(refused('parameters-malformed'));
    const { params } = whole.find(({ kind }) => kind === 'decisions') as { readonly params: { readonly uses: object } };
    const uses = { ...params.uses, none: 'unheard-of' };
    await expect(change('decisions', { ...params, uses })).rejects.toEqual(refused('agreement-class-unknown'));
  });

  it('may not be sealed yet', async () => {
    const [ana] = (await group(['ana'], protocols({ parameters: 'majority', adopt: 'majority' }))) as [Person];
    const alone = new SealingGroup([ana]);
    await alone.pass(3);
    const founded = ana.replica.id;
    const amended = await open(ana, free(founded, 1));
    await cast(ana, amended);
    expect(rowOf(ana, amended)).toMatchObject({ status: 'adopted' });
    expect(ana.replica.seals.current!.ground.version.id).toBe(founded);
    for (const base of [amended, founded])
      for (const effect of [free(base, 2), adopting(ana, base)])
        expect(rowOf(ana, await open(ana, effect)).status).toBe('open');
    await expect(open(ana, free('0'.repeat(64), 2))).rejects.toEqual(refused('base-not-in-force'));
  });
});
