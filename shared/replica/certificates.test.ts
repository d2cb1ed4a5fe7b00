import { describe, expect, it } from 'vitest';
import { Person, admission, group, meet, testSigner } from '../../test/kit/group';
import { checkEvent } from '../network/check';
import { Replica } from './replica';

/** Cleo was let in twice: Ana's admission was lost on the way, so she asked Ben, who had not heard of it. */
async function admittedTwice() {
  const people = (await group(['ana', 'ben'])) as [Person, Person];
  const [ana] = people;
  const [invite, cleo] = [await testSigner('invite'), await testSigner('cleo')];
  await ana.act('invite.issue', { invite: invite.device, type: 'resident', uses: 2, days: 14 });
  await meet(people);
  const admissions = [];
  for (const host of people)
    admissions.push(await host.act('member.admit', await admission(host, invite, cleo, 'Cleo')));
  return { people, cleo, admissions };
}

describe('a device that was admitted twice', () => {
  it('begins its chain with the admission that has effect, in whatever order both came', async () => {
    const { people, cleo, admissions } = await admittedTwice();
    for (const order of [people, [...people].reverse()]) {
      const someone = new Person('cleo', cleo, new Replica(people[0].replica.id), 0);
      for (const host of order) await someone.pull(host);
      const { state } = someone.replica;
      const member = state.devices.get(cleo.device)!.member;
      expect(admissions).toContain(member);
      const first = await someone.act('member.describe', { name: { text: 'Cleo' } });
      expect(someone.replica.record.get(first)!.member).toBe(member);
      expect(state.withoutEffect.has(first)).toBe(false);
      const copy = await checkEvent(someone.replica.record.get(first)!.bytes);
      await people[0].pull(people[1]);
      people[0].replica.receive({ events: [copy], texts: [] });
      expect(people[0].replica.state.withoutEffect.has(first)).toBe(false);
      // What she signs next goes on from there.
      const next = await someone.act('member.describe', { name: { text: 'Cleopatra' } });
      expect(state.withoutEffect.has(next)).toBe(false);
    }
  });
});
