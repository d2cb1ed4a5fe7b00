import {
  type Of,
  type Shape,
  integer,
  list,
  matching,
  nullable,
  object,
  oneOf,
  optional,
  tagged,
  text,
} from '../../record/shape';
import { type TextRef, textRef } from '../../record/text';
import { MAX_INVITE_DAYS, RIGHTS, slug } from '../membership/model';
import type { Why } from '../why';

/** Integer minor units (cents for EUR; hundredths of an hour for hours). Bounded so that sums of many stay exact. */
export const MAX_AMOUNT = 1_000_000_000_000;
export const amount = integer(1, MAX_AMOUNT);
const percent = integer(0, 100);
/** Nights or days: a leap year. */
export const MAX_STAY = 366;
/** Days of notice: two years. */
export const MAX_NOTICE = 730;
const label = text(60, 1);
/** Currency code (`EUR`), or `hour`. */
export const unit = matching(/^([A-Z]{3}|hour)$/);

/** Whether the port that an address may end with is one. */
const withPort =
  (pattern: RegExp): Shape<string> =>
  (value): value is string => {
    if (typeof value !== 'string' || value.length > 200) return false;
    const match = pattern.exec(value);
    return match !== null && Number(match[1] ?? 1) >= 1 && Number(match[1] ?? 1) <= 65_535;
  };
const HOST = '[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?';
/**
 * Addresses to which every member's app connects by itself. Exact, since a browser throws at an address that it can not read, and with it
 * at every connection.
 */
export const placeAddress = withPort(new RegExp(`^wss://${HOST}(?::(\\d{1,5}))?(?:/[A-Za-z0-9._~/-]*)?$`));
export const stunAddress = withPort(new RegExp(`^stun:${HOST}(?::(\\d{1,5}))?$`));
export const turnAddress = withPort(new RegExp(`^turns?:${HOST}(?::(\\d{1,5}))?(?:\\?transport=(?:udp|tcp))?$`));

export const membershipType = object({ id: slug, label, rights: list(oneOf(...RIGHTS), RIGHTS.length) });

/** Kinds of what a proposal can bring about for each of which the protocol `decisions` names the class that decides it. */
export const CLASSED_KINDS = [
  'none',
  'adopt',
  'parameters',
  'suspend',
  'admit',
  'remove',
  'spend',
  'buy',
  'erase',
] as const;
export type ClassedKind = (typeof CLASSED_KINDS)[number];
/** What a proposal can bring about. */
export const EFFECT_KINDS = [
  ...CLASSED_KINDS,
  'restore',
  'resume',
  'retire',
  'publish',
  'distribute',
  'rules',
] as const;
export type EffectKind = (typeof EFFECT_KINDS)[number];

/**
 * The kind by whose class a kind of effect is decided, where no other protocol says it. New rules change what the whole agreement means, and
 * so go by that of a new one; so does what is made public, which can not be called back. Who is restored hands on all that a member is, and
 * so it takes what it takes to end that.
 */
export function classedAs(kind: EffectKind): ClassedKind {
  switch (kind) {
    case 'resume':
      return 'suspend';
    case 'retire':
    case 'publish':
    case 'rules':
      return 'adopt';
    case 'distribute':
      return 'spend';
    case 'restore':
      return 'remove';
    default:
      return kind;
  }
}

export const decisionClass = object({
  id: slug,
  label,
  /**
   * `assent`: adopted once `threshold` percent of the electorate agree; an agreement can not be taken back (monotone).
   * `vote`: ballots may change until decided; decided by all ballots in, by `threshold` percent of the electorate, or by a closing.
   */
  method: oneOf('assent', 'vote'),
  /** Membership types that vote; empty means every type with the right to vote. */
  electorate: list(slug, 20),
  /** Percent of the ballots that take a side (at a closing), or of the electorate (before one), that must agree. 100 means all. */
  threshold: integer(1, 100),
  /** Percent of the electorate that must have cast a ballot at a closing. */
  quorum: percent,
  /** Who may block: nobody, or members whose type has the right to. */
  block: oneOf('nobody', 'entitled'),
  /** Percent of the electorate whose agreement overcomes blocks; 0: a block can not be overcome. */
  override: percent,
  /** Days of deliberation that the app proposes before a closing. */
  days: integer(0, 365),
  /** Days after the deadline for which a seal still waits for ballots that were cast offline. */
  grace: integer(0, 60),
});
export type DecisionClass = Of<typeof decisionClass>;

const parameters = {
  purpose: object({}),
  practice: object({}),
  membership: object({ types: list(membershipType, 20, 1) }),
  admission: object({
    /** `invite`: an invite by an entitled member is enough; `decision`: the joiner is an applicant until members decide. */
    mode: oneOf('invite', 'decision'),
    /** Days for which an invite is good at most. */
    days: integer(1, MAX_INVITE_DAYS),
  }),
  decisions: object({
    classes: list(decisionClass, 20, 1),
    uses: object({
      none: slug,
      adopt: slug,
      parameters: slug,
      suspend: slug,
      admit: slug,
      remove: slug,
      spend: slug,
      buy: slug,
      erase: slug,
    }),
    /** Whatever changes one of these protocols, or this about it, is decided by this class and no other. */
    protects: optional(list(object({ protocol: slug, class: slug }), 100, 1)),
  }),
  spending: object({
    unit: unit,
    /** Up to this amount a member whose type may spend needs no decision; null: every expense needs one. */
    free: nullable(amount),
    /** A proposal to spend up to so much is decided by this class, smallest first; beyond the last, by that of `uses.spend`. */
    tiers: optional(list(object({ to: amount, class: slug }), 10, 1)),
  }),
  contributions: object({
    dues: list(object({ type: slug, unit: unit, amount, every: oneOf('month', 'quarter', 'year') }), 40),
  }),
  ownership: object({
    /** What shares in a bought resource follow: pledges paid, capital accounts, or one equal part each. */
    basis: oneOf('pledges', 'capital', 'equal'),
    shares: integer(1, 1_000_000),
  }),
  distribution: object({
    /** By which members decide on distributing money among themselves. */
    class: slug,
    /** By what it is divided: shares in a resource, what stands in capital accounts, or one equal part each. */
    basis: oneOf('shares', 'capital', 'equal'),
    /** Membership types whose members get a part; empty means all. */
    types: list(slug, 20),
    /** Of each sum, what stays with the network. */
    reserve: integer(0, 99),
  }),
  sealing: object({
    /** Membership types whose members seal; empty means everyone who votes. */
    types: list(slug, 20),
    /** `majority` reaches a seal with fewer, and one dishonest sealer can then sign two. */
    quorum: oneOf('two-thirds', 'majority'),
  }),
  publication: object({
    /** By which members decide on making a page public. */
    class: slug,
    /** Membership types whose members make a page public by themselves. */
    publishers: list(slug, 20),
    /** Who takes a page back by themselves: every member, or those who vote, who make pages public alone, and who put it forward. */
    withdraw: oneOf('members', 'voters'),
  }),
  leaving: object({
    /** What whoever leaves, or is removed, has to have settled by then: pledges that are due, what the books say they owe, dues. */
    settle: list(oneOf('pledges', 'debts', 'dues'), 3),
    /** Days from the seal that has an announcement to leave until it takes effect. */
    notice: integer(0, MAX_NOTICE),
    /** What becomes of their pledges that are not due. */
    pledges: oneOf('stay', 'lapse'),
  }),
  meeting: object({
    /** Signalling servers where every member's app looks for the others, beside those that it knows otherwise. */
    places: list(placeAddress, 4),
    /** Servers that tell an app at which address others see it (STUN), and that pass connections on where there is no other way (TURN). */
    stun: list(stunAddress, 2),
    turn: list(object({ address: turnAddress, username: text(128, 1), credential: text(128, 1) }), 2),
  }),
  use: object({
    /** What a booking has, and is counted in. The rules count dates, whichever it is. */
    counts: oneOf('nights', 'days'),
    /** Of one booking. */
    shortest: integer(1, MAX_STAY),
    longest: integer(1, MAX_STAY),
    /** Whether quotas are for each resource by itself, or for all together. */
    per: oneOf('resource', 'all'),
    /** The most that a member of the type may have in a calendar year; of a type that is not named, as many as they want. */
    quotas: list(object({ type: slug, most: integer(1, MAX_STAY) }), 20),
  }),
} as const;
export type ProtocolKind = keyof typeof parameters;
export const PROTOCOL_KINDS = Object.keys(parameters) as readonly ProtocolKind[];
export type Parameters<K extends ProtocolKind = ProtocolKind> = Of<(typeof parameters)[K]>;

type SpecOf<K extends ProtocolKind> = {
  readonly kind: K;
  readonly id: string;
  readonly title: string;
  readonly text: TextRef;
  readonly params: Parameters<K>;
};
/** One protocol: text, and where it is enforceable, parameters. At most one protocol of each enforceable kind is in force. */
export type ProtocolSpec = { [K in ProtocolKind]: SpecOf<K> }[ProtocolKind];

const specs = Object.fromEntries(
  PROTOCOL_KINDS.map((kind) => [
    kind,
    object({ id: slug, title: text(120, 1), text: textRef, params: parameters[kind] }),
  ]),
);
export const protocolSpec = tagged('kind', specs) as unknown as Shape<ProtocolSpec>;
export const protocolSpecs = list(protocolSpec, 100, 1);
export const parametersOf = (kind: ProtocolKind): Shape<unknown> => parameters[kind];

/** A version of the agreement: the set of protocols in force from one decision to the next. */
export interface AgreementVersion {
  /** The founding event or the proposal that adopted it. */
  readonly id: string;
  readonly number: number;
  readonly base: string | null;
  readonly protocols: readonly ProtocolSpec[];
  /** Ids of the protocols that are out of force for the time being, ascending: their parameters do nothing. */
  readonly suspended: readonly string[];
  readonly time: number;
  readonly why: Why;
}
