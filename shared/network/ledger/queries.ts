import type { Steps } from '../../steps';
import type { State, Table } from '../state';
import { ACCOUNT_GROUPS, type AccountGroup, groupOf, inSense } from './accounts';
import type { Allowance, Balance, Entry, EntryKind } from './model';

/** Orders entries by civil date, then by claimed time, then by id, so that every peer lists alike. */
export function newestFirst(a: Entry, b: Entry): number {
  if (a.date !== b.date) return a.date < b.date ? 1 : -1;
  if (a.time !== b.time) return b.time - a.time;
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}

export interface EntryFilter {
  readonly account?: string;
  /** Recorded by this member, or touching one of their accounts. */
  readonly member?: string;
  readonly kind?: EntryKind;
  /** Civil dates, inclusive. */
  readonly from?: string;
  readonly until?: string;
}

export function filterEntries(entries: readonly Entry[], filter: EntryFilter): readonly Entry[] {
  if (Object.keys(filter).length === 0) return entries;
  const { account, member, kind, from, until } = filter;
  const ofMember = member === undefined ? [] : [`member:${member}`, `owed:${member}`];
  return entries.filter(
    (entry) =>
      (kind === undefined || entry.kind === kind) &&
      (from === undefined || entry.date >= from) &&
      (until === undefined || entry.date <= until) &&
      (account === undefined || entry.postings.some((posting) => posting.account === account)) &&
      (member === undefined ||
        entry.by === member ||
        entry.postings.some((posting) => ofMember.includes(posting.account))),
  );
}

export interface StatementLine {
  readonly entry: Entry;
  readonly unit: string;
  /** In the sense of the account (see `inSense`), like the running balance after it. */
  readonly amount: number;
  readonly balance: number;
}

/** Entries between two places at which a statement may be left. */
const STEP = 1_000;

/** What moved an account, with its balance after each entry; newest first. `entries` newest first. */
export function* statement(entries: readonly Entry[], account: string): Steps<readonly StatementLine[]> {
  const balances = new Map<string, number>();
  const lines: StatementLine[] = [];
  for (let place = entries.length - 1; place >= 0; place--) {
    const entry = entries[place]!;
    for (const posting of entry.postings) {
      if (posting.account !== account) continue;
      const amount = inSense(account, posting.amount);
      const balance = (balances.get(posting.unit) ?? 0) + amount;
      balances.set(posting.unit, balance);
      lines.push({ entry, unit: posting.unit, amount, balance });
    }
    if (place % STEP === 0) yield;
  }
  return lines.reverse();
}

export interface CapitalAccount {
  readonly member: string;
  /** By unit, positive when the member has put in more than they took out. */
  readonly units: readonly { readonly unit: string; readonly amount: number }[];
}

/** One row a member who is or was active or has a capital account, in the order of joining. */
export function capitalAccounts(state: Pick<State, 'members' | 'balances'>): readonly CapitalAccount[] {
  const units = new Map<string, { unit: string; amount: number }[]>();
  for (const member of state.members.values()) if (member.status === 'active') units.set(member.id, []);
  for (const { account, unit, amount } of state.balances.values()) {
    if (!account.startsWith('member:')) continue;
    const member = account.slice('member:'.length);
    // Of who was a member in the network before, and has been handed over.
    if (amount === 0 && !state.members.has(member)) continue;
    const own = units.get(member) ?? [];
    own.push({ unit, amount: inSense(account, amount) });
    units.set(member, own);
  }
  const number = (member: string) => state.members.get(member)?.number ?? Number.MAX_SAFE_INTEGER;
  return [...units]
    .map(([member, own]) => ({ member, units: own.sort(byUnit) }))
    .sort((a, b) => number(a.member) - number(b.member) || (a.member < b.member ? -1 : 1));
}

export interface TrialBalance {
  readonly unit: string;
  /** Sum of the accounts with a debit balance, and of those with a credit balance, both positive. */
  readonly debit: number;
  readonly credit: number;
  /** Zero, since every entry balances; shown so that everyone can see it. */
  readonly difference: number;
}

export function trialBalance(balances: Table<Balance>): readonly TrialBalance[] {
  const units = new Map<string, { unit: string; debit: number; credit: number }>();
  for (const { unit, amount } of balances.values()) {
    const sums = units.get(unit) ?? { unit, debit: 0, credit: 0 };
    if (amount > 0) sums.debit += amount;
    else sums.credit -= amount;
    units.set(unit, sums);
  }
  return [...units.values()].sort(byUnit).map((sums) => ({ ...sums, difference: sums.debit - sums.credit }));
}

export interface BalanceGroup {
  readonly group: AccountGroup;
  /** Balances in the sense of their account, sorted by account and unit; those that were never moved or are back at zero too. */
  readonly balances: readonly Balance[];
  readonly totals: readonly { readonly unit: string; readonly amount: number }[];
}

/** Every account under its group, groups in the order in which books are read. */
export function balanceGroups(balances: Table<Balance>): readonly BalanceGroup[] {
  return ACCOUNT_GROUPS.map((group) => {
    const own = [...balances.values()]
      .filter(({ account }) => groupOf(account) === group)
      .map((balance) => ({ ...balance, amount: inSense(balance.account, balance.amount) }))
      .sort((a, b) => (a.account < b.account ? -1 : a.account > b.account ? 1 : byUnit(a, b)));
    const totals = new Map<string, number>();
    for (const { unit, amount } of own) totals.set(unit, (totals.get(unit) ?? 0) + amount);
    return { group, balances: own, totals: [...totals].map(([unit, amount]) => ({ unit, amount })).sort(byUnit) };
  });
}

export interface OpenAllowance {
  readonly allowance: Allowance;
  readonly remaining: number;
}

/** Allowances with something left to spend, the largest remainder first. */
export function openAllowances(allowances: Table<Allowance>): readonly OpenAllowance[] {
  return [...allowances.values()]
    .map((allowance) => ({ allowance, remaining: allowance.amount - allowance.spent }))
    .filter(({ remaining }) => remaining > 0)
    .sort((a, b) => b.remaining - a.remaining || (a.allowance.id < b.allowance.id ? -1 : 1));
}

/** Payments that nothing authorised, or that concurrent ones put in doubt, and that were not undone; newest first. */
export function breaches(entries: Table<Entry>): readonly Entry[] {
  return [...entries.values()].filter(isBreach).sort(newestFirst);
}

export function isBreach({ authorisation, reversedBy }: Entry): boolean {
  return reversedBy === undefined && (authorisation.status === 'breach' || authorisation.status === 'contested');
}

function byUnit(a: { readonly unit: string }, b: { readonly unit: string }): number {
  return a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0;
}
