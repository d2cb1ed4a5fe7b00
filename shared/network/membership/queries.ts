import { protocolIn } from '../agreement/in-force';
import type { AgreementVersion } from '../agreement/model';
import { versionInForce } from '../agreement/queries';
import type { State } from '../state';
import type { Device, Invite, Member, Right } from './model';

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

const DAY = 86_400_000;

/** Milliseconds since 1970 from which on apps let nobody in by an invite. Its author's claim, which no rule reads. */
export function endOfInvite({ time, days }: Pick<Invite, 'time' | 'days'>): number {
  return time + days * DAY;
}

/** Active members in the order in which they joined. */
export function activeMembers(state: Pick<State, 'members'>): Member[] {
  return [...state.members.values()].filter((member) => member.status === 'active').sort((a, b) => a.number - b.number);
}

/** Whether what a device signs may count at all. */
export function maySign({ status, role }: Pick<Device, 'status' | 'role'>): boolean {
  return status === 'active' && role !== 'keeper';
}

/** Public keys to encrypt to for a member: of their active devices those that have published one. None of who is no active member. */
export function receivingKeys(state: Pick<State, 'members' | 'devices'>, member: string): readonly string[] {
  const row = state.members.get(member);
  if (row?.status !== 'active') return [];
  return row.devices.flatMap((id) => {
    const device = state.devices.get(id);
    return device?.member === member && device.status === 'active' ? (device.receives ?? []) : [];
  });
}

const MAX_DEVICES = 10;

/** Whether a member may have one more device: those that were revoked do not count. */
export function hasRoomForDevice(state: Pick<State, 'members' | 'devices'>, member: string): boolean {
  const held = (state.members.get(member)?.devices ?? []).filter((id) => state.devices.get(id)?.status !== 'revoked');
  return held.length < MAX_DEVICES;
}

/** Devices that signed two histories and that their members have not revoked. */
export function forkedDevices(state: Pick<State, 'devices' | 'members'>): Device[] {
  return [...state.devices.values()].filter(
    ({ fork, status, member }) =>
      fork !== undefined && status !== 'revoked' && state.members.get(member)?.status === 'active',
  );
}

/** The other event of a fork's proof; undefined for an event that is part of none. */
export function forkSibling(
  state: Pick<State, 'devices'>,
  event: { readonly id: string; readonly device: string },
): string | undefined {
  const fork = state.devices.get(event.device)?.fork;
  return fork?.includes(event.id) === true ? fork.find((id) => id !== event.id) : undefined;
}
