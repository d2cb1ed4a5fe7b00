import type { NetworkStatus } from '../../../shared/engine/contract';
import type { Delivery } from '../../../shared/peer/deliveries';
import type { Refusal } from '../../../shared/peer/refusals';

/** How sync stands, in figures. */
export interface SyncSummary {
  readonly online: boolean;
  /** Other members with an open connection. */
  readonly connected: number;
  /** Other members who have received everything of mine, as far as is known. */
  readonly complete: number;
  readonly others: number;
  /** Who is connected where no other member is. */
  readonly besides: 'keeper' | 'own' | null;
}

export function summarise(status: NetworkStatus): SyncSummary {
  const all = othersOf(status);
  const members = all.filter(isMember);
  const besides = all.find((each) => each.connected && !isMember(each));
  return {
    online: status.online,
    connected: members.filter((each) => each.connected).length,
    complete: members.filter((each) => lackedBy(each) === 0).length,
    others: members.length,
    besides: besides === undefined ? null : besides.keeper === undefined ? 'own' : 'keeper',
  };
}

/** Delivery to the other members, to keepers and to other devices of mine: connected ones first, then those who lack most. */
export function othersOf(status: NetworkStatus): readonly Delivery[] {
  return status.delivery
    .filter((each) => !isMember(each) || each.member !== status.me?.member)
    .toSorted((a, b) => Number(b.connected) - Number(a.connected) || lackedBy(b) - lackedBy(a));
}

/** Events, pages and discussions of mine. */
const lackedBy = ({ lacks, lacksTexts }: Delivery): number => lacks + lacksTexts;

const isMember = ({ keeper, own }: Delivery): boolean => keeper === undefined && own === undefined;

/** Whether a refusal is told with a row of its own, and where: with whom it concerns. */
export const hasRow = (refusal: Refusal, status: NetworkStatus): boolean =>
  othersOf(status).some((each) => isOf(refusal, each));

export function isOf(refusal: Refusal | undefined, { member, keeper, own }: Delivery): boolean {
  if (refusal === undefined || refusal.device === null) return false;
  const one = keeper ?? own;
  return one === undefined ? refusal.member === member : refusal.device === one;
}
