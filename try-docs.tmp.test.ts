import { describe, expect, it } from 'vitest';
import { type Person, admit, group, meet, protocols, testSigner, BY_MAJORITY } from './test/kit/group';
import { MINUTE, START, SealingGroup } from './test/kit/sealing';
import { forge } from './test/kit/forge';
import { Sealer } from './shared/seal/sealer';
import { stateDigest } from './shared/network/digest';
import { Replica } from './shared/replica/replica';
import { NETWORK_KEY } from './shared/network/state';

const h = (people: readonly Person[]) => people.map((p) => p.replica.seals.seals.length);
const majority = () => protocols({ none: 'majority', parameters: 'majority', remove: 'majority', adopt: 'majority' });
const open = (by: Person, effect: any, deadline = 0) => by.act('proposal.open', { title: { text: 'T' }, text: { text: 'X' }, effect, deadline });
const amend = (by: Person, free: number) => open(by, { kind: 'parameters', base: by.replica.state.network.get(NETWORK_KEY)!.version, protocol: 'spending', params: { unit: 'EUR', free } });
const DAYM = 24 * 60 * MINUTE;

describe('faults', () => {
  it('T1 early adoption and closing of rivals in one seal', async () => {
    const g = new SealingGroup(await group(['ana', 'ben', 'cleo', 'dora'], majority()));
    const [ana, ben, cleo, dora] = g.people as any;
    await g.pass(5);
    const y = await amend(ana, 5);
    await meet(g.people);
    await ana.act('ballot.cast', { proposal: y, choice: 'agree' });
    await meet(g.people);
    await dora.act('ballot.cast', { proposal: y, choice: 'abstain' });
    await meet(g.people);
    await g.pass(10);
    const x = await amend(ben, 7);
    await meet(g.people);
    await g.clock.advance(11 * DAYM);
    for (const p of [ana, ben, cleo]) await p.act('ballot.cast', { proposal: x, choice: 'agree' });
    await meet(g.people);
    const before = h(g.people);
    const errs: unknown[] = [];
    try { await g.pass(20); } catch (e) { errs.push(e); }
    console.log('T1', before, h(g.people), 'err', errs.map((e) => (e as any)?.constructor?.name + ' ' + String((e as any)?.message ?? JSON.stringify(e))), g.people.map((p) => [x, y].map((id) => p.replica.state.proposals.get(id)?.status)));
  });

  it('T2 one of three leaves', async () => {
    const g = new SealingGroup(await group(['ana', 'ben', 'cleo'], majority()));
    const [ana, ben, cleo] = g.people as any;
    await g.pass(5);
    await cleo.act('member.leave', {});
    await meet(g.people);
    const before = h(g.people);
    await g.pass(60);
    console.log('T2', before, h(g.people));
  });
  it('T2b one of three is removed by the two others', async () => {
    const g = new SealingGroup(await group(['ana', 'ben', 'cleo'], majority()));
    const [ana, ben, cleo] = g.people as any;
    await g.pass(5);
    const p = await open(ana, { kind: 'remove', member: cleo.member });
    await meet(g.people);
    for (const q of [ana, ben]) await q.act('ballot.cast', { proposal: p, choice: 'agree' });
    await meet(g.people);
    const before = h(g.people);
    await g.pass(60);
    console.log('T2b', before, h(g.people), ana.replica.state.members.get(cleo.member).status, ana.replica.state.proposals.get(p).sealed);
  });

  it('T3 a ready that has not seen the seal before', async () => {
    const g = new SealingGroup(await group(['ana', 'ben', 'cleo', 'dora', 'eli', 'flo', 'gus'], majority()));
    const [ana, ...rest] = g.people as Person[];
    const liar = g.people[6]!;
    const honest = g.people.slice(0, 6);
    await g.pass(5); // seal 1, maybe 2
    await g.pass(5);
    await open(ana!, { kind: 'none' });
    await g.pass(10, honest); // sealed without the liar, whose chain is old
    const ground = ana!.replica.seals.seals.at(-1)!;
    const own = liar.replica.record.tips().find((t) => t.device === liar.signer.device);
    const cert = liar.replica.record.certificatesOf(liar.signer.device)[0]!;
    const bad = await forge(liar, { type: 'seal.ready', payload: { height: ground.height + 1, previous: ground.value }, sequence: own ? own.sequence + 1 : 0, previous: own ? own.id : null, parents: own ? [] : [cert] } as any);
    for (const p of honest) p.replica.receive({ events: [bad], texts: [] });
    await open(ana!, { kind: 'none' });
    const before = h(honest);
    await g.pass(60, honest);
    const v = ana!.replica.seals.current!;
    console.log('T3', before, h(honest), 'rounds', [...v.votes.rounds().values()], 'proposals', v.votes.proposals().length);
  });

  it('T5 founder with a clock ahead', async () => {
    const people = await group(['ana'], majority());
    const ana = people[0]!;
    const g = new SealingGroup(people);
    const YEAR = 365 * DAYM;
    const s = new Sealer({ replica: ana.replica, device: ana.signer.device, clock: g.clock, now: () => START + g.clock.now() + YEAR, act: (a: any) => ana.act(a.type, a.payload) as any });
    for (let i = 0; i < 6; i++) { await s.look(); await g.clock.advance(MINUTE / 2); }
    s.stop();
    console.log('T5 first', h([ana]));
    await open(ana, { kind: 'none' });
    await g.pass(120);
    console.log('T5 later', h([ana]), 'rounds', [...ana.replica.seals.current!.votes.rounds().values()]);
  });

  it('T6 rivals close in one seal', async () => {
    const g = new SealingGroup(await group(['ana', 'ben', 'cleo', 'dora'], majority()));
    const [ana, ben, cleo, dora] = g.people as any;
    await g.pass(5);
    const y = await amend(ana, 5); const x = await amend(ben, 7);
    const r1 = await open(ana, { kind: 'remove', member: ben.member });
    const r2 = await open(ben, { kind: 'remove', member: ana.member });
    await meet(g.people);
    for (const q of [ana, cleo]) { await q.act('ballot.cast', { proposal: y, choice: 'agree' }); await q.act('ballot.cast', { proposal: r1, choice: 'agree' }); }
    for (const q of [ben, dora]) { await q.act('ballot.cast', { proposal: x, choice: 'agree' }); await q.act('ballot.cast', { proposal: r2, choice: 'agree' }); }
    await meet(g.people);
    await g.pass(10);
    await g.clock.advance(11 * DAYM);
    await cleo.act('member.describe', { name: { text: 'C' } });
    await g.pass(10);
    const s = ana.replica.state;
    console.log('T6', h(g.people), [y, x, r1, r2].map((id: string) => s.proposals.get(id).status), 'smaller id first', y < x, 'members', [ana, ben].map((p: any) => s.members.get(p.member).status));
  });

  it('T8 nobody seals', async () => {
    const ps = majority() as any[];
    ps.push({ kind: 'sealing', id: 'sealing', title: 'S', text: { text: 'x' }, params: { types: ['supporter'], quorum: 'two-thirds' } });
    const g = new SealingGroup(await group(['ana', 'ben'], ps));
    await g.pass(10);
    console.log('T8', h(g.people), g.people[0]!.replica.seals.current!.sealers.length);
  });
});
