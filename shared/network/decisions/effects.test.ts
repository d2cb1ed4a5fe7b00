import { describe, expect, it } from 'vitest';
import { type Person, admit, group, meet, protocols } from '../../../test/kit/group';
import type { Draft } from '../../record/text';
import type { Effect } from './model';

const refused = (code: string) => expect.objectContaining({ code: `refused-${code}` });
const open = (by: Person, effect: Draft<Effect>) =>
  by.act('proposal.open', { title: { text: 'T' }, text: { text: '' }, effect, deadline: 0 });
async function decide(people: readonly Person[], proposal: string): Promise<void> {
  await meet(people);
  for (const person of people) await person.act('ballot.cast', { proposal, choice: 'agree' }).catch(() => null);
  await meet(people);
}

describe('what a decision brings about', () => {
  it('admits an applicant, from then on a member', async () => {
    const [ana] = (await group(['ana'], protocols({}, 'decision'))) as [Person];
    const dora = await admit(ana, 'dora');
    const proposal = await open(ana, { kind: 'admit', member: dora.member });
    await ana.act('ballot.cast', { proposal, choice: 'agree' });
    const member = ana.replica.state.members.get(dora.member)!;
    expect(member).toMatchObject({ status: 'active', since: proposal });
    expect(member.why.events).toEqual([dora.member, ...ana.replica.state.proposals.get(proposal)!.why.events]);
    await expect(open(ana, { kind: 'admit', member: dora.member })).rejects.toEqual(refused('no-applicant'));
  });

  it('admits nobody who has left meanwhile, and who was admitted by another decision only once', async () => {
    const [ana] = (await group(['ana'], protocols({}, 'decision'))) as [Person];
    const dora = await admit(ana, 'dora');
    const eli = await admit(ana, 'eli');
    const [leaving, first, second] = [
      await open(ana, { kind: 'admit', member: dora.member }),
      await open(ana, { kind: 'admit', member: eli.member }),
      await open(ana, { kind: 'admit', member: eli.member }),
    ];
    await dora.pull(ana);
    await dora.act('member.leave', {});
    await ana.pull(dora);
    for (const proposal of [leaving, first, second]) await ana.act('ballot.cast', { proposal, choice: 'agree' });
    const { proposals, members } = ana.replica.state;
    expect([leaving, first, second].map((id) => proposals.get(id)!.status)).toEqual([
      'superseded',
      'adopted',
      'superseded',
    ]);
    expect(members.get(dora.member)!.status).toBe('left');
    expect(members.get(eli.member)).toMatchObject({ status: 'active', since: first });
  });

  it('removes a member, once', async () => {
    const people = (await group(['ana', 'ben', 'cleo'], protocols({ remove: 'majority' }))) as [Person, Person, Person];
    const [ana, ben, cleo] = people;
    const first = await open(ana, { kind: 'remove', member: cleo.member });
    const second = await open(ana, { kind: 'remove', member: cleo.member });
    await meet(people);
    await decide([ana, ben], first);
    await decide([ana, ben], second);
    expect([first, second].map((id) => ana.replica.state.proposals.get(id)!.status)).toEqual(['adopted', 'superseded']);
    expect(ana.replica.state.members.get(cleo.member)).toMatchObject({ status: 'removed', until: first });
    await expect(open(ana, { kind: 'remove', member: cleo.member })).rejects.toEqual(refused('no-member'));
    // In who votes next: by what the proposer had seen of it.
    const knowing = await open(ana, { kind: 'none' });
    const unknowing = await open(cleo, { kind: 'none' });
    await ana.pull(cleo);
    const electorate = (id: string) => ana.replica.state.proposals.get(id)!.electorate;
    expect(electorate(knowing)).toEqual([ana.member, ben.member].sort());
    expect(electorate(unknowing)).toEqual([ana.member, ben.member, cleo.member].sort());
  });

  it('makes versions of the agreement that count on', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    let base = ana.replica.id;
    for (const number of [2, 3]) {
      const params = { unit: 'EUR', free: number };
      const proposal = await open(ana, { kind: 'parameters', base, protocol: 'spending', params });
      await ana.act('ballot.cast', { proposal, choice: 'agree' });
      expect(ana.replica.state.versions.get(proposal)).toMatchObject({ number, base });
      expect(ana.replica.state.network.get('network')!.version).toBe(proposal);
      base = proposal;
    }
  });
});
