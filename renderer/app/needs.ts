import { useMemo } from 'react';
import type { Ballot } from '../../shared/network/decisions/model';
import { paysDues } from '../../shared/network/dues/dues';
import type { Entry } from '../../shared/network/ledger/model';
import { isBreach } from '../../shared/network/ledger/queries';
import { type Need, needsOf } from '../../shared/network/needs/needs';
import { useNow } from '../ui/now';
import type { State } from '../../shared/network/state';
import { selection } from './mirror/per-block';
import { useNetwork } from './network';

/** Of long tables only these rows ask anything of anybody. */
export const breachesIn = selection(isBreach);
const asking = selection((entry: Entry) => isBreach(entry) || paysDues(entry));

/** Reads what waits for a member, from states that share what did not change. One reader for each network. */
export function needsReader(): (state: State, member: string, now: number) => readonly Need[] {
  let whose: string | undefined;
  let ownBallots = selection<Ballot>(() => false);
  return (state, member, now) => {
    if (member !== whose) ownBallots = selection<Ballot>((ballot) => ballot.member === member);
    whose = member;
    return needsOf({ ...state, entries: asking(state.entries), ballots: ownBallots(state.ballots) }, member, now);
  };
}

/** What waits for the person at this device. */
export function useNeeds(): readonly Need[] {
  const { state, status } = useNetwork();
  const now = useNow();
  const member = status.me?.member;
  const read = useMemo(() => needsReader(), []);
  return useMemo(() => (member === undefined ? [] : read(state, member, now)), [state, member, now, read]);
}
