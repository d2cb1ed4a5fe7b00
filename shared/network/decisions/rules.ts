import { type Amending, amended, amendingProblem, isAmending } from '../agreement/amended';
import { agreementProblems } from '../agreement/problems';
import { inForce } from '../agreement/in-force';
import type { AgreementVersion } from '../agreement/model';
import { versionInForce } from '../agreement/queries';
import type { Entry } from '../../record/entry';
import { distributionIn } from '../distribution/terms';
import { hasRight, typeHasRight } from '../membership/queries';
import { canRestore } from '../membership/restoring';
import { settlePledges } from '../resources/pledges';
import { type Context, type Refusal, type Rule, type Rules, type Typed, refuse } from '../rule';
import { agreedFor, groundOf } from '../standing';
import { NETWORK_KEY, type State } from '../state';
import { checkErasure } from '../texts/erasure';
import type { Clause } from '../why';
import { outcomeIn } from './asked';
import { enact, seekAgain } from './effects';
import type { Ballot, DecisionPayloads, Effect, Proposal } from './model';
import type { Outcome } from './outcome';
import { ruleOf } from './rule-of';

export const decisionRules: Rules<keyof DecisionPayloads> = {
  'proposal.open': (context, event) => {
    const { tables, past } = context;
    const { title, text, effect, deadline } = event.payload;
    const agreed = agreedFor(context, event);
    if (!hasRight(agreed, event.member, 'propose')) {
      return refuse('not-entitled', inForce(agreed, 'membership').clause);
    }
    const ground = groundOf(context, past.get(event.id)!);
    const { version } = ground;
    const refused = checkEffect(context, agreed, effect, past.get(event.id)!, version.id, ground.clause);
    if (refused !== undefined) return refused;
    const base = isAmending(effect) ? tables.get('versions', effect.base)! : versionInForce(agreed)!;
    const found = ruleOf(version, base, effect);
    if ('code' in found) return refuse(found.code, found.clause);
    const { rule, clause } = found;
    // Who is said to have lost their devices could only vote by one of these, and whoever holds it may be somebody else.
    const electorate = ground
      .electorate(rule)
      .filter((member) => effect.kind !== 'restore' || member !== effect.member);
    if (electorate.length === 0) return refuse('electorate-empty', clause);
    const mayBlock = (member: string): boolean =>
      rule.block === 'entitled' && typeHasRight(version, tables.get('members', member)!.type, 'block');
    tables.set('proposals', event.id, {
      id: event.id,
      by: event.member,
      title,
      text,
      effect,
      rule,
      clause,
      electorate,
      blockers: electorate.filter(mayBlock),
      deadline,
      status: 'open',
      tally: { electorate: electorate.length, agree: 0, abstain: 0, disagree: 0, block: 0 },
      time: event.time,
      why: { events: [event.id], clause },
    });
    if (effect.kind === 'buy') {
      const resource = tables.get('resources', effect.resource)!;
      const first = resource.status === 'sought' || resource.status === 'dropped';
      tables.set('resources', resource.id, {
        ...resource,
        ...(first ? { status: 'deciding', proposal: event.id } : {}),
        why: { ...resource.why, events: [...resource.why.events, event.id] },
      });
    }
    return undefined;
  },

  'proposal.withdraw': (context, event) =>
    weigh(context, event, (proposal) =>
      proposal.by === event.member ? undefined : refuse('not-proposer', proposal.clause),
    ),

  'ballot.cast': (context, event) => {
    const { choice, reason, proposal: id } = event.payload;
    return weigh(context, event, (proposal) => {
      if (!proposal.electorate.includes(event.member)) return refuse('not-in-electorate', proposal.clause);
      if (choice === 'block' && !proposal.blockers.includes(event.member))
        return refuse('may-not-block', proposal.clause);
      context.tables.set('ballots', event.id, {
        id: event.id,
        proposal: id,
        member: event.member,
        choice,
        ...(reason === undefined ? {} : { reason }),
        time: event.time,
        standing: 'counts',
      });
      return undefined;
    });
  },

  'decision.close': (context, event) =>
    weigh(context, event, (proposal) =>
      proposal.electorate.includes(event.member) ? undefined : refuse('not-in-electorate', proposal.clause),
    ),
};

/** Takes in one ballot, closing or withdrawal, and says what came of the proposal now. */
function weigh(
  context: Context,
  event: Typed<'ballot.cast' | 'decision.close' | 'proposal.withdraw'>,
  check: (proposal: Proposal) => Refusal | undefined,
): ReturnType<Rule<'ballot.cast'>> {
  const { tables, past } = context;
  const proposal = tables.get('proposals', event.payload.proposal);
  if (proposal === undefined) return refuse('proposal-unknown');
  const refused = check(proposal);
  if (refused !== undefined) return refused;
  const here = past.get(event.id)!;
  if (proposal.sealed !== undefined) return tooLate(context, event, proposal);
  if (event.type === 'decision.close' && context.ground !== null) return refuse('seals-close', proposal.clause);
  const outcome = outcomeIn(context, proposal, undefined, here);
  const ending = outcome.refusedEndings.get(event.id);
  if (ending !== undefined) return refuse(ending, proposal.clause, outcome.counted);
  applyStandings(context, outcome);
  const decided = {
    ...proposal,
    tally: outcome.tally,
    why: { events: [proposal.id, ...outcome.counted], clause: proposal.clause },
  };
  if (isFinal(proposal)) {
    // Its effect stands; ballots that had not seen the decision only add to what it came from.
    tables.set('proposals', proposal.id, decided);
    // What they had seen of pledges counts all the same.
    const { effect, status } = proposal;
    if (effect.kind === 'buy' && status === 'adopted') settlePledges(context, effect.resource);
  } else if (outcome.result !== 'adopted') {
    tables.set('proposals', proposal.id, {
      ...decided,
      status: outcome.result,
      ...(outcome.result === 'open' ? {} : { decidedTime: event.time }),
    });
    if (outcome.result !== 'open') seekAgain(tables, proposal);
  } else if (overall(context, proposal) === 'adopted') {
    tables.set('proposals', proposal.id, { ...decided, decidedTime: event.time });
    enact(context, proposal.id);
  } else {
    // A ballot or closing that sorts later, made without knowing of these, changes the result: nothing comes into force meanwhile.
    tables.set('proposals', proposal.id, decided);
  }
  return undefined;
}

/** What came of it over all events known, those that sort later included. */
function overall(context: Context, proposal: Proposal): Outcome['result'] {
  const { result } = outcomeIn(context, proposal);
  context.relied(proposal.id, result);
  return result;
}

/** What reached no sealer in time: a ballot is shown as late, anything else has no effect. */
function tooLate({ tables }: Context, event: { readonly id: string }, proposal: Proposal): Refusal | undefined {
  const ballot = tables.get('ballots', event.id);
  if (ballot === undefined) return refuse('already-decided', proposal.clause, proposal.why.events);
  tables.set('ballots', ballot.id, { ...ballot, standing: 'late' });
  return undefined;
}

function isFinal(proposal: Proposal): boolean {
  return proposal.status === 'adopted' || proposal.status === 'superseded';
}

function applyStandings({ tables }: Context, outcome: Outcome): void {
  for (const [id, standing] of outcome.standing) {
    const ballot: Ballot | undefined = tables.get('ballots', id);
    // A ballot that has no effect has no row.
    if (ballot !== undefined && ballot.standing !== standing) tables.set('ballots', id, { ...ballot, standing });
  }
}

function checkEffect(
  { tables, past }: Context,
  agreed: State,
  effect: Effect,
  here: Entry,
  version: string,
  clause: Clause,
): Refusal | undefined {
  // What its author knows to be in force may not be sealed yet: an amendment of it may be opened, and falls with it should it not stand.
  const isBase = (base: string): boolean => base === version || base === versionInForce(agreed)!.id;
  switch (effect.kind) {
    case 'none':
      return undefined;
    case 'adopt':
    case 'parameters':
    case 'suspend':
    case 'resume':
    case 'retire':
      if (!isBase(effect.base)) return refuse('base-not-in-force', clause, [version]);
      return checkAmendment(tables.get('versions', effect.base)!, effect, clause);
    case 'admit': {
      if (!hasRight(agreed, here.member, 'sponsor'))
        return refuse('not-entitled', inForce(agreed, 'membership').clause);
      const status = tables.get('members', effect.member)?.status;
      return status === 'applicant' || status === 'waiting' ? undefined : refuse('no-applicant', clause);
    }
    case 'remove':
      return tables.get('members', effect.member)?.status === 'active' ? undefined : refuse('no-member', clause);
    case 'restore':
      if (tables.get('members', effect.member)?.status !== 'active') return refuse('no-member', clause);
      return canRestore(tables, effect) ? undefined : refuse('device-known', clause);
    case 'spend':
    case 'publish':
      return undefined;
    case 'distribute': {
      // Without terms `ruleOf` refuses it.
      const terms = distributionIn(tables.get('versions', version)!);
      if (terms === undefined) return undefined;
      if (terms.params.basis !== 'shares')
        return effect.resource === undefined ? undefined : refuse('resource-not-asked', terms.clause);
      const held = effect.resource !== undefined && tables.get('resources', effect.resource)?.status === 'held';
      return held ? undefined : refuse('resource-not-held', terms.clause);
    }
    case 'erase': {
      const refused = checkErasure(past, effect, here);
      return refused === undefined ? undefined : refuse(refused, clause);
    }
    case 'rules':
      return effect.version === tables.get('network', NETWORK_KEY)!.rules + 1
        ? undefined
        : refuse('rules-not-next', clause);
    case 'buy': {
      const resource = tables.get('resources', effect.resource);
      if (resource === undefined || resource.unit !== effect.unit) return refuse('resource-unknown', clause);
      // Held from the start, in a network that goes on from another.
      if (resource.status === 'held' && resource.proposal === undefined)
        return refuse('resource-not-sought', clause, resource.why.events);
      // What its author had not seen does not count against it: which of two concurrent ones sorts first must not decide.
      const cause = resource.status === 'dropped' ? resource.why.events.at(-1) : resource.proposal;
      return cause !== undefined && past.before(past.get(cause)!, here)
        ? refuse('resource-not-sought', clause, resource.why.events)
        : undefined;
    }
  }
}

function checkAmendment(base: AgreementVersion, effect: Amending, clause: Clause): Refusal | undefined {
  const impossible = amendingProblem(base, effect);
  if (impossible !== undefined) return refuse(impossible, clause);
  const problem = agreementProblems(amended(base, effect).protocols)[0];
  return problem === undefined ? undefined : refuse(`agreement-${problem.code}`, clause);
}
