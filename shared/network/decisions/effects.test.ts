import { describe, expect, it } from 'vitest';
import { Person, admit, group, meet, protocols, testSigner } from '../../../test/kit/group';
import type { Draft } from '../../record/text';
import { Replica } from '../../replica/replica';
import { consentMessage } from '../certificates';
import { checkEvent } from '../check';
import { stateDigest } from '../digest/digest';
import type { Effect } from './model';

const refused = (code: string) => expect.objectContaining({ code: `refused-${code}` });
const open = (by: Person, effect: Draft<Effect>) =>
  by.act('proposal.open', { title: { text: 'T' }, text: { text: '' }, effect, deadline: 0 });
async function decide(people: readonly Person[], proposal: string): Promise<void> {
  await meet(people);
  for (const person of people) await person.act('ballot.cast', { proposal, choice: 'agree' }).catch(() => null);
  await meet(people);
}

describe('what a decision brings about', () => {
  it('admits an applicant, from then on a member', async () => {
    const [ana] = (await group(['ana'], protocols({}, 'decision'))) as [Person];
    const dora = await admit(ana, 'dora');
    const proposal = await open(ana, { kind: 'admit', member: dora.member });
    await ana.act('ballot.cast', { proposal, choice: 'agree' });
    const member = ana.replica.state.members.get(dora.member)!;
    expect(member).toMatchObject({ status: 'active', since: proposal });
    expect(member.why.events).toEqual([dora.member, ...ana.replica.state.proposals.get(proposal)!.why.events]);
    await expect(open(ana, { kind: 'admit', member: dora.member })).rejects.toEqual(refused('no-applicant'));
  });

  it('admits whom a sponsor puts forward, and needs that right beside the one to propose', async () => {
    const founded = protocols({}, 'decision').map((spec) => {
      if (spec.kind !== 'membership') return spec;
      const types = spec.params.types.map((type) =>
        type.id === 'supporter' ? { ...type, rights: ['propose' as const] } : type,
      );
      return { ...spec, params: { types } };
    });
    const [ana] = (await group(['ana'], founded)) as [Person];
    const sam = await admit(ana, 'sam', 'supporter');
    await decide([ana], await open(ana, { kind: 'admit', member: sam.member }));
    await meet([ana, sam]);
    const dora = await admit(ana, 'dora');
    await meet([ana, sam]);
    await expect(open(sam, { kind: 'admit', member: dora.member })).rejects.toMatchObject({
      code: 'refused-not-entitled',
      params: { protocol: 'membership' },
    });
    await open(sam, { kind: 'none' });
    await decide([ana], await open(ana, { kind: 'admit', member: dora.member }));
    expect(ana.replica.state.members.get(dora.member)!.status).toBe('active');
  });

  it('admits nobody who has left meanwhile, and who was admitted by another decision only once', async () => {
    const [ana] = (await group(['ana'], protocols({}, 'decision'))) as [Person];
    const dora = await admit(ana, 'dora');
    const eli = await admit(ana, 'eli');
    const [leaving, first, second] = [
      await open(ana, { kind: 'admit', member: dora.member }),
      await open(ana, { kind: 'admit', member: eli.member }),
      await open(ana, { kind: 'admit', member: eli.member }),
    ];
    await dora.pull(ana);
    await dora.act('member.leave', {});
    await ana.pull(dora);
    for (const proposal of [leaving, first, second]) await ana.act('ballot.cast', { proposal, choice: 'agree' });
    const { proposals, members } = ana.replica.state;
    expect([leaving, first, second].map((id) => proposals.get(id)!.status)).toEqual([
      'superseded',
      'adopted',
      'superseded',
    ]);
    expect(members.get(dora.member)!.status).toBe('left');
    expect(members.get(eli.member)).toMatchObject({ status: 'active', since: first });
  });

  it('removes a member, once', async () => {
    const people = (await group(['ana', 'ben', 'cleo'], protocols({ remove: 'majority' }))) as [Person, Person, Person];
    const [ana, ben, cleo] = people;
    const first = await open(ana, { kind: 'remove', member: cleo.member });
    const second = await open(ana, { kind: 'remove', member: cleo.member });
    await meet(people);
    await decide([ana, ben], first);
    await decide([ana, ben], second);
    expect([first, second].map((id) => ana.replica.state.proposals.get(id)!.status)).toEqual(['adopted', 'superseded']);
    expect(ana.replica.state.members.get(cleo.member)).toMatchObject({ status: 'removed', until: first });
    await expect(open(ana, { kind: 'remove', member: cleo.member })).rejects.toEqual(refused('no-member'));
    // Nor do they vote on what is proposed by who knows of it.
    const next = await open(ana, { kind: 'none' });
    expect(ana.replica.state.proposals.get(next)!.electorate).toEqual([ana.member, ben.member].sort());
  });

  it('makes versions of the agreement that count on', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    let base = ana.replica.id;
    for (const number of [2, 3]) {
      const params = { unit: 'EUR', free: number };
      const proposal = await open(ana, { kind: 'parameters', base, protocol: 'spending', params });
      await ana.act('ballot.cast', { proposal, choice: 'agree' });
      expect(ana.replica.state.versions.get(proposal)).toMatchObject({ number, base });
      expect(ana.replica.state.network.get('network')!.version).toBe(proposal);
      base = proposal;
    }
  });
});

describe('a new proposal', () => {
  it('has no ballots, and is decided by who was a member in its author’s eyes, whatever sorts before it', async () => {
    const people = (await group(['ana', 'ben'])) as [Person, Person];
    const [ana, ben] = people;
    const dora = await admit(ana, 'dora');
    for (const name of ['B', 'Be', 'Ben']) await ben.act('member.describe', { name: { text: name } });
    const proposal = await open(ben, { kind: 'none' });
    await ana.pull(ben);
    const order = ana.replica.order.map(({ id }) => id);
    expect(order.indexOf(dora.member)).toBeLessThan(order.indexOf(proposal));
    expect(ana.replica.state.proposals.get(proposal)).toMatchObject({
      electorate: [ana.member, ben.member].sort(),
      tally: { electorate: 2, agree: 0, abstain: 0, disagree: 0, block: 0 },
    });
  });

  it('is refused where nobody could vote on it', async () => {
    const friends = protocols({ none: 'majority' }).map((protocol) =>
      protocol.kind === 'decisions'
        ? {
            ...protocol,
            params: {
              ...protocol.params,
              classes: protocol.params.classes.map((one) =>
                one.id === 'majority' ? { ...one, electorate: ['supporter'] } : one,
              ),
            },
          }
        : protocol,
    );
    const [ana] = (await group(['ana'], friends)) as [Person];
    await expect(open(ana, { kind: 'none' })).rejects.toEqual(refused('electorate-empty'));
    const friend = await admit(ana, 'friend', 'supporter');
    const proposal = await open(ana, { kind: 'none' });
    expect(ana.replica.state.proposals.get(proposal)!.electorate).toEqual([friend.member]);
  });
});

describe('a revocation', () => {
  it('that had not seen a ballot makes it void, also where it comes later and sorts later', async () => {
    const [ana, ben, cleo] = (await group(['ana', 'ben', 'cleo'])) as [Person, Person, Person];
    const signer = await testSigner('phone');
    const proof = await signer.sign(consentMessage(ben.replica.id, ben.signer.device));
    await ben.act('device.certify', { device: signer.device, label: 'phone', proof });
    const proposal = await open(ben, { kind: 'none' });
    const phone = new Person('phone', signer, new Replica(ben.replica.id), 0);
    for (const other of [ana, phone]) await other.pull(ben);
    const ballot = await phone.act('ballot.cast', { proposal, choice: 'agree' });
    await ana.pull(phone);
    const kept = await ana.act('ballot.cast', { proposal, choice: 'abstain' });
    const tally = () => ana.replica.state.proposals.get(proposal)!.tally;
    expect(tally()).toMatchObject({ agree: 1, abstain: 1 });
    for (const name of ['B', 'Be', 'Ben']) await ben.act('member.describe', { name: { text: name } });
    // Nothing of what comes now sorts before the ballots; and she leaves having seen this one.
    await cleo.pull(ben);
    await cleo.pull(phone);
    await cleo.act('member.leave', {});
    await ana.pull(ben);
    await ben.act('device.revoke', { device: signer.device });
    const news = [...ben.replica.record.all(), ...cleo.replica.record.all()].filter(
      ({ id }) => !ana.replica.record.has(id),
    );
    ana.replica.receive({ events: await Promise.all(news.map(({ bytes }) => checkEvent(bytes))), texts: [] });
    expect(news.map(({ type }) => type).sort()).toEqual(['device.revoke', 'member.leave']);
    const { state } = ana.replica;
    expect(state.withoutEffect.has(ballot)).toBe(true);
    expect(state.withoutEffect.has(kept)).toBe(false);
    const whole = new Replica(ana.replica.id);
    whole.receive(await ana.batch());
    expect(stateDigest(whole.state)).toBe(stateDigest(state));
  });
});
