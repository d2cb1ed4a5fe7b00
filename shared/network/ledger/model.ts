import { type Of, id, integer, list, matching, object, oneOf, optional } from '../../record/shape';
import { type TextRef, textRef } from '../../record/text';
import { MAX_AMOUNT, unit } from '../agreement/model';
import type { Clause, Why } from '../why';

/**
 * Account ids: `bank`, `cash`, `in-kind`, `work` (assets), `member:<id>` (a member's capital account), `owed:<id>` (owed to a
 * member), `resource:<id>` (a held resource at cost), `expense:<category>`, `income:<category>`.
 */
export const account = matching(
  /^(bank|cash|in-kind|work|(member|owed|resource):[0-9a-f]{64}|(expense|income):[a-z][a-z0-9-]{0,39})$/,
);

/** Signed minor units: a debit is positive, a credit negative. The postings of an entry sum to zero in each unit. */
export const posting = object({ account, unit, amount: integer(-MAX_AMOUNT, MAX_AMOUNT) });
export type Posting = Of<typeof posting>;

export const ENTRY_KINDS = ['contribution', 'expense', 'transfer', 'income', 'purchase', 'reversal'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export const ledgerEvents = {
  'entry.post': object({
    kind: oneOf(...ENTRY_KINDS),
    /** Civil date of the transaction, `YYYY-MM-DD`. */
    date: matching(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/),
    memo: textRef,
    postings: list(posting, 40, 2),
    /** The adopted proposal whose allowance covers this payment. */
    allowance: optional(id),
    /** The entry that a reversal undoes, whole. */
    reverses: optional(id),
    resource: optional(id),
    /** The due pledge that a contribution pays, in whole or in part. */
    pledge: optional(id),
  }),
} as const;
export type LedgerPayloads = { [T in keyof typeof ledgerEvents]: Of<(typeof ledgerEvents)[T]> };

/**
 * Whether a payment was authorised. `free`: within what the agreement lets a member spend; `covered`: within an allowance;
 * `breach`: nothing covers it, or it goes beyond what does; `contested`: concurrent payments together exceed one allowance.
 */
export interface Authorisation {
  readonly status: 'not-needed' | 'free' | 'covered' | 'breach' | 'contested';
  readonly allowance?: string;
  readonly clause?: Clause;
}

export interface Entry {
  readonly id: string;
  readonly kind: EntryKind;
  readonly date: string;
  readonly memo: TextRef;
  readonly postings: readonly Posting[];
  readonly by: string;
  readonly reverses?: string;
  readonly reversedBy?: string;
  readonly resource?: string;
  readonly pledge?: string;
  readonly authorisation: Authorisation;
  readonly time: number;
  readonly why: Why;
}

/** Key of the table: `<account>|<unit>`. */
export interface Balance {
  readonly account: string;
  readonly unit: string;
  readonly amount: number;
  /** How many entries moved it. */
  readonly entries: number;
}

export interface Allowance {
  /** The adopting proposal; of a member’s part in a distribution, `<proposal>|<member>`. */
  readonly id: string;
  readonly unit: string;
  readonly amount: number;
  readonly spent: number;
  readonly entries: readonly string[];
  readonly resource?: string;
  /** Who alone may be paid by it. */
  readonly member?: string;
  readonly why: Why;
}
