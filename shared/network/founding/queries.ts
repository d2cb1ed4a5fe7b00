import type { State } from '../state';
import { NETWORK_KEY } from '../state';
import type { Refounded } from './model';

/** Members of the network that this one goes on from, who have accounts and shares here under the ids that they had there. */
export function carriedMembers(state: Pick<State, 'network'>): Refounded['members'] {
  return state.network.get(NETWORK_KEY)?.refounds?.members ?? [];
}
