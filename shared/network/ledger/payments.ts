import type { Posting } from './model';

/**
 * What an entry takes out of the network's money, by unit: what leaves bank and cash, and what it comes to owe a member. Read from
 * the accounts and not from the entry's kind, which its author picks. Paying back what is owed takes nothing: it was spent before.
 */
export function paymentsOf(
  postings: readonly Posting[],
): readonly { readonly unit: string; readonly amount: number }[] {
  const sums = new Map<string, number>();
  for (const { account, unit, amount } of postings) {
    if (account === 'bank' || account === 'cash' || account.startsWith('owed:')) {
      sums.set(unit, (sums.get(unit) ?? 0) - amount);
    }
  }
  return [...sums].filter(([, amount]) => amount > 0).map(([unit, amount]) => ({ unit, amount }));
}
