import { NETWORK_KEY, type State } from '../../shared/network/state';
import { useNow } from '../ui/now';
import { useNetwork } from './network';

/** The time against which "regularly" and "for a year" are measured, ms: now, or in a made-up history its own last decision. */
export function useNetworkNow(): number {
  const { state } = useNetwork();
  const now = useNow();
  return state.network.get(NETWORK_KEY)?.sample === true ? lastDecision(state) : now;
}

function lastDecision({ proposals }: State): number {
  let last = 0;
  for (const { decidedTime = 0 } of proposals.values()) last = Math.max(last, decidedTime);
  return last;
}
