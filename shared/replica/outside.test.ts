import { describe, expect, it } from 'vitest';
import { forge } from '../../test/kit/forge';
import { type Person, certify, group, meet, protocols, testSigner } from '../../test/kit/group';
import { SealingGroup } from '../../test/kit/sealing';
import { stateDigest } from '../network/digest/digest';
import type { EventBody, SignedEvent } from '../record/event';
import { Replica } from './replica';

const UNTIL_SEALED = 6;
const renames = (name: string): Partial<EventBody> => ({ type: 'member.describe', payload: { name: name.repeat(64) } });

const give = (to: Person, ...events: SignedEvent[]) => to.replica.receive({ events, texts: [] });
const seals = ({ replica }: Person): number => replica.seals.seals.length;
const same = (...people: Person[]): void =>
  expect(new Set(people.map(({ replica }) => stateDigest(replica.state))).size).toBe(1);

/** Dora, of four, is removed; the seal of that is known to Ben and Cleo, and to Ana only where asked. */
async function removed(toAll = true) {
  const people = (await group(['ana', 'ben', 'cleo', 'dora'], protocols({ remove: 'majority' }))) as [
    Person,
    Person,
    Person,
    Person,
  ];
  const sealing = new SealingGroup(people);
  await sealing.pass(3);
  const [ana, ben, cleo, dora] = people;
  // All know the beginning of her chain, and she those of theirs.
  await dora.act('member.describe', { name: { text: 'Dora' } });
  await meet(people);
  const effect = { kind: 'remove' as const, member: dora.member };
  const proposal = await ana.act('proposal.open', { title: { text: 'T' }, text: { text: '' }, effect, deadline: 0 });
  await meet([ana, ben, cleo]);
  for (const person of [ana, ben, cleo]) {
    await person.act('ballot.cast', { proposal, choice: 'agree' });
    await meet([ana, ben, cleo]);
  }
  expect(ana.replica.state.members.get(dora.member)!.status).toBe('removed');
  if (!toAll) return { sealing, people };
  await sealing.pass(UNTIL_SEALED, [ana, ben, cleo]);
  for (const person of [ana, ben, cleo]) expect(person.replica.state.proposals.get(proposal)!.sealed).toBeDefined();
  return { sealing, people };
}

describe('what the ended sign outside the cut', () => {
  it('is refused by who has the seal, without end and without trace', async () => {
    const { people } = await removed();
    const [ana, ben, , dora] = people;
    const { size } = ana.replica.record;
    const digest = stateDigest(ana.replica.state);
    const late = await forge(dora, renames('1'));
    const later = await forge(dora, { ...renames('2'), sequence: late.sequence + 1, previous: late.id, parents: [] });
    expect(give(ana, late).refused.get(late.id)).toBe('outside-cut');
    give(ana, later);
    expect(ana.replica.record.missing()).toEqual([late.id]);
    // Asked for, it comes again; nobody but its author built on it.
    expect([...give(ana, late).refused.values()]).toEqual(['outside-cut']);
    expect([ana.replica.record.size, ana.replica.record.waiting]).toEqual([size, 0]);
    expect(stateDigest(ana.replica.state)).toBe(digest);
    same(ana, ben);
  });

  it('is not let in by who is unknown, or ended as well', async () => {
    const { people } = await removed();
    const [ana, , , dora] = people;
    const late = await forge(dora, renames('1'));
    const stranger = await testSigner('stranger');
    const chained = { sequence: 0, previous: null, parents: [late.id], device: stranger.device };
    const bogus = await forge(dora, { ...renames('2'), ...chained }, stranger);
    give(ana, bogus);
    expect(give(ana, late).refused.get(late.id)).toBe('outside-cut');
    expect(ana.replica.record.waiting).toBe(0);
  });

  it('stays with who had it before the seal, who neither cites nor offers it, nor asks for a seal of it; all have one state', async () => {
    const { sealing, people } = await removed(false);
    const [ana, ben, cleo, dora] = people;
    // Cleo takes part in the seal from afar, and hears of this before it.
    const late = await forge(dora, renames('1'));
    give(dora, late);
    const letIn = await certify(dora, 'dora too');
    const begun = await letIn.act('member.describe', { name: { text: 'D' } });
    const { events: beyond } = await letIn.batch();
    const { events: before } = await ben.batch();
    await sealing.pass(2, [ana, ben]);
    await ben.pull(ana);
    const isSealed = (): boolean => [...ana.replica.state.proposals.values()][0]!.sealed !== undefined;
    // Whose turn it is to propose hangs on ids: a round of the one who is away may come first.
    for (let turns = 0; turns < 5 && !isSealed(); turns++) await sealing.pass(UNTIL_SEALED, [ana, ben, cleo]);
    expect(isSealed()).toBe(true);
    const { events } = await ana.batch();
    const ids = (entries: readonly { readonly id: string }[]): string[] => entries.map(({ id }) => id).sort();
    const asAna = ({ kept, state, seals: chain }: Replica): void => {
      expect(ids(kept.tips())).toEqual(ids(ana.replica.kept.tips()));
      expect(kept.heads()).toEqual(ana.replica.kept.heads());
      expect(stateDigest(state)).toBe(stateDigest(ana.replica.state));
      expect(chain.seals.map(({ value }) => value)).toEqual(ana.replica.seals.seals.map(({ value }) => value));
    };
    // The chain of the device that she let in comes before those of others, or is the last of all.
    for (const first of [[], before]) {
      const straggler = new Replica(ana.replica.id);
      for (const come of [first, beyond, events]) straggler.receive({ events: come, texts: [] });
      expect(straggler.record.has(late.id)).toBe(true);
      const entry = straggler.record.get(late.id)!;
      expect([straggler.isOutside(entry), straggler.kept.has(entry)]).toEqual([true, false]);
      // Of Dora's chain that up to the cut, and nothing of the one beyond it.
      const root = straggler.record.get(begun)!;
      expect([root.place, straggler.isOutside(root)]).toEqual([0, true]);
      expect([straggler.kept.has(root), straggler.kept.offers(root)]).toEqual([false, false]);
      expect(straggler.record.heads()).toContain(begun);
      expect(straggler.unsealed).not.toContain(entry);
      asAna(straggler);
    }
    // As well where it is a single event.
    const other = new Replica(ana.replica.id);
    for (const come of [[...before, late], events]) other.receive({ events: come, texts: [] });
    expect(other.record.heads()).toContain(late.id);
    asAna(other);
    const count = seals(ana);
    give(ana, late);
    await sealing.pass(UNTIL_SEALED, [ana, ben, cleo]);
    expect(seals(ana)).toBe(count);
  });

  it('is taken in by all where somebody honest built on it before they knew, and counts for nothing', async () => {
    const { sealing, people } = await removed(false);
    const [ana, ben, cleo, dora] = people;
    const first = await forge(dora, renames('1'));
    const second = await forge(dora, {
      ...renames('2'),
      sequence: first.sequence + 1,
      previous: first.id,
      parents: [],
    });
    // Cleo is away with what Dora signed meanwhile, and builds on it; three of four are a quorum with Dora's own help.
    give(cleo, first, second);
    const built = await cleo.act('member.describe', { name: { text: 'Cleo' } });
    await dora.pull(ana);
    const doras = new SealingGroup([ana, ben, dora]);
    await doras.clock.advance(sealing.clock.now());
    await ana.act('member.describe', { name: { text: 'Ana' } });
    await doras.pass(UNTIL_SEALED);
    expect(seals(ana)).toBeGreaterThan(1);
    expect(give(ana, first).refused.get(first.id)).toBe('outside-cut');
    // With what was built on it, at once: it is tried again when that waits for it.
    const late = new Replica(ana.replica.id);
    late.receive(await ana.batch());
    expect(late.receive(await cleo.batch()).refused.size).toBe(0);
    expect(late.record.has(built)).toBe(true);
    await meet([ana, ben, cleo]);
    for (const { replica } of [ana, ben, cleo]) {
      for (const { id } of [first, second]) {
        expect(replica.record.has(id)).toBe(true);
        expect(replica.kept.has(replica.record.get(id)!)).toBe(true);
        expect(replica.state.withoutEffect.has(id)).toBe(false);
      }
      expect(replica.record.has(built)).toBe(true);
      expect(replica.state.members.get(dora.member)!.name).not.toBe('2'.repeat(64));
    }
    same(ana, ben, cleo);
    await sealing.pass(UNTIL_SEALED, [ana, ben, cleo]);
    same(ana, ben, cleo);
    const whole = new Replica(ana.replica.id);
    whole.receive(await cleo.batch());
    expect(stateDigest(whole.state)).toBe(stateDigest(ana.replica.state));
  });

  it('is so of a device that was revoked, and revokes nothing itself', async () => {
    const people = (await group(['ana', 'ben', 'cleo'])) as [Person, Person, Person];
    const sealing = new SealingGroup(people);
    await sealing.pass(3);
    const [ana, ben, cleo] = people;
    await ben.act('device.revoke', { device: ben.signer.device });
    await meet(people);
    await sealing.pass(UNTIL_SEALED);
    const late = await forge(ben, { type: 'device.revoke', payload: { device: ben.signer.device }, parents: [] });
    const codes = [ana, cleo].map((person) => give(person, late).refused.get(late.id));
    expect(codes).toEqual(['outside-cut', 'outside-cut']);
    expect(ana.replica.record.hasEnded({ device: ben.signer.device, member: ben.member })).toBe(true);
    expect(ana.replica.record.hasEnded({ device: ana.signer.device, member: ana.member })).toBe(false);
  });
});
