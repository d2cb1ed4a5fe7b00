import { MAX_AMOUNT } from '../agreement/model';
import type { Posting } from '../ledger/model';

/** Postings of an entry, without the one that balances it. */
const MAX_POSTINGS = 39;
/** Takes up what an opening entry of a part of the books leaves; with all of them it is zero. */
const CARRIED = 'income:carried-over';

/** All balances, in as many entries as it takes; each account keeps the id that it had. */
export function openingEntries(balances: readonly Posting[]): Posting[][] {
  const entries: Posting[][] = [];
  for (const posting of balances.flatMap(pieces)) {
    const isIn = (entry: readonly Posting[]): boolean =>
      entry.some(({ account, unit }) => account === posting.account && unit === posting.unit);
    // One entry balances in each unit, and so may need one more posting for each.
    const room = (entry: readonly Posting[]): boolean =>
      entry.length + new Set([...entry, posting].map(({ unit }) => unit)).size <= MAX_POSTINGS;
    const entry = entries.find((one) => room(one) && !isIn(one));
    if (entry === undefined) entries.push([posting]);
    else entry.push(posting);
  }
  return entries.map(balanced);
}

function pieces({ account, unit, amount }: Posting): Posting[] {
  const whole: Posting[] = [];
  for (let left = amount; left !== 0; left -= whole.at(-1)!.amount)
    whole.push({ account, unit, amount: Math.max(-MAX_AMOUNT, Math.min(MAX_AMOUNT, left)) });
  return whole;
}

function balanced(postings: readonly Posting[]): Posting[] {
  const sums = new Map<string, number>();
  for (const { unit, amount } of postings) sums.set(unit, (sums.get(unit) ?? 0) + amount);
  const rest = [...sums]
    .filter(([, sum]) => sum !== 0)
    .map(([unit, sum]) => ({ account: CARRIED, unit, amount: -sum }));
  return [...postings, ...rest];
}

/** What moves a member's accounts from the id that they had to the one that they have now. */
export function takeOver(balances: readonly Posting[], from: string, to: string): Posting[][] {
  const postings = ['member', 'owed'].flatMap((group) =>
    balances
      .filter(({ account, amount }) => account === `${group}:${from}` && amount !== 0)
      .flatMap(({ account, unit, amount }) => [
        { account, unit, amount: -amount },
        { account: `${group}:${to}`, unit, amount },
      ]),
  );
  const entries: Posting[][] = [];
  for (let at = 0; at < postings.length; at += MAX_POSTINGS - 1)
    entries.push(postings.slice(at, at + MAX_POSTINGS - 1));
  return entries;
}
