import { protocolOf, versionInForce } from '../agreement/queries';
import type { Entry } from '../ledger/model';
import type { Member } from '../membership/model';
import type { State } from '../state';
import type { Clause, Why } from '../why';
import { type Agreed, type Asked, askedOf, newestTime } from './asked';
import { type Every, firstDay, periodsIn, periodsOf } from './periods';

type Rows = Agreed & Pick<State, 'members' | 'entries'>;

/** What a member owes by the agreement in one unit. Amounts are minor units, and stop at the greatest exact integer. */
export interface Dues {
  readonly unit: string;
  readonly due: number;
  readonly paid: number;
  /** What is due and not paid, and what is paid beyond what is due: one of them is 0. */
  readonly open: number;
  readonly ahead: number;
  /** First day of the first period that was due, `YYYY-MM-DD`. */
  readonly since: string;
  /** First day of the earliest period that is not paid whole, where payments go to the earliest first. */
  readonly openSince?: string;
  /** What it is made of: by the versions that asked for it first, each in its own order. */
  readonly parts: readonly DuesPart[];
  /** Membership, the decisions on what is asked, and what was paid; with the clause that asked last. */
  readonly why: Why;
}

/** Periods of which each is due with the same amount. */
export interface DuesPart {
  readonly every: Every;
  readonly amount: number;
  readonly periods: number;
  /** First days of the first period and of the last one. */
  readonly from: string;
  readonly last: string;
  readonly clause: Clause;
}

/**
 * Whether an entry pays dues: a contribution that is not undone and pays no pledge. Whatever a member puts in otherwise counts, whenever it
 * was: dates are what somebody wrote, and the books do not say for what it was meant.
 */
export function paysDues({ kind, pledge, reversedBy }: Entry): boolean {
  return kind === 'contribution' && pledge === undefined && reversedBy === undefined;
}

/**
 * What a member owes by the agreement, by unit; a unit only where a period has begun. Empty without a seal, and for who is not known. `gone`:
 * as of a seal of that agreed time (ms) that has them gone, whose row is not there yet.
 */
export function duesOf(state: Rows, id: string, gone?: number): readonly Dues[] {
  const member = state.members.get(id);
  const asked = member === undefined ? [] : askedOf(state, member, gone);
  // A long ledger is not looked through for somebody of whom nothing is asked.
  return asked.length === 0 ? [] : reckon(member!, asked, paymentsIn(state.entries, id).get(id));
}

/** The same for all: members of whom something is or was due, in the order in which they joined; of who is gone, where it is open. */
export function allDues(state: Rows): readonly { readonly member: string; readonly dues: readonly Dues[] }[] {
  const paid = paymentsIn(state.entries);
  return [...state.members.values()]
    .sort((a, b) => a.number - b.number)
    .flatMap((member) => {
      const all = reckon(member, askedOf(state, member), paid.get(member.id));
      const dues = member.status === 'active' ? all : all.filter(({ open }) => open > 0);
      return dues.length === 0 ? [] : [{ member: member.id, dues }];
    });
}

/** Why nothing is due of a member, or of anybody: not asked for, no seal yet that says what time it is, or no period begun since. */
export function whyNothingDue(
  state: Agreed & Pick<State, 'members'>,
  member?: string,
): 'not-asked' | 'no-seal' | 'not-begun' {
  const type = member === undefined ? undefined : state.members.get(member)?.type;
  const asked = protocolOf(versionInForce(state), 'contributions')?.params.dues ?? [];
  if (!asked.some((one) => member === undefined || one.type === type)) return 'not-asked';
  return newestTime(state) === undefined ? 'no-seal' : 'not-begun';
}

interface Payments {
  amount: bigint;
  readonly entries: Entry[];
}

/** What was put in, by member and unit; of one member where one is named. */
function paymentsIn(entries: Rows['entries'], member?: string): Map<string, Map<string, Payments>> {
  const found = new Map<string, Map<string, Payments>>();
  for (const entry of entries.values()) {
    if (!paysDues(entry)) continue;
    for (const { account, unit, amount } of entry.postings) {
      // What is taken out is no contribution, whatever the entry calls itself.
      if (amount >= 0 || !account.startsWith('member:')) continue;
      const by = account.slice('member:'.length);
      if (member !== undefined && by !== member) continue;
      const own = found.get(by) ?? new Map<string, Payments>();
      const sum = own.get(unit) ?? { amount: 0n, entries: [] };
      sum.amount -= BigInt(amount);
      sum.entries.push(entry);
      found.set(by, own.set(unit, sum));
    }
  }
  return found;
}

function reckon(
  { since }: Member,
  asked: readonly Asked[],
  payments: ReadonlyMap<string, Payments> | undefined,
): readonly Dues[] {
  const units = [...new Set(asked.map(({ unit }) => unit))].sort();
  return units.flatMap((unit) => {
    const own = asked.filter((one) => one.unit === unit && periodsIn(one.every, one.from, one.until) > 0);
    if (own.length === 0) return [];
    const { amount: paid, entries } = payments?.get(unit) ?? { amount: 0n, entries: [] };
    const due = dueBy(own, Infinity);
    const parts = own.map(partOf);
    const versions = own.map(({ clause }) => clause.version);
    const paying = [...entries].sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
    return {
      unit,
      due: exact(due),
      paid: exact(paid),
      open: exact(due > paid ? due - paid : 0n),
      ahead: exact(paid > due ? paid - due : 0n),
      since: parts.reduce((first, { from }) => (from < first ? from : first), parts[0]!.from),
      ...(due > paid ? { openSince: firstDay(firstOpen(own, paid)) } : {}),
      parts,
      why: { events: [...new Set([since, ...versions, ...paying])], clause: own.at(-1)!.clause },
    };
  });
}

function partOf({ every, amount, from, until, clause }: Asked): DuesPart {
  const [first, last] = periodsOf(every, from, until);
  const periods = periodsIn(every, from, until);
  return { every, amount, periods, from: firstDay(first), last: firstDay(last), clause };
}

/** What is due of periods that begin up to and with a month. */
function dueBy(asked: readonly Asked[], month: number): bigint {
  return asked.reduce(
    (sum, { every, amount, from, until }) =>
      sum + BigInt(amount) * BigInt(periodsIn(every, from, Math.min(until, month))),
    0n,
  );
}

/** The month with the earliest period that is not paid whole. There is one: halving the months finds it, however many they are. */
function firstOpen(asked: readonly Asked[], paid: bigint): number {
  let low = Math.min(...asked.map(({ from }) => from));
  let high = Math.max(...asked.map(({ until }) => until));
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (dueBy(asked, middle) > paid) high = middle;
    else low = middle + 1;
  }
  return low;
}

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);
const exact = (amount: bigint): number => Number(amount > LARGEST ? LARGEST : amount);
