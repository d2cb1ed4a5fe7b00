import { protocolIn } from '../agreement/in-force';
import type { AgreementVersion, DecisionClass, Parameters } from '../agreement/model';
import { protocolOf, versionInForce } from '../agreement/queries';
import { typeHasRight } from '../membership/queries';
import type { State } from '../state';
import type { Clause } from '../why';
import type { Publication } from './model';

/** Who may make a page public, and who takes it back. */
export interface PublicationRule {
  /** By which members decide on making a page public. */
  readonly rule: DecisionClass;
  /** Membership types whose members do it by themselves. */
  readonly publishers: readonly string[];
  readonly withdraw: Parameters<'publication'>['withdraw'];
  /** The protocol `publication`; `decisions` where there is none in force. */
  readonly clause: Clause;
}

/**
 * What a version says about publication. Where it has no such protocol, or has suspended it, nobody makes a page public alone: it is decided
 * as a new agreement is, since what others have copied can not be called back; and every member takes it back.
 */
export function publicationRuleIn(version: AgreementVersion): PublicationRule {
  const decisions = protocolIn(version, 'decisions');
  const of = (id: string): DecisionClass => decisions.params.classes.find((one) => one.id === id)!;
  const spec = protocolOf(version, 'publication');
  if (spec === undefined)
    return { rule: of(decisions.params.uses.adopt), publishers: [], withdraw: 'members', clause: decisions.clause };
  const { class: by, publishers, withdraw } = spec.params;
  return { rule: of(by), publishers, withdraw, clause: { version: version.id, protocol: spec.id } };
}

export type Rows = Pick<State, 'network' | 'versions' | 'members'>;

/** Whether an active member makes pages public by themselves, as the agreement in force says. */
export function publishesAlone(state: Rows, member: string): boolean {
  const row = state.members.get(member);
  const version = versionInForce(state);
  return row?.status === 'active' && version !== undefined && publicationRuleIn(version).publishers.includes(row.type);
}

/**
 * Whether an active member takes a page back of which these were put forward. Always by themselves: whoever votes can, so that one of those
 * who decide is enough, as can whoever makes pages public alone, and who put it forward.
 */
export function takesBack(state: Rows, member: string, publications: readonly Publication[]): boolean {
  const { type } = state.members.get(member)!;
  const version = versionInForce(state)!;
  const { withdraw, publishers } = publicationRuleIn(version);
  return (
    withdraw === 'members' ||
    typeHasRight(version, type, 'vote') ||
    publishers.includes(type) ||
    publications.some(({ by }) => by === member)
  );
}
