import { useMemo } from 'react';
import type { Certainty } from '../../../shared/network/certainty/model';
import { protocolCertainties, usesIn } from '../../../shared/network/certainty/protocols';
import type { Entry } from '../../../shared/network/ledger/model';
import { perBlock } from '../../app/mirror/per-block';
import { useNetwork } from '../../app/network';
import { useNetworkNow } from '../../app/network-now';
import { useClauseComments } from './use-clause-comments';
import { useMentionedInOpen } from './use-mentions';

/** A long ledger is looked through once, and then only where it changed. */
const usesInBlocks = perBlock((rows: readonly (readonly [string, Entry])[]) => usesIn(rows.map(([, entry]) => entry)));

/** How certain each protocol in force is, by its id. */
export function useProtocolCertainties(): ReadonlyMap<string, Certainty> {
  const { state } = useNetwork();
  const now = useNetworkNow();
  const mentions = useMentionedInOpen('protocol');
  const comments = useClauseComments();
  return useMemo(
    () => protocolCertainties(state, { now, mentions, comments, ledger: usesInBlocks(state.entries) }),
    [state, now, mentions, comments],
  );
}
