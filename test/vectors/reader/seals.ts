import { type Value, write } from './cbor';
import { certificateIn, isId, revocationIn } from './event';
import type { Held, Record } from './record';
import { sha256 } from './signature';
import type { Rows } from './state';

/** "Seals" of docs/protocol.md: whose votes count, and what holds. */
export interface Ground {
  readonly height: number;
  readonly value: string;
  readonly time: number;
  readonly quorum: number;
  readonly sealers: readonly Sealer[];
}
interface Sealer {
  readonly member: string;
  readonly devices: readonly string[];
}
export interface Seal {
  readonly height: number;
  readonly value: string;
  readonly previous: string;
  readonly time: number;
  readonly ready: readonly string[];
  readonly digest: string;
}

/** A seal, and what it was made on. */
export interface Made {
  readonly seal: Seal;
  readonly ground: Ground;
}

interface Protocol {
  readonly id: string;
  readonly kind: string;
  readonly params: Value;
}
interface Membership {
  readonly types: readonly { readonly id: string; readonly rights: readonly string[] }[];
}
interface Sealing {
  readonly types: readonly string[];
  readonly quorum: string;
}

function groundOf(
  seal: Pick<Ground, 'height' | 'value' | 'time'>,
  protocols: readonly Protocol[],
  suspended: readonly string[],
  members: readonly (Sealer & { readonly type: string })[],
): Ground {
  const paramsOf = (kind: string): unknown =>
    protocols.find((one) => one.kind === kind && !suspended.includes(one.id))?.params;
  const { types } = paramsOf('membership') as Membership;
  const sealing = (paramsOf('sealing') ?? { types: [], quorum: 'two-thirds' }) as Sealing;
  const votes = (type: string): boolean => types.some(({ id, rights }) => id === type && rights.includes('vote'));
  const seals = (type: string): boolean => (sealing.types.length === 0 ? votes(type) : sealing.types.includes(type));
  const sealers = members
    .filter(({ type, devices }) => seals(type) && devices.length > 0)
    .sort((a, b) => (a.member < b.member ? -1 : 1));
  const n = sealers.length;
  const quorum = Math.floor(sealing.quorum === 'majority' ? n / 2 : (2 * n) / 3) + 1;
  return { ...seal, sealers, quorum };
}

/** Of the first height: the founding event. */
export function firstGround({ id, time, device, payload }: Held): Ground {
  const {
    protocols,
    founder,
    suspended = [],
  } = payload as unknown as {
    readonly protocols: readonly Protocol[];
    readonly suspended?: readonly string[];
    readonly founder: { readonly type: string };
  };
  return groundOf({ height: 0, value: id, time }, protocols, suspended, [
    { member: id, devices: [device], type: founder.type },
  ]);
}

/** Of the height after a seal, by the rows that it fixed. */
export function groundAfter({ height, value, time }: Seal, rows: Rows): Ground {
  const version = rows.get('network', 'network')!['version'] as string;
  const { protocols, suspended } = rows.get('versions', version)! as unknown as {
    readonly protocols: readonly Protocol[];
    readonly suspended: readonly string[];
  };
  const mayVote = (id: string): boolean => {
    const device = rows.get('devices', id)!;
    return device['status'] === 'active' && device['role'] !== 'keeper';
  };
  const members = rows
    .in('members')
    .filter(({ status }) => status === 'active')
    .map(({ id, type, devices }) => ({
      member: id as string,
      type: type as string,
      devices: (devices as readonly string[]).filter(mayVote),
    }));
  return groundOf({ height, value, time }, protocols, suspended, members);
}

interface Said {
  readonly height: number;
  readonly round: number;
  readonly previous: string;
  readonly ready: readonly string[];
  readonly time: number;
  readonly digest: string;
  readonly value: string | null;
}
type Vote = Held & { readonly said: Said };

/** The seal that follows on a ground; null while none holds. `before` is the one of the ground, null for the first. */
export function nextSeal(record: Record, ground: Ground, before: Made | null): Seal | null {
  const cast = votesOn(record, ground.height + 1, ground);
  const of = (type: string): Vote[] => cast.filter((vote) => vote.type === `seal.${type}`);
  for (const proposal of of('propose')) {
    const { said } = proposal;
    const value = valueOf(record.network, said);
    const rounds = new Set(of('precommit').map((vote) => vote.said.round));
    const isHeld = [...rounds].some((round) => {
      const commits = of('precommit').filter((vote) => vote.said.round === round && vote.said.value === value);
      return voters(commits) >= ground.quorum;
    });
    if (!isHeld || !isWellMade(record, ground, before, proposal, of('ready'))) continue;
    const { height, previous, time, ready, digest } = said;
    return { height, value, previous, time, ready, digest };
  }
  return null;
}

export function valueOf(network: string, { height, previous, ready, time, digest }: Omit<Seal, 'value'>): string {
  return sha256('peerhold/seal/1\0', write([network, height, previous, ready, time, digest])).toString('hex');
}

const voters = (votes: readonly Vote[]): number => new Set(votes.map(({ member }) => member)).size;

function votesOn(record: Record, height: number, { value, sealers }: Ground): Vote[] {
  return [...record.events.values()].flatMap((event) => {
    if (!/^seal\.(ready|propose|prevote|precommit)$/.test(event.type)) return [];
    const said = event.payload as unknown as Said | null;
    const sealer = sealers.find(({ member }) => member === event.member);
    if (said?.height !== height || said.previous !== value || sealer === undefined) return [];
    return hasPlace(record, event, sealer) ? [{ ...event, said }] : [];
  });
}

function hasPlace(record: Record, vote: Held, sealer: Sealer): boolean {
  if (vote.device === sealer.devices[0]) return true;
  const past = [...vote.past].map((id) => record.events.get(id)!).filter(({ member }) => member === sealer.member);
  const isOf = (device: string, tried: readonly string[] = []): boolean =>
    sealer.devices.includes(device) ||
    past.some((event) => {
      const certificate = certificateIn(event);
      if (certificate?.device !== device || certificate.isKeeper || tried.includes(event.device)) return false;
      return isOf(event.device, [...tried, device]);
    });
  return isOf(vote.device) && past.some((event) => revocationIn(event) === sealer.devices[0] && isOf(event.device));
}

function isWellMade(
  record: Record,
  ground: Ground,
  before: Made | null,
  { said, past }: Vote,
  readies: readonly Vote[],
): boolean {
  const cited = said.ready.flatMap((id) => readies.find((vote) => vote.id === id && past.has(id)) ?? []);
  const isAscending = said.ready.every((id, index) => isId(id) && (index === 0 || said.ready[index - 1]! < id));
  if (!isAscending || cited.length !== said.ready.length) return false;
  if (voters(cited) !== cited.length || cited.length < ground.quorum) return false;
  if (before !== null && !cited.every((ready) => sawSeal(record, before, ready))) return false;
  const times = cited.map((ready) => ready.said.time).sort((a, b) => a - b);
  return said.time === Math.max(ground.time + 1, times[Math.floor((times.length - 1) / 2)]!);
}

function sawSeal(record: Record, { seal, ground }: Made, ready: Vote): boolean {
  const commits = votesOn(record, seal.height, ground).filter(
    ({ id, type, said }) => type === 'seal.precommit' && said.value === seal.value && ready.past.has(id),
  );
  return voters(commits) >= ground.quorum;
}
