import { describe, expect, it } from 'vitest';
import { forge } from '../../test/kit/forge';
import { Person, admission, group, meet, testSigner } from '../../test/kit/group';
import { SealingGroup } from '../../test/kit/sealing';
import { detach } from '../record/compose';
import { Replica } from './replica';

const DAY = 86_400_000;
const NEVER = Number.MAX_SAFE_INTEGER;
/** 1970, the past, and as far ahead as a number goes. */
const TIMES = [0, 1, NEVER];

/** Signs at whatever time; everybody gets it. */
async function at(time: number, by: Person, type: string, payload: object, people: readonly Person[]): Promise<string> {
  const event = await forge(by, { time, type, payload: detach(payload, by.signer.device).payload });
  for (const { replica } of people) replica.receive({ events: [event], texts: [] });
  return event.id;
}

const question = (deadline = 0) => ({
  title: { text: 'T' },
  text: { text: 'X' },
  effect: { kind: 'none' },
  deadline,
});

describe('what an event claims of its time', () => {
  it('is no matter to ballots: the newest counts by who had seen what, and with all of them in the vote is over', async () => {
    const people = (await group(['ana', 'ben'])) as [Person, Person];
    const [ana, ben] = people;
    for (const first of TIMES)
      for (const second of TIMES) {
        const proposal = await at(second, ana, 'proposal.open', question(), people);
        const cast = (time: number, by: Person, choice: string): Promise<string> =>
          at(time, by, 'ballot.cast', { proposal, choice }, people);
        const replaced = await cast(first, ben, 'disagree');
        const newer = await cast(second, ben, 'agree');
        expect(ana.replica.state.proposals.get(proposal)!.status).toBe('open');
        const last = await cast(first, ana, 'agree');
        const { ballots, proposals } = ana.replica.state;
        expect([replaced, newer, last].map((id) => ballots.get(id)!.standing)).toEqual([
          'replaced',
          'counts',
          'counts',
        ]);
        expect(proposals.get(proposal)!.status).toBe('adopted');
      }
  });

  it.each([
    ['of 1970', 0, 7 + 3],
    ['without end', NEVER, 365 + 3],
  ] as const)(
    'is no deadline: one %s ends by the time of seals, and with whatever ballots a cut has',
    async (_how, deadline, days) => {
      for (const time of TIMES) {
        const people = (await group(['ana', 'ben'])) as [Person, Person];
        const [ana, ben] = people;
        const proposal = await at(time, ana, 'proposal.open', question(deadline), people);
        const sealing = new SealingGroup(people);
        await sealing.pass(4);
        const row = () => ana.replica.state.proposals.get(proposal)!;
        expect(row()).toMatchObject({ status: 'open', opened: ana.replica.state.seals.get('1')!.time });
        // Whatever it claims, it is before the seal that ends the vote.
        const ballot = await at(time, ben, 'ballot.cast', { proposal, choice: 'agree' }, people);
        const later = async (by: number): Promise<void> => {
          await sealing.clock.advance(by * DAY);
          await ana.act('member.describe', { name: { text: 'Ana' } });
          await meet(people);
          await sealing.pass(6);
        };
        await later(days - 1);
        expect(row().status).toBe('open');
        await later(1);
        expect(row()).toMatchObject({ status: 'adopted', tally: { agree: 1 } });
        expect(ana.replica.state.ballots.get(ballot)!.standing).toBe('counts');
      }
    },
  );

  it('is no matter to an admission: its own, that of its invite, and that of what the newcomer signs', async () => {
    for (const time of TIMES)
      for (const admitted of TIMES) {
        const people = (await group(['ana', 'ben'])) as [Person, Person];
        const [ana, ben] = people;
        const invite = await testSigner('invite');
        const dora = await testSigner('dora');
        await at(time, ana, 'invite.issue', { invite: invite.device, type: 'resident', uses: 1, days: 1 }, people);
        const member = await at(admitted, ben, 'member.admit', await admission(ben, invite, dora, 'dora'), people);
        const newcomer = new Person('dora', dora, new Replica(ana.replica.id), 0);
        await newcomer.pull(ben);
        const name = { text: 'Dora' };
        const described = await at(time, newcomer, 'member.describe', { name }, [newcomer, ...people]);
        for (const { replica } of people) {
          expect(replica.state.members.get(member)).toMatchObject({ status: 'active', time: admitted });
          expect(replica.state.withoutEffect.has(described)).toBe(false);
        }
      }
  });
});
