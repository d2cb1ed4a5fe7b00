import type { ProposalStatus } from '../../../shared/network/decisions/model';

export const STATUS_FILTERS = ['all', 'adopted', 'rejected', 'other'] as const;
export type StatusFilter = (typeof STATUS_FILTERS)[number];

/** Whether a decided proposal belongs under a filter; `other` takes what was neither adopted nor rejected. */
export function matchesStatus(status: ProposalStatus, filter: StatusFilter): boolean {
  if (filter === 'all') return true;
  return filter === 'other' ? status !== 'adopted' && status !== 'rejected' : status === filter;
}
