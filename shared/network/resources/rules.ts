import { inForce } from '../agreement/in-force';
import { hasRight } from '../membership/queries';
import { type Rules, refuse } from '../rule';
import { agreedFor } from '../standing';
import type { ResourcePayloads } from './model';
import { isBoughtFor, isSettledFor, settlePledges } from './pledges';

export const resourceRules: Rules<keyof ResourcePayloads> = {
  'resource.seek': (context, event) => {
    const { tables } = context;
    const agreed = agreedFor(context, event);
    const { clause } = inForce(agreed, 'membership');
    if (!hasRight(agreed, event.member, 'propose')) return refuse('not-entitled', clause);
    tables.set('resources', event.id, {
      id: event.id,
      ...event.payload,
      by: event.member,
      status: 'sought',
      shares: [],
      time: event.time,
      why: { events: [event.id], clause },
    });
    return undefined;
  },

  'resource.drop': ({ tables }, event) => {
    const resource = tables.get('resources', event.payload.resource);
    if (resource === undefined) return refuse('resource-unknown');
    if (resource.by !== event.member) return refuse('not-proposer', resource.why.clause);
    if (resource.status !== 'sought') return refuse('resource-not-sought', resource.why.clause, resource.why.events);
    tables.set('resources', resource.id, {
      ...resource,
      status: 'dropped',
      why: { ...resource.why, events: [...resource.why.events, event.id] },
    });
    return undefined;
  },

  'pledge.make': (context, event) => {
    const { tables, past } = context;
    const { resource: id, amount, unit, together, condition } = event.payload;
    const resource = tables.get('resources', id);
    if (resource === undefined || resource.unit !== unit) return refuse('resource-unknown');
    // Who does not know that it was decided to buy it still pledges: what sorts first must not decide that.
    const isUndecided = resource.proposal !== undefined && !isBoughtFor(context, resource, past.get(event.id)!);
    if (resource.status !== 'sought' && !isUndecided)
      return refuse('resource-not-sought', resource.why.clause, resource.why.events);
    tables.set('pledges', event.id, {
      id: event.id,
      resource: id,
      member: event.member,
      amount,
      unit,
      together,
      ...(condition === undefined ? {} : { condition }),
      paid: 0,
      status: 'stands',
      time: event.time,
      why: { events: [event.id] },
    });
    settlePledges(context, id);
    return undefined;
  },

  'pledge.withdraw': (context, event) => {
    const { tables, past } = context;
    const pledge = tables.get('pledges', event.payload.pledge);
    if (pledge === undefined || pledge.member !== event.member) return refuse('pledge-unknown');
    if (isSettledFor(context, pledge, past.get(event.id)!))
      return refuse('pledge-settled', pledge.why.clause, pledge.why.events);
    tables.set('pledges', pledge.id, {
      ...pledge,
      status: 'withdrawn',
      why: { ...pledge.why, events: [...pledge.why.events, event.id] },
    });
    settlePledges(context, pledge.resource);
    return undefined;
  },
};
