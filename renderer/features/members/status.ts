import type { Member } from '../../../shared/network/membership/model';

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
