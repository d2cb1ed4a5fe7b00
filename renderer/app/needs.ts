import { useMemo } from 'react';
import type { Ballot } from '../../shared/network/decisions/model';
import { paysDues } from '../../shared/network/dues/dues';
import type { Entry } from '../../shared/network/ledger/model';
import { isBreach } from '../../shared/network/ledger/queries';
import { type Need, needsOf } from '../../shared/network/needs/needs';
import { useNow } from '../ui/now';
import { selection } from './mirror/per-block';
import { useNetwork } from './network';

/** Of long tables only these rows ask anything of anybody. */
export const breachesIn = selection(isBreach);
const asking = selection((entry: Entry) => isBreach(entry) || paysDues(entry));

/** What waits for the person at this device. */
export function useNeeds(): readonly Need[] {
  const { state, status } = useNetwork();
  const now = useNow();
  const member = status.me?.member;
  const ownBallots = useMemo(() => selection<Ballot>((ballot) => ballot.member === member), [member]);
  return useMemo(() => {
    if (member === undefined) return [];
    return needsOf({ ...state, entries: asking(state.entries), ballots: ownBallots(state.ballots) }, member, now);
  }, [state, member, now, ownBallots]);
}
