import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldOf, sealOf } from '../../../test/kit/fold';
import { forge } from '../../../test/kit/forge';
import { type Person, group, testSigner } from '../../../test/kit/group';
import type { SignedEvent } from '../../record/event';
import { Replica } from '../../replica/replica';
import { consentMessage } from '../certificates';
import { stateDigest } from '../digest/digest';

const renames = (name: string) => ({ type: 'member.describe', payload: { name: name.repeat(64) } });

async function forked(): Promise<{ ana: Person; ben: Person; base: SignedEvent[]; fork: SignedEvent[] }> {
  const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
  const base = [...(await ana.batch()).events];
  const fork = await Promise.all([forge(ben, renames('1')), forge(ben, renames('2'))]);
  return { ana, ben, base, fork };
}

describe('a forked device in the state', () => {
  it('is named before any seal, and frozen by the first cut that holds the proof', async () => {
    const { ana, ben, base, fork } = await forked();
    const later = await forge(ben, { ...renames('3'), sequence: 1, previous: fork[0]!.id, parents: [] });
    const { fold } = foldOf(ana.replica.id, [...base, ...fork, later]);
    const row = () => fold.state.devices.get(ben.signer.device)!;
    expect(row()).toMatchObject({ status: 'active', fork: fork.map(({ id }) => id).sort() });
    expect(fold.state.withoutEffect.size).toBe(0);
    fold.seal(sealOf(1), (entry) => entry.id !== later.id);
    fold.settle();
    expect(row().status).toBe('frozen');
    expect([...fold.outside].map(({ id }) => id)).toEqual([later.id]);
    expect(fold.state.withoutEffect.size).toBe(0);
    expect(fold.state.members.get(ben.member)!.name).not.toBe('3'.repeat(64));
    expect(fold.state.devices.get(ana.signer.device)!.status).toBe('active');
  });

  it('is not frozen by a cut that holds one of the two, whoever has seen the other', async () => {
    const { ana, ben, base, fork } = await forked();
    const cut = ({ id }: { readonly id: string }): boolean => id !== fork[1]!.id;
    const knowing = foldOf(ana.replica.id, [...base, ...fork]).fold;
    const unknowing = foldOf(ana.replica.id, [...base, fork[0]!]).fold;
    expect(knowing.digestAt(1, 0, cut)).toBe(unknowing.digestAt(1, 0, cut));
    knowing.seal(sealOf(1), cut);
    expect(knowing.state.devices.get(ben.signer.device)!.fork).toBeUndefined();
    knowing.settle();
    expect(knowing.state.devices.get(ben.signer.device)).toMatchObject({
      status: 'active',
      fork: fork.map(({ id }) => id).sort(),
    });
  });

  it('is not named for what it signed for a member who had ended, while others are as ever', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const key = await testSigner('key');
    const certificateBy = async (by: Person): Promise<SignedEvent> => {
      const proof = await key.sign(consentMessage(by.replica.id, by.signer.device));
      const payload = { device: key.device, label: 'key', proof };
      const certificate = await forge(by, { type: 'device.certify', payload });
      by.replica.receive({ events: [certificate], texts: [] });
      return certificate;
    };
    const anas = await certificateBy(ana);
    await ben.pull(ana);
    const bens = await certificateBy(ben);
    const leaving = await ben.act('member.leave', {});
    // One key, two members: its chain for the one who left, and its chain for the other, which sorts later.
    const first = { ...renames('1'), sequence: 0, previous: null };
    const asBen = await forge(ben, { ...first, parents: [bens.id] }, key);
    const asAna = await forge(ana, { ...first, parents: [anas.id, leaving].sort() }, key);
    const others = await Promise.all([forge(ana, renames('2')), forge(ana, renames('3'))]);
    const sealed = (await ben.batch()).events;
    const { fold } = foldOf(ana.replica.id, [...sealed, asBen, asAna, ...others]);
    const proofOf = ({ device }: { readonly device: string }) => fold.state.devices.get(device)!.fork;
    const ids = (events: readonly SignedEvent[]) => events.map(({ id }) => id).sort();
    expect([proofOf(key), proofOf(ana.signer)]).toEqual([ids([asBen, asAna]), ids(others)]);
    fold.seal(sealOf(1), ({ id }) => sealed.some((event) => event.id === id));
    fold.settle();
    expect([...fold.outside].map(({ id }) => id)).toEqual([asBen.id]);
    expect([proofOf(key), proofOf(ana.signer)]).toEqual([undefined, ids(others)]);
  });

  it('any order of delivery gives the same state', async () => {
    const { ana, ben, base, fork } = await forked();
    const more = await Promise.all(
      fork.map((event) => forge(ben, { ...renames('4'), sequence: 1, previous: event.id, parents: [] })),
    );
    const all = [...base, ...fork, ...more];
    const digestOf = (order: readonly SignedEvent[]): string => {
      const replica = new Replica(ana.replica.id);
      for (const event of order) replica.receive({ events: [event], texts: [] });
      replica.receive({ events: order, texts: [] });
      return stateDigest(replica.state);
    };
    const expected = digestOf(all);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
        expect(digestOf(order)).toBe(expected);
      }),
      { numRuns: 60 },
    );
  });
});
