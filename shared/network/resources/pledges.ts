import type { Tables } from '../tables';
import type { Why } from '../why';
import type { Pledge } from './model';

/**
 * When a purchase is decided: pledges whose condition the others meet fall due, the rest lapse. Dropping one can break another's condition,
 * so it is repeated until it holds; the largest such set is unique, whatever the order.
 */
export function settlePledges(tables: Tables, resource: string, why: Why): void {
  const standing = [...tables.state.pledges.values()].filter(
    (pledge) => pledge.resource === resource && pledge.status === 'stands',
  );
  let due = standing;
  for (;;) {
    const total = due.reduce((sum, pledge) => sum + pledge.amount, 0);
    const met = due.filter((pledge) => pledge.together <= total);
    if (met.length === due.length) break;
    due = met;
  }
  for (const pledge of standing) {
    tables.set('pledges', pledge.id, {
      ...pledge,
      status: due.includes(pledge) ? 'due' : 'lapsed',
      why: { ...why, events: [pledge.id, ...why.events] },
    });
  }
}

/** Counts what an entry paid towards a pledge; a reversal counts back. Minor units. */
export function payPledge(tables: Tables, pledge: Pledge, amount: number, event: string): void {
  const paid = pledge.paid + amount;
  tables.set('pledges', pledge.id, {
    ...pledge,
    paid,
    status: paid >= pledge.amount ? 'paid' : 'due',
    why: { ...pledge.why, events: [...pledge.why.events, event] },
  });
}
