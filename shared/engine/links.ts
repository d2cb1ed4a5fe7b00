import { PeerholdError } from '../errors';
import { type Helpers, type InviteLink, MAX_PLACES, SECRET_BYTES, encodeInvite, inviteKey } from '../invite/link';
import { NETWORK_KEY } from '../network/state';
import type { Peer } from '../peer/peer';
import { randomBytes } from '../record/signature';
import type { EngineCalls } from './contract';
import { listedMeeting } from './listed-meeting';
import type { Installation } from './ports';

const DAY = 86_400_000;

interface Offered {
  readonly secret: Uint8Array;
  readonly expires: number;
  /** Set for a device link: the device that answers it. */
  readonly device?: string;
  /** Names the TURN servers that the agreement lists too. */
  readonly relay?: boolean;
}

/** Bytes in the largest QR code, which the app shows of every link (ISO/IEC 18004, version 40, level L). */
export const MAX_CODE = 2_953;

/** The link that carries a secret; `places` are the addresses of this app's signalling. */
export function linkOf(peer: Peer, { secret, expires, device, relay }: Offered, places: readonly string[]): string {
  const network = peer.state.network.get(NETWORK_KEY)!;
  const me = peer.me === null ? undefined : peer.state.members.get(peer.me.member);
  const listed = listedMeeting(peer.state);
  return fitting(
    {
      network: peer.id,
      secret,
      expires,
      seal: peer.replica.seals.seals.at(-1)?.value ?? null,
      networkName: peer.replica.text(network.name) ?? '',
      inviter: me === undefined ? '' : (peer.replica.text(me.name) ?? ''),
      meetingPlaces: [...reachable(places), ...listed.places].slice(0, MAX_PLACES),
      ...(device === undefined ? {} : { device }),
    },
    { stun: listed.helpers.stun, turn: relay === true ? listed.helpers.turn : [] },
  );
}

/**
 * Issues an invite; `places` are the addresses of this app's signalling, `now` is in ms.
 * Rejects with `no-relay-listed`, and as `Peer.act` does.
 */
export async function issueInvite(
  installation: Installation,
  peer: Peer,
  { type, uses, days, relay = false }: Parameters<EngineCalls['invite']>[1],
  places: readonly string[],
  now: number,
) {
  if (relay) needRelay(peer);
  const secret = randomBytes(SECRET_BYTES);
  const invite = (await inviteKey(secret)).device;
  const expires = now + days * DAY;
  // The secret first: an invite in the record whose link nobody has could never be used.
  await installation.keepInvite({ invite, network: peer.id, secret, expires, relay });
  await peer.act({ type: 'invite.issue', payload: { invite, type, uses, days } });
  return { link: linkOf(peer, { secret, expires, relay }, places), invite };
}

/** Throws `no-relay-listed` where the agreement in force lists none that a link could name. */
export function needRelay({ state }: Peer): void {
  if (listedMeeting(state).helpers.turn.length === 0) throw new PeerholdError('no-relay-listed');
}

/** As a code has room for: the last places go first, then what else there are several of. One place and one relay always fit. */
export function fitting(link: InviteLink, { stun, turn }: Helpers): string {
  const none = stun.length + turn.length === 0;
  const written = encodeInvite(none ? link : { ...link, helpers: { stun, turn } });
  if (written.length <= MAX_CODE) return written;
  if (link.meetingPlaces.length > 1)
    return fitting({ ...link, meetingPlaces: link.meetingPlaces.slice(0, -1) }, { stun, turn });
  return fitting(link, turn.length > 1 ? { stun, turn: turn.slice(0, -1) } : { stun: stun.slice(0, -1), turn });
}

/** Where others reach this app: loopback only while nothing else is open, for profiles on one machine. */
function reachable(places: readonly string[]): readonly string[] {
  const others = places.filter((place) => !/^ws:\/\/(127\.|localhost|\[::1\])/.test(place));
  return others.length > 0 ? others : places;
}
