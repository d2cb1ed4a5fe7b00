import { describe, expect, it } from 'vitest';
import { type Ground, quorumOf, sealersOf } from './sealers';

const membership = {
  kind: 'membership',
  params: {
    types: [
      { id: 'resident', label: '', rights: ['vote'] },
      { id: 'friend', label: '', rights: ['post'] },
    ],
  },
};
const member = (id: string, type = 'resident', ...devices: string[]) => ({ id, type, devices: [id, ...devices] });

function ground(members: readonly object[], devices: readonly string[], sealing?: object): Ground {
  const protocols = [
    membership,
    ...(sealing === undefined ? [] : [{ kind: 'sealing', id: 'sealing', params: sealing }]),
  ];
  return { version: { protocols, suspended: [] }, members, devices: new Set(devices) } as unknown as Ground;
}
const idsOf = (given: Ground): string[] => sealersOf(given).sealers.map((sealer) => sealer.member);

describe('a quorum', () => {
  it('is more than two thirds, or more than half', () => {
    const quorums = (rule: 'two-thirds' | 'majority') => [1, 2, 3, 4, 5, 6, 7, 9].map((n) => quorumOf(n, rule));
    expect(quorums('two-thirds')).toEqual([1, 2, 3, 3, 4, 5, 5, 7]);
    expect(quorums('majority')).toEqual([1, 2, 2, 3, 3, 4, 4, 5]);
  });

  it('follows from how many seal, and from what the agreement says', () => {
    const members = ['a', 'b', 'c', 'd'].map((id) => member(id));
    const devices = ['a', 'b', 'c', 'd'];
    expect(sealersOf(ground(members, devices)).quorum).toBe(3);
    expect(sealersOf(ground(members, devices.slice(1))).quorum).toBe(3);
    expect(sealersOf(ground(members, devices.slice(2))).quorum).toBe(2);
    expect(sealersOf(ground(members, devices.slice(1), { types: [], quorum: 'majority' })).quorum).toBe(2);
  });
});

describe('who seals', () => {
  const members = [member('c'), member('a'), member('f', 'friend'), member('b')];

  it('is everyone who votes, in the order of their ids, unless the agreement names types', () => {
    expect(idsOf(ground(members, ['a', 'b', 'c', 'f']))).toEqual(['a', 'b', 'c']);
    expect(idsOf(ground(members, ['a', 'b', 'c', 'f'], { types: ['friend'], quorum: 'majority' }))).toEqual(['f']);
    expect(idsOf(ground(members, ['a', 'b', 'c', 'f'], { types: [], quorum: 'majority' }))).toEqual(['a', 'b', 'c']);
  });

  it('is everyone who votes while what the agreement says of it is suspended', () => {
    const given = ground(members, ['a', 'b', 'c', 'f'], { types: ['friend'], quorum: 'majority' });
    const suspended = { ...given, version: { ...given.version, suspended: ['sealing'] } };
    expect(idsOf(suspended)).toEqual(['a', 'b', 'c']);
    expect(sealersOf(suspended).quorum).toBe(3);
  });

  it('is who has a device that holds, by the first of theirs that does', () => {
    const given = ground([member('a', 'resident', 'a2', 'a3'), member('b')], ['a3', 'a2']);
    expect(sealersOf(given).sealers).toEqual([{ member: 'a', device: 'a2', devices: ['a2', 'a3'] }]);
  });
});
