import { type Of, bytes, id, integer, isRecord, list, object, oneOf, optional, tagged } from '../../record/shape';
import { MAX_RULES } from '../../record/event';
import { type TextRef, otherText, textRef } from '../../record/text';
import { type DecisionClass, amount, protocolSpecs, unit } from '../agreement/model';
import { slug } from '../membership/model';
import { published } from '../publication/model';
import type { Clause, Why } from '../why';

/** What comes into force when the proposal is adopted. `base` names the agreement version that the change was written against. */
export const effect = tagged('kind', {
  none: object({}),
  adopt: object({ base: id, protocols: protocolSpecs }),
  /** Parameters are checked against the protocol's kind when the proposal is folded; here only that they are a map. */
  parameters: object({ base: id, protocol: slug, params: isRecord }),
  /** One protocol out of force for the time being, in force again, or dropped for good. */
  suspend: object({ base: id, protocol: slug }),
  resume: object({ base: id, protocol: slug }),
  retire: object({ base: id, protocol: slug }),
  admit: object({ member: id }),
  remove: object({ member: id }),
  /** A new device is the member's, in place of all that they had, from the seal on that fixes the decision. `consent` is that device's signature. */
  restore: object({ member: id, device: id, consent: bytes(64) }),
  /** Members may together spend up to `amount` of `unit` under this decision. */
  spend: object({ amount, unit }),
  /** Buy a candidate for up to `amount`; pledges for it fall due. */
  buy: object({ resource: id, amount, unit }),
  /** Erase a text that an event names, whoever wrote it; it is deleted once a seal has fixed the decision. */
  erase: object({ event: id, text: otherText }),
  /** This text of a page of the commons is public from the seal on that fixes the decision, for everyone. */
  publish: object(published),
  /** Divide a sum among members, as the protocol `distribution` says, once a seal has fixed the decision; by shares in `resource`, if by shares. */
  distribute: object({ amount, unit, resource: optional(id) }),
  /** The next version of the rules by which the record is folded; in force once a seal has fixed the decision. */
  rules: object({ version: integer(2, MAX_RULES) }),
});
export type Effect = Of<typeof effect>;

export const CHOICES = ['agree', 'abstain', 'disagree', 'block'] as const;
export type Choice = (typeof CHOICES)[number];

export const decisionEvents = {
  'proposal.open': object({
    title: textRef,
    text: textRef,
    effect,
    /** When the vote is to end: the first seal at or past it, and past the agreement's days, closes it. Milliseconds since 1970. */
    deadline: integer(0, Number.MAX_SAFE_INTEGER),
  }),
  'proposal.withdraw': object({ proposal: id }),
  'ballot.cast': object({ proposal: id, choice: oneOf(...CHOICES), reason: optional(textRef) }),
  /** Closes a vote on the ballots that the closer had seen: exactly the counting ballots among this event's ancestors. */
  'decision.close': object({ proposal: id, ballots: list(id, 1_000) }),
} as const;
export type DecisionPayloads = { [T in keyof typeof decisionEvents]: Of<(typeof decisionEvents)[T]> };

export interface Tally {
  readonly electorate: number;
  readonly agree: number;
  readonly abstain: number;
  readonly disagree: number;
  readonly block: number;
}

export type ProposalStatus =
  | 'open'
  | 'adopted'
  | 'rejected'
  | 'withdrawn'
  /** Adopted, but its effect clashes with that of a concurrent decision; members put it again. */
  | 'clashing'
  /** Its base is no longer in force, so it can not be adopted as it stands. */
  | 'superseded';

export interface Proposal {
  readonly id: string;
  readonly by: string;
  readonly title: TextRef;
  readonly text: TextRef;
  readonly effect: Effect;
  readonly rule: DecisionClass;
  readonly clause: Clause;
  /** Member ids who may vote, fixed by the record when the proposal was opened. */
  readonly electorate: readonly string[];
  /** Those of the electorate who may block. */
  readonly blockers: readonly string[];
  readonly deadline: number;
  readonly status: ProposalStatus;
  readonly tally: Tally;
  readonly time: number;
  /** Agreed time of the first seal that has it: from then on the agreement's days for deliberation run. */
  readonly opened?: number;
  /** Height of the seal that fixed the result; until then it is provisional. */
  readonly sealed?: number;
  /** Claimed time of the event that decided it, or the agreed time of the seal that closed it. */
  readonly decidedTime?: number;
  /** Proposal, counted ballots and closing; until decided, the ballots that count so far. */
  readonly why: Why;
}

export interface Ballot {
  /** Event id. */
  readonly id: string;
  readonly proposal: string;
  readonly member: string;
  readonly choice: Choice;
  readonly reason?: TextRef;
  readonly time: number;
  /**
   * `replaced`: the member cast a later one; `unclear`: two concurrent ballots of one member, neither counts until they vote again;
   * `late`: the proposal had been decided, or its closing did not have it; `kept`: would take back an assent that can not be taken back.
   */
  readonly standing: 'counts' | 'replaced' | 'unclear' | 'late' | 'kept';
}
