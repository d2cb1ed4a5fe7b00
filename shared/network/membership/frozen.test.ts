import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forge } from '../../../test/kit/forge';
import { type Person, group } from '../../../test/kit/group';
import type { SignedEvent } from '../../record/event';
import { Replica } from '../../replica/replica';
import { stateDigest } from '../digest/digest';
import { Network } from '../network';
import type { Seal } from '../seals/model';

const SEAL: Seal = { height: 1, value: 'a'.repeat(64), previous: '', time: 0, digest: '', ready: [] };
const renames = (name: string) => ({ type: 'member.describe', payload: { name: name.repeat(64) } });

async function forked(): Promise<{ ana: Person; ben: Person; base: SignedEvent[]; fork: SignedEvent[] }> {
  const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
  const base = [...(await ana.batch()).events];
  const fork = await Promise.all([forge(ben, renames('1')), forge(ben, renames('2'))]);
  return { ana, ben, base, fork };
}

/** The record and a fold of it that knows of no seal yet. */
function foldOf(network: string, events: readonly SignedEvent[]): { record: Replica['record']; fold: Network } {
  const { record } = new Replica(network);
  for (const event of events) record.add(event);
  const fold = new Network(record);
  fold.add(record.all());
  fold.settle();
  return { record, fold };
}

describe('a forked device in the state', () => {
  it('is named before any seal, and frozen by the first cut that holds the proof', async () => {
    const { ana, ben, base, fork } = await forked();
    const later = await forge(ben, { ...renames('3'), sequence: 1, previous: fork[0]!.id, parents: [] });
    const { fold } = foldOf(ana.replica.id, [...base, ...fork, later]);
    const row = () => fold.state.devices.get(ben.signer.device)!;
    expect(row()).toMatchObject({ status: 'active', fork: fork.map(({ id }) => id).sort() });
    expect(fold.state.withoutEffect.size).toBe(0);
    fold.seal(SEAL, (entry) => entry.id !== later.id);
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
    knowing.seal(SEAL, cut);
    expect(knowing.state.devices.get(ben.signer.device)!.fork).toBeUndefined();
    knowing.settle();
    expect(knowing.state.devices.get(ben.signer.device)).toMatchObject({
      status: 'active',
      fork: fork.map(({ id }) => id).sort(),
    });
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
