import { describe, expect, it } from 'vitest';
import type { State } from '../state';
import { activeMembers, endOfInvite, forkSibling, forkedDevices, hasRight, typeHasRight } from './queries';

const rows = <T extends { readonly id: string }>(...all: readonly T[]) => new Map(all.map((row) => [row.id, row]));
const version = {
  id: 'v2',
  protocols: [
    { kind: 'purpose', id: 'purpose' },
    {
      kind: 'membership',
      id: 'membership',
      params: {
        types: [
          { id: 'resident', rights: ['vote', 'post'] },
          { id: 'friend', rights: ['post'] },
        ],
      },
    },
  ],
};
const state = {
  network: new Map([['network', { id: 'n', version: 'v2' }]]),
  versions: rows({ ...version, id: 'v1', protocols: [] }, version),
  members: rows(
    { id: 'a', type: 'resident', status: 'active', number: 3 },
    { id: 'b', type: 'friend', status: 'active', number: 1 },
    { id: 'c', type: 'resident', status: 'left', number: 2 },
    { id: 'd', type: 'resident', status: 'active', number: 4 },
  ),
  devices: rows(
    { id: 'forked', member: 'a', status: 'active', fork: ['x', 'y'] },
    { id: 'frozen', member: 'a', status: 'frozen', fork: ['p', 'q'] },
    { id: 'revoked', member: 'a', status: 'revoked', fork: ['r', 's'] },
    { id: 'of who left', member: 'c', status: 'active', fork: ['t', 'u'] },
    { id: 'honest', member: 'a', status: 'active' },
    { id: 'strange', member: 'nobody', status: 'active', fork: ['v', 'w'] },
  ),
} as unknown as State;

describe('a right', () => {
  it('is of an active member whose type has it in the agreement in force', () => {
    expect(['a', 'b', 'c', 'nobody'].map((id) => hasRight(state, id, 'post'))).toEqual([true, true, false, false]);
    expect(['a', 'b', 'c'].map((id) => hasRight(state, id, 'vote'))).toEqual([true, false, false]);
    expect(hasRight({ ...state, network: new Map() }, 'a', 'post')).toBe(false);
    const has = (type: string) => typeHasRight(version as unknown as Parameters<typeof typeHasRight>[0], type, 'vote');
    expect(['resident', 'friend', 'lodger'].map(has)).toEqual([true, false, false]);
  });
});

describe('members and their devices', () => {
  it('are listed as they joined, as long as they are active', () => {
    expect(activeMembers(state).map(({ id }) => id)).toEqual(['b', 'a', 'd']);
  });

  it('that forked are named until they are revoked, each with the other event of its proof', () => {
    expect(forkedDevices(state).map(({ id }) => id)).toEqual(['forked', 'frozen']);
    const sibling = (id: string, device: string) => forkSibling(state, { id, device });
    expect([sibling('x', 'forked'), sibling('y', 'forked'), sibling('z', 'forked')]).toEqual(['y', 'x', undefined]);
    expect([sibling('x', 'honest'), sibling('x', 'unknown')]).toEqual([undefined, undefined]);
  });
});

describe('an invite', () => {
  it('ends so many days of 24 hours after the time at which it was issued', () => {
    expect(endOfInvite({ time: 1_000, days: 2 })).toBe(172_801_000);
  });
});
