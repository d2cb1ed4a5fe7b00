import type { Entry } from '../record/entry';
import { protocolIn } from './agreement/in-force';
import type { AgreementVersion, DecisionClass } from './agreement/model';
import { outcomeIn } from './decisions/asked';
import type { Member } from './membership/model';
import { typeHasRight } from './membership/queries';
import type { Context } from './rule';
import { NETWORK_KEY, type State } from './state';
import type { Clause } from './why';

/**
 * Which roster and rules a proposal is decided by: those of the seal before the first one that contains it, never a past that its
 * author picks. In a network without seals, those of the proposal's own causal past.
 */
interface Standing {
  readonly version: AgreementVersion;
  readonly clause: Clause;
  /** Ids of those who vote under a class of this version, ascending. */
  readonly electorate: (rule: DecisionClass) => readonly string[];
}

export function groundOf(context: Context, opening: Entry): Standing {
  const { ground } = context;
  const version = ground?.version ?? versionFor(context, opening);
  const { clause } = protocolIn(version, 'decisions');
  const members = (): readonly Member[] =>
    ground?.members ??
    [...context.tables.state.members.values()].filter((member) => wasActive(context, member, opening));
  const electorate = (rule: DecisionClass): readonly string[] =>
    members()
      .filter((member) => votes(version, rule, member))
      .map((member) => member.id)
      .sort();
  return { version, clause, electorate };
}

/**
 * The newest version of the agreement that its author had to reckon with: an earlier seal has it, or they had seen what adopted it. By this
 * one is judged what they sign, wherever it sorts: so a hash decides nothing, and nobody breaks what they could not know.
 */
function versionFor(context: Context, entry: Entry): AgreementVersion {
  const { tables } = context;
  let version = tables.get('versions', tables.get('network', NETWORK_KEY)!.version)!;
  while (version.base !== null && !isKnownTo(context, version.id, entry))
    version = tables.get('versions', version.base)!;
  return version;
}

function isKnownTo(context: Context, version: string, entry: Entry): boolean {
  return context.tables.get('proposals', version)!.sealed !== undefined || hadSeen(context, version, entry);
}

/** The state as it is, with that version of the agreement in force by which an event of its author is judged. */
export function agreedFor(context: Context, { id }: Pick<Entry, 'id'>): State {
  const { tables, past } = context;
  const network = tables.get('network', NETWORK_KEY)!;
  const version = versionFor(context, past.get(id)!);
  if (version.id === network.version) return tables.state;
  return { ...tables.state, network: new Map([[NETWORK_KEY, { ...network, version: version.id }]]) };
}

function votes(version: AgreementVersion, rule: DecisionClass, member: Member): boolean {
  return (
    (rule.electorate.length === 0 || rule.electorate.includes(member.type)) &&
    typeHasRight(version, member.type, 'vote')
  );
}

function wasActive(context: Context, member: Member, entry: Entry): boolean {
  if (member.status === 'applicant' || member.status === 'waiting') return false;
  return (
    hadSeen(context, member.since, entry) && (member.until === undefined || !hadSeen(context, member.until, entry))
  );
}

/** Whether what an event brought about was in the author's past; for a proposal, that the ballots they had seen adopted it. */
export function hadSeen(context: Context, event: string, by: Entry): boolean {
  const { past, tables } = context;
  const cause = past.get(event);
  if (cause === undefined || !past.before(cause, by)) return false;
  const proposal = tables.get('proposals', event);
  return proposal === undefined || outcomeIn(context, proposal, by).result === 'adopted';
}
