import { describe, expect, it } from 'vitest';
import { type Person, admit, group, meet, protocols } from '../../test/kit/group';
import type { Draft } from '../record/text';
import type { Effect } from './decisions/model';

const open = (by: Person, effect: Draft<Effect> = { kind: 'none' }) =>
  by.act('proposal.open', { title: { text: 'T' }, text: { text: '' }, effect, deadline: 0 });
const agree = (by: Person, proposal: string) => by.act('ballot.cast', { proposal, choice: 'agree' });
/** Makes what they do next sort after what the others did. */
async function dawdle(...people: readonly Person[]): Promise<void> {
  for (const person of people)
    for (const name of ['1', '2', '3', '4', '5', '6', '7', '8', '9'])
      await person.act('member.describe', { name: { text: name } });
}
/** Question by question, by what it is decided. */
const groundsOf = (by: Person, ...proposals: string[]) =>
  proposals.map((id) => {
    const { rule, clause } = by.replica.state.proposals.get(id)!;
    return [rule.id, clause.version];
  });
const electorateOf = (by: Person, proposal: string) => by.replica.state.proposals.get(proposal)!.electorate;
const membersOf = (...people: readonly Person[]) => people.map(({ member }) => member).sort();

/** An amendment by which questions without effect are decided by another class. */
function using(by: Person, base: string, none: string): Draft<Effect> {
  const { protocols: all } = by.replica.state.versions.get(base)!;
  const spec = all.find(({ kind }) => kind === 'decisions')!;
  const params = spec.params as { readonly uses: object };
  const change = { ...params, uses: { ...params.uses, none } };
  return { kind: 'parameters', base, protocol: spec.id, params: change };
}

type Five = [Person, Person, Person, Person, Person];
const FIVE = ['ana', 'ben', 'cleo', 'dora', 'eli'];
const byMajority = protocols({ parameters: 'majority', remove: 'majority' });

describe('before there are seals, a proposal is decided', () => {
  it('by the newest agreement whose adoption its author had seen', async () => {
    const people = (await group(FIVE, byMajority)) as Five;
    const [ana, ben, cleo, dora, eli] = people;
    const founded = ana.replica.id;
    const first = await open(ana, using(ana, founded, 'consent'));
    await meet(people);
    await agree(cleo, first);
    await dora.pull(cleo);
    for (const person of [ana, ben]) await agree(person, first);
    await meet([ana, ben, cleo]);
    const second = await open(ana, using(ana, first, 'assent'));
    await meet([ana, ben, cleo]);
    for (const person of [ana, ben, cleo]) await agree(person, second);
    await meet([ana, ben, cleo]);
    expect(ana.replica.state.network.get('network')!.version).toBe(second);
    await eli.pull(ben);
    await dawdle(dora, eli);
    // Dora had seen one ballot for the first, which did not adopt it.
    const asked = [await open(ana), await open(dora), await open(eli)];
    await meet(people);
    for (const person of people)
      expect(groundsOf(person, ...asked)).toEqual([
        ['assent', second],
        ['majority', founded],
        ['assent', second],
      ]);
  });

  it('by the one before the newest, where its author had seen only that adopted', async () => {
    const people = (await group(['ana', 'ben'], byMajority)) as [Person, Person];
    const [ana, ben] = people;
    const amended: string[] = [];
    for (const none of ['consent', 'assent']) {
      const proposal = await open(ana, using(ana, amended.at(-1) ?? ana.replica.id, none));
      await meet(people);
      for (const person of people) await agree(person, proposal);
      await ana.pull(ben);
      // Ana's ballot for the second one reaches nobody for now.
      if (amended.push(proposal) === 1) await ben.pull(ana);
    }
    expect(ana.replica.state.network.get('network')!.version).toBe(amended[1]);
    await dawdle(ben);
    const asked = await open(ben);
    await ana.pull(ben);
    expect(groundsOf(ana, asked)).toEqual([['consent', amended[0]]]);
  });

  it('by the members that its author knew, whoever has come and gone', async () => {
    const people = (await group(FIVE, byMajority)) as Five;
    const [ana, ben, cleo, dora, eli] = people;
    const removal = await open(ana, { kind: 'remove', member: dora.member });
    await meet(people);
    await eli.act('member.leave', {});
    for (const person of [ana, ben, cleo]) await agree(person, removal);
    const fay = await admit(ana, 'fay');
    await meet([ana, cleo, eli, fay]);
    await ana.pull(ben);
    expect(ana.replica.state.members.get(dora.member)!.status).toBe('removed');
    await dawdle(ben);
    // Ben knows of none of it; Cleo of all but the last ballot against Dora.
    const asked = [await open(ben), await open(cleo), await open(ana)] as const;
    await meet(people);
    for (const person of [ana, ben, cleo])
      expect(asked.map((id) => electorateOf(person, id))).toEqual([
        membersOf(ana, ben, cleo, dora, eli),
        membersOf(ana, ben, cleo, dora, fay),
        membersOf(ana, ben, cleo, fay),
      ]);
  });

  it('by who may vote by it: neither who waits to be admitted, nor who has no vote by their membership', async () => {
    const agreed = protocols({}, 'decision').map((protocol) =>
      protocol.kind !== 'membership'
        ? protocol
        : {
            ...protocol,
            params: { types: [...protocol.params.types, { id: 'guest', label: 'Guest', rights: ['post' as const] }] },
          },
    );
    const [ana] = (await group(['ana'], agreed)) as [Person];
    const [guest, supporter, applicant] = [
      await admit(ana, 'guest', 'guest'),
      await admit(ana, 'supporter', 'supporter'),
      await admit(ana, 'applicant'),
    ];
    for (const { member } of [guest, supporter]) await agree(ana, await open(ana, { kind: 'admit', member }));
    const { members } = ana.replica.state;
    expect([guest, supporter, applicant].map(({ member }) => members.get(member)!.status)).toEqual([
      'active',
      'active',
      'applicant',
    ]);
    expect(electorateOf(ana, await open(ana))).toEqual(membersOf(ana, supporter));
  });
});
