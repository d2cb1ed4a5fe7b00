import type { Refusal, RefusalReason } from '../peer/refusals';
import type { MeetingStatus, NetworkStatus } from './contract';

/** What keeps a network's devices from being connected, and what is stored from going on. */
export type ObstacleKind = SearchObstacle | 'disk' | RefusalReason;

/**
 * `offline`: the person's choice. `looking`: nothing can be said yet. `no-place`: no meeting place is known; `places-unreachable`: none
 * answers; `own-place-only`: this app's own is the only one that does, and nobody is there; `nobody-there`: others are not at any of
 * them; `connecting`: somebody was found. The rest as in `Failures`: why somebody who was found is not connected.
 */
type SearchObstacle =
  | 'offline'
  | 'looking'
  | 'no-place'
  | 'places-unreachable'
  | 'own-place-only'
  | 'nobody-there'
  | 'connecting'
  | 'no-route'
  | 'no-answer'
  | 'full'
  | 'not-begun';

/** What a person can do about one. */
export type Remedy =
  | 'go-online'
  | 'by-hand'
  | 'by-file'
  | 'keeper'
  | 'list-place'
  | 'list-relay'
  | 'open-lan'
  | 'members'
  | 'own-page'
  | 'update'
  | 'make-room';

export interface Obstacle {
  readonly kind: ObstacleKind;
  readonly remedies: readonly Remedy[];
  /** Of a `no-route`: with how many. */
  readonly count?: number;
  /** Of somebody who was refused, or refused us. */
  readonly refusal?: Refusal;
}

const REMEDIES: Readonly<Record<ObstacleKind, readonly Remedy[]>> = {
  offline: ['go-online', 'by-file'],
  looking: [],
  connecting: [],
  'no-place': ['list-place', 'by-hand', 'by-file'],
  'places-unreachable': ['by-hand', 'list-place', 'by-file'],
  'own-place-only': ['open-lan', 'list-place', 'by-hand', 'by-file'],
  'nobody-there': ['keeper', 'by-file'],
  'no-route': ['list-relay', 'by-hand', 'keeper', 'by-file'],
  'no-answer': ['by-file'],
  full: ['keeper'],
  'not-begun': ['by-file'],
  disk: ['make-room'],
  'not-known': ['members'],
  removed: ['members'],
  left: ['members'],
  revoked: ['members'],
  'not-accepted': ['own-page', 'by-file'],
  version: ['update'],
  'other-network': [],
  unproved: [],
  broken: ['update', 'by-file'],
};

/** Problems of a network that are the disk's. */
const DISK: ReadonlySet<string> = new Set(['storage-full', 'storage-failed']);

/** What stands in the way now: first what is so for all, then who was refused, the newest first. */
export function obstaclesOf(status: NetworkStatus): readonly Obstacle[] {
  const found: Obstacle[] = [];
  if (DISK.has(status.problem?.code ?? '')) found.push({ kind: 'disk', remedies: REMEDIES.disk });
  const kind = searchObstacle(status);
  if (kind !== null) {
    const count = kind === 'no-route' ? status.meeting?.failures['no-route'] : undefined;
    found.push({ kind, remedies: REMEDIES[kind], ...(count === undefined ? {} : { count }) });
  }
  if (!status.online) return found;
  return [
    ...found,
    ...status.refusals.map((refusal) => ({ kind: refusal.reason, remedies: REMEDIES[refusal.reason], refusal })),
  ];
}

function searchObstacle({ me, online, meeting, peers, delivery, refusals }: NetworkStatus): SearchObstacle | null {
  if (!online) return 'offline';
  if (me !== null && delivery.length === 0) return null;
  // With somebody connected all else comes by them; only those whom nothing reaches are worth a word.
  const unreached = (meeting?.failures['no-route'] ?? 0) > 0 && delivery.some(({ connected }) => !connected);
  if (peers.length > 0) return unreached ? 'no-route' : null;
  if (meeting === null) return 'looking';
  if (meeting.known > 0) return failureOf(meeting) ?? (refusals.length > 0 ? null : 'connecting');
  const { places } = meeting;
  if (places.length === 0) return 'no-place';
  if (places.some(({ kind, connected, tried }) => connected && tried && kind !== 'own')) return 'nobody-there';
  if (places.some(({ tried }) => !tried)) return 'looking';
  return places.some(({ connected }) => connected) ? 'own-place-only' : 'places-unreachable';
}

/** The one that a person can do most about. */
function failureOf({ failures }: MeetingStatus): SearchObstacle | undefined {
  const has = (why: keyof typeof failures): boolean => (failures[why] ?? 0) > 0;
  if (has('not-begun')) return 'not-begun';
  if (has('no-route')) return 'no-route';
  if (has('full') || has('busy')) return 'full';
  return has('no-answer') ? 'no-answer' : undefined;
}
