import { protocolIn } from '../agreement/in-force';
import type { AgreementVersion } from '../agreement/model';
import { versionInForce } from '../agreement/queries';
import type { State } from '../state';
import type { Member, Right } from './model';

/** Whether a member is active and their membership type has the right, as now in force. */
export function hasRight(
  state: Pick<State, 'network' | 'versions' | 'members'>,
  member: string,
  right: Right,
): boolean {
  const row = state.members.get(member);
  const version = versionInForce(state);
  return row?.status === 'active' && version !== undefined && typeHasRight(version, row.type, right);
}

export function typeHasRight(version: AgreementVersion, type: string, right: Right): boolean {
  const { types } = protocolIn(version, 'membership').params;
  return types.some((known) => known.id === type && known.rights.includes(right));
}

/** Active members in the order in which they joined. */
export function activeMembers(state: Pick<State, 'members'>): Member[] {
  return [...state.members.values()].filter((member) => member.status === 'active').sort((a, b) => a.number - b.number);
}
