import type { Parameters } from '../agreement/model';
import { protocolOf, versionInForce } from '../agreement/queries';
import type { State } from '../state';
import type { Tables } from '../tables';
import type { Clause } from '../why';
import type { Member, Unsettled } from './model';

type Rows = Pick<State, 'network' | 'versions' | 'pledges' | 'balances'>;

/** What the agreement in force says about leaving; undefined where it says nothing, or that is suspended. */
function leavingIn(state: Rows): { readonly params: Parameters<'leaving'>; readonly clause: Clause } | undefined {
  const version = versionInForce(state);
  const spec = protocolOf(version, 'leaving');
  return spec && { params: spec.params, clause: { version: version!.id, protocol: spec.id } };
}

/** What a member would leave behind now against the agreement: pledges that are due, and debts in the books. Undefined where nothing. */
export function unsettledOf(state: Rows, member: string): Unsettled | undefined {
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
  return pledges.length + debts.length === 0 ? undefined : { pledges, debts, clause: found.clause };
}

/**
 * From the first seal that has a member gone: their pledges that are not due may lapse, and what they did not settle is noted, by the
 * agreement and the books at the end of its section. Nobody is kept from leaving by it.
 */
export function settleGone(tables: Tables, height: number): void {
  const gone = [...tables.state.members.values()].filter(
    (member) => (member.status === 'left' || member.status === 'removed') && member.gone === undefined,
  );
  for (const member of gone) {
    lapse(tables, member);
    const unsettled = unsettledOf(tables.state, member.id);
    tables.set('members', member.id, { ...member, gone: height, ...(unsettled === undefined ? {} : { unsettled }) });
  }
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
