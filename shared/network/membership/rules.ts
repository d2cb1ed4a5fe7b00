import { inForce } from '../agreement/in-force';
import { type Context, type Rules, type Typed, refuse } from '../rule';
import type { Invite, Member, MemberPayloads } from './model';
import { hasRight } from './queries';

const MAX_DEVICES = 10;

export const memberRules: Rules<keyof MemberPayloads> = {
  'invite.issue': ({ tables }, event) => {
    const { invite, type, uses, expires } = event.payload;
    const { params, clause } = inForce(tables.state, 'membership');
    if (!hasRight(tables.state, event.member, 'invite')) return refuse('not-entitled', clause);
    if (!params.types.some((known) => known.id === type)) return refuse('membership-type-unknown', clause);
    if (tables.get('invites', invite) !== undefined) return refuse('invite-twice');
    tables.set('invites', invite, {
      id: invite,
      by: event.member,
      type,
      uses,
      expires,
      revoked: false,
      used: [],
      time: event.time,
      why: { events: [event.id], clause },
    });
    return undefined;
  },

  'invite.revoke': (context, event) => {
    const { tables, past } = context;
    const invite = tables.get('invites', event.payload.invite);
    if (invite === undefined) return refuse('invite-unknown');
    const { clause } = inForce(tables.state, 'membership');
    if (invite.by !== event.member && !hasRight(tables.state, event.member, 'invite'))
      return refuse('not-entitled', clause);
    tables.set('invites', invite.id, {
      ...invite,
      revoked: true,
      why: { ...invite.why, events: [...invite.why.events, event.id] },
    });
    // Its issuer's revocation counts against an admission that did not know of it, in either order of arrival.
    for (const id of invite.by === event.member ? invite.used : []) {
      const admission = past.get(id)!;
      const member = tables.get('members', id)!;
      if (!isNew(member) || past.precedes(admission, lift(context, event))) continue;
      tables.set('members', id, {
        ...member,
        status: 'waiting',
        why: { ...member.why, events: [...member.why.events, event.id] },
      });
    }
    return undefined;
  },

  'member.admit': (context, event) => {
    const { tables, past } = context;
    const { invite: inviteId, device, name } = event.payload;
    const invite = tables.get('invites', inviteId);
    const { params, clause } = inForce(tables.state, 'admission');
    if (invite === undefined) return refuse('invite-unknown');
    if (!hasRight(tables.state, event.member, 'invite'))
      return refuse('not-entitled', inForce(tables.state, 'membership').clause);
    if (!hasRight(tables.state, invite.by, 'invite')) return refuse('inviter-not-entitled', clause);
    if (tables.get('devices', device) !== undefined) return refuse('device-known');
    const here = lift(context, event);
    const seen = invite.used.filter((id) => past.precedes(past.get(id)!, here));
    if (seen.length >= invite.uses) return refuse('invite-used-up', clause, seen);
    if (invite.revoked && invite.why.events.slice(1).some((id) => past.precedes(past.get(id)!, here))) {
      return refuse('invite-revoked', clause);
    }
    const suspended = invite.why.events.slice(1).some((id) => past.get(id)!.member === invite.by);
    const status = suspended ? 'waiting' : params.mode === 'decision' ? 'applicant' : 'active';
    const why = { events: [...invite.why.events, event.id], clause };
    tables.set('members', event.id, {
      id: event.id,
      name,
      type: invite.type,
      status,
      devices: [device],
      invitedBy: invite.by,
      number: tables.state.members.size + 1,
      since: event.id,
      time: event.time,
      why,
    });
    tables.set('devices', device, { id: device, member: event.id, label: '', status: 'active', why });
    const used = { ...invite, used: [...invite.used, event.id] };
    tables.set('invites', inviteId, used);
    holdRivals(context, used);
    return undefined;
  },

  'member.describe': ({ tables }, event) => {
    const member = tables.get('members', event.member)!;
    const { name, about, seeks, offers } = event.payload;
    const { about: _about, seeks: _seeks, offers: _offers, ...rest } = member;
    tables.set('members', member.id, {
      ...rest,
      name,
      ...(about === undefined ? {} : { about }),
      ...(seeks === undefined ? {} : { seeks }),
      ...(offers === undefined ? {} : { offers }),
    });
    return undefined;
  },

  'member.leave': ({ tables }, event) => {
    const member = tables.get('members', event.member)!;
    tables.set('members', member.id, {
      ...member,
      status: 'left',
      until: event.id,
      why: { ...member.why, events: [...member.why.events, event.id] },
    });
    return undefined;
  },

  'device.certify': ({ tables }, event) => {
    const { device, label } = event.payload;
    const member = tables.get('members', event.member)!;
    if (tables.get('devices', device) !== undefined) return refuse('device-known');
    if (member.devices.length >= MAX_DEVICES) return refuse('too-many-devices');
    tables.set('members', member.id, { ...member, devices: [...member.devices, device] });
    tables.set('devices', device, {
      id: device,
      member: member.id,
      label,
      status: 'active',
      why: { events: [event.id] },
    });
    return undefined;
  },

  'device.revoke': ({ tables }, event) => {
    const device = tables.get('devices', event.payload.device);
    if (device === undefined || device.member !== event.member) return refuse('device-unknown');
    tables.set('devices', device.id, {
      ...device,
      status: 'revoked',
      why: { events: [...device.why.events, event.id] },
    });
    return undefined;
  },
};

/** Admissions that did not know of each other and together go beyond the invite's uses all wait: none wins by a race. */
function holdRivals({ tables, past }: Context, invite: Invite): void {
  if (invite.used.length <= invite.uses) return;
  for (const id of invite.used) {
    const admission = past.get(id)!;
    const others = invite.used.filter((other) => other !== id && !past.precedes(admission, past.get(other)!));
    const member = tables.get('members', id);
    if (others.length < invite.uses || member === undefined || !isNew(member)) continue;
    tables.set('members', id, {
      ...member,
      status: 'waiting',
      why: { ...member.why, events: [...new Set([...member.why.events, ...others])] },
    });
  }
}

/** In by the invite alone: who was since admitted by a decision, or has left, is no longer a matter of the invite. */
function isNew(member: Member): boolean {
  return member.since === member.id && (member.status === 'active' || member.status === 'applicant');
}

/** The record's own entry of an event in hand, for questions of ancestry. */
function lift({ past }: Context, event: Typed<keyof MemberPayloads>) {
  return past.get(event.id)!;
}
