import type { NetworkStatus, PeerStatus } from '../../shared/engine/contract';
import { type Obstacle, type Remedy, obstaclesOf } from '../../shared/engine/obstacles';
import type { Peer } from '../../shared/peer/peer';
import { nameOfMember } from './session';
import { syncWords } from './words';

/** What a person at a terminal can do about what stands in the way. Whoever serves a place there serves it to the LAN already. */
const REMEDIES: Readonly<Partial<Record<Remedy, string>>> = {
  'go-online': 'peerhold sync',
  'by-hand': 'peerhold connect',
  'by-file': 'peerhold export',
  keeper: 'peerhold keeper, on a machine that is always on',
  'list-place': 'list a meeting place in the agreement',
  'list-relay': 'list a relay (TURN) in the agreement',
  members: 'peerhold members',
  'own-page': 'peerhold members',
  update: 'update both apps',
  'make-room': 'make room on the disk',
};

/** How a network is connected, in words that stay the same: those of `NetworkStatus`. */
export function standingOf(status: NetworkStatus) {
  const { meeting, peers } = status;
  return { meetingPlaces: meeting?.places ?? [], connections: peers, obstacles: obstaclesOf(status) };
}

/** Where a connection's packets go, and by what the two found each other. */
export function wayOf({ route, met }: PeerStatus): string {
  const words = [syncWords(`route.${route ?? 'unknown'}`)];
  if (met?.by === 'hand') words.push(syncWords('met.hand'));
  else if (met !== null) {
    const kind = 'kind' in met ? met.kind : null;
    words.push(syncWords(`met.${kind ?? 'place'}`, { address: met.address }));
  }
  return words.join('; ');
}

/** Whom a connection is with: a keeper is named as one, and another device of one's own by what it is called. */
export function whoOf(peer: Peer, { device, member }: Pick<PeerStatus, 'device' | 'member'>): string {
  const row = peer.state.devices.get(device);
  const name = nameOfMember(peer, member);
  if (row?.role === 'keeper') return `Keeper ${row.label} of ${name}`;
  return row !== undefined && member === peer.me?.member ? `${name} (${row.label})` : name;
}

/** What is in the way, and what to do about it: a line or two. */
export function obstacleLines(peer: Peer, { kind, count, remedies, refusal }: Obstacle): readonly string[] {
  const who =
    refusal === undefined
      ? ''
      : `${refusal.member === null ? 'A device' : whoOf(peer, { ...refusal, device: refusal.device ?? '' })}: `;
  const words = `${who}${syncWords(`obstacle.${kind}.title`, { count: count ?? 1 })}. ${syncWords(`obstacle.${kind}.text`)}`;
  const ways = remedies.flatMap((remedy) => REMEDIES[remedy] ?? []);
  return [words, ...(ways.length === 0 ? [] : [`  What you can do: ${ways.join('; ')}`])];
}
