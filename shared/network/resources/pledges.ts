import type { Entry } from '../../record/entry';
import { outcomeIn } from '../decisions/asked';
import type { Proposal } from '../decisions/model';
import type { Context } from '../rule';
import { hadSeen } from '../standing';
import type { Tables } from '../tables';
import type { Pledge, Resource } from './model';

/**
 * Says which pledges for a resource fall due by the decision to buy it; nothing before there is one. What could not be counted on lapses. To be
 * called again with whatever bears on it until a seal has fixed it.
 */
export function settlePledges(context: Context, id: string): void {
  const { tables, past } = context;
  const resource = tables.get('resources', id)!;
  const decision = decisionOn(tables, resource);
  if (decision === undefined) return;
  const pledges = pledgesBefore(tables, decision, resource);
  // A seal that closes a vote decides by all that is in its cut.
  const bySeal = outcomeIn(context, decision).result !== 'adopted';
  const due = dueBy(context, pledges, (event) => bySeal || hadAnySeen(context, decision.why.events, event));
  for (const pledge of pledges) {
    const own = pledge.why.events.filter((event) => past.get(event)!.type.startsWith('pledge.'));
    const payments = pledge.why.events.filter((event) => past.get(event)!.type === 'entry.post');
    const row = { ...pledge, why: { ...decision.why, events: [...own, ...decision.why.events, ...payments] } };
    if (due.has(pledge.id)) tables.set('pledges', pledge.id, { ...row, status: statusOf(pledge) });
    else if (own.length === 1) tables.set('pledges', pledge.id, { ...row, status: 'lapsed' });
    else tables.set('pledges', pledge.id, { ...pledge, status: 'withdrawn', why: { events: [...own, ...payments] } });
  }
}

/** Whether an event's author had to reckon with the decision to buy: they had seen what adopted it, or an earlier seal has it. */
export function isBoughtFor(context: Context, resource: Resource, event: Entry): boolean {
  const decision = decisionOn(context.tables, resource);
  return decision !== undefined && (decision.sealed !== undefined || hadSeen(context, decision.id, event));
}

/** Whether a pledge is due, or paid, by what the author of an event had to reckon with. */
export function isDueFor(context: Context, pledge: Pledge, event: Entry): boolean {
  const { tables } = context;
  const resource = tables.get('resources', pledge.resource)!;
  if (!isBoughtFor(context, resource, event)) return false;
  const decision = decisionOn(tables, resource)!;
  if (decision.sealed !== undefined) return pledge.status === 'due' || pledge.status === 'paid';
  const deciding = [decision.id, ...outcomeIn(context, decision, event).counted];
  const pledges = pledgesBefore(tables, decision, resource);
  return dueBy(context, pledges, (one) => hadAnySeen(context, deciding, one)).has(pledge.id);
}

/** Whether a pledge can not be withdrawn by an event any more, by what its author had to reckon with. */
export function isSettledFor(context: Context, pledge: Pledge, event: Entry): boolean {
  const { tables, past } = context;
  const resource = tables.get('resources', pledge.resource)!;
  const isOver = withdrawalsOf(context, pledge).some((withdrawal) => past.precedes(withdrawal, event));
  return isOver || isBoughtFor(context, resource, event);
}

/** Counts what an entry paid towards a pledge; a reversal counts back. Minor units. */
export function payPledge(tables: Tables, pledge: Pledge, amount: number, event: string): void {
  const paid = { ...pledge, paid: pledge.paid + amount };
  const isDue = pledge.status === 'due' || pledge.status === 'paid';
  tables.set('pledges', pledge.id, {
    ...paid,
    // One that was due by what its payer knew may not be: then the money is on their account all the same.
    status: isDue ? statusOf(paid) : pledge.status,
    why: { ...pledge.why, events: [...pledge.why.events, event] },
  });
}

const statusOf = ({ paid, amount }: Pledge): Pledge['status'] => (paid >= amount ? 'paid' : 'due');

function decisionOn(tables: Tables, { status, proposal }: Resource): Proposal | undefined {
  return (status === 'agreed' || status === 'held') && proposal !== undefined
    ? tables.get('proposals', proposal)
    : undefined;
}

/** Those on which the decision bears: of who had left before, pledges may have lapsed by that. */
function pledgesBefore({ state }: Tables, decision: Proposal, { id }: Resource): readonly Pledge[] {
  return [...state.pledges.values()].filter(
    ({ resource, status, why }) => resource === id && (status !== 'lapsed' || why.events.includes(decision.id)),
  );
}

/**
 * The pledges that were seen, and whose withdrawal was not, if all that are due reach what each asks for. Leaving one out can break another's
 * condition, so it is repeated until it holds; the largest such set is unique, whatever the order.
 */
function dueBy(context: Context, pledges: readonly Pledge[], saw: (event: Entry) => boolean): ReadonlySet<string> {
  let due = pledges.filter(
    (pledge) => saw(context.past.get(pledge.id)!) && !withdrawalsOf(context, pledge).some((event) => saw(event)),
  );
  for (;;) {
    const total = due.reduce((sum, pledge) => sum + pledge.amount, 0);
    const met = due.filter((pledge) => pledge.together <= total);
    if (met.length === due.length) return new Set(met.map(({ id }) => id));
    due = met;
  }
}

function hadAnySeen({ past }: Context, deciding: readonly string[], event: Entry): boolean {
  return deciding.some((id) => past.precedes(event, past.get(id)!));
}

function withdrawalsOf({ past }: Context, { why }: Pledge): readonly Entry[] {
  return why.events.map((id) => past.get(id)!).filter(({ type }) => type === 'pledge.withdraw');
}
