import { type Of, boolean, bytes, id, integer, matching, object, oneOf, optional, text } from '../../record/shape';
import { type TextRef, textRef } from '../../record/text';
import type { Clause, Why } from '../why';

/** What a membership type may allow. `block` is the right to block a decision whose class permits blocks. */
export const RIGHTS = ['vote', 'propose', 'block', 'invite', 'sponsor', 'post', 'spend', 'book'] as const;
export type Right = (typeof RIGHTS)[number];

/** Short names inside parameters: membership types, decision classes, protocols, expense categories. */
export const slug = matching(/^[a-z][a-z0-9-]{0,39}$/);

/** How many may join by one invite. */
export const MAX_USES = 150;
/** For how long an invite can be good. */
export const MAX_INVITE_DAYS = 365;

export const memberEvents = {
  'invite.issue': object({
    /** Public half of the one-time secret; also the invite's id. */
    invite: id,
    type: slug,
    uses: integer(1, MAX_USES),
    /** For how many, from the time that its author claims, the apps that admit let somebody in by it. The fold reads no clock. */
    days: integer(1, MAX_INVITE_DAYS),
  }),
  'invite.revoke': object({ invite: id }),
  'member.admit': object({
    invite: id,
    device: id,
    name: textRef,
    /** Signature by the invite's secret half over network, device and nonce. */
    proof: bytes(64),
    /** Signature by the joining device over network, invite and nonce: nobody can admit a device that did not ask. */
    consent: bytes(64),
    nonce: id,
  }),
  'member.describe': object({
    name: textRef,
    about: optional(textRef),
    seeks: optional(textRef),
    offers: optional(textRef),
  }),
  'member.leave': object({}),
  /** That one will leave after the notice that the agreement asks for, or that one stays after all. */
  'member.announce': object({ leaves: boolean }),
  /** `role` `keeper`: it holds and passes on what there is, and decides nothing. */
  'device.certify': object({ device: id, label: text(40, 1), proof: bytes(64), role: optional(oneOf('keeper')) }),
  'device.revoke': object({ device: id }),
  /** Public X25519 key, to which others encrypt what only this device is to read. */
  'device.receives': object({ key: id }),
} as const;
export type MemberPayloads = { [T in keyof typeof memberEvents]: Of<(typeof memberEvents)[T]> };

export interface Member {
  /** Id of the founding or admitting event. */
  readonly id: string;
  readonly name: TextRef;
  readonly about?: TextRef;
  readonly seeks?: TextRef;
  readonly offers?: TextRef;
  readonly type: string;
  /** `applicant`: let in by an invite where the agreement asks for a decision; `waiting`: rival admissions of one invite. */
  readonly status: 'active' | 'applicant' | 'waiting' | 'left' | 'removed';
  readonly devices: readonly string[];
  readonly invitedBy?: string;
  /** Order of joining in this state, from 1; for lists alone, since a hash can decide it. */
  readonly number: number;
  /** The event from which the membership counts: founding, admission, or the proposal that admitted. */
  readonly since: string;
  /** Height of the first seal that has the membership: from the next one on, the member is in electorates. */
  readonly sealed?: number;
  /** Height of the first seal that has them gone. */
  readonly gone?: number;
  /** What they had not settled by that seal, and the agreement asks for. */
  readonly unsettled?: Unsettled;
  /** Claimed time of joining, for display. */
  readonly time: number;
  /** The event by which they left, or the decision that removed them. */
  readonly until?: string;
  /** That they announced to leave, by which event; `due`, once a seal has it: agreed time at which the notice is over, ms. */
  readonly leaving?: { readonly event: string; readonly due?: number };
  readonly why: Why;
}

/** What somebody left behind against the agreement. */
export interface Unsettled {
  /** Ids of pledges that are due, ascending. */
  readonly pledges: readonly string[];
  /** What the books say they owe the network, by unit, ascending; minor units. */
  readonly debts: readonly { readonly unit: string; readonly amount: number }[];
  /** What is open of what the agreement asks each period, in the same way. */
  readonly dues: readonly { readonly unit: string; readonly amount: number }[];
  /** Days of notice that they did not keep; only where they did not. */
  readonly notice?: number;
  readonly clause: Clause;
}

export interface Device {
  readonly id: string;
  readonly member: string;
  readonly label: string;
  /** `keeper`: whatever it signs has no effect, and it seals for nobody. */
  readonly role?: 'keeper';
  /** Public X25519 key to which others encrypt for this device: the last that it published. */
  readonly receives?: string;
  /** `frozen`: a sealed cut holds the proof that it signed two histories. */
  readonly status: 'active' | 'revoked' | 'frozen';
  /** Proof that it signed two different events as its number so and so: their ids, ascending. */
  readonly fork?: readonly [string, string];
  readonly why: Why;
}

export interface Invite {
  readonly id: string;
  readonly by: string;
  readonly type: string;
  readonly uses: number;
  readonly days: number;
  readonly revoked: boolean;
  /** Members admitted by it. */
  readonly used: readonly string[];
  readonly time: number;
  readonly why: Why;
}
