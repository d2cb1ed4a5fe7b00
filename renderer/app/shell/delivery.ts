import type { NetworkStatus } from '../../../shared/engine/contract';
import type { Delivery } from '../../../shared/peer/deliveries';

/** How sync stands, in figures. */
export interface SyncSummary {
  readonly online: boolean;
  /** Other members with an open connection. */
  readonly connected: number;
  /** Other members who have received every event of mine, as last heard. */
  readonly complete: number;
  readonly others: number;
}

export function summarise(status: NetworkStatus): SyncSummary {
  const others = othersOf(status).filter(({ keeper }) => keeper === undefined);
  return {
    online: status.online,
    connected: others.filter((each) => each.connected).length,
    complete: others.filter((each) => each.lacks === 0).length,
    others: others.length,
  };
}

/** Delivery to the other members and to keepers: connected ones first, then those who lack most. */
export function othersOf(status: NetworkStatus): readonly Delivery[] {
  return status.delivery
    .filter((each) => each.keeper !== undefined || each.member !== status.me?.member)
    .toSorted((a, b) => Number(b.connected) - Number(a.connected) || b.lacks - a.lacks);
}
