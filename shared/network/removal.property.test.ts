import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forge } from '../../test/kit/forge';
import { type Person, admission, group, meet, protocols, testSigner } from '../../test/kit/group';
import { SealingGroup } from '../../test/kit/sealing';
import { Replica } from '../replica/replica';
import { stateDigest } from './digest/digest';

const DEEDS = ['describe', 'post', 'propose', 'ballot', 'invite', 'pledge', 'leave'] as const;
type Deed = (typeof DEEDS)[number];

/** What Dora does without knowing that the others remove her, and whether it had effect. */
async function act(
  dora: Person,
  deed: Deed,
  on: { proposal: string; resource: string },
): Promise<(state: Replica) => boolean> {
  const text = { text: 'X' };
  switch (deed) {
    case 'describe': {
      await dora.act('member.describe', { name: { text: 'Dora the second' } });
      const { name } = dora.replica.state.members.get(dora.member)!;
      return ({ state }) => state.members.get(dora.member)!.name === name;
    }
    case 'post': {
      const postings = [
        { account: 'bank' as const, unit: 'EUR', amount: 500 },
        { account: `member:${dora.member}` as const, unit: 'EUR', amount: -500 },
      ];
      const id = await dora.act('entry.post', { kind: 'contribution', date: '2025-01-01', memo: text, postings });
      return ({ state }) => state.entries.has(id);
    }
    case 'propose': {
      const open = { title: text, text, effect: { kind: 'none' as const }, deadline: 0 };
      const id = await dora.act('proposal.open', open);
      return ({ state }) => state.proposals.get(id)?.electorate.includes(dora.member) === true;
    }
    case 'ballot': {
      const id = await dora.act('ballot.cast', { proposal: on.proposal, choice: 'agree' });
      return ({ state }) =>
        state.ballots.get(id)?.standing === 'counts' && state.proposals.get(on.proposal)!.tally.agree === 1;
    }
    case 'invite': {
      const secret = await testSigner('secret');
      await dora.act('invite.issue', { invite: secret.device, type: 'resident', uses: 1, days: 14 });
      const id = await dora.act('member.admit', await admission(dora, secret, await testSigner('eli'), 'eli'));
      return ({ state }) => state.members.get(id)?.status === 'active';
    }
    case 'pledge': {
      const id = await dora.act('pledge.make', { resource: on.resource, amount: 5, unit: 'EUR', together: 0 });
      return ({ state }) => state.pledges.has(id);
    }
    case 'leave':
      await dora.act('member.leave', {});
      // She is removed none the less.
      return () => true;
  }
}

describe('a removal', () => {
  it('counts against what its member had seen of it, wherever that lies in the order, and sealed or not', async () => {
    const places = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...DEEDS),
        fc.nat(12),
        fc.nat(12),
        fc.boolean(),
        async (deed, hers, theirs, sealed) => {
          const people = await group(
            ['ana', 'ben', 'cleo', 'dora'],
            protocols({ remove: 'majority', none: 'majority' }),
          );
          const [ana, , , dora] = people as [Person, Person, Person, Person];
          const others = people.slice(0, 3);
          const sealing = new SealingGroup(people);
          if (sealed) await sealing.pass(3);
          const about = { text: 'Out' };
          const on = {
            proposal: await ana.act('proposal.open', {
              title: about,
              text: about,
              effect: { kind: 'none' },
              deadline: 0,
            }),
            resource: await ana.act('resource.seek', { name: about, about, kind: 'boat', amount: 5, unit: 'EUR' }),
          };
          const effect = { kind: 'remove' as const, member: dora.member };
          const removal = await ana.act('proposal.open', { title: about, text: about, effect, deadline: 0 });
          await meet(people);
          // The more one did before, the later it sorts.
          for (let i = 0; i < theirs; i++) await ana.act('member.describe', { name: { text: `Ana ${i}` } });
          for (let i = 0; i < hers; i++) await dora.act('member.describe', { name: { text: `Dora ${i}` } });
          for (const person of others) {
            await person.act('ballot.cast', { proposal: removal, choice: 'agree' });
            await meet(others);
          }
          const hadEffect = await act(dora, deed, on);
          const own = dora.replica.record.all().at(-1)!;
          await meet(people);
          const order = ana.replica.order.map(({ id }) => id);
          const decided = ana.replica.state.proposals.get(removal)!.why.events;
          places.add(order.indexOf(own.id) > Math.min(...decided.slice(2).map((id) => order.indexOf(id))));
          const knowing = await forge(dora, { type: 'member.describe', payload: { name: '1'.repeat(64) } });
          for (const { replica } of people) {
            replica.receive({ events: [knowing], texts: [] });
            expect(replica.state.members.get(dora.member)).toMatchObject({ status: 'removed', until: removal });
            expect(hadEffect(replica)).toBe(true);
            expect(replica.state.withoutEffect.get(knowing.id)!.code).toBe('author-removed');
            expect([...replica.state.withoutEffect.keys()]).toEqual([knowing.id]);
          }
          if (sealed) {
            await sealing.pass(8, others);
            expect(ana.replica.state.proposals.get(removal)!.sealed).toBeDefined();
            expect(hadEffect(ana.replica)).toBe(true);
          }
          const whole = new Replica(ana.replica.id);
          whole.receive(await ana.batch());
          expect(stateDigest(whole.state)).toBe(stateDigest(ana.replica.state));
        },
      ),
      { numRuns: 30, endOnFailure: true },
    );
    // Both before and after the ballots that decided it.
    expect(places.size).toBe(2);
  }, 120_000);

  it('lets others admit by the invite of who is removed, as long as they do not know of it', async () => {
    for (const before of [0, 9]) {
      const people = await group(['ana', 'ben', 'cleo', 'dora'], protocols({ remove: 'majority' }));
      const [ana, ben, cleo, dora] = people as [Person, Person, Person, Person];
      const secret = await testSigner('secret');
      await dora.act('invite.issue', { invite: secret.device, type: 'resident', uses: 2, days: 14 });
      const effect = { kind: 'remove' as const, member: dora.member };
      const removal = await ana.act('proposal.open', {
        title: { text: 'Out' },
        text: { text: '' },
        effect,
        deadline: 0,
      });
      await meet(people);
      for (let i = 0; i < before; i++) await cleo.act('member.describe', { name: { text: `Cleo ${i}` } });
      const eli = await cleo.act('member.admit', await admission(cleo, secret, await testSigner('eli'), 'eli'));
      for (const person of [ana, ben, dora]) {
        await person.act('ballot.cast', { proposal: removal, choice: 'agree' });
        await meet([ana, ben, dora]);
      }
      await meet(people);
      for (const { replica } of people) {
        expect(replica.state.members.get(dora.member)!.status).toBe('removed');
        expect(replica.state.members.get(eli)!.status).toBe('active');
      }
      const late = admission(cleo, secret, await testSigner('fay'), 'fay');
      await expect(cleo.act('member.admit', await late)).rejects.toMatchObject({
        code: 'refused-inviter-not-entitled',
      });
    }
  });
});
