import { expect, test } from 'vitest';
import type { Member } from '../../../shared/network/membership/model';
import type { State } from '../../../shared/network/state';
import { sealedOf } from './status';

const sealedIn = (row: Partial<Member>, decision?: { readonly sealed?: number }): number | null | undefined =>
  sealedOf({ proposals: new Map(decision && [['decided', decision]]) as unknown as State['proposals'] }, {
    status: 'active',
    since: 'admitted',
    ...row,
  } as Member);

test('a membership is fixed by the first seal that has it, and its end by the first that has that', () => {
  expect(sealedIn({})).toBeNull();
  expect(sealedIn({ sealed: 3 })).toBe(3);
  expect(sealedIn({ status: 'left', sealed: 3 })).toBeNull();
  expect(sealedIn({ status: 'removed', sealed: 3, gone: 5 })).toBe(5);
});

test('that of who waited in between is fixed with the decision that let them in again', () => {
  expect(sealedIn({ sealed: 3, since: 'decided' }, {})).toBeNull();
  expect(sealedIn({ sealed: 3, since: 'decided' }, { sealed: 7 })).toBe(7);
});

test('of who waits nothing is claimed', () => {
  expect(sealedIn({ status: 'applicant' })).toBeUndefined();
  expect(sealedIn({ status: 'waiting', sealed: 3 })).toBeUndefined();
});
