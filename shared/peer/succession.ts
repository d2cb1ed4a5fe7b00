import { PeerholdError } from '../errors';
import { consentMessage } from '../network/certificates';
import { type DeviceKey, signerOf } from '../record/signature';
import type { Peer } from './peer';

/** What a profile keeps of its keys in one network. Every write resolves once it would survive a power cut. */
export interface KeyStore {
  make(): Promise<DeviceKey>;
  /** The key that is to take the place of the one in use; undefined where none is. */
  next(): Promise<DeviceKey | undefined>;
  keepNext(key: DeviceKey): Promise<void>;
  /** Makes the next key the one in use, in one write; the one before is gone with it. */
  change(): Promise<void>;
}

/**
 * Ends the chain of a device that others have more of, and has a new key take its place: the old one certifies the new one and revokes
 * itself, and signs nothing more. Whenever it is interrupted, `resume` or another call goes on where it was. The caller opens the peer anew
 * with the new key. Rejects with `device-forked` where the old key may not even do that, and with `device-catching-up` while not all is here
 * that neighbours have of its chain: what it signed then could be a second event of one number.
 */
export async function succeed(peer: Peer, keys: KeyStore, label: string): Promise<void> {
  const { me } = peer;
  if (me === null || (peer.problem !== 'device-behind' && peer.problem !== 'device-forked'))
    throw new PeerholdError('device-in-order');
  if (peer.problem === 'device-forked') throw new PeerholdError('device-forked');
  if (!peer.caughtUp) throw new PeerholdError('device-catching-up');
  let next = await keys.next();
  if (next === undefined) {
    next = await keys.make();
    // Before anybody hears of it: a certified key that is lost would be a device of nobody.
    await keys.keepNext(next);
  }
  const { device } = next;
  if (!isCertified(peer, device)) {
    const proof = await signerOf(next).sign(consentMessage(peer.id, me.device));
    await peer.act({ type: 'device.certify', payload: { device, label, proof } });
  }
  await resume(peer, keys);
}

/** Finishes what was begun before the app ended. Resolves with whether the profile has another key now. */
export async function resume(peer: Peer, keys: KeyStore): Promise<boolean> {
  const next = await keys.next();
  const { me } = peer;
  if (next === undefined || me === null || !isCertified(peer, next.device)) return false;
  // Only who forked meanwhile can not say so any more, and is frozen for it.
  if (peer.state.devices.get(me.device)?.status === 'active')
    await peer.act({ type: 'device.revoke', payload: { device: me.device } });
  await keys.change();
  return true;
}

/** Whether a key is a device of this peer's member. */
function isCertified(peer: Peer, device: string): boolean {
  const row = peer.state.devices.get(device);
  return row?.status === 'active' && row.member === peer.me?.member;
}
