import { useCallback } from 'react';
import type { Entry } from '../../../shared/network/ledger/model';
import type { Table } from '../../../shared/network/state';
import type { Why } from '../../../shared/network/why';
import type { Steps } from '../../../shared/steps';
import { useNetwork } from '../../app/network';
import { WhyButton } from '../../ui';
import { sortedEntries } from './sorted-entries';

/** Entries between two places at which the search may be left. */
const STEP = 1_000;

interface Props {
  readonly account: string;
  readonly label: string;
  readonly sealed: number | null | undefined;
  readonly withText?: boolean;
}

/** Opens the balance of an account down to the entries that moved it. */
export function AccountWhy({ account, ...rest }: Props) {
  const { entries } = useNetwork().state;
  const why = useCallback(() => moversOf(entries, account), [entries, account]);
  return <WhyButton why={why} {...rest} />;
}

/** Oldest first. */
function* moversOf(entries: Table<Entry>, account: string): Steps<Why> {
  const sorted = yield* sortedEntries(entries);
  const events: string[] = [];
  for (let place = sorted.length - 1; place >= 0; place--) {
    const { id, postings } = sorted[place]!;
    if (postings.some((posting) => posting.account === account)) events.push(id);
    if (place % STEP === 0) yield;
  }
  return { events };
}
