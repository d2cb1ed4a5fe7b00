import type { Entry as RecordEntry } from '../../record/entry';
import { inForce } from '../agreement/in-force';
import { carriedMembers } from '../founding/queries';
import { hasRight } from '../membership/queries';
import type { Pledge } from '../resources/model';
import { isDueFor, payPledge } from '../resources/pledges';
import { sharesOf } from '../resources/shares';
import { type Context, type Refusal, type Rules, type Typed, refuse } from '../rule';
import { agreedFor } from '../standing';
import type { State } from '../state';
import type { Tables } from '../tables';
import type { Allowance, Authorisation, Entry, LedgerPayloads, Posting } from './model';
import { subjectOf } from './accounts';
import { checkEntry } from './drafts';
import { drawnOn, paymentsOf } from './payments';

export const ledgerRules: Rules<keyof LedgerPayloads> = {
  'entry.post': (context, event) => {
    const { tables } = context;
    const { postings, reverses, pledge } = event.payload;
    const agreed = agreedFor(context, event);
    if (!hasRight(agreed, event.member, 'post')) {
      return refuse('not-entitled', inForce(agreed, 'membership').clause);
    }
    const refused = post(tables, postings) ?? checkReversal(tables, event) ?? checkPledge(context, event);
    if (refused !== undefined) return refused;
    const authorisation = authorise(agreed, event);
    tables.set('entries', event.id, entryOf(event, authorisation));
    if (reverses !== undefined) {
      const reversed = tables.get('entries', reverses)!;
      tables.set('entries', reverses, { ...reversed, reversedBy: event.id });
      giveBack(context, reversed, event.id);
    }
    if (pledge !== undefined) {
      const row = tables.get('pledges', pledge)!;
      payPledge(tables, row, paidTowards(row, postings), event.id);
    }
    if (authorisation.allowance !== undefined) weighAllowance(context, authorisation.allowance, event.id);
    hold(context, event);
    return undefined;
  },
};

/** The row is made field by field: spreading what may be missing takes four times as long, and nearly every event is an entry. */
function entryOf({ id, member, time, payload }: Typed<'entry.post'>, authorisation: Authorisation): Entry {
  const { kind, date, memo, postings, reverses, resource, pledge, allowance } = payload;
  const events = [id];
  if (reverses !== undefined) events.push(reverses);
  if (allowance !== undefined) events.push(allowance);
  const { clause } = authorisation;
  const why = clause === undefined ? { events } : { events, clause };
  const entry: Writable<Entry> = { id, kind, date, memo, postings, by: member, authorisation, time, why };
  if (reverses !== undefined) entry.reverses = reverses;
  if (resource !== undefined) entry.resource = resource;
  if (pledge !== undefined) entry.pledge = pledge;
  return entry;
}
type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Moves the balances: by double entry, on accounts that exist, and none leaves exact integers. */
function post(tables: Tables, postings: readonly Posting[]): Refusal | undefined {
  const fault = checkEntry(postings);
  if (fault !== null) return refuse(fault);
  for (const { account, unit, amount } of postings) {
    if (!isKnown(tables, account)) return refuse('account-unknown');
    const key = `${account}|${unit}`;
    const before = tables.get('balances', key);
    const after = (before?.amount ?? 0) + amount;
    if (!Number.isSafeInteger(after)) return refuse('balance-too-large');
    tables.set('balances', key, { account, unit, amount: after, entries: (before?.entries ?? 0) + 1 });
  }
  return undefined;
}

function isKnown({ state }: Tables, account: string): boolean {
  const subject = subjectOf(account);
  if (subject === undefined) return true;
  if (account.startsWith('resource:')) return state.resources.has(subject);
  const isOfMember = account.startsWith('member:') || account.startsWith('owed:');
  return !isOfMember || state.members.has(subject) || carriedMembers(state).some(({ id }) => id === subject);
}

function checkReversal(tables: Tables, { payload }: Typed<'entry.post'>): Refusal | undefined {
  if ((payload.kind === 'reversal') !== (payload.reverses !== undefined)) return refuse('reversal-malformed');
  if (payload.reverses === undefined) return undefined;
  const reversed = tables.get('entries', payload.reverses);
  if (reversed === undefined) return refuse('entry-unknown');
  if (reversed.reversedBy !== undefined) return refuse('already-reversed', undefined, [reversed.reversedBy]);
  // It would bring a payment back without anything having to cover it.
  if (reversed.kind === 'reversal') return refuse('reversal-of-reversal', undefined, [reversed.id]);
  const whole =
    reversed.postings.length === payload.postings.length &&
    reversed.postings.every(({ account, unit, amount }) =>
      payload.postings.some(
        (posting) => posting.account === account && posting.unit === unit && posting.amount === -amount,
      ),
    );
  return whole ? undefined : refuse('reversal-not-whole', undefined, [reversed.id]);
}

const NOT_NEEDED: Authorisation = { status: 'not-needed' };

/** A payment that happened is always recorded; here it is only marked with what covers it, or that nothing does. */
function authorise(agreed: State, { member, payload }: Typed<'entry.post'>): Authorisation {
  const payments = paymentsOf(payload.postings);
  if (payments.length === 0 || payload.kind === 'reversal') return NOT_NEEDED;
  const { params, clause } = inForce(agreed, 'spending');
  const allowance = drawnOn(payload, payments, (id) => agreed.allowances.get(id));
  if (allowance !== undefined) {
    return { status: 'covered', allowance: allowance.id, clause };
  }
  const { free } = params;
  const isFree =
    free !== null &&
    hasRight(agreed, member, 'spend') &&
    payments.every(({ unit, amount }) => unit === params.unit && amount <= free);
  return { status: isFree ? 'free' : 'breach', clause };
}

/**
 * Judges every payment under an allowance again, by who had seen what: beyond it with what its author had seen is a breach; beyond it only
 * together with payments that did not know of each other is contested for all of those, so that no order favours one.
 */
function weighAllowance({ tables, past }: Context, id: string, added?: string): void {
  const allowance = tables.get('allowances', id)!;
  const entries = added === undefined ? allowance.entries : [...allowance.entries, added];
  const payments = entries.map((entry) => ({ entry: past.get(entry)!, amount: amountUnder(tables, entry, allowance) }));
  const spent = payments.reduce((sum, { amount }) => sum + amount, 0);
  tables.set('allowances', id, { ...allowance, spent, entries });
  for (const { entry, amount } of payments) {
    const sumOf = (counts: (other: RecordEntry) => boolean): number =>
      payments.reduce(
        (sum, other) => (other.entry !== entry && counts(other.entry) ? sum + other.amount : sum),
        amount,
      );
    const known = sumOf((other) => past.precedes(other, entry));
    const possible = sumOf((other) => !past.precedes(entry, other));
    const status = known > allowance.amount ? 'breach' : possible > allowance.amount ? 'contested' : 'covered';
    const row = tables.get('entries', entry.id)!;
    if (row.reversedBy !== undefined || row.authorisation.status === status) continue;
    tables.set('entries', entry.id, { ...row, authorisation: { ...row.authorisation, status } });
  }
}

function amountUnder(tables: Tables, id: string, allowance: Allowance): number {
  const entry = tables.get('entries', id)!;
  if (entry.reversedBy !== undefined) return 0;
  return paymentsOf(entry.postings).reduce(
    (sum, { unit, amount }) => (unit === allowance.unit ? sum + amount : sum),
    0,
  );
}

/** A contribution pays a pledge, due by what its author knew, of the member whose capital account it credits. */
function checkPledge(context: Context, { id, payload }: Typed<'entry.post'>): Refusal | undefined {
  if (payload.pledge === undefined) return undefined;
  const pledge = context.tables.get('pledges', payload.pledge);
  if (pledge === undefined || !isDueFor(context, pledge, context.past.get(id)!)) return refuse('pledge-not-due');
  const pays = payload.kind === 'contribution' && paidTowards(pledge, payload.postings) > 0;
  return pays ? undefined : refuse('pledge-not-paid', pledge.why.clause, [pledge.id]);
}

function paidTowards({ member, unit }: Pledge, postings: readonly Posting[]): number {
  const own = postings.find((posting) => posting.account === `member:${member}` && posting.unit === unit);
  return own === undefined ? 0 : -own.amount;
}

/** A reversed payment frees its allowance, or leaves its pledge to be paid again. */
function giveBack(context: Context, reversed: Entry, event: string): void {
  const { tables } = context;
  const pledge = reversed.pledge === undefined ? undefined : tables.get('pledges', reversed.pledge);
  if (pledge !== undefined) payPledge(tables, pledge, -paidTowards(pledge, reversed.postings), event);
  if (reversed.authorisation.allowance !== undefined) weighAllowance(context, reversed.authorisation.allowance);
}

/** The payment of an agreed purchase makes the resource the network's, with the shares that the agreement sets. */
function hold({ tables }: Context, { id, payload }: Typed<'entry.post'>): void {
  if (payload.kind !== 'purchase' || payload.resource === undefined) return;
  const resource = tables.get('resources', payload.resource);
  if (resource?.status !== 'agreed' || payload.allowance !== resource.proposal) return;
  if (!payload.postings.some(({ account, amount }) => account === `resource:${resource.id}` && amount > 0)) return;
  const { params, clause } = inForce(tables.state, 'ownership');
  tables.set('resources', resource.id, {
    ...resource,
    status: 'held',
    purchase: id,
    shares: sharesOf(tables.state, resource, params),
    why: { events: [...resource.why.events, id], clause },
  });
}
