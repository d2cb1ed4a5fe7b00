import type { Ballot, Choice } from '../decisions/model';
import type { Member } from '../membership/model';
import { NETWORK_KEY, type State } from '../state';
import type { Why } from '../why';
import type { AgreementVersion } from './model';
import { versionAt, versionsInLine } from './past';

/**
 * What a member said to a version of the agreement. `founded`: they founded the network with it; `joined`: they came in while it was in
 * force and so accepted it; `silent`: they were to decide on it and cast no ballot; `not-asked`: they were in, and the rule did not ask
 * them. `agree` and the like: their ballot that counts, or else the one that came too late.
 */
type AssentHow = 'founded' | 'joined' | Choice | 'silent' | 'not-asked';

export interface Assent {
  readonly member: string;
  readonly how: AssentHow;
  /** The ballot came when it was decided already. */
  readonly late: boolean;
  /** Ballot, founding or admission. */
  readonly why: Why;
}

/** Whether by this a member has said yes to the version. */
export const isAssent = ({ how }: Pick<Assent, 'how'>): boolean =>
  how === 'founded' || how === 'joined' || how === 'agree';

/** What each member said to a version, in the order of joining; of whoever came in under a later one or had gone before, nothing. */
export function assentsTo(state: State, version: AgreementVersion): readonly Assent[] {
  const ballots = new Map<string, Ballot>();
  for (const ballot of state.ballots.values()) if (ballot.proposal === version.id) keep(ballots, ballot.member, ballot);
  const saying = sayingIn(state);
  return [...state.members.values()]
    .filter(({ status }) => status !== 'applicant' && status !== 'waiting')
    .sort((a, b) => a.number - b.number)
    .flatMap((member) => saying(version, member, ballots.get(member.id)) ?? []);
}

interface AssentToVersion {
  readonly version: AgreementVersion;
  readonly assent: Assent;
}

/** What a member said to each version that they had to do with, the newest first. */
export function assentsOf(state: State, id: string): readonly AssentToVersion[] {
  const member = state.members.get(id);
  if (member === undefined || member.status === 'applicant' || member.status === 'waiting') return [];
  const ballots = new Map<string, Ballot>();
  for (const ballot of state.ballots.values()) if (ballot.member === id) keep(ballots, ballot.proposal, ballot);
  const saying = sayingIn(state);
  return versionsInLine(state)
    .toReversed()
    .flatMap((version): AssentToVersion[] => {
      const assent = saying(version, member, ballots.get(version.id));
      return assent === undefined ? [] : [{ version, assent }];
    });
}

/** A ballot that counts stands before a late one; the others were replaced, or are unclear. */
function keep(ballots: Map<string, Ballot>, key: string, ballot: Ballot): void {
  if (ballot.standing === 'counts' || (ballot.standing === 'late' && !ballots.has(key))) ballots.set(key, ballot);
}

function sayingIn(state: State) {
  const numbers = new Map(versionsInLine(state).map(({ id, number }) => [id, number]));
  const founder = state.network.get(NETWORK_KEY)?.founder;
  return (version: AgreementVersion, member: Member, ballot: Ballot | undefined): Assent | undefined => {
    const said = (how: AssentHow, events: readonly string[], late = false): Assent => ({
      member: member.id,
      how,
      late,
      why: { events },
    });
    if (ballot !== undefined) return said(ballot.choice, [ballot.id], ballot.standing === 'late');
    const entered = versionOnEntry(state, member);
    if (entered === version.id) return said(member.id === founder ? 'founded' : 'joined', admission(state, member));
    const proposal = state.proposals.get(version.id);
    if (proposal === undefined) return undefined;
    if (proposal.electorate.includes(member.id)) return said('silent', []);
    // Under an earlier version means before: of who is in no electorate nothing else says when they came.
    const [before, now] = [numbers.get(entered ?? ''), numbers.get(version.id)];
    const isIn = before !== undefined && now !== undefined && before < now && !hadGone(state, member, version);
    return isIn ? said('not-asked', []) : undefined;
  };
}

/**
 * The version that a member accepted by coming in: the one that their admission cites. Of who was let in by a decision, that by which it
 * was decided; of who was removed, whose row names the removal, the one in force at the claimed time of joining.
 */
function versionOnEntry(state: State, member: Member): string | undefined {
  const admitted = state.proposals.get(member.since);
  if (admitted !== undefined) return admitted.clause.version;
  const cited = member.status === 'removed' ? undefined : member.why.clause?.version;
  return cited ?? versionAt(state, member.time)?.id;
}

function admission(state: State, { id, since }: Member): readonly string[] {
  return since === id ? [id] : [id, ...(state.proposals.get(since)?.why.events ?? [])];
}

/** When somebody left is not in the state: of who did, it is not said that they were not asked. */
function hadGone(state: State, { status, until }: Member, version: AgreementVersion): boolean {
  const removal = state.proposals.get(until ?? '');
  return status === 'left' || (removal !== undefined && (removal.decidedTime ?? removal.time) <= version.time);
}
