import type { Allowance, Posting } from './model';

/** What is paid in one unit; minor units. */
export interface Payment {
  readonly unit: string;
  readonly amount: number;
}

/**
 * What an entry takes out of the network's money, by unit: what leaves bank and cash, and what it comes to owe a member. Read from
 * the accounts and not from the entry's kind, which its author picks. Paying back what is owed takes nothing: it was spent before.
 */
export function paymentsOf(postings: readonly Posting[]): readonly Payment[] {
  const sums: { readonly unit: string; amount: number }[] = [];
  for (const { account, unit, amount } of postings) {
    if (!isMoney(account)) continue;
    const sum = sums.find((known) => known.unit === unit);
    if (sum === undefined) sums.push({ unit, amount: -amount });
    else sum.amount -= amount;
  }
  return sums.filter(({ amount }) => amount > 0);
}

interface Citing {
  readonly postings: readonly Posting[];
  /** The decision that is to cover it. */
  readonly allowance?: string;
  readonly resource?: string;
}

/**
 * What a payment draws on of what it cites: the decision's allowance, or in a distribution the part of the one member whom it pays. Undefined
 * where it may not draw on it at all: in another unit, and for a purchase, for another resource.
 */
export function drawnOn(
  { allowance: cited, postings, resource }: Citing,
  payments: readonly Payment[],
  allowanceOf: (id: string) => Allowance | undefined,
): Allowance | undefined {
  if (cited === undefined) return undefined;
  const member = paidAlone(postings);
  const found = allowanceOf(cited) ?? (member === undefined ? undefined : allowanceOf(partId(cited, member)));
  if (found === undefined || (found.resource !== undefined && found.resource !== resource)) return undefined;
  return payments.every(({ unit }) => unit === found.unit) ? found : undefined;
}

/** Row of a member's part in a distribution. */
export const partId = (proposal: string, member: string): string => `${proposal}|${member}`;

/** The decision that an allowance comes from. */
export const decisionOf = (allowance: string): string => allowance.split('|')[0]!;

/** The member whose capital account is all that a payment goes to. */
function paidAlone(postings: readonly Posting[]): string | undefined {
  const [to, ...more] = postings.filter(({ account }) => !isMoney(account));
  const isOne = more.length === 0 && to !== undefined && to.account.startsWith('member:');
  return isOne ? to.account.slice('member:'.length) : undefined;
}

const isMoney = (account: string): boolean => account === 'bank' || account === 'cash' || account.startsWith('owed:');
