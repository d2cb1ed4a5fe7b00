import type { State } from '../state';
import { NETWORK_KEY } from '../state';
import { sameValue } from './changes';
import type { AgreementVersion, Parameters, ProtocolKind, ProtocolSpec } from './model';

/** The version in force; undefined only before the founding event has arrived. */
export function versionInForce(state: Pick<State, 'network' | 'versions'>): AgreementVersion | undefined {
  const network = state.network.get(NETWORK_KEY);
  return network === undefined ? undefined : state.versions.get(network.version);
}

/** Versions of the agreement, newest first. */
export function versionsNewestFirst(state: State): readonly AgreementVersion[] {
  return [...state.versions.values()].sort((a, b) => b.number - a.number || (a.id < b.id ? -1 : 1));
}

/** Height of the seal that fixed the decision for a version, null while none has; undefined for the first, which nobody decided. */
export function sealedOf({ proposals }: Pick<State, 'proposals'>, { id }: AgreementVersion): number | null | undefined {
  const proposal = proposals.get(id);
  return proposal === undefined ? undefined : (proposal.sealed ?? null);
}

type SpecOf<K extends ProtocolKind> = Extract<ProtocolSpec, { kind: K }>;

/** The one protocol of an enforceable kind in a version, where it is not suspended. */
export function protocolOf<K extends ProtocolKind>(
  version: AgreementVersion | undefined,
  kind: K,
): SpecOf<K> | undefined {
  return version?.protocols.find(
    (protocol): protocol is SpecOf<K> => protocol.kind === kind && !version.suspended.includes(protocol.id),
  );
}

export function parametersInForce<K extends ProtocolKind>(state: State, kind: K): Parameters<K> | undefined {
  return protocolOf(versionInForce(state), kind)?.params as Parameters<K> | undefined;
}

/** The version that last changed this protocol, going back from `version`: the decision that its present form came from. */
export function adoptedIn(state: State, version: AgreementVersion, protocol: string): AgreementVersion {
  let current = version;
  for (;;) {
    const base = current.base === null ? undefined : state.versions.get(current.base);
    if (base === undefined) return current;
    const now = current.protocols.find((one) => one.id === protocol);
    const then = base.protocols.find((one) => one.id === protocol);
    if (then === undefined || then.text !== now?.text || then.title !== now.title || !sameParams(then, now))
      return current;
    if (base.suspended.includes(protocol) !== current.suspended.includes(protocol)) return current;
    current = base;
  }
}

function sameParams(a: ProtocolSpec, b: ProtocolSpec): boolean {
  return a.kind === b.kind && sameValue(a.params, b.params);
}
