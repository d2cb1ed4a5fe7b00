import { MAX_PLACES, encodeInvite } from '../invite/link';
import { NETWORK_KEY } from '../network/state';
import type { Peer } from '../peer/peer';
import { listedMeeting } from './listed-meeting';

interface Offered {
  readonly secret: Uint8Array;
  readonly expires: number;
  /** Set for a device link: the device that answers it. */
  readonly device?: string;
}

/** The link that carries a secret; `places` are the addresses of this app's signalling. */
export function linkOf(peer: Peer, { secret, expires, device }: Offered, places: readonly string[]): string {
  const network = peer.state.network.get(NETWORK_KEY)!;
  const me = peer.me === null ? undefined : peer.state.members.get(peer.me.member);
  return encodeInvite({
    network: peer.id,
    secret,
    expires,
    seal: peer.replica.seals.seals.at(-1)?.value ?? null,
    networkName: peer.replica.text(network.name) ?? '',
    inviter: me === undefined ? '' : (peer.replica.text(me.name) ?? ''),
    meetingPlaces: [...reachable(places), ...listedMeeting(peer.state).places].slice(0, MAX_PLACES),
    ...(device === undefined ? {} : { device }),
  });
}

/** Where others reach this app: loopback only while nothing else is open, for profiles on one machine. */
function reachable(places: readonly string[]): readonly string[] {
  const others = places.filter((place) => !/^ws:\/\/(127\.|localhost|\[::1\])/.test(place));
  return others.length > 0 ? others : places;
}
