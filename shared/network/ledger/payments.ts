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
    if (account !== 'bank' && account !== 'cash' && !account.startsWith('owed:')) continue;
    const sum = sums.find((known) => known.unit === unit);
    if (sum === undefined) sums.push({ unit, amount: -amount });
    else sum.amount -= amount;
  }
  return sums.filter(({ amount }) => amount > 0);
}

/** Whether payments may draw on an allowance at all: its unit, and for a purchase, that very resource. */
export function fits(allowance: Allowance, resource: string | undefined, payments: readonly Payment[]): boolean {
  return (
    (allowance.resource === undefined || allowance.resource === resource) &&
    payments.every(({ unit }) => unit === allowance.unit)
  );
}
