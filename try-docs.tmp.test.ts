import { describe, expect, it } from 'vitest';
import { type Person, admit, admission, group, meet, protocols, testSigner, BY_MAJORITY } from './test/kit/group';
import { MINUTE, START, SealingGroup } from './test/kit/sealing';
import { forge } from './test/kit/forge';
import { Sealer } from './shared/seal/sealer';
import { proposerOf } from './shared/seal/tendermint';
import { stateDigest } from './shared/network/digest';
import { consentMessage } from './shared/network/certificates';
import { Replica } from './shared/replica/replica';
import { NETWORK_KEY } from './shared/network/state';
import { signerOf, deviceKeyFromSeed, randomBytes } from './shared/record/signature';
import { signEvent } from './shared/record/compose';
import { SimClock } from './test/channel/sim-clock';

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
    const fresh0 = new Replica(ana.replica.id); fresh0.receive(await ana.batch());
    console.log('T1 before', stateDigest(fresh0.state) === stateDigest(ana.replica.state), [x, y].map((id) => ana.replica.state.proposals.get(id)?.status));
    const r = ana.replica.seals.current!.votes.ready().map((v: any) => v.id);
    await g.pass(1);
    const ready = [...new Map(ana.replica.seals.current!.votes.ready().map((v: any) => [v.device, v.id])).values()].sort() as string[];
    let thrown: any; try { ana.replica.digestAt(ana.replica.seals.current!.height, START + g.clock.now(), ready); } catch (e) { thrown = e; }
    await g.pass(60);
    const fresh = new Replica(ana.replica.id); fresh.receive(await ana.batch());
    console.log('T1 ready', ready.length, 'thrown', thrown?.constructor?.name, h(g.people), 'state equals a fresh fold:', stateDigest(fresh.state) === stateDigest(ana.replica.state), [x, y].map((id) => fresh.state.proposals.get(id)?.status), [x, y].map((id) => ana.replica.state.proposals.get(id)?.status));
  });

  it('T4 equivocating proposer', async () => {
    const people = await group(['ana', 'ben', 'cleo', 'dora'], majority());
    const g = new SealingGroup(people);
    await g.pass(5);
    await open(people[0]!, { kind: 'none' });
    await g.pass(6);
    await open(people[0]!, { kind: 'none' });
    await meet(people);
    const cur = people[0]!.replica.seals.current!;
    const ld = proposerOf(cur, 0).device;
    const L = people.find((p) => p.signer.device === ld)!;
    const honest = people.filter((p) => p !== L);
    const clock = new SimClock();
    const base = START + g.clock.now();
    const sealers = honest.map((p) => new Sealer({ replica: p.replica, device: p.signer.device, clock, now: () => base + 60_000 + clock.now(), act: (a: any) => p.act(a.type, a.payload) as any }));
    for (const s of sealers) await s.look();
    await clock.advance(30_000);
    for (const s of sealers) await s.look();
    await meet(people);
    const H = cur.height, previous = cur.ground.value;
    const ready = L.replica.seals.current!.votes.ready().map((v) => v.id).sort();
    const mk = (time: number) => ({ height: H, round: 0, previous, ready, time, digest: L.replica.digestAt(H, time, ready), valid: null });
    const pa = await L.act('seal.propose', mk(base + 100) as any);
    const A = honest[0]!, B = honest[1]!, C = honest[2]!;
    for (const p of honest) await p.pull(L);
    for (const s of sealers) await s.look();
    let pb: any = null;
    for (let i = 0; i < 200; i++) {
      const b = await L.replica.compose(L.signer, { type: 'seal.propose', payload: mk(base + 200 + i) } as any, i);
      if (b.event.id < pa) { pb = b; break; }
    }
    L.replica.receive(pb);
    // A sees all prevotes and locks; the others have heard of the second proposal by then.
    await A.pull(B); await A.pull(C);
    await sealers[0]!.look();
    const locked = A.replica.seals.current!.votes.precommits(0).filter((v) => v.device === A.signer.device).map((v) => v.payload.value !== null);
    for (const p of [B, C]) { await p.pull(L); }
    await B.pull(C); await C.pull(B);
    await sealers[1]!.look(); await sealers[2]!.look();
    for (let i = 0; i < 240; i++) {
      await clock.advance(15_000);
      for (const s of sealers) await s.look();
      await meet(honest);
    }
    const v = A.replica.seals.current!;
    console.log('T4 height', H, 'now', v.height, 'locked', locked, 'rounds', [...v.votes.rounds().values()], 'own prevotes of A', v.votes.all.filter((x: any) => x.type === 'seal.prevote' && x.device === A.signer.device).map((x: any) => x.payload.value?.slice(0, 4) ?? 'nil').join(' '));
  });

  it('T7 two certificates', async () => {
    const [ana, ben, cleo] = (await group(['ana', 'ben', 'cleo'], majority())) as [Person, Person, Person];
    const p = await open(ana, { kind: 'none' });
    await meet([ana, ben, cleo]);
    const D = await testSigner('double');
    const secret = signerOf(await deviceKeyFromSeed(randomBytes(32)));
    await cleo.act('invite.issue', { invite: secret.device, type: 'resident', uses: 1, expires: START });
    await meet([ana, ben, cleo]);
    const cert = await ben.act('device.certify', { device: D.device, label: 'x', proof: await D.sign(consentMessage(ana.replica.id, ben.signer.device)) });
    const adm = await cleo.act('member.admit', await admission(ana.replica.id, secret, D, 'why'));
    const body = { network: ana.replica.id, device: D.device, sequence: 0, previous: null, parents: [cert], time: 0, rules: 1, type: 'ballot.cast', payload: { proposal: p, choice: 'agree' } };
    const ballot = await signEvent(body as any, D);
    const rev = await ben.act('device.revoke', { device: D.device });
    const cs = (await cleo.batch()).events, bs = (await ben.batch()).events;
    const byId = new Map([...cs, ...bs].map((e) => [e.id, e]));
    const common = cs.filter((e) => e.id !== adm);
    const one = new Replica(ana.replica.id), two = new Replica(ana.replica.id);
    one.receive({ events: [...common, byId.get(cert)!, byId.get(adm)!, byId.get(rev)!, ballot], texts: [] });
    two.receive({ events: [...common, byId.get(adm)!, byId.get(cert)!, byId.get(rev)!, ballot], texts: [] });
    console.log('T7', one.record.size, two.record.size, stateDigest(one.state) === stateDigest(two.state), one.state.proposals.get(p)!.tally.agree, two.state.proposals.get(p)!.tally.agree, one.state.withoutEffect, two.state.withoutEffect);
  });

  it('T17 the time of the seal is later than its cut', async () => {
    const people = await group(['ana', 'ben', 'cleo'], majority());
    const g = new SealingGroup(people);
    await g.pass(6);
    const p = await open(people[0]!, { kind: 'none' });
    await meet(people);
    await g.pass(8);
    const p0 = h(people);
    // Something small, so that a seal is wanted; the proposer of round 0 goes away right after asking for it.
    await people[0]!.act('member.describe', { name: { text: 'A' } });
    await meet(people);
    const cur = people[0]!.replica.seals.current!;
    const away = people.find((q) => q.signer.device === proposerOf(cur, 0).device)!;
    const there = people.filter((q) => q !== away);
    for (let i = 0; i < 10 && people[0]!.replica.seals.current!.votes.ready().length < 3; i++) {
      // everyone looks; nobody hears the proposer's later words
      await g.pass(0.5, there);
      if (people[0]!.replica.seals.current!.votes.ready().length === 2) { await away.pull(there[0]!); await away.act('seal.ready', { height: cur.height, previous: cur.ground.value }); for (const q of there) await q.pull(away); }
    }
    await g.pass(2, there);
    await there[0]!.act('ballot.cast', { proposal: p, choice: 'abstain' });
    await there[1]!.act('ballot.cast', { proposal: p, choice: 'disagree' });
    await meet(there);
    await g.clock.advance(12 * DAYM);
    await meet(people);
    await g.pass(10);
    const s = people[0]!.replica.state;
    console.log('T17', p0, h(people), s.proposals.get(p)!.status, s.proposals.get(p)!.tally, [...s.ballots.values()].map((b) => b.standing));
  });

  it('T10 weight of a seal', async () => {
    const names = Array.from({ length: 24 }, (_, i) => 'm' + i);
    const people = await group(names, majority());
    const g = new SealingGroup(people);
    await g.pass(2);
    const w = (p: Person) => p.replica.record.all().filter((e) => e.type.startsWith('seal.'));
    const a = w(people[0]!).length, b = w(people[0]!).reduce((s, e) => s + e.bytes.length, 0), n = h(people)[0]!;
    const t = Date.now();
    await open(people[0]!, { kind: 'none' });
    await g.pass(3);
    console.log('T10', h(people)[0]! - n, 'seals', w(people[0]!).length - a, 'events', w(people[0]!).reduce((s, e) => s + e.bytes.length, 0) - b, 'bytes', Date.now() - t, 'ms');
  });

  it('T9 spread', () => {
    for (const n of [100_000, 125_000, 200_000, 500_000]) {
      const t: number[] = []; const big = Array.from({ length: n }, (_, i) => i);
      try { t.splice(0, t.length, ...big); console.log('T9', n, 'ok'); } catch (e) { console.log('T9', n, String(e)); }
    }
  });
});
