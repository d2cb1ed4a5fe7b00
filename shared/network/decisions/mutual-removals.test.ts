import { describe, expect, it } from 'vitest';
import { forge } from '../../../test/kit/forge';
import { type Person, group, meet, protocols } from '../../../test/kit/group';
import { SealingGroup } from '../../../test/kit/sealing';
import { stateDigest } from '../digest/digest';

type Five = [Person, Person, Person, Person, Person];

/** Ana asks that Ben be removed, Ben that Ana be; Cleo and Eli agree with Ben, whose own ballot would decide it. */
async function feud() {
  const people = (await group(['ana', 'ben', 'cleo', 'dora', 'eli'], protocols({ remove: 'majority' }))) as Five;
  const sealing = new SealingGroup(people);
  await sealing.pass(5);
  const [ana, ben, cleo, dora, eli] = people;
  const remove = (by: Person, { member }: Person) =>
    by.act('proposal.open', {
      title: { text: 'T' },
      text: { text: 'X' },
      effect: { kind: 'remove', member },
      deadline: 0,
    });
  const [one, two] = [await remove(ana, ben), await remove(ben, ana)];
  await meet(people);
  const agree = (by: Person, proposal: string) => by.act('ballot.cast', { proposal, choice: 'agree' });
  for (const by of [cleo, eli]) await agree(by, two);
  await meet(people);
  const bens = await forge(ben, { type: 'ballot.cast', payload: { proposal: two, choice: 'agree' } });
  for (const by of [ana, cleo, dora]) await agree(by, one);
  const expectOutcome = (seen: readonly Person[], outcome: readonly [string, string, string, string]): void => {
    for (const { replica } of seen) {
      const { proposals, members } = replica.state;
      expect([
        proposals.get(one)!.status,
        proposals.get(two)!.status,
        members.get(ana.member)!.status,
        members.get(ben.member)!.status,
      ]).toEqual(outcome);
    }
    expect(new Set(seen.map(({ replica }) => stateDigest(replica.state))).size).toBe(1);
  };
  return { people, sealing, bens, expectOutcome };
}

describe('mutual removals', () => {
  it('of which one is sealed first: that one stands, and the other comes too late', async () => {
    const { people, sealing, bens, expectOutcome } = await feud();
    const [ana, ben, cleo, dora, eli] = people;
    const there = [ana, cleo, dora, eli];
    await meet(there);
    await sealing.pass(8, there);
    expectOutcome(there, ['adopted', 'open', 'active', 'removed']);
    ben.replica.receive({ events: [bens], texts: [] });
    for (const { replica } of there) replica.receive({ events: [bens], texts: [] });
    await meet(there);
    await sealing.pass(8, there);
    expectOutcome(there, ['adopted', 'open', 'active', 'removed']);
  });

  it('in one cut: neither stands', async () => {
    const { people, sealing, bens, expectOutcome } = await feud();
    people[1].replica.receive({ events: [bens], texts: [] });
    await meet(people);
    expectOutcome(people, ['clashing', 'clashing', 'active', 'active']);
    await sealing.pass(8);
    expectOutcome(people, ['clashing', 'clashing', 'active', 'active']);
    for (const { status, sealed } of people[0].replica.state.proposals.values())
      expect([status, typeof sealed]).toEqual(['clashing', 'number']);
  });
});
