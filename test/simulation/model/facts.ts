import type { DecisionClass, ProtocolSpec } from '../../../shared/network/agreement/model';
import type { Effect } from '../../../shared/network/decisions/model';
import type { Clause, Why } from '../../../shared/network/why';
import type { Happening } from './happening';
import type { Came } from './outcome';

/** What the model says is so. Plain rows, written over as the fold goes; every fold starts from nothing. */
export interface Facts {
  readonly members: Map<string, MemberFact>;
  readonly devices: Map<
    string,
    {
      member: string;
      status: 'active' | 'revoked' | 'frozen';
      forked: boolean;
      /** The certificate by which it is a keeper. */
      keeper?: string;
      receives?: string;
      restoredBy?: string;
    }
  >;
  readonly invites: Map<
    string,
    { by: string; type: string; uses: number; used: string[]; issue: string; revocations: string[] }
  >;
  readonly versions: Map<string, VersionFact>;
  /** In force; while an event is weighed, that by which its author is judged. */
  version: string;
  /** In force at the place of the event in hand. */
  here: string;
  /** Which version each seal left in force, with its agreed time, the oldest first. */
  readonly inForce: { readonly version: string; readonly time: number }[];
  /** Version of the rules in force. */
  rules: number;
  readonly proposals: Map<string, ProposalFact>;
  readonly ballots: Map<string, { proposal: string; standing: string }>;
  readonly entries: Map<string, EntryFact>;
  readonly balances: Map<string, number>;
  readonly allowances: Map<string, { unit: string; amount: number; resource?: string; entries: string[] }>;
  readonly resources: Map<string, ResourceFact>;
  readonly pledges: Map<string, PledgeFact>;
  readonly publications: Map<string, PublicationFact>;
  readonly bookings: Map<string, BookingFact>;
  readonly erased: Set<string>;
  readonly withoutEffect: Map<string, Refusal>;
  readonly seals: Map<number, SealFact>;
  /** Heights of which two seals hold. */
  readonly rivals: number[];
  /** Of each event that a cut has, the height of the first. */
  readonly cuts: Map<string, number>;
}

export interface VersionFact {
  readonly base: string | null;
  readonly protocols: readonly ProtocolSpec[];
  /** Ids of protocols that are out of force for the time being. */
  readonly suspended: readonly string[];
}

/** A seal as the model finds it, and the votes by which it holds. */
export interface SealFact {
  readonly height: number;
  readonly value: string;
  readonly previous: string;
  readonly time: number;
  readonly digest: string;
  readonly ready: readonly string[];
  /** All precommits for it that count. */
  readonly commits: readonly Happening[];
}
export interface Sum {
  readonly unit: string;
  readonly amount: number;
}
export interface MemberFact {
  id: string;
  type: string;
  status: 'active' | 'applicant' | 'waiting' | 'left' | 'removed';
  devices: string[];
  since: string;
  until?: string;
  /** Height of the first seal that has the membership. */
  sealed?: number;
  /** Agreed time of the first seal that has the membership. */
  sealedAt?: number;
  /** The announcement to leave, and when the notice is over. */
  leaving?: { readonly event: string; due?: number };
  gone?: number;
  unsettled?: {
    readonly pledges: readonly string[];
    readonly debts: readonly Sum[];
    readonly dues: readonly Sum[];
    readonly notice?: number;
  };
  why: Why;
}
/** What the newest seal fixed for what comes after it. */
export interface GroundFact {
  readonly version: string;
  readonly members: readonly MemberFact[];
}
export interface ProposalFact {
  id: string;
  by: string;
  effect: Effect;
  rule: DecisionClass;
  electorate: string[];
  blockers: string[];
  status: string;
  tally: Came['tally'];
  from: string[];
  deadline: number;
  /** Names the class that decides, in the version by which it was opened. */
  clause: Clause;
  /** Agreed time of the seal that first had it. */
  opened?: number;
  sealed?: number;
}
export interface EntryFact {
  id: string;
  kind: string;
  postings: readonly { readonly account: string; readonly unit: string; readonly amount: number }[];
  status: string;
  allowance?: string;
  pledge?: string;
  reversedBy?: string;
}
export interface ResourceFact {
  id: string;
  by: string;
  unit: string;
  status: 'sought' | 'deciding' | 'agreed' | 'held' | 'dropped';
  proposal?: string;
  dropped?: string;
  /** The payment by which it is held, and what the seal that has that fixed. */
  purchase?: string;
  shares?: ReadonlyMap<string, number>;
  why: Why;
}
export interface PledgeFact {
  id: string;
  resource: string;
  member: string;
  amount: number;
  unit: string;
  together: number;
  paid: number;
  /** What withdrew it. */
  off: string[];
  /** Why it is over: its member was gone before anything was decided, and took it with them. */
  over?: Why;
  /** Entries that pay it, or reverse one that did. */
  entries: string[];
  status: 'stands' | 'due' | 'paid' | 'lapsed' | 'withdrawn';
}

export interface BookingFact {
  readonly id: string;
  readonly member: string;
  readonly resource: string;
  /** Its dates, each by itself. */
  readonly nights: readonly string[];
  /** Of the agreement, under which it was made. */
  readonly version: string;
  /** What took it back. */
  readonly off: string[];
  status: 'stands' | 'waiting' | 'cancelled' | 'ended';
  clashes: string[];
  over: string[];
}
export interface PublicationFact {
  readonly id: string;
  readonly page: string;
  readonly by: string;
  /** By one member, and not by a decision. */
  readonly alone: boolean;
  readonly withdrawals: Set<string>;
  status: 'waiting' | 'public' | 'replaced' | 'withdrawn' | 'clashing' | 'lapsed';
  sealed?: number;
}

/** Why an event has no effect: a code of docs/protocol.md, and what the table of refusals in docs/protocol-state.md has beside it. */
export interface Refusal {
  readonly code: string;
  readonly clause?: Clause | undefined;
  readonly events?: readonly string[];
}

export function nothing(): Facts {
  return {
    members: new Map(),
    devices: new Map(),
    invites: new Map(),
    versions: new Map(),
    version: '',
    here: '',
    inForce: [],
    rules: 0,
    proposals: new Map(),
    ballots: new Map(),
    entries: new Map(),
    balances: new Map(),
    allowances: new Map(),
    resources: new Map(),
    pledges: new Map(),
    publications: new Map(),
    bookings: new Map(),
    erased: new Set(),
    withoutEffect: new Map(),
    seals: new Map(),
    rivals: [],
    cuts: new Map(),
  };
}

/** The parameters of a kind of protocol in the version in force, or another. */
export function paramsOf<K extends ProtocolSpec['kind']>(facts: Facts, kind: K, version = facts.version) {
  const spec = facts.versions.get(version)!.protocols.find((one) => one.kind === kind)!;
  return spec.params as Extract<ProtocolSpec, { kind: K }>['params'];
}

export function may(facts: Facts, member: string, right: string, version = facts.version): boolean {
  const row = facts.members.get(member);
  if (row?.status !== 'active') return false;
  return rightsOf(facts, row.type, version).includes(right);
}

export function rightsOf(facts: Facts, type: string, version = facts.version): readonly string[] {
  return paramsOf(facts, 'membership', version).types.find((one) => one.id === type)?.rights ?? [];
}
