import type { Member } from '../../../shared/network/membership/model';
import type { State } from '../../../shared/network/state';

export const STATUS_COLORS: Readonly<Record<Member['status'], string>> = {
  active: 'green',
  applicant: 'blue',
  waiting: 'yellow',
  left: 'gray',
  removed: 'gray',
};

const ORDER: readonly Member['status'][] = ['active', 'applicant', 'waiting', 'left', 'removed'];

/** Those who are in first, then those who wait, then those who were; within each in the order of joining. */
export function membersInOrder(members: Iterable<Member>): readonly Member[] {
  return [...members].sort(
    (a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status) || a.number - b.number || (a.id < b.id ? -1 : 1),
  );
}

/**
 * Height of the seal that fixed that somebody is in, or is gone; null while none has. Of who waits to be let in the row does not say it:
 * undefined.
 */
export function sealedOf({ proposals }: Pick<State, 'proposals'>, member: Member): number | null | undefined {
  const { status, since, sealed, gone } = member;
  if (status === 'left' || status === 'removed') return gone ?? null;
  if (status !== 'active') return undefined;
  // Who was in before, and waited since, is so again by a decision.
  const decision = proposals.get(since);
  return (decision === undefined ? sealed : decision.sealed) ?? null;
}
