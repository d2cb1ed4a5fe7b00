import { describe, expect, it } from 'vitest';
import { type Entry, UNSEALED } from '../record/entry';
import type { RecordSet } from '../record/record';
import { EventIndex } from './event-index';
import { RULES_VERSION } from './events';

const ID = (digit: string): string => digit.repeat(64);
const [P, Q, PHONE, LAPTOP] = ['a', 'b', 'c', 'd'].map(ID) as [string, string, string, string];

/** By Ben with his phone, unless told otherwise. */
const entry = (id: string, type: string, payload: object, change: Partial<Entry> = {}): Entry =>
  ({
    id,
    type,
    payload,
    rules: RULES_VERSION,
    device: PHONE,
    member: 'ben',
    previous: null,
    parents: [],
    seal: UNSEALED,
    ...change,
  }) as unknown as Entry;
const ballot = (id: string, proposal: string, change: Partial<Entry> = {}) =>
  entry(id, 'ballot.cast', { proposal, choice: 'agree' }, change);
const leaving = (change: Partial<Entry> = {}) => entry('leaving', 'member.leave', {}, change);
const revoking = (device: string, change: Partial<Entry> = {}) =>
  entry('revoking', 'device.revoke', { device }, { device: LAPTOP, ...change });

/** An index of entries, of which the pairs `[earlier, later]` saw each other. */
function indexOf(entries: readonly Entry[], seen: readonly (readonly [string, string])[] = []): EventIndex {
  const before = (a: Entry, b: Entry) => seen.some(([earlier, later]) => earlier === a.id && later === b.id);
  const index = new EventIndex({ before, certificatesOf: () => [] } as unknown as RecordSet, COUNTS);
  for (const one of entries) index.add(one);
  return index;
}
/** Nothing is outside a cut, and all that is sealed had effect. */
const COUNTS = {
  isOutside: () => false,
  isAbove: ({ rules }: Entry) => rules > RULES_VERSION,
  hadEffect: () => true,
  isUnrestored: () => false,
};
const ids = (entries: readonly Entry[]): string[] => entries.map(({ id }) => id);

describe('what is about a proposal', () => {
  it('are well-formed ballots, closings and withdrawals that name it', () => {
    const index = indexOf([
      ballot('one', P),
      ballot('other', Q),
      entry('closing', 'decision.close', { proposal: P, ballots: [] }),
      entry('withdrawal', 'proposal.withdraw', { proposal: P }),
      entry('note', 'note', { proposal: P }),
      entry('malformed', 'ballot.cast', { proposal: P }),
      ballot('newer', P, { rules: RULES_VERSION + 1 }),
    ]);
    expect(ids(index.about(P))).toEqual(['one', 'closing', 'withdrawal']);
    expect(ids(index.about(Q))).toEqual(['other']);
    expect(index.about(ID('e'))).toEqual([]);
  });
});

describe('what ends an author', () => {
  it('are departures of the member, and revocations of the device by its own member', () => {
    const index = indexOf([
      leaving(),
      revoking(PHONE),
      revoking(PHONE, { id: 'foreign', member: 'ana' }),
      leaving({ id: 'anas', member: 'ana' }),
      entry('malformed', 'device.revoke', { device: PHONE, more: 1 }),
      revoking(PHONE, { id: 'newer', rules: RULES_VERSION + 1 }),
      leaving({ id: 'newer too', rules: RULES_VERSION + 1 }),
      leaving({ id: 'malformed too', payload: { more: 1 } }),
    ]);
    const endsOf = (change: Partial<Entry>) => ids(index.endsOf(ballot('any', P, change)));
    expect(endsOf({})).toEqual(['revoking', 'leaving']);
    expect(endsOf({ device: LAPTOP })).toEqual(['leaving']);
    expect(endsOf({ device: LAPTOP, member: 'ana' })).toEqual(['anas']);
    expect(endsOf({ device: LAPTOP, member: 'cleo' })).toEqual([]);
    expect(ids(indexOf([revoking(PHONE)]).endsOf(ballot('any', P)))).toEqual(['revoking']);
  });

  it('makes void what its member did without having been seen by it, from the first on', () => {
    const given = [ballot('seen', P), ballot('unseen', P), ballot('anas', Q, { member: 'ana' }), ballot('late', Q)];
    const index = indexOf(given, [['seen', 'leaving']]);
    const first = (...added: readonly Entry[]) => index.firstVoidedBy(added, given)?.id;
    expect(first(leaving())).toBe('unseen');
    expect(first(revoking(PHONE), leaving())).toBe('seen');
    expect(first(leaving({ id: 'hers', member: 'ana' }))).toBe('anas');
    expect(first(leaving({ id: 'his', member: 'cleo' }))).toBeUndefined();
    expect(first()).toBeUndefined();
    expect(first(ballot('more', P))).toBeUndefined();
  });
});

describe('a device with several certificates', () => {
  const root = (id: string, change: Partial<Entry> = {}) => entry(id, 'note', {}, { sequence: 0, ...change });
  const certificate = (id: string, seal: number) => entry(id, 'device.certify', {}, { seal });
  /** An index over a record in which each device has these certificates. */
  const indexBy = (...certificates: readonly Entry[]) =>
    new EventIndex(
      {
        certificatesOf: () => certificates.map(({ id }) => id),
        get: (id: string) => certificates.find((one) => one.id === id),
      } as unknown as RecordSet,
      COUNTS,
    );

  it('has one that counts by where its chain begins: those that no seal has fixed are weighed again then', () => {
    const [open, other, sealed] = [certificate('a', UNSEALED), certificate('b', UNSEALED), certificate('c', 3)];
    expect(ids(indexBy(open, other, sealed).chosenBy([root('first')]))).toEqual(['a', 'b']);
    expect(ids(indexBy(open, sealed).chosenBy([root('first')]))).toEqual(['a']);
    expect(indexBy(open, other).chosenBy([root('second', { sequence: 1 })])).toEqual([]);
    expect(indexBy(open).chosenBy([root('first')])).toEqual([]);
  });

  it('is found with the first events of its chains', () => {
    const index = indexBy();
    for (const one of [root('one'), root('two'), root('next', { sequence: 1 }), root('hers', { device: LAPTOP })])
      index.add(one);
    expect(ids(index.rootsOf(PHONE))).toEqual(['one', 'two']);
    expect([ids(index.rootsOf(LAPTOP)), index.rootsOf(ID('e'))]).toEqual([['hers'], []]);
  });
});
