import type { AgreementVersion } from '../../../shared/network/agreement/model';
import type { Effect, Proposal } from '../../../shared/network/decisions/model';
import type { Member } from '../../../shared/network/membership/model';
import type { State } from '../../../shared/network/state';
import type { Entry } from '../../../shared/record/entry';
import type { Replica } from '../../../shared/replica/replica';
import { type Versions, isClosedBySeal, said, typeMay } from './versions';

interface Opened {
  readonly entry: Entry;
  readonly state: State;
  readonly replica: Replica;
  readonly versions: Versions;
}

/** How a proposal is decided otherwise than the agreement on its ground says, or was. */
export function groundFaults(opened: Opened): readonly string[] {
  const { entry, state, versions } = opened;
  const proposal = state.proposals.get(entry.id)!;
  const fits = versions.groundOf(entry).filter((version) => isBy(version, opened, proposal));
  return [
    ...(fits.length > 0 ? [] : ['a proposal that is decided in another way, or by others, than is agreed']),
    ...(proposal.status !== 'adopted' || isCarried(state, proposal) ? [] : ['adopted by too few']),
    ...(!isClosedBySeal(state, proposal) || isOver(proposal) ? [] : ['closed by a seal before its time was over']),
  ];
}

function isBy(version: AgreementVersion, opened: Opened, proposal: Proposal): boolean {
  const { rule, clause, electorate, blockers } = proposal;
  const { classes, protects = [] } = said(version, 'decisions')!.params;
  const named = classOf(version, proposal.effect);
  const guards = protects.map((one) => one.class);
  const isNamed = named.id === rule.id && named.clause === clause.protocol;
  // Which class guards what is changed is asked of what it left, in protection.property.test.ts.
  const isGuarded =
    'base' in proposal.effect && proposal.effect.base === version.id && guards.includes(rule.id) && !isNamed;
  const members = opened.state.members;
  const blocking = electorate.filter(
    (id) => rule.block === 'entitled' && typeMay(version, members.get(id)!.type, 'block'),
  );
  return (
    clause.version === version.id &&
    (isNamed || isGuarded) &&
    classes.some((one) => JSON.stringify(one) === JSON.stringify(rule)) &&
    isElectorate(version, opened, proposal) &&
    JSON.stringify(blocking) === JSON.stringify(blockers)
  );
}

/** Which class decides, and which protocol says so. */
function classOf(version: AgreementVersion, effect: Effect): { readonly id: string; readonly clause: string } {
  const decisions = said(version, 'decisions')!;
  const { uses, protects = [] } = decisions.params;
  const of = (id: string, clause = decisions.id) => ({ id, clause });
  switch (effect.kind) {
    case 'resume':
      return of(uses.suspend);
    case 'retire':
      return of(uses.adopt);
    case 'restore':
      return of(uses.remove);
    case 'rules': {
      const { id } = said(version, 'membership')!;
      return of(protects.find(({ protocol }) => protocol === id)?.class ?? uses.adopt);
    }
    case 'publish': {
      const publication = said(version, 'publication');
      return publication === undefined ? of(uses.adopt) : of(publication.params.class, publication.id);
    }
    case 'distribute': {
      const distribution = said(version, 'distribution');
      // Without one it is refused: by no class.
      return distribution === undefined ? of('') : of(distribution.params.class, distribution.id);
    }
    case 'spend': {
      const spending = said(version, 'spending')!;
      const tier = spending.params.tiers?.find(({ to }) => effect.amount <= to);
      const isTiered = tier !== undefined && spending.params.unit === effect.unit;
      return isTiered ? of(tier.class, spending.id) : of(uses.spend);
    }
    default:
      return of(uses[effect.kind]);
  }
}

/** All whom the class asks and who were in on the ground, and nobody else. */
function isElectorate(
  version: AgreementVersion,
  { entry, state, replica, versions }: Opened,
  { rule, electorate, effect }: Proposal,
): boolean {
  const before = versions.sectionOf(entry) - 1;
  const votes = ({ type, id }: Member): boolean =>
    (effect.kind !== 'restore' || effect.member !== id) &&
    typeMay(version, type, 'vote') &&
    (rule.electorate.length === 0 || rule.electorate.includes(type));
  const seen = (id: string): boolean => replica.record.before(replica.record.get(id)!, entry);
  // Before there is a seal it is those of whom the author knew; of who came or went by a decision only that it was opened.
  const couldBe = ({ sealed, gone, since }: Member): boolean =>
    before > 0 ? sealed! <= before && !(gone! <= before) : seen(since);
  const mustBe = (member: Member): boolean =>
    before > 0 ? couldBe(member) : member.since === member.id && seen(member.id) && isIn(member, seen);
  const members = [...state.members.values()].filter(votes);
  const may = new Set(members.filter(couldBe).map(({ id }) => id));
  return (
    electorate.length > 0 &&
    electorate.every((id) => may.has(id)) &&
    members.filter(mustBe).every(({ id }) => electorate.includes(id))
  );
}

const isIn = ({ status, until }: Member, seen: (id: string) => boolean): boolean =>
  status !== 'waiting' && status !== 'applicant' && (until === undefined || !seen(until));

/** Whether the ballots of its electorate are enough by its class, in the way in which it ended. */
function isCarried(state: State, proposal: Proposal): boolean {
  const { rule, electorate, blockers } = proposal;
  const counting = [...state.ballots.values()].filter(
    (ballot) => ballot.proposal === proposal.id && ballot.standing === 'counts',
  );
  const all = electorate.length;
  const of = (choice: string): number => counting.filter((ballot) => ballot.choice === choice).length;
  const [agree, sided] = [of('agree'), counting.length - of('abstain')];
  const isOnce = new Set(counting.map(({ member }) => member)).size === counting.length;
  const isAsked = counting.every(({ member, choice }) => (choice === 'block' ? blockers : electorate).includes(member));
  const enough = agree > 0 && agree * 100 >= rule.threshold * all;
  if (!isOnce || !isAsked) return false;
  if (rule.method === 'assent') return enough;
  const isOvercome = rule.override > 0 && agree * 100 >= rule.override * all;
  const passes = agree > 0 && agree * 100 >= rule.threshold * sided && (of('block') === 0 || isOvercome);
  if (isClosedBySeal(state, proposal)) return passes && counting.length * 100 >= rule.quorum * all;
  const isClosed = proposal.why.events.some((id) => id !== proposal.id && !state.ballots.has(id));
  const isSure = enough && (rule.block === 'nobody' || isOvercome);
  return isClosed || isSure || (passes && counting.length === all);
}

const DAY = 86_400_000;

/** Whether the days for deliberation, and those for who was offline, had passed at the seal that ended it. */
function isOver({ rule, opened, deadline, decidedTime }: Proposal): boolean {
  return opened !== undefined && Math.max(deadline, opened + rule.days * DAY) + rule.grace * DAY <= decidedTime!;
}
