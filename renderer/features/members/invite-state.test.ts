import { describe, expect, test } from 'vitest';
import type { Invite } from '../../../shared/network/membership/model';
import { inviteState } from './invite-state';

const invite: Invite = {
  id: 'i',
  by: 'ann',
  type: 'resident',
  uses: 2,
  days: 1,
  revoked: false,
  used: ['bob'],
  time: 1,
  why: { events: ['e'] },
};

describe('the state of an invite', () => {
  test('it is open until it is used up, expired or revoked', () => {
    expect(inviteState(invite, 86_400_000)).toBe('open');
    expect(inviteState(invite, 86_400_001)).toBe('expired');
    expect(inviteState({ ...invite, used: ['bob', 'eve'] }, 90_000_000)).toBe('used');
    expect(inviteState({ ...invite, used: ['bob', 'eve'], revoked: true }, 0)).toBe('revoked');
  });
});
