import { type Facts, type MemberFact, may, paramsOf, rightsOf } from './facts';
import type { Decisions } from './decisions';
import { type Happening, follows } from './happening';
import { isUsable } from './receiving';
import { type Rule, and, clauseOf, no } from './refusal';
import { endBookings } from './use';

const MAX_DEVICES = 10;

/** Invites, members and devices of "Event types" and "Admission" in docs/protocol.md. */
export function membership(byId: ReadonlyMap<string, Happening>, decisions: Decisions): Record<string, Rule> {
  const saw = (it: Happening, id: string): boolean => follows(it, byId.get(id)!);
  /** An invite has ended: of whom it admitted, those wait of whom the ending does not know. */
  const suspend = (facts: Facts, admitted: readonly string[], it: Happening): void => {
    for (const id of admitted) {
      const member = facts.members.get(id)!;
      if (isNew(member) && !saw(it, id)) Object.assign(member, { status: 'waiting', why: and(member.why, [it.id]) });
    }
  };
  return {
    'network.found': (facts, it) => {
      if (facts.versions.size > 0) return no('already-founded');
      facts.versions.set(it.id, { base: null, protocols: it.payload.protocols, suspended: [] });
      facts.version = it.id;
      facts.members.set(it.id, {
        id: it.id,
        type: it.payload.founder.type,
        status: 'active',
        devices: [it.device],
        since: it.id,
        why: { events: [it.id] },
      });
      facts.devices.set(it.device, { member: it.id, status: 'active', forked: false });
      return undefined;
    },

    'invite.issue': (facts, it) => {
      const { invite, type, uses, days } = it.payload;
      const clause = clauseOf(facts, 'membership');
      if (!may(facts, it.member, 'invite')) return no('not-entitled', clause);
      if (paramsOf(facts, 'membership').types.every(({ id }) => id !== type))
        return no('membership-type-unknown', clause);
      if (days > paramsOf(facts, 'admission').days) return no('invite-too-long', clauseOf(facts, 'admission'));
      const other = facts.invites.get(invite);
      if (other === undefined) {
        facts.invites.set(invite, { by: it.member, type, uses, used: [], issue: it.id, revocations: [] });
        return undefined;
      }
      if (saw(it, other.issue)) return no('invite-twice');
      other.revocations.push(it.id);
      suspend(facts, other.used, it);
      return undefined;
    },

    'invite.revoke': (facts, it) => {
      const invite = facts.invites.get(it.payload.invite);
      if (invite === undefined) return no('invite-unknown');
      if (invite.by !== it.member && !may(facts, it.member, 'invite'))
        return no('not-entitled', clauseOf(facts, 'membership'));
      invite.revocations.push(it.id);
      if (invite.by === it.member) suspend(facts, invite.used, it);
      return undefined;
    },

    'member.admit': (facts, it) => {
      const { device } = it.payload;
      const clause = clauseOf(facts, 'admission')!;
      const invite = facts.invites.get(it.payload.invite);
      if (invite === undefined) return no('invite-unknown');
      if (!may(facts, it.member, 'invite')) return no('not-entitled', clauseOf(facts, 'membership'));
      const inviter = facts.members.get(invite.by)!;
      const invites =
        may(facts, invite.by, 'invite') ||
        (decisions.isUnknownEnd(it, invite.by) && rightsOf(facts, inviter.type).includes('invite'));
      if (!invites) return no('inviter-not-entitled', clause);
      if (facts.devices.has(device) || decisions.isOthers(device, it.id)) return no('device-known');
      const before = invite.used.filter((id) => saw(it, id));
      if (before.length >= invite.uses) return no('invite-used-up', clause, before);
      const seen = [invite.issue, ...invite.revocations].filter((id) => saw(it, id)).map((id) => byId.get(id)!.type);
      if (seen.includes('invite.revoke') || seen.length > 1) return no('invite-revoked', clause);
      const byDecision = paramsOf(facts, 'admission').mode === 'decision';
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
        why: { events: [invite.issue, ...invite.revocations, it.id], clause },
      });
      facts.devices.set(device, { member: it.id, status: 'active', forked: false });
      invite.used.push(it.id);
      if (invite.used.length <= invite.uses) return undefined;
      for (const id of invite.used) {
        const rivals = invite.used.filter((other) => other !== id && !saw(byId.get(other)!, id));
        const member = facts.members.get(id)!;
        if (rivals.length < invite.uses || !isNew(member)) continue;
        const unnamed = rivals.filter((rival) => !member.why.events.includes(rival));
        Object.assign(member, { status: 'waiting', why: and(member.why, unnamed) });
      }
      return undefined;
    },

    'member.leave': (facts, it) => {
      const member = facts.members.get(it.member)!;
      Object.assign(member, { status: 'left', until: it.id, why: and(member.why, [it.id]) });
      endBookings(facts, it.member, it.id, (id) => byId.get(id)!);
      return undefined;
    },

    'member.announce': (facts, it) => {
      const member = facts.members.get(it.member)!;
      if (!it.payload.leaves) {
        if (member.leaving === undefined) return no('leaving-not-announced');
        delete member.leaving;
        return undefined;
      }
      if (member.leaving !== undefined) return no('leaving-announced', undefined, [member.leaving.event]);
      member.leaving = { event: it.id };
      return undefined;
    },

    'device.certify': (facts, it) => {
      const { device, role } = it.payload;
      const member = facts.members.get(it.member)!;
      const held = member.devices.filter((own) => facts.devices.get(own)!.status !== 'revoked');
      if (facts.devices.has(device) || decisions.isOthers(device, it.member)) return no('device-known');
      if (held.length >= MAX_DEVICES) return no('too-many-devices');
      member.devices.push(device);
      const keeper = role === 'keeper' ? { keeper: it.id } : {};
      facts.devices.set(device, { member: it.member, status: 'active', forked: false, ...keeper });
      return undefined;
    },

    'device.revoke': (facts, it) => {
      const device = facts.devices.get(it.payload.device);
      if (device?.member !== it.member) return no('device-unknown');
      device.status = 'revoked';
      return undefined;
    },

    'device.receives': (facts, it) => {
      if (!isUsable(it.payload.key)) return no('receiving-key-unusable');
      facts.devices.get(it.device)!.receives = it.payload.key;
      return undefined;
    },
  };
}

function isNew(member: MemberFact): boolean {
  return member.since === member.id && ['active', 'applicant'].includes(member.status);
}
