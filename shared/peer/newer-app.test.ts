import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOf, around, founder, invite, join, link, offerDevice, until } from '../../test/kit/peers';
import { SimClock } from '../../test/channel/sim-clock';
import { type Person, group, meet, protocols, testSigner } from '../../test/kit/group';
import { SealingGroup } from '../../test/kit/sealing';
import { errorCode } from '../errors';
import { decodeInvite, encodeInvite, inviteKey } from '../invite/link';
import type { ProtocolSpec } from '../network/agreement/model';
import type { Draft } from '../record/text';
import { proposerOf } from '../seal/tendermint';
import type { Proposal } from '../seal/votes';
import { MemoryStore } from './memory-store';
import { RULES_VERSION } from '../network/events';
import { stateDigest } from '../network/digest/digest';
import { signEvent } from '../record/compose';
import type { EventBody } from '../record/event';
import { randomBytes } from '../record/signature';
import { Joiner } from './joiner';
import { Peer } from './peer';

const NEXT = RULES_VERSION + 1;
const rename = (peer: Peer, name: string) => peer.act({ type: 'member.describe', payload: { name: { text: name } } });

describe('an old app that meets new types, and events under newer rules that nobody decided on', () => {
  it('keeps them, passes them on to others, shows why they have no effect, and goes on', async () => {
    const ana = await founder();
    const ben = await join(ana.peer, await invite(ana.peer), 'ben');
    const cleo = await join(ana.peer, await invite(ana.peer), 'cleo', 2);
    // Ben's app is of a later year.
    const own = ben.peer.replica.record.tips().find(({ device }) => device === ben.signer.device);
    expect(own).toBeUndefined();
    const body: EventBody = {
      network: ana.peer.id,
      device: ben.signer.device,
      sequence: 0,
      previous: null,
      parents: [ben.peer.me!.member],
      time: 0,
      rules: RULES_VERSION,
      type: 'poll.start',
      payload: { question: 'a'.repeat(64), more: [1, { deep: true }] },
    };
    const unknown = await signEvent(body, ben.signer);
    const next = { sequence: 1, previous: unknown.id, parents: [] };
    const newer = await signEvent(
      { ...body, ...next, rules: NEXT, type: 'member.describe', payload: { name: 'b'.repeat(64) } },
      ben.signer,
    );
    const disk = await copyOf(ben.store);
    await disk.append({ events: [unknown.bytes, newer.bytes], texts: [] });
    await ben.peer.close();
    const bens = await Peer.open(ana.peer.id, ben.signer, disk, around);

    // From Ben to Cleo there is no way but through Ana's old app.
    link(bens, ana.peer);
    link(ana.peer, cleo.peer);
    await until(() => [unknown, newer].every(({ id }) => cleo.peer.replica.record.has(id)));
    for (const { replica, state } of [ana.peer, cleo.peer]) {
      expect(replica.record.get(unknown.id)!.bytes).toEqual(unknown.bytes);
      expect(state.withoutEffect.get(unknown.id)!.code).toBe('unknown-type');
      expect(state.withoutEffect.get(newer.id)!.code).toBe('rules-not-in-force');
      expect(state.members.get(ben.peer.me!.member)!.name).not.toBe('b'.repeat(64));
    }
    expect(ana.peer.connections).toHaveLength(2);
    await rename(ana.peer, 'Ana the second');
    await until(() => [bens, cleo.peer].every(({ state }) => stateDigest(state) === stateDigest(ana.peer.state)));
    await ana.peer.close();
    const again = await Peer.open(ana.peer.id, ana.signer, ana.store, around);
    expect(again.problem).toBeNull();
    expect(again.replica.record.has(newer.id)).toBe(true);
    for (const peer of [again, bens, cleo.peer]) await peer.close();
  });

  it.each([
    ['votes on no seal', 'otherwise', false],
    ['votes on', 'alike', true],
  ] as const)('%s once others sealed a state that it computes %s', async (_votes, _alike, alike) => {
    const sealing: Draft<ProtocolSpec> = {
      kind: 'sealing',
      id: 'sealing',
      title: 'Sealing',
      text: { text: 'All seal.' },
      params: { types: [], quorum: 'majority' },
    };
    const people = await group(['ana', 'ben', 'cleo'], [...protocols(), sealing]);
    await new SealingGroup(people).pass(3);
    const [ana, ben, cleo] = people as [Person, Person, Person];
    const current = ben.replica.seals.current!;
    const { height, ground } = current;
    const round = [0, 1].find((one) => proposerOf(current, one).device !== ana.signer.device)!;
    const others = [ben, cleo];
    const of = { height, previous: ground.value };
    const time = ground.time + 1;
    const ready: string[] = [];
    for (const by of others) ready.push(await by.act('seal.ready', { ...of, time }));
    ready.sort();
    await meet(others);
    const turn = proposerOf(current, round).device;
    const [first, last] = ben.signer.device === turn ? [ben, cleo] : [cleo, ben];
    const digest = alike ? first.replica.digestAt(height, time, ready) : 'ab'.repeat(32);
    const put = await first.act('seal.propose', { ...of, round, ready, time, digest, valid: null });
    const value = first.replica.seals.valueOf(first.replica.record.get(put) as unknown as Proposal);
    await meet(others);
    for (const by of others) await by.act('seal.prevote', { ...of, round, value });
    await meet(others);
    await first.act('seal.precommit', { ...of, round, value });
    await last.pull(first);

    const clock = new SimClock();
    const simulated = { ...around, clock, now: () => time + 60_000 + clock.now() };
    const open = async ({ replica, signer }: Person, at: typeof around): Promise<Peer> => {
      const store = new MemoryStore();
      const entries = first.replica.record.all();
      await store.append({
        events: entries.map(({ bytes }) => bytes),
        texts: entries.flatMap((entry) => replica.textsOf(entry)),
      });
      return Peer.open(replica.id, signer, store, at);
    };
    const anas = await open(ana, simulated);
    const lasts = await open(last, around);
    link(anas, lasts);
    await until(() => anas.connections.length === 1);
    await lasts.act({ type: 'seal.precommit', payload: { ...of, round, value } });
    await until(() => anas.replica.seals.seals.length === height);
    expect(anas.problem).toBe(alike ? null : 'state-differs');
    await rename(anas, 'Ana again');
    for (let minute = 0; minute < 4; minute++) await clock.advance(30_000);
    await anas.close();
    const votes = anas.replica.record
      .all()
      .filter(({ device, type }) => device === ana.signer.device && type === 'seal.ready');
    expect(votes.some(({ payload }) => (payload as { height: number }).height === height + 1)).toBe(alike);
    await lasts.close();
  });
});

/** Opens a member's app on a disk that holds what these people have. */
/** Soon after what the people of `test/kit/group.ts` claim. */
const THEN = Date.UTC(2025, 0, 2);

async function appOf({ replica, signer }: Person, rulesKnown: number): Promise<{ peer: Peer; store: MemoryStore }> {
  const store = new MemoryStore();
  const entries = replica.record.all();
  await store.append({
    events: entries.map(({ bytes }) => bytes),
    texts: entries.flatMap((entry) => replica.textsOf(entry)),
  });
  return { peer: await Peer.open(replica.id, signer, store, { ...around, now: () => THEN, rulesKnown }), store };
}

async function joinerAt(peer: Peer, text: string, rulesKnown = NEXT): Promise<Joiner> {
  const signer = await testSigner(`newcomer ${rulesKnown}`);
  const joiner = await Joiner.start(decodeInvite(text), signer, new MemoryStore(), {
    ...around,
    now: () => THEN,
    rulesKnown,
  });
  link(peer, joiner);
  return joiner;
}

describe('an old app in a network that goes by newer rules', () => {
  let people: Person[];
  let text: string;
  /** Ana's and Cleo's are old, Ben's is not. */
  let ana: Peer;
  let ben: Peer;
  let cleo: Peer;
  let anasDisk: MemoryStore;

  beforeAll(async () => {
    people = await group(['ana', 'ben', 'cleo']);
    const [first] = people as [Person];
    const secret = randomBytes(16);
    const issued = { invite: (await inviteKey(secret)).device, type: 'resident', uses: 9, days: 14 };
    await first.act('invite.issue', issued);
    const names = { networkName: 'The house', inviter: 'Ana', meetingPlaces: [] };
    text = encodeInvite({ network: first.replica.id, secret, expires: 0, seal: null, ...names });
    const sealing = new SealingGroup(people);
    await sealing.pass(3);
    const words = { title: { text: 'Newer rules' }, text: { text: '' }, deadline: 0 };
    const proposal = await first.act('proposal.open', { ...words, effect: { kind: 'rules', version: NEXT } });
    for (const person of people) {
      await meet(people);
      await person.act('ballot.cast', { proposal, choice: 'agree' });
    }
    await meet(people);
    await sealing.pass(5);
    const [anas, bens, cleos] = await Promise.all(
      people.map((person, index) => appOf(person, index === 1 ? NEXT : RULES_VERSION)),
    );
    [ana, ben, cleo, anasDisk] = [anas!.peer, bens!.peer, cleos!.peer, anas!.store];
    // From Ben to Cleo there is no way but through Ana's old app.
    link(ben, ana);
    link(ana, cleo);
    await until(() => ana.connections.length === 2);
  });
  afterAll(() => Promise.all([ana, ben, cleo].map((peer) => peer.close())));

  it('says so, keeps what comes and passes it on, and shows what all old apps show', async () => {
    expect([ana.problem, ben.problem, cleo.problem]).toEqual(['app-too-old', null, 'app-too-old']);
    const before = stateDigest(ana.state);
    const id = await rename(ben, 'Ben the second');
    await until(() => cleo.replica.record.has(id));
    expect(ben.replica.record.get(id)!.rules).toBe(NEXT);
    expect([stateDigest(ana.state), stateDigest(cleo.state)]).toEqual([before, before]);
    expect(stateDigest(ben.state)).not.toBe(before);
    expect(ana.connections).toHaveLength(2);
  });

  it('signs nothing', async () => {
    const own = () => ana.replica.record.all().filter(({ device }) => device === people[0]!.signer.device).length;
    const before = own();
    await expect(rename(ana, 'Ana the second')).rejects.toMatchObject({ code: 'app-too-old' });
    await expect(ana.act({ type: 'member.leave', payload: {} })).rejects.toMatchObject({ code: 'app-too-old' });
    expect(own()).toBe(before);
  });

  it('lets nobody in, member or device; nor is a newcomer with such an app let in', async () => {
    const refusal = async (joining: Promise<unknown>) =>
      joining.then(
        () => 'let in',
        (error: unknown) => errorCode(error),
      );
    expect(await refusal((await joinerAt(ana, text)).look(2_000))).toBe('join-app-too-old');
    const device = encodeInvite(await offerDevice(ana));
    expect(await refusal((await joinerAt(ana, device)).askToBeAdded('phone', 2_000))).toBe('join-app-too-old');
    expect(await refusal((await joinerAt(ben, text, RULES_VERSION)).look(2_000))).toBe('app-too-old');
    // Also where nobody told it before.
    const hasty = await joinerAt(ben, text, RULES_VERSION);
    expect(await refusal(hasty.join('Dan', 2_000))).toBe('app-too-old');
    const joiner = await joinerAt(ben, text);
    expect(await joiner.look(2_000)).toMatchObject({ rules: NEXT });
    await joiner.join('Eva', 2_000);
    joiner.close();
  });

  it('goes on from what it kept once it is updated', async () => {
    await until(() => ana.replica.record.size === ben.replica.record.size);
    await ana.close();
    ana = await Peer.open(ben.id, people[0]!.signer, anasDisk, { ...around, now: () => THEN, rulesKnown: NEXT });
    expect(ana.problem).toBeNull();
    link(ben, ana);
    await until(() => stateDigest(ana.state) === stateDigest(ben.state));
    const id = await rename(ana, 'Ana the third');
    await until(() => ben.replica.record.has(id));
    expect(ben.state.withoutEffect.has(id)).toBe(false);
  });
});
