import { describe, expect, it } from 'vitest';
import { foldOf, sealOf } from '../../test/kit/fold';
import { Person, group, meet, protocols, testSigner } from '../../test/kit/group';
import { Replica } from '../replica/replica';
import { type Entry, UNSEALED } from '../record/entry';
import type { SignedEvent } from '../record/event';
import { consentMessage } from './certificates';
import { stateDigest } from './digest/digest';
import { Network } from './network';

const open = (by: Person, effect: Parameters<typeof by.act<'proposal.open'>>[1]['effect'] = { kind: 'none' }) =>
  by.act('proposal.open', { title: { text: 'T' }, text: { text: '' }, effect, deadline: 0 });
const agree = (by: Person, proposal: string) => by.act('ballot.cast', { proposal, choice: 'agree' });

describe('the order of the fold', () => {
  it('ends with the newest event, sealed or not', async () => {
    const people = (await group(['ana', 'ben'])) as [Person, Person];
    const [ana, ben] = people;
    for (const person of [ana, ben, ben]) await person.act('member.describe', { name: { text: person.name } });
    await ana.pull(ben);
    const { fold } = foldOf(ana.replica.id, (await ana.batch()).events);
    const last = ben.replica.record.all().at(-1)!.id;
    expect([fold.newest?.id, fold.order.at(-1)?.id]).toEqual([last, last]);
    const cut = ({ member }: Entry): boolean => member === ana.member;
    expect(fold.seal(sealOf(1), cut)).toBe(true);
    fold.settle();
    expect([fold.newest?.id, fold.order.at(-1)?.id]).toEqual([last, last]);
    expect(fold.unsealed.every((entry) => !cut(entry))).toBe(true);
    // Only where it is asked to compare does it say that the state is not the one that was sealed.
    expect(fold.seal(sealOf(2), () => true, true)).toBe(false);
    expect([fold.newest?.id, fold.order.at(-1)?.id, fold.unsealed.length]).toEqual([last, last, 0]);
    expect(new Network(new Replica(ana.replica.id).record).newest).toBeUndefined();
  });
});

describe('what an action would come to', () => {
  it('is judged by who had seen what, as it is once it is signed', async () => {
    const people = (await group(['ana', 'ben', 'cleo', 'dora'])) as [Person, Person, Person, Person];
    const [ana, ben, cleo] = people;
    const asked = await open(ana);
    const phone = await testSigner('phone');
    const proof = await phone.sign(consentMessage(cleo.replica.id, cleo.signer.device));
    await cleo.act('device.certify', { device: phone.device, label: 'phone', proof });
    await meet(people);
    const stolen = new Person('thief', phone, new Replica(cleo.replica.id), 0);
    await stolen.pull(cleo);
    // Ben votes and leaves; Cleo revokes the phone that has voted without having seen it.
    const ballots = [await agree(ana, asked), await agree(ben, asked)];
    await ben.act('member.leave', {});
    const voided = await agree(stolen, asked);
    await cleo.act('device.revoke', { device: phone.device });
    await meet([ana, ben, cleo, stolen]);
    const close = (listed: readonly string[]) => ana.act('decision.close', { proposal: asked, ballots: [...listed] });
    const omitted = expect.objectContaining({ code: 'refused-closing-omits-ballots' });
    await expect(close([...ballots, voided])).rejects.toEqual(omitted);
    await expect(close(ballots.slice(0, 1))).rejects.toEqual(omitted);
    const closing = await close(ballots);
    expect(ana.replica.state.withoutEffect.has(closing)).toBe(false);
    expect(ana.replica.state.proposals.get(asked)!.status).toBe('adopted');
  });
});

describe('what took effect', () => {
  it('is undone where a ballot comes that sorts later and decides otherwise, as if it had been there from the start', async () => {
    const people = (await group(['ana', 'ben', 'cleo'], protocols({ spend: 'majority' }))) as [Person, Person, Person];
    const [ana, ben] = people;
    const phone = await testSigner('phone');
    const proof = await phone.sign(consentMessage(ana.replica.id, ana.signer.device));
    await ana.act('device.certify', { device: phone.device, label: 'phone', proof });
    const asked = await open(ana, { kind: 'spend', amount: 5, unit: 'EUR' });
    await meet(people);
    const other = new Person('anas phone', phone, new Replica(ana.replica.id), 0);
    await other.pull(ana);
    for (let step = 0; step < 9; step++) await other.act('member.describe', { name: { text: 'Ana' } });
    for (const person of [ana, ben]) await agree(person, asked);
    for (const person of [ben, other]) await ana.pull(person);
    const come = () => [ana.replica.state.proposals.get(asked)!.status, ana.replica.state.allowances.has(asked)];
    expect(come()).toEqual(['adopted', true]);
    // Of two ballots of one member that did not know of each other neither counts. Nothing comes before it in the order that is new.
    const last = await other.act('ballot.cast', { proposal: asked, choice: 'disagree' });
    await ana.pull(other);
    expect(ana.replica.order.at(-1)!.id).toBe(last);
    expect(come()).toEqual(['open', false]);
    const whole = new Replica(ana.replica.id);
    whole.receive(await ana.batch());
    expect(stateDigest(whole.state)).toBe(stateDigest(ana.replica.state));
  });
});

describe('the digest at a cut', () => {
  it('is that of the state once it is sealed, whatever else is known, and asking for it changes nothing', async () => {
    const people = (await group(['ana', 'ben'])) as [Person, Person];
    const [ana, ben] = people;
    const batch = (await ana.batch()).events;
    const post = (by: Person) =>
      by.act('entry.post', {
        kind: 'income',
        date: '2025-03-01',
        memo: { text: 'M' },
        postings: [
          { account: 'bank', unit: 'EUR', amount: 5 },
          { account: 'income:rent', unit: 'EUR', amount: -5 },
        ],
      });
    const posted = [await post(ben), await post(ben), await post(ben)];
    const events = [...batch, ...posted.map((id) => ben.replica.record.get(id)!)] as readonly SignedEvent[];
    const { fold } = foldOf(ana.replica.id, events);
    const balance = () => fold.state.balances.get('bank|EUR')?.amount;
    fold.seal(sealOf(1), ({ member }) => member !== ben.member);
    fold.settle();
    // Each seal takes one of the three payments in.
    for (const height of [2, 3, 4]) {
      const cut = ({ id }: Entry): boolean => id === posted[height - 2];
      const digest = fold.digestAt(height, 7, cut);
      expect([balance(), fold.digestAt(height, 7, cut)]).toEqual([15, digest]);
      expect(fold.seal({ ...sealOf(height), time: 7, digest }, cut, true)).toBe(true);
      fold.settle();
      expect(balance()).toBe(15);
    }
  });
});

describe('what a removed member signed outside of the cut that fixes their removal', () => {
  it('counts until then, and from then on for nothing; what was in the cut still counts', async () => {
    const people = (await group(['ana', 'ben', 'cleo', 'dora'], protocols({ remove: 'majority' }))) as [
      Person,
      Person,
      Person,
      Person,
    ];
    const [ana, ben, cleo, dora] = people;
    const asked = [await open(ana), await open(ana)] as const;
    const removal = await open(ana, { kind: 'remove', member: ben.member });
    await meet(people);
    const inside = await agree(ben, asked[0]);
    await meet(people);
    const outside = await agree(ben, asked[1]);
    const later = await agree(cleo, asked[1]);
    for (const person of [ana, cleo, dora]) await agree(person, removal);
    await meet(people);
    const { fold } = foldOf(ana.replica.id, (await ana.batch()).events);
    const agreeing = () => asked.map((id) => fold.state.proposals.get(id)!.tally.agree);
    expect(fold.state.members.get(ben.member)!.status).toBe('removed');
    expect(agreeing()).toEqual([1, 2]);
    const cut = ({ id }: Entry): boolean => id !== outside && id !== later;
    const digest = fold.digestAt(1, 0, cut);
    expect(agreeing()).toEqual([1, 2]);
    expect(fold.order.every(({ seal }) => seal === UNSEALED)).toBe(true);
    expect(fold.seal({ ...sealOf(1), digest }, cut, true)).toBe(true);
    fold.settle();
    expect([...fold.outside].map(({ id }) => id)).toEqual([outside]);
    expect(fold.order.map(({ id }) => id)).not.toContain(outside);
    expect(agreeing()).toEqual([1, 1]);
    const author = ana.replica.record.get(inside)!;
    expect([fold.hasEnded(author), fold.hasEnded({ device: ana.signer.device, member: ana.member })]).toEqual([
      true,
      false,
    ]);
    // Nor later, when others vote on; and a seal that has it does not bring it back, though it is in that one from then on.
    const seals = [
      [2, cut],
      [3, () => true],
      [4, () => true],
    ] as const;
    const heights = seals.map(([height, taken]) => {
      fold.seal(sealOf(height), taken);
      fold.settle();
      expect(agreeing()).toEqual([1, 1]);
      return [...fold.outside].map(({ seal }) => seal);
    });
    expect(heights).toEqual([[UNSEALED], [3], [3]]);
    expect([fold.state.ballots.has(outside), fold.state.ballots.has(later)]).toEqual([false, true]);
  });
});
