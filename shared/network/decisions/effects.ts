import { NETWORK_KEY } from '../state';
import type { Context } from '../rule';
import type { ProtocolSpec } from '../agreement/model';
import { settlePledges } from '../resources/pledges';
import { outcomeIn } from './asked';
import type { Effect, Proposal } from './model';
import { withParameters } from '../agreement/parameters';

/** Brings an adopted proposal into effect by itself, or marks why it can not come into effect. */
export function enact(context: Context, id: string): void {
  const { tables } = context;
  const proposal = tables.get('proposals', id)!;
  const why = proposal.why;
  const { effect } = proposal;
  const settle = (status: Proposal['status']): void => tables.set('proposals', id, { ...proposal, status });
  switch (effect.kind) {
    case 'none':
      return settle('adopted');
    case 'adopt':
    case 'parameters':
      return settle(adopt(context, proposal, effect));
    case 'admit': {
      const member = tables.get('members', effect.member)!;
      if (member.status !== 'applicant' && member.status !== 'waiting') return settle('superseded');
      tables.set('members', member.id, {
        ...member,
        status: 'active',
        since: id,
        why: { ...why, events: [member.id, ...why.events] },
      });
      return settle('adopted');
    }
    case 'remove': {
      const member = tables.get('members', effect.member)!;
      if (member.status !== 'active') return settle('superseded');
      tables.set('members', member.id, {
        ...member,
        status: 'removed',
        until: id,
        why: { ...why, events: [member.id, ...why.events] },
      });
      return settle('adopted');
    }
    case 'spend':
      tables.set('allowances', id, { id, unit: effect.unit, amount: effect.amount, spent: 0, entries: [], why });
      return settle('adopted');
    case 'buy': {
      const resource = tables.get('resources', effect.resource)!;
      if (resource.status === 'agreed' || resource.status === 'held') return settle('superseded');
      tables.set('resources', resource.id, {
        ...resource,
        status: 'agreed',
        proposal: id,
        why: { ...why, events: [...resource.why.events, ...why.events] },
      });
      tables.set('allowances', id, {
        id,
        unit: effect.unit,
        amount: effect.amount,
        spent: 0,
        entries: [],
        resource: resource.id,
        why,
      });
      settlePledges(tables, resource.id, why);
      return settle('adopted');
    }
  }
}

type Amending = Extract<Effect, { base: string }>;

function adopt(context: Context, proposal: Proposal, effect: Amending): Proposal['status'] {
  const { tables, past } = context;
  const network = tables.get('network', NETWORK_KEY)!;
  const base = tables.get('versions', effect.base)!;
  if (context.clashes.with(proposal.id).length > 0) return 'clashing';
  if (network.version !== base.id) {
    const rival = tables.get('proposals', network.version);
    const knew = (event: string): boolean => outcomeIn(context, rival!, past.get(event)!).result === 'adopted';
    // Another amendment of the same base came first. If these voters knew of it, theirs is too late; if not, the two clash.
    if (rival === undefined || baseOf(rival) !== base.id || proposal.why.events.some(knew)) return 'superseded';
    context.clashes.found(proposal.id, rival.id);
    return 'clashing';
  }
  const protocols: readonly ProtocolSpec[] =
    effect.kind === 'adopt' ? effect.protocols : withParameters(base.protocols, effect)!;
  tables.set('versions', proposal.id, {
    id: proposal.id,
    number: base.number + 1,
    base: base.id,
    protocols,
    time: proposal.decidedTime ?? proposal.time,
    why: proposal.why,
  });
  tables.set('network', NETWORK_KEY, { ...network, version: proposal.id });
  return 'adopted';
}

function baseOf({ effect }: Proposal): string | undefined {
  return 'base' in effect ? effect.base : undefined;
}
