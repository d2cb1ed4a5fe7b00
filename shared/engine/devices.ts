import { PeerholdError } from '../errors';
import { SECRET_BYTES, inviteKey } from '../invite/link';
import type { Peer } from '../peer/peer';
import { type DeviceKey, randomBytes } from '../record/signature';

/** How long a device link is good for: both devices are at hand. */
const GOOD_FOR = 3_600_000;

/** Makes a secret by which another installation can ask to become a device of this peer's member. `now`: milliseconds since 1970. */
export async function offerDevice(
  peer: Peer,
  now: number,
): Promise<{ readonly secret: Uint8Array; readonly expires: number; readonly device: string }> {
  if (peer.me === null) throw new PeerholdError('not-a-member-here');
  const secret = randomBytes(SECRET_BYTES);
  const expires = now + GOOD_FOR;
  await peer.devices.offer((await inviteKey(secret)).device, expires);
  return { secret, expires, device: peer.me.device };
}

/** Whether this peer's device can sign nothing more, so that the profile needs another one. */
export function isStopped({ problem, me, state }: Peer): boolean {
  if (problem === 'device-behind' || problem === 'device-forked') return true;
  return me !== null && state.devices.get(me.device)?.status !== 'active';
}

/** Whether a peer signs with this key; a peer that is not in yet says nothing against it. */
export function isKeyOf({ me }: Peer, key: DeviceKey): boolean {
  return me === null || me.device === key.device;
}
