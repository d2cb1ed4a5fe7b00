import { describe, expect, it } from 'vitest';
import { type Person, group, meet } from '../../test/kit/group';
import { START, SealingGroup } from '../../test/kit/sealing';
import { UNSEALED } from '../record/entry';
import { type Height, agreedTime } from './chain';
import { proposerOf } from './tendermint';

const DAY = 86_400_000;
type Roles = 'liar' | 'voter' | 'friend' | 'other';

/**
 * Four sealers, of whom three make a quorum. A vote is past its time, and the next seal closes it. The first proposer of that seal is the
 * liar; two agree, and the voter does not. Each is ready for the seal with what they have seen, the voter’s ballot only if `seenBy` has them.
 */
async function stage(seenBy: readonly Roles[]) {
  const sealing = new SealingGroup(await group(['ana', 'ben', 'cleo', 'dora']));
  const { people } = sealing;
  await sealing.pass(5);
  const proposal = await people[0]!.act('proposal.open', {
    title: { text: 'T' },
    text: { text: 'X' },
    effect: { kind: 'none' },
    deadline: 0,
  });
  await sealing.pass(5);
  await sealing.clock.advance(11 * DAY);
  const current = people[0]!.replica.seals.current!;
  const liar = people.find(({ signer }) => signer.device === proposerOf(current, 0).device)!;
  const [voter, friend, other] = people.filter((person) => person !== liar) as [Person, Person, Person];
  const by: Readonly<Record<Roles, Person>> = { liar, voter, friend, other };
  for (const agrees of [friend, other]) await agrees.act('ballot.cast', { proposal, choice: 'agree' });
  await meet(people);
  const ballot = await voter.act('ballot.cast', { proposal, choice: 'disagree' });
  for (const role of seenBy) await by[role].pull(voter);
  const ready = new Map<Roles, string>();
  for (const role of Object.keys(by) as Roles[]) {
    const time = START + sealing.clock.now();
    const { height, ground } = current;
    ready.set(role, await by[role].act('seal.ready', { height, previous: ground.value, time }));
  }
  await meet(people);
  await meet(people);
  return { sealing, people, by, proposal, ballot, ready };
}
type Stage = Awaited<ReturnType<typeof stage>>;

/** The liar puts a seal on the `ready` of these, and whoever is honest votes on it. */
async function put({ sealing, people, by, ready }: Stage, cited: readonly Roles[]): Promise<boolean> {
  const { replica } = by.liar;
  const { height, ground, readies }: Height = replica.seals.current!;
  const ids = cited.map((role) => ready.get(role)!).sort();
  const time = agreedTime(
    ground,
    readies.filter(({ id }) => ids.includes(id)),
  );
  const digest = replica.digestAt(height, time, ids);
  const about = { height, round: 0, previous: ground.value };
  const id = await by.liar.act('seal.propose', { ...about, ready: ids, time, digest, valid: null });
  for (const person of people) await person.pull(by.liar);
  await sealing.pass(
    2,
    people.filter((person) => person !== by.liar),
  );
  await meet(people);
  return by.voter.replica.seals.seals.some((seal) => seal.proposal === id);
}

describe('a seal that omits ballots', () => {
  it('can leave out only what too few had seen: that is late, shown, and never dropped', async () => {
    const set = await stage([]);
    expect(await put(set, ['liar', 'friend', 'other'])).toBe(true);
    for (const { replica } of set.people) {
      expect(replica.state.proposals.get(set.proposal)).toMatchObject({
        status: 'adopted',
        tally: { agree: 2, disagree: 0 },
      });
      expect(replica.state.ballots.get(set.ballot)!.standing).toBe('late');
    }
    // And it stays so when it is sealed itself.
    await set.sealing.pass(10);
    expect(set.by.voter.replica.record.get(set.ballot)!.seal).not.toBe(UNSEALED);
    for (const { replica } of set.people) expect(replica.state.ballots.get(set.ballot)!.standing).toBe('late');
  });

  it('can not leave out what more had seen than a seal can do without, whomever its proposer cites', async () => {
    const set = await stage(['friend']);
    const { seals, record } = set.by.liar.replica;
    const ballot = record.get(set.ballot)!;
    const roles = [...set.ready.keys()];
    for (const without of roles) {
      const cited = roles.filter((role) => role !== without).map((role) => set.ready.get(role)!);
      expect(seals.cutOf(cited)(ballot)).toBe(true);
    }
    expect(await put(set, ['liar', 'friend', 'other'])).toBe(true);
    for (const { replica } of set.people) {
      expect(replica.state.proposals.get(set.proposal)!.tally).toMatchObject({ agree: 2, disagree: 1 });
      expect(replica.state.ballots.get(set.ballot)!.standing).toBe('counts');
    }
  });

  it('on fewer than a quorum is voted for by nobody honest', async () => {
    const set = await stage(['friend']);
    const height = set.by.voter.replica.seals.seals.length;
    expect(await put(set, ['liar', 'other'])).toBe(false);
    await set.sealing.pass(
      5,
      set.people.filter((person) => person !== set.by.liar),
    );
    // Another proposer puts the next, and has it in.
    expect(set.by.voter.replica.seals.seals.length).toBeGreaterThan(height);
    expect(set.by.voter.replica.state.ballots.get(set.ballot)!.standing).toBe('counts');
  });
});
