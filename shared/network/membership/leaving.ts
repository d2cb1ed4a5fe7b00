import { duesOf } from '../dues/dues';
import type { State } from '../state';
import type { Tables } from '../tables';
import type { Member, Unsettled } from './model';
import { type Agreed, leavingIn, noticeIn } from './notice';

const DAY = 86_400_000;

type Rows = Agreed & Pick<State, 'members' | 'entries' | 'proposals' | 'seals' | 'pledges' | 'balances'>;

/**
 * What a member would leave behind against the agreement if they were gone now: pledges that are due, debts in the books, dues that are
 * open. Undefined where nothing. `time`: agreed, of the seal that has them gone; without it dues are those of now.
 */
export function unsettledOf(state: Rows, member: string, time?: number): Unsettled | undefined {
  const found = leavingIn(state);
  if (found === undefined) return undefined;
  const { settle } = found.params;
  const due = [...state.pledges.values()].filter((pledge) => pledge.member === member && pledge.status === 'due');
  // A debit there is what they owe; a credit is what is owed to them.
  const owed = [...state.balances.values()].filter(({ account, amount }) => account === `owed:${member}` && amount > 0);
  const pledges = settle.includes('pledges') ? due.map(({ id }) => id).sort() : [];
  const debts = settle.includes('debts')
    ? owed.map(({ unit, amount }) => ({ unit, amount })).sort((a, b) => (a.unit < b.unit ? -1 : 1))
    : [];
  const dues = settle.includes('dues')
    ? duesOf(state, member, time).flatMap(({ unit, open }) => (open > 0 ? [{ unit, amount: open }] : []))
    : [];
  return pledges.length + debts.length + dues.length === 0 ? undefined : { pledges, debts, dues, clause: found.clause };
}

/**
 * From the first seal that has a member gone: their pledges that are not due may lapse, and what they did not keep is noted, by the
 * agreement and the books at the end of its section. Nobody is kept from leaving by it. `time`: agreed, of the seal.
 */
export function settleGone(tables: Tables, height: number, time: number): void {
  const gone = [...tables.state.members.values()].filter(
    (member) => (member.status === 'left' || member.status === 'removed') && member.gone === undefined,
  );
  for (const member of gone) {
    lapse(tables, member);
    const open = unsettledOf(tables.state, member.id, time);
    const missed = missedNotice(tables.state, member, time);
    const unsettled = missed === undefined ? open : { pledges: [], debts: [], dues: [], ...open, ...missed };
    tables.set('members', member.id, { ...member, gone: height, ...(unsettled === undefined ? {} : { unsettled }) });
  }
}

/**
 * Of who left, and whom a seal had as a member: the days of notice that they did not keep, the last one whole, and no more than the agreement
 * asks for now. None where it is over, as it is of whoever left by it.
 */
function missedNotice(state: Agreed, member: Member, time: number): Pick<Unsettled, 'notice' | 'clause'> | undefined {
  const asked = noticeIn(state);
  const { status, sealed, leaving } = member;
  if (asked === undefined || status !== 'left' || sealed === undefined) return undefined;
  const due = leaving?.due;
  const left = due === undefined ? asked.days : Math.min(asked.days, Math.ceil((due - time) / DAY));
  return left > 0 ? { notice: left, clause: asked.clause } : undefined;
}

function lapse(tables: Tables, { id, until }: Member): void {
  const found = leavingIn(tables.state);
  if (found?.params.pledges !== 'lapse') return;
  for (const pledge of [...tables.state.pledges.values()]) {
    if (pledge.member !== id || pledge.status !== 'stands') continue;
    const why = { events: [...pledge.why.events, until!], clause: found.clause };
    tables.set('pledges', pledge.id, { ...pledge, status: 'lapsed', why });
  }
}
