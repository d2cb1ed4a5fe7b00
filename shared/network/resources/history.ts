import type { TextRef } from '../../record/text';
import type { State } from '../state';
import type { Resource } from './model';

export interface HistoryItem {
  /** Id of the proposal or entry for `proposed`, `booked` and `bought`, else of the event. */
  readonly id: string;
  readonly kind: 'sought' | 'pledged' | 'proposed' | 'booked' | 'bought';
  readonly by: string;
  readonly time: number;
  readonly text?: TextRef;
  readonly amount?: number;
  readonly unit?: string;
}

/** What happened with a resource, newest first by claimed time: the search, pledges, proposals to buy, and entries on its account. */
export function historyOf(
  state: Pick<State, 'pledges' | 'proposals' | 'entries'>,
  resource: Resource,
): readonly HistoryItem[] {
  const { id, by, time, amount, unit } = resource;
  const items: HistoryItem[] = [{ id, kind: 'sought', by, time, amount, unit }];
  for (const pledge of state.pledges.values()) {
    if (pledge.resource === id)
      items.push({
        id: pledge.id,
        kind: 'pledged',
        by: pledge.member,
        time: pledge.time,
        amount: pledge.amount,
        unit: pledge.unit,
      });
  }
  for (const proposal of state.proposals.values()) {
    if (proposal.effect.kind === 'buy' && proposal.effect.resource === id)
      items.push({ id: proposal.id, kind: 'proposed', by: proposal.by, time: proposal.time, text: proposal.title });
  }
  const account = `resource:${id}`;
  for (const entry of state.entries.values()) {
    const posting = entry.postings.find((each) => each.account === account);
    if (posting === undefined && entry.resource !== id) continue;
    items.push({
      id: entry.id,
      kind: entry.id === resource.purchase ? 'bought' : 'booked',
      by: entry.by,
      time: entry.time,
      text: entry.memo,
      ...(posting === undefined ? {} : { amount: posting.amount, unit: posting.unit }),
    });
  }
  return items.sort((a, b) => b.time - a.time || (a.id < b.id ? -1 : 1));
}
