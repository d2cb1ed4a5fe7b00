import { describe, expect, it } from 'vitest';
import { forge } from '../../test/kit/forge';
import { type Person, admit, group, meet, testSigner } from '../../test/kit/group';
import { SealingGroup } from '../../test/kit/sealing';
import { consentMessage } from '../network/certificates';
import type { Ground } from '../network/seals/sealers';
import { type EventBody, MAX_PARENTS, type SignedEvent } from '../record/event';
import { Replica } from '../replica/replica';
import { agreedTime } from './chain';
import type { Proposal, Ready } from './votes';

const DIGEST = '0'.repeat(64);

/** Three people behind `heights` seals; the first is the founder's alone, all others take all three. */
async function three(heights: 1 | 2) {
  const sealing = new SealingGroup(await group(['ana', 'ben', 'cleo']));
  const people = sealing.people as [Person, Person, Person];
  await sealing.pass(3);
  if (heights === 2) {
    await people[0].act('member.describe', { name: { text: 'Anna' } });
    await sealing.pass(4);
  }
  const { ground } = people[0].replica.seals.current!;
  expect(ground.height).toBe(heights);
  return { sealing, people, ground };
}

/** The same with one seal, when all are ready for the next and know it of each other. */
async function threeReady() {
  const { sealing, people, ground } = await three(1);
  const ids: string[] = [];
  for (const person of people)
    ids.push(await person.act('seal.ready', { height: 2, previous: ground.value, time: ground.time + 1 }));
  await meet(people);
  return { sealing, people, ground, ready: ids.sort() };
}

/** Whether everyone can see that what `by` proposes is well made. */
async function isWellMade(
  by: Person,
  change: { readonly ready: readonly string[]; readonly time: number; readonly height?: number },
  body: Partial<EventBody> = {},
): Promise<boolean> {
  const { ground, height } = by.replica.seals.current!;
  const payload = { height, round: 0, previous: ground.value, digest: DIGEST, valid: null, ...change };
  const event = await forge(by, { type: 'seal.propose', payload, ...body });
  by.replica.receive({ events: [event], texts: [] });
  const current = by.replica.seals.current!;
  return by.replica.seals.isWellMade(current, by.replica.record.get(event.id) as unknown as Proposal);
}

describe('a proposal for a seal', () => {
  it('is well made with the `ready` of a quorum, each once, in the order of their ids', async () => {
    const { people, ground, ready } = await threeReady();
    const [ana] = people;
    const time = ground.time + 1;
    expect(await isWellMade(ana, { ready, time })).toBe(true);
    expect(await isWellMade(ana, { ready: [...ready].reverse(), time })).toBe(false);
    expect(await isWellMade(ana, { ready: [ready[0]!, ...ready], time })).toBe(false);
    expect(await isWellMade(ana, { ready: [ready[1]!, ready[0]!, ready[2]!], time })).toBe(false);
    expect(await isWellMade(ana, { ready: [ready[0]!, ready[2]!, ready[1]!], time })).toBe(false);
    expect(await isWellMade(ana, { ready: ready.slice(1), time })).toBe(false);
    expect(await isWellMade(ana, { ready: [...ready, 'f'.repeat(64)], time })).toBe(false);
  });

  it('has the time that follows from theirs, after that of the seal before', async () => {
    const { people, ground, ready } = await threeReady();
    expect(await isWellMade(people[0], { ready, time: ground.time })).toBe(false);
    expect(await isWellMade(people[0], { ready, time: ground.time - 1 })).toBe(false);
    expect(await isWellMade(people[0], { ready, time: ground.time + 2 })).toBe(false);
    expect(await isWellMade(people[0], { ready, time: ground.time + 1 })).toBe(true);
  });

  it('cites one `ready` of a sealer, however many they signed', async () => {
    const { people, ground, ready } = await threeReady();
    const [ana, ben] = people;
    const again = await ben.act('seal.ready', { height: 2, previous: ground.value, time: ground.time + 1 });
    await meet(people);
    const bens = [...ready, again].filter((id) => ana.replica.record.get(id)!.member === ben.member);
    const anas = ready.filter((id) => ana.replica.record.get(id)!.member === ana.member);
    expect(await isWellMade(ana, { ready: [...bens, ...anas].sort(), time: ground.time + 1 })).toBe(false);
    expect(await isWellMade(ana, { ready: [...ready, again].sort(), time: ground.time + 1 })).toBe(false);
    const newest = ready.map((id) => (ana.replica.record.get(id)!.member === ben.member ? again : id)).sort();
    expect(await isWellMade(ana, { ready: newest, time: ground.time + 1 })).toBe(true);
  });

  it('had seen what it cites', async () => {
    const { people, ground, ready } = await threeReady();
    const [ana] = people;
    const own = ana.replica.record.tips().find((tip) => tip.device === ana.signer.device)!;
    const unseen = { previous: own.id, sequence: own.sequence + 1, parents: [] };
    expect(await isWellMade(ana, { ready, time: ground.time + 1 }, unseen)).toBe(false);
  });

  it('cites only who had seen a quorum sign the seal before', async () => {
    const { people, ground } = await three(2);
    const [ana, ben, cleo] = people;
    const payload = { height: 3, previous: ground.value, time: ground.time + 1 };
    const knowing = [await ana.act('seal.ready', payload), await ben.act('seal.ready', payload)];
    // Her own chain, up to her precommit, is all that this one had seen.
    const last = cleo.replica.record.tips().find((tip) => tip.device === cleo.signer.device)!;
    const blind = await forge(cleo, { type: 'seal.ready', payload, parents: [] });
    expect([last.type, blind.previous]).toEqual(['seal.precommit', last.id]);
    cleo.replica.receive({ events: [blind], texts: [] });
    await meet(people);
    const time = ground.time + 1;
    expect(await isWellMade(ana, { ready: [...knowing, blind.id].sort(), time })).toBe(false);
    const readies = () => ana.replica.seals.current!.readies.map(({ id }) => id).sort();
    expect(readies()).toEqual([...knowing].sort());
    const seeing = await cleo.act('seal.ready', payload);
    await meet(people);
    expect(readies()).toEqual([...knowing, seeing].sort());
    expect(await isWellMade(ana, { ready: [...knowing, seeing].sort(), time })).toBe(true);
  });
});

describe('the seal before', () => {
  it('is seen by precommits that count, not by one after another seal', async () => {
    const { people, ground } = await three(2);
    const [ana, ben, cleo] = people;
    const commitOf = ({ signer }: Person) =>
      ana.replica.record.all().find(({ type, device, payload }) => {
        const { height } = payload as { readonly height?: number };
        return type === 'seal.precommit' && device === signer.device && height === 2;
      })!;
    const bens = commitOf(ben);
    const body = { previous: bens.previous, sequence: bens.sequence, parents: [] };
    const crooked = await forge(ben, {
      type: 'seal.precommit',
      payload: { ...(bens.payload as object), previous: DIGEST },
      ...body,
    });
    const { id, sequence } = commitOf(cleo);
    const payload = { height: 3, previous: ground.value, time: ground.time + 1 };
    const parents = [commitOf(ana).id, crooked.id].sort();
    const blind = await forge(cleo, { type: 'seal.ready', payload, previous: id, sequence: sequence + 1, parents });
    ana.replica.receive({ events: [crooked, blind], texts: [] });
    expect(ana.replica.record.has(blind.id)).toBe(true);
    expect(ana.replica.seals.current!.votes.ready().map((vote) => vote.id)).toContain(blind.id);
    expect(ana.replica.seals.current!.readies).toEqual([]);
    expect(ana.replica.seals.signaturesOf(ana.replica.seals.seals.at(-1)!).map((vote) => vote.id)).not.toContain(
      crooked.id,
    );
  });
});

describe('a cut', () => {
  it('is the pasts of the events that it is made of, and these', async () => {
    const { people, ready } = await threeReady();
    const [ana] = people;
    await ana.act('member.describe', { name: { text: 'Anna' } });
    const dora = await admit(ana, 'dora');
    await dora.act('member.describe', { name: { text: 'Dora' } });
    await ana.pull(dora);
    const { record, seals } = ana.replica;
    for (const cited of [ready.slice(0, 1), ready.slice(1), ready]) {
      const cut = seals.cutOf(cited);
      for (const entry of record.all())
        expect(cut(entry)).toBe(cited.some((id) => id === entry.id || record.before(entry, record.get(id)!)));
    }
  });
});

describe('the agreed time', () => {
  const agreed = (...times: number[]) =>
    agreedTime(
      { time: 100 } as Ground,
      times.map((time) => ({ payload: { time } }) as Ready),
    );

  it('is the middle of what the clocks say, of two in the middle the lower', () => {
    expect(agreed(500)).toBe(500);
    expect(agreed(900, 500)).toBe(500);
    expect(agreed(900, 500, 700)).toBe(700);
    expect(agreed(900, 500, 700, 100_000)).toBe(700);
    expect(agreed(100_000, 1, 500)).toBe(500);
  });

  it('is always after the seal before', () => {
    expect(agreed(99)).toBe(101);
    expect(agreed(101)).toBe(101);
    expect(agreed(102)).toBe(102);
  });
});

describe('a seal', () => {
  it('takes a quorum of precommits in one round', async () => {
    const { people, ground, ready } = await threeReady();
    const [ana, ben, cleo] = people;
    const put = {
      height: 2,
      round: 0,
      previous: ground.value,
      ready,
      time: ground.time + 1,
      digest: DIGEST,
      valid: null,
    };
    await ana.act('seal.propose', put);
    const proposal = ana.replica.seals.current!.votes.proposals()[0]!;
    await meet(people);
    const value = ana.replica.seals.valueOf(proposal);
    const commit = (by: Person, round: number) =>
      by.act('seal.precommit', { height: 2, round, previous: ground.value, value });
    await commit(ana, 0);
    await commit(ben, 0);
    await commit(cleo, 1);
    await meet(people);
    expect(ana.replica.seals.seals).toHaveLength(1);
    expect(ana.replica.seals.current!.height).toBe(2);
    await commit(cleo, 0);
    await cleo.act('seal.precommit', { height: 2, round: 0, previous: ground.value, value: null });
    await ana.pull(cleo);
    expect(ana.replica.seals.seals.slice(1).map((seal) => [seal.height, seal.value, seal.round, seal.quorum])).toEqual([
      [2, value, 0, 3],
    ]);
    const [, seal] = ana.replica.seals.seals;
    expect(seal!.members).toHaveLength(3);
    const votes = seal!.precommits.map((id) => ana.replica.record.get(id)!.payload);
    expect(votes).toEqual([0, 1, 2].map(() => expect.objectContaining({ round: 0, value })));
    expect(
      ana.replica.seals
        .signaturesOf(seal!)
        .map(({ member }) => member)
        .sort(),
    ).toEqual([...seal!.members].sort());
  });

  it('is none where everyone signed what is not well made', async () => {
    const { people, ground, ready } = await threeReady();
    const [ana, ben] = people;
    const of = { height: 2, round: 0, previous: ground.value };
    const put = (by: Person, time: number) =>
      by.act('seal.propose', { ...of, ready, time: ground.time + time, digest: DIGEST, valid: null });
    await put(ben, 1);
    const bad = await put(ana, 2);
    await meet(people);
    const { seals, record } = ana.replica;
    const value = seals.valueOf(record.get(bad) as unknown as Proposal);
    for (const by of people) await by.act('seal.precommit', { ...of, value });
    await meet(people);
    expect(seals.current!.votes.precommits()).toHaveLength(3);
    expect(seals.seals).toHaveLength(1);
  });

  it('is signed by its sealers alone, each counted once, also by those who sign after it held', async () => {
    const { sealing, people } = await three(2);
    const [ana] = people;
    const seal = ana.replica.seals.seals[1]!;
    const { height, previous, value } = seal;
    const dora = await admit(ana, 'dora');
    for (const by of [ana, dora]) await by.act('seal.precommit', { height, round: 9, previous, value });
    await ana.pull(dora);
    const signed = ana.replica.seals.signaturesOf(seal);
    expect(signed.map(({ member }) => member).sort()).toEqual([...seal.members].sort());
    expect(sealing.people).toHaveLength(signed.length);
  });

  it('takes votes that cite what justifies them, however many heads somebody makes', async () => {
    const { people, ground, ready } = await threeReady();
    const [ana, ben, cleo] = people;
    const of = { height: 2, round: 0, previous: ground.value };
    const put = { ...of, ready, time: ground.time + 1, digest: DIGEST, valid: null };
    await ana.act('seal.propose', put);
    await meet(people);
    const value = ana.replica.seals.valueOf(ana.replica.seals.current!.votes.proposals()[0]!);
    for (const by of people) await by.act('seal.prevote', { ...of, value });
    await meet(people);
    // Cleo certifies devices without end, each of which says something.
    const network = ana.replica.id;
    const many: SignedEvent[] = [];
    let last: SignedEvent = cleo.replica.record.tips().find((tip) => tip.device === cleo.signer.device)!;
    for (let i = 0; i < 300; i++) {
      const device = await testSigner(`device ${i}`);
      const proof = await device.sign(consentMessage(network, cleo.signer.device));
      const payload = { device: device.device, label: 'one more', proof };
      const place = { previous: last.id, sequence: last.sequence + 1, parents: [] };
      last = await forge(cleo, { type: 'device.certify', payload, ...place });
      const chain = { device: device.device, previous: null, sequence: 0, parents: [last.id] };
      many.push(last, await forge(cleo, { type: 'member.leave', payload: {}, ...chain }, device));
    }
    // As many as it can cite, it cites, and nothing beside them.
    const few = new Replica(network);
    for (const { events } of [await ana.batch(), { events: many.slice(0, 2 * (MAX_PARENTS - 1)) }])
      few.receive({ events, texts: [] });
    const { event } = await few.compose(ana.signer, { type: 'seal.precommit', payload: { ...of, value } }, 0);
    expect(event.parents).toHaveLength(MAX_PARENTS);
    expect([event.previous, ...event.parents].sort()).toEqual(few.record.heads());
    const commits: string[] = [];
    for (const person of [ana, ben]) {
      person.replica.receive({ events: many, texts: [] });
      expect(person.replica.record.heads().length).toBeGreaterThan(MAX_PARENTS);
      commits.push(await person.act('seal.precommit', { ...of, value }));
    }
    await ana.pull(ben);
    expect(commits.map((id) => ana.replica.record.get(id)!.parents.length)).toEqual([MAX_PARENTS, MAX_PARENTS]);
    for (const id of commits) {
      const { previous, parents } = ana.replica.record.get(id)!;
      for (const { id: prevote } of ana.replica.seals.current!.votes.prevotes(0))
        expect([previous, ...parents]).toContain(prevote);
    }
    expect(ana.replica.seals.brokenRules()).toEqual([]);
  });

  it('names who signed two values in one round, before it holds and after', async () => {
    const { sealing, people, ground } = await threeReady();
    const [ana, ben] = people;
    const vote = (value: string | null) =>
      forge(ben, { type: 'seal.prevote', payload: { height: 2, round: 0, previous: ground.value, value } });
    const honest = await vote(null);
    ben.replica.receive({ events: [honest], texts: [] });
    const other = await vote(DIGEST);
    ben.replica.receive({ events: [other], texts: [] });
    await ana.pull(ben);
    const proof = [
      {
        kind: 'double-vote',
        height: 2,
        device: ben.signer.device,
        member: ben.member,
        events: [honest.id, other.id].sort(),
      },
    ];
    expect(ana.replica.seals.brokenRules()).toEqual(proof);
    await ana.act('member.describe', { name: { text: 'Anna' } });
    await sealing.pass(10);
    expect(ana.replica.seals.seals.length).toBeGreaterThan(1);
    expect(ana.replica.seals.brokenRules()).toEqual(proof);
  });
});
