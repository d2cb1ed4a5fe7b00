import { TABLES, type State } from '../../../shared/network/state';
import type { Clause } from '../../../shared/network/why';
import type { Replica } from '../../../shared/replica/replica';
import { Versions, said, typeMay } from './versions';

const unless = (holds: boolean, fault: string): readonly string[] => (holds ? [] : [fault]);

/** What stands in the tables without the decision that the agreement asks for, or cites a clause that there is not. */
export function rowFaults(replica: Replica): readonly string[] {
  const { state } = replica;
  const clauses = TABLES.flatMap((name) => [...state[name].values()].flatMap(clausesIn));
  return [
    ...clauses.flatMap((clause) => unless(exists(state, clause), 'a clause that there is not')),
    ...decisionFaults(state),
    ...distributionFaults(state),
    ...publicFaults(state),
    ...sealFaults(replica),
    ...noticeFaults(replica),
  ];
}

export function exists({ versions }: Pick<State, 'versions'>, { version, protocol }: Clause): boolean {
  return versions.get(version)?.protocols.some(({ id }) => id === protocol) === true;
}

/** Every clause in a row, wherever it stands. */
function clausesIn(value: unknown): readonly Clause[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, field]: [string, unknown]) =>
    key === 'clause' && field !== undefined ? [field as Clause] : clausesIn(field),
  );
}

/** Versions, allowances, purchases and removals are what was adopted, as it was adopted. */
function decisionFaults(state: State): readonly string[] {
  const adopted = (id: string | undefined) => {
    const proposal = state.proposals.get(id ?? '');
    return proposal?.status === 'adopted' ? proposal.effect : undefined;
  };
  const faults: string[] = [];
  for (const version of state.versions.values()) {
    const { id, base } = version;
    faults.push(...unless(base === null || 'base' in (adopted(id) ?? {}), 'a version that nobody adopted'));
    const { classes } = said(version, 'decisions')!.params;
    const isDead = classes.some(({ method, block }) => method === 'assent' && block === 'entitled');
    faults.push(...unless(!isDead, 'blocks are agreed on that nothing counts'));
  }
  for (const { id, unit, amount } of state.allowances.values()) {
    // Of a distribution each member has a part, under the two ids.
    const [decision, ...member] = id.split('|');
    const effect = adopted(decision);
    const isMoney = effect?.kind === 'spend' || effect?.kind === 'buy' || effect?.kind === 'distribute';
    const isAsAdopted = isMoney && effect.unit === unit && (effect.kind === 'distribute') === (member.length === 1);
    const isWhole = effect?.kind !== 'distribute' ? isAsAdopted && amount === effect.amount : amount <= effect.amount;
    faults.push(...unless(isAsAdopted && isWhole, 'an allowance that nobody adopted'));
  }
  for (const { id, status, until } of state.members.values()) {
    const effect = adopted(until);
    const isDecided = effect?.kind === 'remove' && effect.member === id;
    faults.push(...unless(status !== 'removed' || isDecided, 'a removal that nobody adopted'));
  }
  for (const { id, member, why } of state.devices.values()) {
    const by = state.proposals.get(why.events[0]!);
    const isDecided =
      by?.sealed !== undefined &&
      by.effect.kind === 'restore' &&
      by.effect.device === id &&
      by.effect.member === member;
    faults.push(...unless(by === undefined || (by.status === 'adopted' && isDecided), 'a member restored by nobody'));
  }
  for (const { id, status, proposal } of state.resources.values()) {
    const effect = adopted(proposal);
    const isBought = effect?.kind === 'buy' && effect.resource === id;
    faults.push(...unless(isBought || (status !== 'agreed' && status !== 'held'), 'a purchase that nobody adopted'));
  }
  return faults;
}

/**
 * What is distributed is divided at the seal that fixes it, and not before: among those who were in then and of a kind that the protocol
 * names, which was in force when it was put forward; no more than it leaves without the reserve, and where all get the same, to each the same.
 */
function distributionFaults(state: State): readonly string[] {
  return [...state.proposals.values()].flatMap(({ id, effect, status, sealed, clause }) => {
    if (effect.kind !== 'distribute') return [];
    const parts = [...state.allowances.values()].filter((part) => part.id.startsWith(`${id}|`));
    if (status !== 'adopted' || sealed === undefined)
      return unless(parts.length === 0, 'a part of what is not decided for good');
    const terms = state.versions.get(clause.version)?.protocols.find((one) => one.id === clause.protocol);
    if (terms?.kind !== 'distribution') return ['a distribution that no protocol of it allows'];
    const { basis, types, reserve } = terms.params;
    const entitled = [...state.members.values()].filter(
      (member) =>
        member.sealed! <= sealed && !(member.gone! <= sealed) && (types.length === 0 || types.includes(member.type)),
    );
    const divided = Math.floor((effect.amount * (100 - reserve)) / 100);
    const each = divided / entitled.length;
    const isEqual = entitled.every(({ id: member }) => {
      const { amount } = parts.find((part) => part.member === member) ?? { amount: 0 };
      return amount >= Math.floor(each) && amount <= Math.ceil(each);
    });
    return [
      ...unless(
        parts.every((part) => entitled.some((member) => member.id === part.member && part.id === `${id}|${member.id}`)),
        'a part of somebody who gets none',
      ),
      ...unless(parts.reduce((sum, { amount }) => sum + amount, 0) <= divided, 'more is distributed than is left'),
      ...unless(basis !== 'equal' || isEqual, 'parts that are not equal'),
    ];
  });
}

/** One text of a page at most, and none that was taken back, is public; by a decision only where it was adopted and sealed. */
function publicFaults({ publications, proposals }: State): readonly string[] {
  const shown = [...publications.values()].filter(({ status }) => status === 'public');
  const isAllowed = (id: string): boolean => !proposals.has(id) || proposals.get(id)!.status === 'adopted';
  return [
    ...unless(new Set(shown.map(({ page }) => page)).size === shown.length, 'two texts of a page are public'),
    ...shown.flatMap(({ id, sealed, withdrawals }) =>
      unless(sealed !== undefined && withdrawals.length === 0 && isAllowed(id), 'public without what it takes'),
    ),
  ];
}

/**
 * Whoever announced to leave is gone with the first seal at or past the days that were asked for when a seal first had it, and with none
 * before. Of who left at once at most those days are noted.
 */
function noticeFaults(replica: Replica): readonly string[] {
  const { state, record } = replica;
  const versions = new Versions(replica);
  const timeOf = (height: number): number => state.seals.get(String(height))!.time;
  const daysAt = (height: number): number => said(versions.fixedAt(height), 'leaving')?.params.notice ?? 0;
  return [...state.members.values()].flatMap(({ status, until, leaving, gone, unsettled }) => {
    const noted = unsettled?.notice ?? 0;
    const isShort = noted === 0 || (status === 'left' && until !== leaving?.event && noted <= daysAt(gone!));
    const short = unless(isShort, 'days of notice noted that nobody asked for');
    if (leaving === undefined) return short;
    const first = record.get(leaving.event)!.seal;
    const isGone = status === 'left' && until === leaving.event;
    // Whom the seal that first has the announcement finds gone by something else is under no notice.
    const isUnder = state.seals.has(String(first)) && (isGone || gone === undefined || gone > first);
    const due = isUnder ? timeOf(first) + daysAt(first) * 86_400_000 : undefined;
    const isInTime = isGone
      ? timeOf(gone!) >= due! && (gone === first || timeOf(gone! - 1) < due!)
      : status !== 'active' || due === undefined || timeOf(state.seals.size) < due;
    return [
      ...short,
      ...unless(leaving.due === due, 'a notice of another length than was agreed'),
      ...unless(isInTime, 'somebody gone before or after their notice'),
    ];
  });
}

/** Every seal was signed by as many of those who seal as the version before it asks. */
function sealFaults(replica: Replica): readonly string[] {
  const { state, record } = replica;
  const versions = new Versions(replica);
  const signed = record.all().filter(({ type }) => type === 'seal.precommit');
  return [...state.seals.values()].flatMap(({ height, value }) => {
    const version = versions.fixedAt(height - 1);
    const rule = said(version, 'sealing')?.params;
    const isAsked = (type: string): boolean =>
      rule === undefined || rule.types.length === 0 ? typeMay(version, type, 'vote') : rule.types.includes(type);
    const before = (sealed: number | undefined, gone: number | undefined): boolean =>
      sealed! <= height - 1 && !(gone! <= height - 1);
    const sealers = [...state.members.values()].filter(({ id, type, sealed, gone }) =>
      height === 1 ? id === replica.id : isAsked(type) && before(sealed, gone),
    );
    const votes = signed.filter(({ payload }) => (payload as { value: string | null }).value === value);
    const voters = new Set(votes.map(({ member }) => member));
    const asked = sealers.filter(({ id }) => voters.has(id)).length;
    const enough = rule?.quorum === 'majority' ? asked * 2 > sealers.length : asked * 3 > sealers.length * 2;
    return unless(enough, 'a seal by too few of those who seal');
  });
}
