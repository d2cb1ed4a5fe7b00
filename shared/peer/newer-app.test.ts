import { describe, expect, it } from 'vitest';
import { copyOf, around, founder, invite, join, link, until } from '../../test/kit/peers';
import { SimClock } from '../../test/channel/sim-clock';
import { type Person, group, meet, protocols } from '../../test/kit/group';
import { SealingGroup } from '../../test/kit/sealing';
import type { ProtocolSpec } from '../network/agreement/model';
import type { Draft } from '../record/text';
import { proposerOf } from '../seal/tendermint';
import type { Proposal } from '../seal/votes';
import { MemoryStore } from './memory-store';
import { RULES_VERSION } from '../network/events';
import { stateDigest } from '../network/digest/digest';
import { signEvent } from '../record/compose';
import type { EventBody } from '../record/event';
import { Peer } from './peer';

const rename = (peer: Peer, name: string) => peer.act({ type: 'member.describe', payload: { name: { text: name } } });

describe('an old app that meets new types and newer rules', () => {
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
      { ...body, ...next, rules: RULES_VERSION + 1, type: 'member.describe', payload: { name: 'b'.repeat(64) } },
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
      expect(state.withoutEffect.get(newer.id)!.code).toBe('needs-newer-app');
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
