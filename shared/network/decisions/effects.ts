import { type Amending, amended } from '../agreement/amended';
import type { Restoration } from '../certificates';
import type { Member } from '../membership/model';
import { canRestore } from '../membership/restoring';
import { putForward } from '../publication/rules';
import { settlePledges } from '../resources/pledges';
import type { Context } from '../rule';
import { NETWORK_KEY } from '../state';
import type { Tables } from '../tables';
import { endBookings } from '../use/taking-back';
import { outcomeIn } from './asked';
import type { Effect, Proposal, ProposalStatus } from './model';

/** Brings an adopted proposal into effect by itself, or marks why it can not come into effect. */
export function enact(context: Context, id: string): void {
  const { tables } = context;
  const proposal = tables.get('proposals', id)!;
  const status = context.clashes.with(id).length > 0 ? 'clashing' : bringAbout(context, proposal, proposal.effect);
  tables.set('proposals', id, { ...proposal, status });
  if (status === 'clashing') seekAgain(tables, proposal);
}

function bringAbout(context: Context, proposal: Proposal, effect: Effect): ProposalStatus {
  switch (effect.kind) {
    case 'none':
      return 'adopted';
    case 'distribute':
      // Divided by what a seal fixes, and so by `fixDecisions`.
      return 'adopted';
    case 'erase':
      // Deleting can not be undone: `fixDecisions` does it once the decision can not be either.
      return 'adopted';
    case 'adopt':
    case 'parameters':
    case 'suspend':
    case 'resume':
    case 'retire':
      return amend(context, proposal, effect);
    case 'admit':
      return admit(context, proposal, effect.member);
    case 'remove':
      return remove(context, proposal, effect.member);
    case 'restore':
      return restoreTo(context, proposal, effect);
    case 'spend':
      return allow(context, proposal, effect);
    case 'buy':
      return buy(context, proposal, effect);
    case 'publish':
      putForward(context, context.past.get(proposal.id)!, effect, proposal.why);
      return 'adopted';
    case 'rules':
      return renew(context, proposal, effect.version);
  }
}

function amend(context: Context, proposal: Proposal, effect: Amending): ProposalStatus {
  const { tables } = context;
  const network = tables.get('network', NETWORK_KEY)!;
  const base = tables.get('versions', effect.base);
  if (base === undefined) return 'superseded';
  if (network.version !== base.id) return against(context, proposal, amendmentOf(tables, base.id));
  tables.set('versions', proposal.id, {
    id: proposal.id,
    number: base.number + 1,
    base: base.id,
    ...amended(base, effect),
    time: proposal.decidedTime ?? proposal.time,
    why: proposal.why,
  });
  tables.set('network', NETWORK_KEY, { ...network, version: proposal.id });
  return 'adopted';
}

function admit({ tables }: Context, { id, why }: Proposal, target: string): ProposalStatus {
  const member = tables.get('members', target)!;
  if (member.status !== 'applicant' && member.status !== 'waiting') return 'superseded';
  tables.set('members', member.id, {
    ...member,
    status: 'active',
    since: id,
    why: { ...why, events: [member.id, ...why.events] },
  });
  return 'adopted';
}

function remove(context: Context, proposal: Proposal, target: string): ProposalStatus {
  const { tables } = context;
  const { id, why } = proposal;
  const member = tables.get('members', target)!;
  if (member.status !== 'active' && !hasLeftUnknown(context, proposal, member)) return 'superseded';
  const mutual = firstOf(
    tables,
    (other) =>
      other.status === 'adopted' &&
      other.effect.kind === 'remove' &&
      tookPart(context, proposal, other.effect.member) &&
      tookPart(context, other, target) &&
      isUnknown(context, proposal, other),
  );
  if (mutual !== undefined) return clash(context, proposal, mutual);
  tables.set('members', member.id, {
    ...member,
    status: 'removed',
    until: id,
    why: { ...why, events: [member.id, ...why.events] },
  });
  endBookings(context, member.id, id);
  return 'adopted';
}

/** The new device is in from the seal on that fixes it, which is `fixDecisions`; here only whether another decision stands against it. */
function restoreTo(context: Context, proposal: Proposal, effect: Restoration): ProposalStatus {
  const { tables, past } = context;
  if (!canRestore(tables, effect)) return 'superseded';
  const { member, device } = effect;
  const opening = past.get(proposal.id)!;
  const isRival = ({ id, status, sealed, effect: other }: Proposal): boolean =>
    id !== proposal.id &&
    status === 'adopted' &&
    other.kind === 'restore' &&
    (other.member === member || other.device === device) &&
    // Who was restored before this was put may be so again.
    (sealed === undefined || opening.seal <= sealed);
  const isSame = ({ effect: other }: Proposal): boolean =>
    other.kind === 'restore' && other.member === member && other.device === device;
  const unknown = firstOf(tables, (other) => isRival(other) && !isSame(other) && isUnknown(context, proposal, other));
  if (unknown !== undefined) return clash(context, proposal, unknown);
  return firstOf(tables, isRival) === undefined ? 'adopted' : 'superseded';
}

function allow({ tables }: Context, { id, why }: Proposal, effect: Extract<Effect, { kind: 'spend' }>): ProposalStatus {
  tables.set('allowances', id, { id, unit: effect.unit, amount: effect.amount, spent: 0, entries: [], why });
  return 'adopted';
}

function buy(context: Context, proposal: Proposal, effect: Extract<Effect, { kind: 'buy' }>): ProposalStatus {
  const { tables } = context;
  const { id, why } = proposal;
  const resource = tables.get('resources', effect.resource)!;
  if (resource.status === 'agreed' || resource.status === 'held') {
    return against(context, proposal, tables.get('proposals', resource.proposal!)!);
  }
  tables.set('resources', resource.id, {
    ...resource,
    status: 'agreed',
    proposal: id,
    why: { ...why, events: [...resource.why.events, ...why.events] },
  });
  const { unit, amount } = effect;
  tables.set('allowances', id, { id, unit, amount, spent: 0, entries: [], resource: resource.id, why });
  settlePledges(context, resource.id);
  return 'adopted';
}

/** In force from the seal on that fixes it, which is `fixDecisions`: within a section all is folded by one version. */
function renew(context: Context, proposal: Proposal, version: number): ProposalStatus {
  const { tables } = context;
  const other = firstOf(
    tables,
    ({ status, effect }) => status === 'adopted' && effect.kind === 'rules' && effect.version === version,
  );
  return other === undefined ? 'adopted' : against(context, proposal, other);
}

/** A candidate whose purchase was not decided is sought again, or waits for the next proposal to buy it. */
export function seekAgain(tables: Tables, { id, effect }: Proposal): void {
  if (effect.kind !== 'buy') return;
  const resource = tables.get('resources', effect.resource)!;
  if (resource.proposal !== id) return;
  const { proposal: _proposal, ...rest } = resource;
  const next = firstOf(
    tables,
    (other) => other.status === 'open' && other.effect.kind === 'buy' && other.effect.resource === resource.id,
  );
  tables.set(
    'resources',
    resource.id,
    next === undefined ? { ...rest, status: 'sought' } : { ...rest, proposal: next.id },
  );
}

/** The one with the smallest id: a table's own order depends on how it was filled. */
function firstOf(tables: Tables, wanted: (proposal: Proposal) => boolean): Proposal | undefined {
  return [...tables.state.proposals.values()].filter(wanted).sort((a, b) => (a.id < b.id ? -1 : 1))[0];
}

/** What already took effect stands against those who knew of it; with those who did not, the two clash and both wait. */
function against(context: Context, proposal: Proposal, other: Proposal): ProposalStatus {
  return isUnknown(context, proposal, other) ? clash(context, proposal, other) : 'superseded';
}

function clash(context: Context, proposal: Proposal, other: Proposal): ProposalStatus {
  context.clashes.found(proposal.id, other.id);
  return 'clashing';
}

/** Whether nothing that decided the proposal was done knowing that the other one was adopted; what is sealed everybody knows. */
function isUnknown(context: Context, proposal: Proposal, other: Proposal): boolean {
  if (other.sealed !== undefined) return false;
  return proposal.why.events.every((event) => outcomeIn(context, other, context.past.get(event)).result !== 'adopted');
}

/** Whether a member left without any of those who decided on their removal having known it: one who is removed does not escape that. */
function hasLeftUnknown({ past }: Context, { why }: Proposal, { status, until }: Member): boolean {
  if (status !== 'left') return false;
  const leaving = past.get(until!)!;
  return why.events.every((event) => !past.precedes(leaving, past.get(event)!));
}

/** Whether a member proposed it or cast a ballot that counts. */
function tookPart({ past }: Context, proposal: Proposal, member: string): boolean {
  return proposal.why.events.some((event) => past.get(event)?.member === member);
}

/** What amended a version that is no longer in force, even where others have amended it further since. */
function amendmentOf(tables: Tables, base: string): Proposal {
  const next = [...tables.state.versions.values()].find((version) => version.base === base)!;
  return tables.get('proposals', next.id)!;
}
