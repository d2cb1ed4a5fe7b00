import { type ProtocolSpec, parametersOf } from './model';

/** The protocols with one protocol's parameters replaced; null where they do not fit its kind. */
export function withParameters(
  protocols: readonly ProtocolSpec[],
  change: { readonly protocol: string; readonly params: unknown },
): readonly ProtocolSpec[] | null {
  const spec = protocols.find((protocol) => protocol.id === change.protocol);
  if (spec === undefined || !parametersOf(spec.kind)(change.params)) return null;
  return protocols.map((protocol) =>
    protocol === spec ? ({ ...spec, params: change.params } as ProtocolSpec) : protocol,
  );
}
