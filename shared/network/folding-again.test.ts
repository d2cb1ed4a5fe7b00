import { describe, expect, it } from 'vitest';
import { foldOf, sealOf } from '../../test/kit/fold';
import { forge } from '../../test/kit/forge';
import { type Person, certify, group, meet, protocols } from '../../test/kit/group';
import type { SignedEvent } from '../record/event';
import type { Draft } from '../record/text';
import type { Effect } from './decisions/model';

type Three = [Person, Person, Person];
type Four = [Person, Person, Person, Person];
const open = (by: Person, effect: Draft<Effect>) =>
  by.act('proposal.open', { title: { text: 'T' }, text: { text: '' }, effect, deadline: 0 });
const agree = (by: Person, proposal: string) => by.act('ballot.cast', { proposal, choice: 'agree' });
const describes = (by: Person) => by.act('member.describe', { name: { text: by.name } });
const eventsOf = ({ replica }: Person): readonly SignedEvent[] => replica.record.all();

describe('a ballot', () => {
  it('on what a late revocation undid has no effect, though all before it had adopted that', async () => {
    const people = (await group(['ana', 'ben', 'cleo'], protocols({ spend: 'majority' }))) as Three;
    const [ana, ben, cleo] = people;
    const phone = await certify(ana, 'phone');
    for (const person of [ben, cleo]) await person.pull(ana);
    await describes(phone);
    const asked = await open(phone, { kind: 'spend', amount: 5, unit: 'EUR' });
    for (const person of [ben, cleo]) await person.pull(phone);
    const ballots = [await agree(phone, asked), await agree(ben, asked), await agree(cleo, asked)];
    for (const person of [phone, ben]) await cleo.pull(person);
    expect(cleo.replica.state.proposals.get(asked)!.status).toBe('adopted');
    await ana.act('device.revoke', { device: phone.signer.device });
    await cleo.pull(ana);
    expect(cleo.replica.state.proposals.has(asked)).toBe(false);
    const another = await forge(ben, { type: 'ballot.cast', payload: { proposal: asked, choice: 'disagree' } });
    cleo.replica.receive({ events: [another], texts: [] });
    const codes = [...ballots, another.id].map((id) => cleo.replica.state.withoutEffect.get(id)?.code);
    expect(codes).toEqual(['device-not-active', ...Array.from({ length: 3 }, () => 'proposal-unknown')]);
    expect(cleo.replica.state.allowances.size).toBe(0);
  });
});

describe('what comes after a seal', () => {
  it('is folded again from its first event where one sorts before that, or decides otherwise on what is sealed', async () => {
    const people = (await group(['ana', 'ben', 'cleo'], protocols({ spend: 'majority' }))) as Three;
    const [ana, ben, cleo] = people;
    const asked = await open(ana, { kind: 'spend', amount: 5, unit: 'EUR' });
    const phone = await certify(ana, 'phone');
    await ben.pull(ana);
    for (let step = 0; step < 9; step++) await describes(phone);
    await agree(ana, asked);
    await ana.pull(phone);
    const { fold, come } = foldOf(ana.replica.id, eventsOf(ana));
    const outcome = () => [fold.state.proposals.get(asked)!.status, fold.state.allowances.has(asked)];
    expect(outcome()).toEqual(['open', false]);
    fold.seal(sealOf(1), () => true);
    const second = await agree(ben, asked);
    come(eventsOf(ben));
    expect(outcome()).toEqual(['adopted', true]);
    // Of two ballots of one member that did not know of each other neither counts, also where a seal has one of them.
    const third = await phone.act('ballot.cast', { proposal: asked, choice: 'disagree' });
    come(eventsOf(phone));
    expect(outcome()).toEqual(['open', false]);
    const first = await describes(cleo);
    come(eventsOf(cleo));
    expect(fold.unsealed.map(({ id }) => id)).toEqual([first, second, third]);
    expect(outcome()).toEqual(['open', false]);
  });
});

describe('a clash', () => {
  const LATER = 30 * 86_400_000;
  const amend = (by: Person, amount: number) =>
    open(by, { kind: 'parameters', base: by.replica.id, protocol: 'spending', params: { unit: 'EUR', free: amount } });

  /** A seal has a vote on which half of the members agree since; what comes first after the seal is an amendment, which is adopted. */
  async function amended() {
    const people = (await group(['ana', 'ben', 'cleo', 'dora'], protocols({ parameters: 'majority' }))) as Four;
    const [ana, ben, cleo, dora] = people;
    const vote = await amend(dora, 1);
    await meet(people);
    const { fold, come } = foldOf(ana.replica.id, eventsOf(ana));
    fold.seal(sealOf(1), () => true);
    const amendment = await amend(ana, 2);
    await meet(people);
    for (const person of [cleo, dora]) await agree(person, vote);
    for (const person of [ana, ben, cleo]) await agree(person, amendment);
    for (const person of [ben, cleo, dora]) await ana.pull(person);
    come(eventsOf(ana));
    const inForce = () => ({
      statuses: [vote, amendment].map((id) => fold.state.proposals.get(id)!.status),
      version: fold.state.network.get('network')!.version,
    });
    expect(inForce()).toEqual({ statuses: ['open', 'adopted'], version: amendment });
    return {
      ana,
      ben,
      vote,
      fold,
      come,
      inForce,
      clashing: { statuses: ['clashing', 'clashing'], version: ana.replica.id },
    };
  }

  it('with what came first after a seal undoes that', async () => {
    const { ana, ben, vote, come, inForce, clashing } = await amended();
    await agree(ben, vote);
    await ana.pull(ben);
    come(eventsOf(ana));
    expect(inForce()).toEqual(clashing);
  });

  it('with a vote that only the seal closes undoes what the seal would have fixed', async () => {
    const { fold, inForce, clashing } = await amended();
    const digest = fold.digestAt(2, LATER, () => true);
    expect(inForce().statuses).toEqual(['open', 'adopted']);
    expect(fold.seal({ ...sealOf(2), time: LATER, digest }, () => true, true)).toBe(true);
    expect(inForce()).toEqual(clashing);
  });
});
