import { type Facts, type MemberFact, type SealFact, may, nothing, paramsOf, rightsOf } from './facts';
import { Clash } from './clash';
import { Decisions } from './decisions';
import { ERASABLE, type Happening, follows, inOrder, names } from './happening';
import { publish } from './publication';
import { endBookings } from './use';
import { foundation, groundAfter, sealsThatHold } from './seals';

type Rule = (facts: Facts, it: Happening) => boolean;
const MAX_DEVICES = 10;
/** What may bring a version into force. */
const DECIDING = new Set(['ballot.cast', 'decision.close', 'proposal.withdraw']);
/** Types that have effect by saying so, on nothing that the model keeps. */
const IDLE = new Set(['member.describe', 'seal.ready', 'seal.propose', 'seal.prevote', 'seal.precommit']);

/**
 * The state as docs/protocol.md says it: all events in one order, each weighed against all of the record, from the start again whenever
 * two decisions turn out to clash. It takes the square of the time that the real fold takes, and undoes nothing. Which seals hold it finds
 * by itself; `standing` says which of two of one height stood first, where there are two. `known`: the newest version of the rules that
 * the app knows.
 */
export function factsOf(list: Happening[], standing: ReadonlySet<string>, known = 1): Facts {
  const clashes = new Map<string, Set<string>>();
  for (;;) {
    try {
      return fold(list, standing, clashes, known);
    } catch (thrown) {
      if (!(thrown instanceof Clash)) throw thrown;
      const { pair, height } = thrown;
      for (const [one, other] of [pair, [...pair].reverse()] as [string, string][]) {
        // A clash is one of a section of the order: what was sealed before stands.
        const key = `${height} ${one}`;
        clashes.set(key, (clashes.get(key) ?? new Set()).add(other));
      }
    }
  }
}

function fold(
  list: Happening[],
  standing: ReadonlySet<string>,
  clashes: ReadonlyMap<string, ReadonlySet<string>>,
  known: number,
): Facts {
  const facts = nothing();
  const byId = new Map(list.map((it) => [it.id, it]));
  const decisions = new Decisions(facts, list, clashes);
  const rules: Record<string, Rule> = {
    ...membership(byId, decisions),
    ...resources(byId),
    ...decisions.rules(),
    'page.publish': publish,
  };
  const foundingEvent = list.find(({ past }) => past.size === 0)!;
  facts.rules = foundingEvent.rules;
  const alone = nothing();
  rules['network.found']!(alone, foundingEvent);
  let ground = foundation(alone, foundingEvent);
  for (const it of list) it.seal = Infinity;
  while (facts.rules <= known) {
    const holding = sealsThatHold(list, ground);
    const seal = holding.find(({ value }) => standing.has(value)) ?? holding[0];
    if (holding.length > 1) facts.rivals.push(seal!.height);
    cut(list, byId, seal);
    for (const it of list) if (it.seal === seal?.height) facts.cuts.set(it.id, it.seal);
    decisions.begin(seal?.height ?? Infinity);
    for (const [index, it] of list.entries()) {
      if (it.seal !== decisions.height || decisions.outside.has(it.id)) continue;
      const rule = rules[it.type] ?? (IDLE.has(it.type) ? () => true : undefined);
      const author = facts.members.get(it.member);
      const removed = decisions.isUnknownRemoval(it, it.member) ? { status: author!.status, until: author!.until } : {};
      // Who did not know of their removal acts as before it.
      if (removed.status !== undefined) author!.status = 'active';
      const inForce = facts.version;
      const agreed = decisions.agreedFor(it);
      if (!DECIDING.has(it.type)) facts.version = agreed;
      const counts = decisions.isReadable(it) && rule !== undefined && mayAct(facts, it, decisions) && rule(facts, it);
      if (facts.version === agreed && inForce !== '') facts.version = inForce;
      Object.assign(author ?? {}, removed);
      if (!counts) facts.withoutEffect.add(it.id);
      const device = facts.devices.get(it.device);
      const earlier = list.slice(0, index).filter(({ id }) => !decisions.outside.has(id));
      if (device && earlier.some((other) => other.device === it.device && other.sequence === it.sequence))
        device.forked = true;
    }
    if (seal === undefined) return facts;
    decisions.seal(seal);
    for (const device of facts.devices.values())
      if (device.forked && device.status === 'active') device.status = 'frozen';
    facts.seals.set(seal.height, seal);
    ground = groundAfter(seal, facts, ground);
  }
  return facts;
}

/** Gives the seal the causal pasts of what it cites, as far as none before has them, and puts all into its order. */
function cut(list: Happening[], byId: ReadonlyMap<string, Happening>, seal: SealFact | undefined): void {
  const inCut = new Set(seal?.ready.flatMap((id) => [id, ...byId.get(id)!.past]));
  for (const it of list) if (it.seal === Infinity && inCut.has(it.id)) it.seal = seal!.height;
  list.sort(inOrder);
}

function mayAct(facts: Facts, it: Happening, decisions: Decisions): boolean {
  // Whose votes on a seal count is not the fold's business.
  if (it.type === 'network.found' || it.type.startsWith('seal.')) return true;
  const status = facts.members.get(it.member)?.status;
  const device = facts.devices.get(it.device);
  if (decisions.isEnded(it)) return false;
  // Two devices that revoke each other, and did not know of it, are both revoked.
  const stillEnds = device?.status === 'revoked' && ['device.revoke', 'member.leave'].includes(it.type);
  if ((device?.status !== 'active' && !stillEnds) || device.member !== it.member || device.keeper === true)
    return false;
  return status === 'active' || (status === 'applicant' && ['member.describe', 'member.leave'].includes(it.type));
}

function membership(byId: ReadonlyMap<string, Happening>, decisions: Decisions): Record<string, Rule> {
  const saw = (it: Happening, id: string): boolean => follows(it, byId.get(id)!);
  /** An invite has ended: of whom it admitted, those wait of whom the ending does not know. */
  const suspend = (facts: Facts, admitted: readonly string[], it: Happening): void => {
    for (const id of admitted) {
      const member = facts.members.get(id)!;
      if (isNew(member) && !saw(it, id)) member.status = 'waiting';
    }
  };
  return {
    'network.found': (facts, it) => {
      if (facts.versions.size > 0) return false;
      facts.versions.set(it.id, { base: null, protocols: it.payload.protocols, suspended: [] });
      facts.version = it.id;
      facts.members.set(it.id, {
        id: it.id,
        type: it.payload.founder.type,
        status: 'active',
        devices: [it.device],
        since: it.id,
      });
      facts.devices.set(it.device, { member: it.id, status: 'active', forked: false });
      return true;
    },

    'invite.issue': (facts, it) => {
      const { invite, type, uses, days } = it.payload;
      const known = rightsOf(facts, type).length > 0;
      if (!may(facts, it.member, 'invite') || !known || days > paramsOf(facts, 'admission').days) return false;
      const other = facts.invites.get(invite);
      if (other === undefined) {
        facts.invites.set(invite, { by: it.member, type, uses, used: [], issue: it.id, revocations: [] });
        return true;
      }
      if (saw(it, other.issue)) return false;
      other.revocations.push(it.id);
      suspend(facts, other.used, it);
      return true;
    },

    'invite.revoke': (facts, it) => {
      const invite = facts.invites.get(it.payload.invite);
      if (invite === undefined || (invite.by !== it.member && !may(facts, it.member, 'invite'))) return false;
      invite.revocations.push(it.id);
      if (invite.by === it.member) suspend(facts, invite.used, it);
      return true;
    },

    'member.admit': (facts, it) => {
      const { device } = it.payload;
      const invite = facts.invites.get(it.payload.invite);
      if (invite === undefined || facts.devices.has(device) || decisions.isOthers(device, it.id)) return false;
      const inviter = facts.members.get(invite.by)!;
      const invites =
        may(facts, invite.by, 'invite') ||
        (decisions.isUnknownEnd(it, invite.by) && rightsOf(facts, inviter.type).includes('invite'));
      if (!may(facts, it.member, 'invite') || !invites) return false;
      if (invite.used.filter((id) => saw(it, id)).length >= invite.uses) return false;
      const seen = [invite.issue, ...invite.revocations].filter((id) => saw(it, id)).map((id) => byId.get(id)!.type);
      if (seen.includes('invite.revoke') || seen.length > 1) return false;
      const version = facts.versions.get(facts.version)!;
      const admission = version.protocols.find((one) => one.kind === 'admission')!;
      const byDecision = admission.params.mode === 'decision';
      const suspended = invite.revocations.some((id) => {
        const ending = byId.get(id)!;
        return ending.member === invite.by || ending.type === 'invite.issue';
      });
      facts.members.set(it.id, {
        id: it.id,
        type: invite.type,
        status: suspended ? 'waiting' : byDecision ? 'applicant' : 'active',
        devices: [device],
        since: it.id,
      });
      facts.devices.set(device, { member: it.id, status: 'active', forked: false });
      invite.used.push(it.id);
      if (invite.used.length <= invite.uses) return true;
      for (const id of invite.used) {
        const rivals = invite.used.filter((other) => other !== id && !saw(byId.get(other)!, id));
        const member = facts.members.get(id)!;
        if (rivals.length >= invite.uses && isNew(member)) member.status = 'waiting';
      }
      return true;
    },

    'member.leave': (facts, it) => {
      Object.assign(facts.members.get(it.member)!, { status: 'left', until: it.id });
      endBookings(facts, it.member, it.id, (id) => byId.get(id)!);
      return true;
    },

    'member.announce': (facts, it) => {
      const member = facts.members.get(it.member)!;
      if (it.payload.leaves === (member.leaving !== undefined)) return false;
      if (it.payload.leaves) member.leaving = { event: it.id };
      else delete member.leaving;
      return true;
    },

    'device.certify': (facts, it) => {
      const { device, role } = it.payload;
      const member = facts.members.get(it.member)!;
      const held = member.devices.filter((own) => facts.devices.get(own)!.status !== 'revoked');
      if (facts.devices.has(device) || decisions.isOthers(device, it.member) || held.length >= MAX_DEVICES)
        return false;
      member.devices.push(device);
      facts.devices.set(device, { member: it.member, status: 'active', forked: false, keeper: role === 'keeper' });
      return true;
    },

    'device.revoke': (facts, it) => {
      const device = facts.devices.get(it.payload.device);
      if (device?.member !== it.member) return false;
      device.status = 'revoked';
      return true;
    },

    'device.receives': (facts, it) => {
      if (!isUsable(it.payload.key)) return false;
      facts.devices.get(it.device)!.receives = it.payload.key;
      return true;
    },
  };
}

const FIELD = 2n ** 255n - 19n;
/** What doubling brings to nothing in three steps at most, on the curve of RFC 7748 or its twist. */
function isUsable(key: string): boolean {
  const u = BigInt(`0x${key.match(/../g)!.reverse().join('')}`);
  if (u >= FIELD) return false;
  const mod = (value: bigint): bigint => ((value % FIELD) + FIELD) % FIELD;
  let [x, z] = [u, 1n];
  for (let step = 0; step < 3 && z !== 0n; step++) {
    const [plus, minus] = [mod((x + z) ** 2n), mod((x - z) ** 2n)];
    const cross = mod(plus - minus);
    [x, z] = [mod(plus * minus), mod(cross * (minus + 121_666n * cross))];
  }
  return z !== 0n;
}

function isNew(member: MemberFact): boolean {
  return member.since === member.id && ['active', 'applicant'].includes(member.status);
}

function resources(byId: ReadonlyMap<string, Happening>): Record<string, Rule> {
  return {
    'resource.seek': (facts, it) => {
      if (!may(facts, it.member, 'propose')) return false;
      facts.resources.set(it.id, { id: it.id, by: it.member, unit: it.payload.unit, status: 'sought' });
      return true;
    },

    'resource.drop': (facts, it) => {
      const resource = facts.resources.get(it.payload.resource!);
      if (resource?.by !== it.member || resource.status !== 'sought') return false;
      Object.assign(resource, { status: 'dropped', dropped: it.id });
      return true;
    },

    'text.erase': (facts, it) => {
      const { event, text } = it.payload;
      const holder = it.past.has(event) ? byId.get(event)! : undefined;
      const own = holder?.member === it.member || (holder?.type === 'member.admit' && holder.id === it.member);
      if (holder === undefined || !own || !ERASABLE.includes(holder.type) || !names(holder.raw, text)) return false;
      if (!/^[0-9a-f]{64}$/.test(text)) return false;
      facts.erased.add(`${text}|${holder.device}`);
      return true;
    },
  };
}
