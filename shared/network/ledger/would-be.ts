import { protocolOf, versionInForce } from '../agreement/queries';
import { hasRight } from '../membership/queries';
import type { State } from '../state';
import type { Clause } from '../why';
import type { EntryDraft } from './drafts';
import type { Authorisation } from './model';
import { drawnOn, paymentsOf } from './payments';

type Books = Pick<State, 'network' | 'versions' | 'members' | 'allowances'>;

/** What a draft's authorisation would be, and what there is to draw on. */
export interface WouldBe {
  readonly authorisation: Authorisation;
  /** What the cited allowance still holds before this payment. */
  readonly remaining?: number;
  /** What a member may spend without a decision: null when nothing. */
  readonly free: number | null;
}

/**
 * Mirrors the rules, so that a person learns before signing whether a payment is covered. The record may hold more by the time the
 * entry is folded (another payment from the same allowance), so this is a forecast, not the judgement.
 */
export function wouldBe(books: Books, member: string, draft: EntryDraft): WouldBe {
  const version = versionInForce(books);
  const spending = protocolOf(version, 'spending');
  const clause = version && spending && { version: version.id, protocol: spending.id };
  const maySpend = hasRight(books, member, 'spend');
  const limit = maySpend ? (spending?.params.free ?? null) : null;
  const payments = draft.kind === 'reversal' ? [] : paymentsOf(draft.postings);
  if (payments.length === 0) return { authorisation: { status: 'not-needed' }, free: limit };

  const allowance = drawnOn(draft, payments, (id) => books.allowances.get(id));
  if (allowance !== undefined) {
    const remaining = allowance.amount - allowance.spent;
    const amount = payments.reduce((sum, payment) => sum + payment.amount, 0);
    return {
      authorisation: cited(amount <= remaining ? 'covered' : 'breach', clause, allowance.id),
      remaining,
      free: limit,
    };
  }
  const unit = spending?.params.unit;
  const free = limit !== null && payments.every((payment) => payment.unit === unit && payment.amount <= limit);
  return { authorisation: cited(free ? 'free' : 'breach', clause), free: limit };
}

function cited(status: Authorisation['status'], clause: Clause | undefined, allowance?: string): Authorisation {
  return { status, ...(allowance === undefined ? {} : { allowance }), ...(clause === undefined ? {} : { clause }) };
}
