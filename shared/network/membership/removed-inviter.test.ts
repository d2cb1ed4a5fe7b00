import { describe, expect, it } from 'vitest';
import { forge } from '../../../test/kit/forge';
import { type Person, admission, group, meet, protocols, testSigner } from '../../../test/kit/group';
import { SealingGroup } from '../../../test/kit/sealing';
import { Replica } from '../../replica/replica';
import { stateDigest } from '../digest/digest';

type Four = [Person, Person, Person, Person];

/** Cleo has issued an invite, and all but one ballot agree that she is removed. */
async function nearlyRemoved() {
  const people = (await group(['ana', 'ben', 'cleo', 'dora'], protocols({ remove: 'majority' }))) as Four;
  const sealing = new SealingGroup(people);
  await sealing.pass(5);
  const [ana, ben, cleo, dora] = people;
  const invite = await testSigner('invite');
  await cleo.act('invite.issue', { invite: invite.device, type: 'resident', uses: 5, days: 14 });
  await meet(people);
  const proposal = await ana.act('proposal.open', {
    title: { text: 'T' },
    text: { text: 'X' },
    effect: { kind: 'remove', member: cleo.member },
    deadline: 0,
  });
  await meet(people);
  for (const by of [ana, ben]) await by.act('ballot.cast', { proposal, choice: 'agree' });
  await meet(people);
  const admitting = async (by: Person, name: string) => ({
    ...(await admission(by, invite, await testSigner(name), name)),
    name: { text: name },
  });
  const decide = (by: Person) => by.act('ballot.cast', { proposal, choice: 'agree' });
  return { sealing, people, ana, ben, cleo, dora, proposal, admitting, decide };
}

/** The state of whoever gets all of it at once. */
async function stateOf(person: Person): Promise<Replica['state']> {
  const fresh = new Replica(person.replica.id);
  fresh.receive(await person.batch());
  expect(stateDigest(fresh.state)).toBe(stateDigest(person.replica.state));
  return fresh.state;
}

describe('an invite whose issuer was removed', () => {
  it('admits nobody any more by who knows of it', async () => {
    const { people, ben, cleo, dora, admitting, decide } = await nearlyRemoved();
    await decide(dora);
    await meet(people);
    expect(ben.replica.state.members.get(cleo.member)!.status).toBe('removed');
    await expect(ben.act('member.admit', await admitting(ben, 'eve'))).rejects.toMatchObject({
      code: 'refused-inviter-not-entitled',
    });
  });

  it.each([true, false])(
    'has admitted whom somebody admitted without knowing of it, however the hashes fall (%s)',
    async (first) => {
      const { sealing, people, ana, ben, cleo, dora, proposal, admitting, decide } = await nearlyRemoved();
      const payload = { ...(await admitting(ben, 'eve')), name: '1'.repeat(64) };
      const ballot = await decide(dora);
      let admitted = await forge(ben, { type: 'member.admit', payload });
      for (let time = 1; admitted.id < ballot !== first; time++)
        admitted = await forge(ben, { type: 'member.admit', payload, time });
      ben.replica.receive({ events: [admitted], texts: [] });
      await meet(people);
      await meet(people);
      const expectIn = async (): Promise<void> => {
        const state = await stateOf(ana);
        expect(state.members.get(cleo.member)!.status).toBe('removed');
        expect(state.members.get(admitted.id)?.status ?? state.withoutEffect.get(admitted.id)?.code).toBe('active');
      };
      await expectIn();
      await sealing.pass(8);
      expect(ana.replica.state.proposals.get(proposal)!.sealed).toBeDefined();
      await expectIn();
    },
  );

  it.each([true, false])(
    'or who left, has admitted alike whom somebody admitted without knowing of it, and nobody else (%s)',
    async (first) => {
      const { people, ana, ben, cleo, admitting } = await nearlyRemoved();
      const payload = { ...(await admitting(ben, 'eve')), name: '1'.repeat(64) };
      const left = await cleo.act('member.leave', {});
      let admitted = await forge(ben, { type: 'member.admit', payload });
      for (let time = 1; admitted.id < left !== first; time++)
        admitted = await forge(ben, { type: 'member.admit', payload, time });
      ben.replica.receive({ events: [admitted], texts: [] });
      await meet(people);
      await meet(people);
      const state = await stateOf(ana);
      expect(state.members.get(cleo.member)!.status).toBe('left');
      expect(state.members.get(admitted.id)?.status ?? state.withoutEffect.get(admitted.id)?.code).toBe('active');
      await expect(ana.act('member.admit', await admitting(ana, 'finn'))).rejects.toMatchObject({
        code: 'refused-inviter-not-entitled',
      });
    },
  );

  it('admits nobody once the removal is sealed, from however old a past', async () => {
    const { sealing, people, ana, ben, cleo, dora, proposal, admitting, decide } = await nearlyRemoved();
    const payload = { ...(await admitting(ben, 'eve')), name: '1'.repeat(64) };
    const old = await forge(ben, { type: 'member.admit', payload });
    await decide(dora);
    await meet(people);
    await sealing.pass(8, [ana, dora, cleo]);
    expect(ana.replica.state.proposals.get(proposal)!.sealed).toBeDefined();
    ana.replica.receive({ events: [old], texts: [] });
    const state = await stateOf(ana);
    expect(state.withoutEffect.get(old.id)!.code).toBe('inviter-not-entitled');
    expect(state.members.has(old.id)).toBe(false);
  });
});
