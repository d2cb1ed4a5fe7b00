import type { State, Table } from '../state';
import type { Pledge, Resource } from './model';

/** The way of a resource from candidate to commons; `dropped` stands beside it. */
export const STAGES = [
  'sought',
  'deciding',
  'agreed',
  'held',
  'dropped',
] as const satisfies readonly Resource['status'][];

export interface Stage {
  readonly status: Resource['status'];
  readonly resources: readonly Resource[];
}

/** Every stage, also the empty ones; within a stage the newest first. */
export function pipeline(resources: Table<Resource>): readonly Stage[] {
  return STAGES.map((status) => ({
    status,
    resources: [...resources.values()]
      .filter((resource) => resource.status === status)
      .sort((a, b) => b.time - a.time || (a.id < b.id ? -1 : 1)),
  }));
}

/** The pledges for a resource, oldest first. */
export function pledgesFor(pledges: Table<Pledge>, resource: string): readonly Pledge[] {
  return [...pledges.values()]
    .filter((pledge) => pledge.resource === resource)
    .sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
}

export interface PledgeTotals {
  /** All pledges that stand or are due, in the resource's unit; minor units. */
  readonly total: number;
  /** Of these, the ones whose condition on the total is met by what is pledged now. */
  readonly binding: number;
  /** What is missing to the price; 0 when the pledges reach it. */
  readonly missing: number;
  /** Share of the price that is pledged, whole percent, at most 100. */
  readonly percent: number;
}

export function pledgeTotals(state: Pick<State, 'pledges'>, resource: Resource): PledgeTotals {
  const counted = pledgesFor(state.pledges, resource.id).filter(
    ({ status, unit }) => (status === 'stands' || status === 'due' || status === 'paid') && unit === resource.unit,
  );
  const total = sum(counted);
  return {
    total,
    binding: sum(bindingTogether(counted)),
    missing: Math.max(0, resource.amount - total),
    percent: Math.min(100, Math.floor((total * 100) / resource.amount)),
  };
}

/**
 * The pledges that would fall due if the purchase were decided now: the largest set in which each one's condition is met by the set's own
 * total. Leaving one out can break another's condition, so it is repeated until it holds.
 */
function bindingTogether(pledges: readonly Pledge[]): readonly Pledge[] {
  const total = sum(pledges);
  const met = pledges.filter(({ together }) => together <= total);
  return met.length === pledges.length ? pledges : bindingTogether(met);
}

export interface Holding {
  readonly member: string;
  readonly shares: number;
  /** Of all shares, in hundredths of a percent, rounded down. */
  readonly basisPoints: number;
}

/** Who holds how much of a held resource, the largest holding first; members without a share are left out. */
export function holdingsOf(resource: Pick<Resource, 'shares'>): {
  readonly total: number;
  readonly holdings: readonly Holding[];
} {
  const total = resource.shares.reduce((all, { shares }) => all + shares, 0);
  return {
    total,
    holdings: resource.shares
      .filter(({ shares }) => shares > 0)
      .map(({ member, shares }) => ({ member, shares, basisPoints: Math.floor((shares * 10_000) / total) }))
      .sort((a, b) => b.shares - a.shares || (a.member < b.member ? -1 : 1)),
  };
}

function sum(pledges: readonly Pledge[]): number {
  return pledges.reduce((all, { amount }) => all + amount, 0);
}
