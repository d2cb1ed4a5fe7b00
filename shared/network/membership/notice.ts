import type { Parameters } from '../agreement/model';
import { protocolOf, versionInForce } from '../agreement/queries';
import type { State } from '../state';
import type { Clause } from '../why';

export type Agreed = Pick<State, 'network' | 'versions'>;

/** What the agreement in force says about leaving; undefined where it says nothing, or that is suspended. */
export function leavingIn(
  state: Agreed,
): { readonly params: Parameters<'leaving'>; readonly clause: Clause } | undefined {
  const version = versionInForce(state);
  const spec = protocolOf(version, 'leaving');
  return spec && { params: spec.params, clause: { version: version!.id, protocol: spec.id } };
}

/** Days of notice that the agreement in force asks for, and the clause; undefined where it asks for none. */
export function noticeIn(state: Agreed): { readonly days: number; readonly clause: Clause } | undefined {
  const found = leavingIn(state);
  return found === undefined || found.params.notice === 0
    ? undefined
    : { days: found.params.notice, clause: found.clause };
}
