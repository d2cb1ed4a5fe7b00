import type { State } from '../state';
import type { Clause } from '../why';
import type { AgreementVersion, Parameters } from './model';
import { versionInForce } from './queries';
import type { NEEDED_KINDS } from './templates';

/** The kinds that every agreement has exactly one of, so that every rule has a clause to cite. */
export type NeededKind = (typeof NEEDED_KINDS)[number];

/** The protocol of a needed kind in a version, with the clause to cite. */
export function protocolIn<K extends NeededKind>(
  version: AgreementVersion,
  kind: K,
): { readonly params: Parameters<K>; readonly clause: Clause } {
  const spec = version.protocols.find((protocol) => protocol.kind === kind);
  if (spec === undefined) throw new Error(`an agreement without ${kind} came into force`);
  return { params: spec.params as Parameters<K>, clause: { version: version.id, protocol: spec.id } };
}

/** The protocol of a needed kind as now in force. Use only once the founding event is folded. */
export function inForce<K extends NeededKind>(
  state: Pick<State, 'network' | 'versions'>,
  kind: K,
): { readonly params: Parameters<K>; readonly clause: Clause } {
  const version = versionInForce(state);
  if (version === undefined) throw new Error('no agreement before the founding event');
  return protocolIn(version, kind);
}
