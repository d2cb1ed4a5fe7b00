import type { NetworkStatus, PeerStatus } from '../../../../shared/engine/contract';
import type { State } from '../../../../shared/network/state';
import type { Delivery } from '../../../../shared/peer/deliveries';

/** The open connections behind a row: to that one device, or to the devices by which a member is in, of which a keeper is none. */
export function peersOf(
  { member, keeper, own }: Delivery,
  { peers }: NetworkStatus,
  { devices }: State,
): readonly PeerStatus[] {
  const one = keeper ?? own;
  return peers.filter((peer) =>
    one === undefined ? peer.member === member && devices.get(peer.device)?.role !== 'keeper' : peer.device === one,
  );
}
