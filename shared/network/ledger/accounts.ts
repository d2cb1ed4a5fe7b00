import type { Posting } from './model';

/** How the books are set out for people. A held resource is an asset at cost. */
export const ACCOUNT_GROUPS = ['assets', 'capital', 'owed', 'income', 'expenses'] as const;
export type AccountGroup = (typeof ACCOUNT_GROUPS)[number];

export function groupOf(account: string): AccountGroup {
  const kind = account.split(':', 1)[0];
  if (kind === 'member') return 'capital';
  if (kind === 'owed') return 'owed';
  if (kind === 'income') return 'income';
  if (kind === 'expense') return 'expenses';
  return 'assets';
}

/** What follows the colon: a member's or resource's id, or a category; undefined for the assets without one. */
export function subjectOf(account: string): string | undefined {
  const colon = account.indexOf(':');
  return colon < 0 ? undefined : account.slice(colon + 1);
}

/**
 * An amount as people read it. In the books a credit is negative, so what a member has put in, what is owed and what came in stand
 * there as negative sums. On a screen each group is shown in its own sense: a capital account is positive when the member has put
 * in more than they took out, a debt is positive when it is owed, income is positive when it came in. Assets and expenses are as booked.
 */
export function inSense(account: string, amount: number): number {
  const group = groupOf(account);
  return group === 'assets' || group === 'expenses' ? amount : 0 - amount;
}

/** The size of an entry, by unit: the sum of its debits, which is that of its credits. */
export function turnover(postings: readonly Posting[]): readonly { readonly unit: string; readonly amount: number }[] {
  const sums = new Map<string, number>();
  for (const { unit, amount } of postings) if (amount > 0) sums.set(unit, (sums.get(unit) ?? 0) + amount);
  return [...sums].map(([unit, amount]) => ({ unit, amount }));
}
