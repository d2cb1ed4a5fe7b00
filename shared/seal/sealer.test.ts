import { describe, expect, it } from 'vitest';
import { forge } from '../../test/kit/forge';
import { LEAVING, type Person, admission, admit, group, meet, protocols, testSigner } from '../../test/kit/group';
import { SealingGroup } from '../../test/kit/sealing';
import { SimClock } from '../../test/channel/sim-clock';
import type { Parameters, ProtocolSpec } from '../network/agreement/model';
import type { Effect } from '../network/decisions/model';
import type { Action } from '../network/events';
import type { Draft } from '../record/text';
import { Sealer } from './sealer';
import { proposerOf } from './tendermint';

const DIGEST = '0'.repeat(64);

/** One person's sealer, on a clock of its own, and what it signs. */
function sealerOf(
  person: Person,
  given: { readonly now?: () => number; readonly refuse?: (type: string) => boolean } = {},
) {
  const clock = new SimClock();
  const signed: Action[] = [];
  /** Milliseconds after which it wanted to wake, each time. */
  const delays: number[] = [];
  const sealer = new Sealer({
    replica: person.replica,
    device: person.signer.device,
    clock: {
      now: () => clock.now(),
      setTimer: (delay, run) => {
        delays.push(delay);
        return clock.setTimer(delay, run);
      },
    },
    now: given.now ?? (() => Date.UTC(2030, 0, 1) + clock.now()),
    mayVote: () => true,
    act: async (action) => {
      if (given.refuse?.(action.type) === true) throw new Error('The disk is full.');
      signed.push(action);
      return person.act(action.type, action.payload);
    },
  });
  /** What it signs when it looks `milliseconds` later. */
  const after = async (milliseconds: number): Promise<Action[]> => {
    await clock.advance(milliseconds);
    await sealer.look();
    return signed.splice(0);
  };
  return { sealer, clock, delays, after };
}

/** Three people behind the founder's seal, in the order in which it is their turn to propose the next; all are ready for it. */
async function threeReady(isReady = true, later = 1) {
  const { people, pass } = await sealedOnce();
  const { ground } = people[0]!.replica.seals.current!;
  const height = { height: 2, previous: ground.value };
  const asking = { ...height, time: ground.time + later };
  const { current } = people[0]!.replica.seals;
  const inTurn = [0, 1, 2].map((round) => people.find(({ member }) => member === proposerOf(current!, round).member)!);
  const ready: string[] = [];
  if (isReady) for (const person of inTurn) ready.push(await person.act('seal.ready', asking));
  await meet(inTurn);
  return { people: inTurn as [Person, Person, Person], ground, height, asking, ready: ready.sort(), pass };
}

/** One person behind the seal of the founding, and her sealer. */
async function sealedAlone(given = protocols()) {
  const [ana] = (await group(['ana'], given)) as [Person];
  const made = sealerOf(ana);
  await made.after(0);
  await made.after(30_000);
  expect(ana.replica.seals.seals).toHaveLength(1);
  return { ana, ...made };
}

/** Whoever leaves gives so many days of notice. */
const noticeOf = (notice: number): Draft<ProtocolSpec> => {
  const params = { ...(LEAVING.params as Parameters<'leaving'>), notice };
  return { ...LEAVING, params } as Draft<ProtocolSpec>;
};

async function sealedOnce() {
  const sealing = new SealingGroup(await group(['ana', 'ben', 'cleo']));
  await sealing.pass(3);
  expect(sealing.people[0]!.replica.seals.seals).toHaveLength(1);
  return { people: sealing.people, pass: (minutes: number) => sealing.pass(minutes) };
}

const votes = (actions: readonly Action[]) =>
  actions.map(({ type, payload }) => ({ type, ...(payload as { readonly round?: number; readonly value?: string }) }));

describe('a sealer', () => {
  it('asks for a seal half a minute after something happened', async () => {
    const { ana, after, clock } = await sealedAlone();
    await ana.act('member.describe', { name: { text: 'Anna' } });
    expect(await after(0)).toEqual([]);
    expect(clock.pending).toBe(1);
    expect(await after(29_999)).toEqual([]);
    expect(ana.replica.seals.seals).toHaveLength(1);
    const signed = await after(1);
    expect(signed.map(({ type }) => type)).toEqual(['seal.ready', 'seal.propose', 'seal.prevote', 'seal.precommit']);
    expect(ana.replica.seals.seals).toHaveLength(2);
    expect(await after(1_000_000)).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('asks two seconds after who is in changed', async () => {
    const { ana, after } = await sealedAlone();
    await ana.act('member.describe', { name: { text: 'Anna' } });
    await admit(ana, 'ben');
    expect(await after(0)).toEqual([]);
    expect(await after(1_999)).toEqual([]);
    expect(await after(1)).toHaveLength(4);
  });

  it('asks two seconds after a decision on who is in, not so after another', async () => {
    const uses = { none: 'majority', admit: 'majority', remove: 'majority' };
    const waits = async (effect: (applicant: string) => Draft<Effect>): Promise<number[]> => {
      const [ana] = (await group(['ana'], protocols(uses, 'decision'))) as [Person];
      const dora = await admit(ana, 'dora');
      const { after } = sealerOf(ana);
      for (const time of [0, 30_000]) await after(time);
      const text = { title: { text: 'T' }, text: { text: '' }, deadline: 0 };
      const proposal = await ana.act('proposal.open', { ...text, effect: effect(dora.member) });
      await ana.act('ballot.cast', { proposal, choice: 'agree' });
      expect(ana.replica.state.proposals.get(proposal)!.status).toBe('adopted');
      const wait = async (): Promise<number> => {
        await after(0);
        return (await after(2_000)).length > 0 ? 2_000 : (await after(28_000)).length > 0 ? 30_000 : 0;
      };
      const first = await wait();
      // A decision that is sealed hurries nobody any more.
      await ana.act('member.describe', { name: { text: 'Anna' } });
      return [first, await wait()];
    };
    expect(await waits((member) => ({ kind: 'admit', member }))).toEqual([2_000, 30_000]);
    expect(await waits(() => ({ kind: 'none' }))).toEqual([30_000, 30_000]);
  });

  it('wakes itself at the end of that time', async () => {
    const { ana, sealer, clock } = await sealedAlone();
    await ana.act('member.describe', { name: { text: 'Anna' } });
    await sealer.look();
    await clock.advance(10_000);
    await sealer.look();
    await clock.advance(20_000);
    // Timers do not wait for what they begin.
    await expect.poll(() => ana.replica.seals.seals.length).toBe(2);
  });

  it('asks for a seal by which a notice is over, from then on, and wakes itself for it within a day', async () => {
    const { ana, after } = await sealedAlone([...protocols(), noticeOf(30)]);
    await ana.act('member.announce', { leaves: true });
    await after(0);
    await after(30_000);
    const { due } = ana.replica.state.members.get(ana.member)!.leaving!;
    const wakes = async (left: number): Promise<number[]> => {
      const made = sealerOf(ana, { now: () => due! - left });
      expect(await made.after(0)).toEqual([]);
      return made.delays;
    };
    const day = 86_400_000;
    expect([await wakes(day + 1), await wakes(day), await wakes(1)]).toEqual([[], [day], [1]]);
    // Over: half a minute, as for anything that happened.
    expect([await wakes(0), await wakes(-day)]).toEqual([[30_000], [30_000]]);
  });

  it('asks at once where another has asked, and not before anything waits', async () => {
    const { people, height, asking } = await threeReady(false);
    const [first, second] = people;
    const { after } = sealerOf(second);
    expect(await after(100_000)).toEqual([]);
    await first.act('seal.ready', asking);
    await second.pull(first);
    expect(await after(0)).toMatchObject([{ type: 'seal.ready', payload: height }]);
    expect(await after(100_000)).toEqual([]);
  });

  it('waits its times: twenty seconds for each step, ten more in each further round', async () => {
    const { people, height } = await threeReady();
    const [first, second, third] = people;
    const { after, clock } = sealerOf(third);
    expect(await after(0)).toEqual([]);
    expect(await after(19_999)).toEqual([]);
    expect(votes(await after(1))).toMatchObject([{ type: 'seal.prevote', round: 0, value: null }]);
    await first.act('seal.prevote', { ...height, round: 0, value: null });
    await second.act('seal.prevote', { ...height, round: 0, value: DIGEST });
    await meet(people);
    expect(await after(0)).toEqual([]);
    expect(await after(19_999)).toEqual([]);
    expect(votes(await after(1))).toMatchObject([{ type: 'seal.precommit', round: 0, value: null }]);
    for (const other of [first, second]) await other.act('seal.precommit', { ...height, round: 0, value: null });
    await meet(people);
    expect(await after(0)).toEqual([]);
    expect(await after(19_999)).toEqual([]);
    // The next round, without a look from outside: it waits for that round's proposer.
    await clock.advance(1);
    expect(clock.pending).toBe(1);
    expect(await after(0)).toEqual([]);
    expect(await after(29_999)).toEqual([]);
    expect(votes(await after(1))).toMatchObject([{ type: 'seal.prevote', round: 1, value: null }]);
  });

  it('wakes itself when the rest of a time is over', async () => {
    const { people, height } = await threeReady();
    const [first, second, third] = people;
    const { after, delays } = sealerOf(third);
    await after(5_000);
    await after(4_000);
    expect(delays).toEqual([20_000, 16_000]);
    for (const other of [first, second]) await other.act('seal.prevote', { ...height, round: 1, value: null });
    await meet(people);
    await after(0);
    await after(7_000);
    expect(delays.slice(2)).toEqual([30_000, 23_000]);
  });

  it('takes no time of an earlier round for that of a later one', async () => {
    const { people, height } = await threeReady();
    const [first, second, third] = people;
    const { after } = sealerOf(third);
    await after(0);
    expect(await after(20_000)).toHaveLength(1);
    expect(await after(100_000)).toEqual([]);
    for (const other of [first, second]) await other.act('seal.prevote', { ...height, round: 1, value: null });
    await meet(people);
    expect(await after(0)).toEqual([]);
    expect(await after(29_999)).toEqual([]);
    expect(await after(1)).not.toEqual([]);
  });

  it('accepts the earliest time that there can be, however far its clock is behind', async () => {
    const { people, ground } = await threeReady(true, -1_000);
    const [first, second] = people;
    const [proposal] = await sealerOf(first, { now: () => 0 }).after(0);
    expect(proposal).toMatchObject({ type: 'seal.propose', payload: { time: ground.time + 1 } });
    await second.pull(first);
    const [vote] = votes(await sealerOf(second, { now: () => 0 }).after(0));
    expect(vote?.value).toMatch(/^[0-9a-f]{64}$/);
  });

  it('begins its times anew where the others’ votes carry it to a further round', async () => {
    const { people, height } = await threeReady();
    const [first, second, third] = people;
    const { after } = sealerOf(second);
    expect(await after(0)).toEqual([]);
    expect(await after(15_000)).toEqual([]);
    for (const other of [first, third]) await other.act('seal.prevote', { ...height, round: 2, value: null });
    await meet(people);
    expect(await after(0)).toEqual([]);
    expect(await after(39_999)).toEqual([]);
    expect(votes(await after(1))).toMatchObject([
      { type: 'seal.prevote', round: 2, value: null },
      // With it, a quorum prevoted so.
      { type: 'seal.precommit', round: 2, value: null },
    ]);
  });

  it('accepts a time up to its own clock’s, waits for one that is a little ahead, and takes only the state that it computes itself', async () => {
    const later = 1_000_000;
    const answer = async (behind: number, digest?: string) => {
      const { people, ground, height, ready } = await threeReady(true, later);
      const [first, second] = people;
      const time = ground.time + later;
      const known = digest ?? first.replica.digestAt(2, time, ready);
      await first.act('seal.propose', { ...height, round: 0, ready, time, digest: known, valid: null });
      await second.pull(first);
      const { after } = sealerOf(second, { now: () => time - behind });
      return votes(await after(0)).map(({ value }) => value);
    };
    expect(await answer(0)).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(await answer(1)).toEqual([]);
    expect(await answer(60_000)).toEqual([]);
    expect(await answer(60_001)).toEqual([null]);
    expect(await answer(0, DIGEST)).toEqual([null]);
  });

  it('proposes the newest `ready` of each, and the middle of their times, whatever its own clock says', async () => {
    const { people, ground, asking, ready } = await threeReady();
    const [first, second] = people;
    let again = '';
    const readies = () => first.replica.seals.current!.readies.map(({ id }) => id);
    // Until the order in which the newest are known is not that of their ids.
    while (again === '' || readies().join() === readies().sort().join()) {
      again = await second.act('seal.ready', asking);
      await meet(people);
    }
    const [signed] = await sealerOf(first, { now: () => 0 }).after(0);
    const { ready: cited, time } = signed!.payload as { readonly ready: string[]; readonly time: number };
    expect(signed!.type).toBe('seal.propose');
    expect(time).toBe(ground.time + 1);
    const old = ready.find((id) => first.replica.record.get(id)!.member === second.member)!;
    expect(cited).toEqual(ready.map((id) => (id === old ? again : id)).sort());
    const other = await threeReady(true, 5_000);
    const [punctual] = await sealerOf(other.people[0], { now: () => 0 }).after(0);
    expect(punctual!.payload).toMatchObject({ time: other.ground.time + 5_000, valid: null, round: 0 });
  });

  it('takes up nothing while a quorum is not ready, nor where it has no part in sealing', async () => {
    const { people, asking } = await threeReady(false);
    const [first, second, third] = people;
    await first.act('seal.ready', asking);
    await second.act('seal.ready', asking);
    await meet(people);
    expect(await sealerOf(first).after(100_000)).toEqual([]);
    const [, stranger] = (await group(['ana', 'ben'])) as [Person, Person];
    // Before the first seal the founder seals alone.
    expect(await sealerOf(stranger).after(0)).toEqual([]);
    expect(await sealerOf(stranger).after(100_000)).toEqual([]);
    expect(await sealerOf(third).after(0)).toHaveLength(1);
  });

  it('signs nothing with a chain that goes by another certificate than the one by which its device is in', async () => {
    const { people, pass } = await sealedOnce();
    const [ana] = people as [Person, Person, Person];
    const twice = await admit(ana, 'twice');
    await pass(5);
    const invite = await testSigner('another invite');
    await ana.act('invite.issue', { invite: invite.device, type: 'resident', uses: 1, days: 14 });
    const payload = { ...(await admission(ana, invite, twice.signer, 'twice')), name: DIGEST };
    const again = await forge(ana, { type: 'member.admit', payload });
    ana.replica.receive({ events: [again], texts: [] });
    const first = await forge(ana, { sequence: 0, previous: null, parents: [again.id] }, twice.signer);
    ana.replica.receive({ events: [first], texts: [] });
    await pass(5);
    await ana.act('member.describe', { name: { text: 'Anna' } });
    await twice.pull(ana);
    expect(twice.replica.seals.current!.sealers.map(({ device }) => device)).toContain(twice.signer.device);
    let tries = 0;
    const { after } = sealerOf(twice, { refuse: () => (tries += 1) > 50 });
    await after(0);
    expect(await after(100_000)).toEqual([]);
    expect(tries).toBe(0);
  });

  it('goes on after it could not sign, and ends when it is stopped', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    let full = true;
    const { sealer, clock, after } = sealerOf(ana, { refuse: () => full });
    expect(await after(0)).toEqual([]);
    expect(clock.pending).toBe(1);
    expect(await after(30_000)).toEqual([]);
    full = false;
    expect(await after(0)).toHaveLength(4);
    await ana.act('member.describe', { name: { text: 'Anna' } });
    await after(0);
    expect(clock.pending).toBe(1);
    sealer.stop();
    expect(clock.pending).toBe(0);
    expect(await after(100_000)).toEqual([]);
  });

  it('tries again at the next look, and not before, what it could not sign in the middle of a round', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    let tries = 0;
    let full = true;
    const refuse = (type: string): boolean => {
      if (type !== 'seal.propose') return false;
      tries += 1;
      return full && tries < 100;
    };
    const { after } = sealerOf(ana, { refuse });
    await after(0);
    expect((await after(30_000)).map(({ type }) => type)).toEqual(['seal.ready']);
    expect(tries).toBeLessThan(5);
    full = false;
    expect((await after(0)).map(({ type }) => type)).toEqual(['seal.propose', 'seal.prevote', 'seal.precommit']);
  });
});
