import { inForce } from '../agreement/in-force';
import type { Entry } from '../../record/entry';
import { canReceive } from '../../record/receiving-key';
import { comesAfter } from '../decisions/asked';
import { versionInForce } from '../agreement/queries';
import { knewOfEnd } from '../ends';
import { type Context, type Rules, type Typed, refuse } from '../rule';
import { agreedFor } from '../standing';
import type { State } from '../state';
import { endBookings } from '../use/taking-back';
import type { Invite, Member, MemberPayloads } from './model';
import { hasRight, hasRoomForDevice, typeHasRight } from './queries';

const ISSUE = 'invite.issue';

export const memberRules: Rules<keyof MemberPayloads> = {
  'invite.issue': (context, event) => {
    const { tables, past } = context;
    const { invite, type, uses, days } = event.payload;
    const agreed = agreedFor(context, event);
    const { params, clause } = inForce(agreed, 'membership');
    if (!hasRight(agreed, event.member, 'invite')) return refuse('not-entitled', clause);
    if (!params.types.some((known) => known.id === type)) return refuse('membership-type-unknown', clause);
    const admission = inForce(agreed, 'admission');
    if (days > admission.params.days) return refuse('invite-too-long', admission.clause);
    const known = tables.get('invites', invite);
    if (known !== undefined) {
      if (past.precedes(past.get(known.why.events[0]!)!, lift(context, event))) return refuse('invite-twice');
      // Two who issued one invite without knowing of each other: it admits nobody, or a hash would decide whose it is.
      close(context, event, known, true);
      return undefined;
    }
    tables.set('invites', invite, {
      id: invite,
      by: event.member,
      type,
      uses,
      days,
      revoked: false,
      used: [],
      time: event.time,
      why: { events: [event.id], clause },
    });
    return undefined;
  },

  'invite.revoke': (context, event) => {
    const { tables } = context;
    const invite = tables.get('invites', event.payload.invite);
    if (invite === undefined) return refuse('invite-unknown');
    const agreed = agreedFor(context, event);
    if (invite.by !== event.member && !hasRight(agreed, event.member, 'invite'))
      return refuse('not-entitled', inForce(agreed, 'membership').clause);
    // Its issuer's revocation counts against an admission that did not know of it.
    close(context, event, invite, invite.by === event.member);
    return undefined;
  },

  'member.admit': (context, event) => {
    const { tables, past } = context;
    const { invite: inviteId, device, name } = event.payload;
    const invite = tables.get('invites', inviteId);
    const agreed = agreedFor(context, event);
    const { params, clause } = inForce(agreed, 'admission');
    if (invite === undefined) return refuse('invite-unknown');
    if (!hasRight(agreed, event.member, 'invite')) return refuse('not-entitled', inForce(agreed, 'membership').clause);
    if (!mayStillInvite(context, agreed, invite.by, past.get(event.id)!)) return refuse('inviter-not-entitled', clause);
    if (tables.get('devices', device) !== undefined || goesByAnother(context, device, event.id))
      return refuse('device-known');
    const here = lift(context, event);
    const seen = invite.used.filter((id) => past.precedes(past.get(id)!, here));
    if (seen.length >= invite.uses) return refuse('invite-used-up', clause, seen);
    if (endingsSeen(context, invite, here)) return refuse('invite-revoked', clause);
    const suspended = endingsOf(context, invite).some(({ member, type }) => member === invite.by || type === ISSUE);
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

  'member.leave': (context, event) => {
    const { tables } = context;
    const member = tables.get('members', event.member)!;
    tables.set('members', member.id, {
      ...member,
      status: 'left',
      until: event.id,
      why: { ...member.why, events: [...member.why.events, event.id] },
    });
    endBookings(context, member.id, event.id);
    return undefined;
  },

  'member.announce': ({ tables }, event) => {
    const { leaving, ...member } = tables.get('members', event.member)!;
    const { leaves } = event.payload;
    if (leaves && leaving !== undefined) return refuse('leaving-announced', undefined, [leaving.event]);
    if (!leaves && leaving === undefined) return refuse('leaving-not-announced');
    tables.set('members', member.id, leaves ? { ...member, leaving: { event: event.id } } : member);
    return undefined;
  },

  'device.certify': (context, event) => {
    const { tables } = context;
    const { device, label, role } = event.payload;
    const member = tables.get('members', event.member)!;
    if (tables.get('devices', device) !== undefined || goesByAnother(context, device, event.member))
      return refuse('device-known');
    if (!hasRoomForDevice(tables.state, member.id)) return refuse('too-many-devices');
    tables.set('members', member.id, { ...member, devices: [...member.devices, device] });
    tables.set('devices', device, {
      id: device,
      member: member.id,
      label,
      ...(role === undefined ? {} : { role }),
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

  'device.receives': ({ tables }, event) => {
    const { key } = event.payload;
    if (!canReceive(key)) return refuse('receiving-key-unusable');
    tables.set('devices', event.device, { ...tables.get('devices', event.device)!, receives: key });
    return undefined;
  },
};

const isGone = ({ status }: Member): boolean => status === 'left' || status === 'removed';

/** Whether an inviter has the right, as far as who admits by the invite could know. */
function mayStillInvite(context: Context, agreed: State, id: string, admission: Entry): boolean {
  if (hasRight(agreed, id, 'invite')) return true;
  const member = agreed.members.get(id)!;
  return (
    isGone(member) &&
    !knewOfEnd(context, member, admission) &&
    typeHasRight(versionInForce(agreed)!, member.type, 'invite')
  );
}

/** What ended an invite: revocations, and issues of the same one. */
function endingsOf({ past }: Context, invite: Invite): readonly Entry[] {
  return invite.why.events.slice(1).map((id) => past.get(id)!);
}

/** Whether who admits by an invite had seen that it has ended: by a revocation, or by a second of its issues. */
function endingsSeen(context: Context, invite: Invite, here: Entry): boolean {
  const { past } = context;
  const seen = endingsOf(context, invite).filter((ending) => past.precedes(ending, here));
  const issues = seen.filter(({ type }) => type === ISSUE).length;
  if (issues < seen.length) return true;
  return issues + (past.precedes(past.get(invite.why.events[0]!)!, here) ? 1 : 0) > 1;
}

/** From here on an invite admits nobody; where asked, whoever it admitted without knowing of that waits, in either order of arrival. */
function close(
  context: Context,
  event: Typed<'invite.issue' | 'invite.revoke'>,
  invite: Invite,
  suspends: boolean,
): void {
  const { tables, past } = context;
  tables.set('invites', invite.id, {
    ...invite,
    revoked: true,
    why: { ...invite.why, events: [...invite.why.events, event.id] },
  });
  for (const id of suspends ? invite.used : []) {
    const admission = past.get(id)!;
    const member = tables.get('members', id)!;
    if (!isNew(member) || past.precedes(admission, lift(context, event))) continue;
    tables.set('members', id, {
      ...member,
      status: 'waiting',
      why: { ...member.why, events: [...member.why.events, event.id] },
    });
  }
}

/**
 * Whether a device's chain goes by another certificate than one for this member: whoever joined, was interrupted and asked again elsewhere
 * may have several. The order of the fold must not decide which counts, or all that the device signed could be of no effect.
 */
function goesByAnother({ past }: Context, device: string, member: string): boolean {
  const roots = past.rootsOf(device);
  const first = roots.reduce<Entry | undefined>((a, b) => (a === undefined || comesAfter(a, b) ? b : a), undefined);
  return first !== undefined && first.member !== member;
}

/** Admissions that did not know of each other and together go beyond the invite's uses all wait: none wins by a race. */
function holdRivals({ tables, past }: Context, invite: Invite): void {
  if (invite.used.length <= invite.uses) return;
  for (const id of invite.used) {
    const admission = past.get(id)!;
    const others = invite.used.filter((other) => other !== id && !past.precedes(admission, past.get(other)!));
    const member = tables.get('members', id)!;
    if (others.length < invite.uses || !isNew(member)) continue;
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
