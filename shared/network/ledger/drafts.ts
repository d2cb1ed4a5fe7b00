import { PeerholdError } from '../../errors';
import { MAX_AMOUNT } from '../agreement/model';
import type { Entry, EntryKind, Posting } from './model';

/** An entry before its date and memo: what `entry.post` says about accounts. */
export interface EntryDraft {
  readonly kind: EntryKind;
  readonly postings: readonly Posting[];
  readonly allowance?: string;
  readonly reverses?: string;
  readonly resource?: string;
  readonly pledge?: string;
}

/** Accounts that hold the network's money. */
export const MONEY_ACCOUNTS = ['bank', 'cash'] as const;
export type MoneyAccount = (typeof MONEY_ACCOUNTS)[number];

/** An amount of money: minor units, at least 1. */
interface Sum {
  readonly unit: string;
  readonly amount: number;
}

/** What happened, in the terms of the person who records it; `draftEntry` turns it into postings. Members are named by id. */
export type Transaction =
  | ({ readonly what: 'money'; readonly member: string; readonly into: MoneyAccount; readonly pledge?: string } & Sum)
  /** `amount` in hundredths of an hour. */
  | { readonly what: 'hours'; readonly member: string; readonly amount: number }
  /** At the value that the members agreed on. */
  | ({ readonly what: 'in-kind'; readonly member: string } & Sum)
  /** Paid from the network's money, or by a member out of their own pocket, to whom the network then owes it. */
  | ({
      readonly what: 'expense';
      readonly category: string;
      readonly from: MoneyAccount | { readonly member: string };
      readonly allowance?: string;
    } & Sum)
  | ({ readonly what: 'income'; readonly category: string; readonly into: MoneyAccount } & Sum)
  /** From one account to another: bank to cash, back to a member who paid, one member's stake to another's. */
  | ({ readonly what: 'transfer'; readonly from: string; readonly to: string; readonly allowance?: string } & Sum)
  | ({
      readonly what: 'purchase';
      readonly resource: string;
      readonly from: MoneyAccount;
      readonly allowance?: string;
    } & Sum);

/**
 * Postings that balance by construction: what is debited on one account is credited on the other.
 * @throws PeerholdError `entry-amount` when the amount is no whole number of minor units from 1 to the greatest allowed;
 * `entry-same-account` when both sides are one account.
 */
export function draftEntry(transaction: Transaction): EntryDraft {
  switch (transaction.what) {
    case 'money':
      return {
        ...entry('contribution', transaction.into, `member:${transaction.member}`, transaction),
        ...(transaction.pledge === undefined ? {} : { pledge: transaction.pledge }),
      };
    case 'hours':
      return entry('contribution', 'work', `member:${transaction.member}`, { ...transaction, unit: 'hour' });
    case 'in-kind':
      return entry('contribution', 'in-kind', `member:${transaction.member}`, transaction);
    case 'expense': {
      const { from } = transaction;
      const credited = typeof from === 'string' ? from : `owed:${from.member}`;
      return withAllowance(entry('expense', `expense:${transaction.category}`, credited, transaction), transaction);
    }
    case 'income':
      return entry('income', transaction.into, `income:${transaction.category}`, transaction);
    case 'transfer':
      return withAllowance(entry('transfer', transaction.to, transaction.from, transaction), transaction);
    case 'purchase': {
      const { resource, from } = transaction;
      return { ...withAllowance(entry('purchase', `resource:${resource}`, from, transaction), transaction), resource };
    }
  }
}

/** Undoes an entry whole; books are never rewritten. Cites no allowance: the reversal gives back what the entry had used. */
export function draftReversal(undone: Pick<Entry, 'id' | 'postings'>): EntryDraft {
  return {
    kind: 'reversal',
    // Subtracted from zero, since the negation of 0 would be -0, which is another value to whoever compares.
    postings: undone.postings.map((posting) => ({ ...posting, amount: 0 - posting.amount })),
    reverses: undone.id,
  };
}

export type EntryFault = 'posting-zero' | 'posting-twice' | 'entry-unbalanced';

/** Whether postings make an entry: none of zero, no account twice in a unit, summing to zero in each unit. */
export function checkEntry(postings: readonly Posting[]): EntryFault | null {
  // They are few: comparing each with those before it costs less than a set of their names.
  for (let i = 0; i < postings.length; i++) {
    const { account, unit, amount } = postings[i]!;
    if (amount === 0) return 'posting-zero';
    for (let j = 0; j < i; j++)
      if (postings[j]!.account === account && postings[j]!.unit === unit) return 'posting-twice';
  }
  for (const { unit } of postings) if (sumIn(unit, postings) !== 0) return 'entry-unbalanced';
  return null;
}

function sumIn(unit: string, postings: readonly Posting[]): number {
  let sum = 0;
  for (const posting of postings) if (posting.unit === unit) sum += posting.amount;
  return sum;
}

function entry(kind: EntryKind, debited: string, credited: string, { unit, amount }: Sum): EntryDraft {
  if (!Number.isSafeInteger(amount) || amount < 1 || amount > MAX_AMOUNT) throw new PeerholdError('entry-amount');
  if (debited === credited) throw new PeerholdError('entry-same-account');
  return {
    kind,
    postings: [
      { account: debited, unit, amount },
      { account: credited, unit, amount: -amount },
    ],
  };
}

function withAllowance(draft: EntryDraft, { allowance }: { readonly allowance?: string }): EntryDraft {
  return allowance === undefined ? draft : { ...draft, allowance };
}
