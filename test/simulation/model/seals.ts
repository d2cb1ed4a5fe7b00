import { createHash } from 'node:crypto';
import { type Facts, type SealFact, rightsOf } from './facts';
import type { Happening } from './happening';

interface Sealer {
  readonly member: string;
  readonly device: string;
  readonly devices: readonly string[];
}

/** What a seal leaves to the next: "Value, ground, sealers" of docs/protocol.md. */
export interface Ground {
  readonly height: number;
  readonly value: string;
  readonly time: number;
  readonly sealers: readonly Sealer[];
  readonly quorum: number;
  /** Whether an event had seen that the seal holds. */
  readonly wasSeenBy: (it: Happening) => boolean;
}

/** Seal 0, in a state that the founding event alone made. */
export function foundation(facts: Facts, { id, time }: Happening): Ground {
  return { height: 0, value: id, time, ...whoSeals(facts), wasSeenBy: () => true };
}

export function groundAfter({ height, value, time, commits }: SealFact, facts: Facts, before: Ground): Ground {
  const wasSeenBy = (it: Happening): boolean =>
    members(commits.filter(({ id }) => it.past.has(id))).size >= before.quorum;
  return { height, value, time, ...whoSeals(facts), wasSeenBy };
}

function whoSeals(facts: Facts): Pick<Ground, 'sealers' | 'quorum'> {
  const { protocols, suspended } = facts.versions.get(facts.version)!;
  const spec = protocols.find(({ kind, id }) => kind === 'sealing' && !suspended.includes(id));
  const { types, quorum }: { readonly types: readonly string[]; readonly quorum: string } =
    spec?.kind === 'sealing' ? spec.params : { types: [], quorum: 'two-thirds' };
  const sealers: Sealer[] = [];
  for (const { id, type, status, devices } of facts.members.values()) {
    const entitled = types.length > 0 ? types.includes(type) : rightsOf(facts, type).includes('vote');
    const own = devices.filter((device) => {
      const row = facts.devices.get(device)!;
      return row.status === 'active' && row.keeper === undefined;
    });
    if (status === 'active' && entitled && own.length > 0) sealers.push({ member: id, device: own[0]!, devices: own });
  }
  const n = sealers.length;
  return { sealers, quorum: Math.floor(quorum === 'majority' ? n / 2 : (2 * n) / 3) + 1 };
}

/** "When it holds": every seal of the next height that does. More than one is what only sealers who break the rules can bring about. */
export function sealsThatHold(list: readonly Happening[], ground: Ground): SealFact[] {
  const { height, value: previous, quorum, sealers } = ground;
  const handovers = list.filter(({ type, readable }) => readable && ['device.revoke', 'device.certify'].includes(type));
  const votes = list.filter(
    (it) =>
      it.type.startsWith('seal.') &&
      it.readable &&
      it.payload.height === height + 1 &&
      it.payload.previous === previous &&
      sealers.some((sealer) => speaksFor(sealer, it, handovers)),
  );
  const readies = new Map(votes.filter(({ type }) => type === 'seal.ready').map((it) => [it.id, it]));
  const commits = votes.filter(({ type }) => type === 'seal.precommit');
  const network = list.find(({ past }) => past.size === 0)!.id;
  const found = new Map<string, SealFact>();
  for (const put of votes.filter(({ type }) => type === 'seal.propose')) {
    const { ready, time, digest } = put.payload;
    if (!isWellMade(put, readies, ground)) continue;
    const value = valueOf(network, height + 1, previous, ready, time, digest);
    const own = commits.filter(({ payload }) => payload.value === value);
    const rounds = new Set(own.map(({ payload }) => payload.round));
    const holds = [...rounds].some(
      (round) => members(own.filter(({ payload }) => payload.round === round)).size >= quorum,
    );
    if (holds) found.set(value, { height: height + 1, value, previous, time, digest, ready, commits: own });
  }
  return [...found.values()];
}

function isWellMade({ past, payload }: Happening, readies: ReadonlyMap<string, Happening>, ground: Ground): boolean {
  const cited = payload.ready.flatMap((id) => (past.has(id) ? (readies.get(id) ?? []) : []));
  const clocks = cited.map((ready) => ready.payload.time).sort((a, b) => a - b);
  const middle = clocks[Math.floor((clocks.length - 1) / 2)]!;
  return (
    payload.ready.every((id, index) => index === 0 || payload.ready[index - 1]! < id) &&
    cited.length === payload.ready.length &&
    members(cited).size === cited.length &&
    cited.length >= ground.quorum &&
    cited.every((ready) => ground.wasSeenBy(ready)) &&
    payload.time === Math.max(middle, ground.time + 1)
  );
}

/** Whether a vote is by the sealer's device, or by another that has its place, as the voter had seen it. */
function speaksFor({ member, device, devices }: Sealer, vote: Happening, handovers: readonly Happening[]): boolean {
  if (vote.member !== member) return false;
  if (vote.device === device) return true;
  const seen = handovers.filter(({ id }) => vote.past.has(id));
  const own = new Set(devices);
  for (let size = 0; size < own.size;) {
    size = own.size;
    for (const it of seen)
      if (it.type === 'device.certify' && it.payload.role === undefined && it.member === member && own.has(it.device))
        own.add(it.payload.device);
  }
  const gaveUp = seen.some((it) => it.type === 'device.revoke' && it.payload.device === device && own.has(it.device));
  return gaveUp && own.has(vote.device);
}

const members = (votes: readonly Happening[]): Set<string> => new Set(votes.map(({ member }) => member));

/** As much of the canonical encoding as a value needs. Ids are byte strings. */
function encoded(value: number | string | readonly (number | string | readonly string[])[]): Buffer {
  if (typeof value === 'number') return head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(2, value.length / 2), Buffer.from(value, 'hex')]);
  return Buffer.concat([head(4, value.length), ...value.map(encoded)]);
}

function head(major: number, number: number): Buffer {
  if (number < 24) return Buffer.of((major << 5) | number);
  const width = [1, 2, 4, 8].find((bytes) => number < 2 ** (8 * bytes))!;
  const digits = number.toString(16).padStart(2 * width, '0');
  return Buffer.concat([Buffer.of((major << 5) | (24 + Math.log2(width))), Buffer.from(digits, 'hex')]);
}

const valueOf = (...fields: readonly (number | string | readonly string[])[]): string =>
  createHash('sha256').update('peerhold/seal/1\0').update(encoded(fields)).digest('hex');
