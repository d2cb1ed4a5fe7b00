import type { Effect } from '../decisions/model';
import type { AgreementVersion, ProtocolSpec } from './model';
import { withParameters } from './parameters';
import { isNeeded } from './templates';

/** What a version of the agreement says: its protocols, and which of them are out of force. */
export type Agreed = Pick<AgreementVersion, 'protocols' | 'suspended'>;

/** Effects that make a new version of the agreement out of another. */
export type Amending = Extract<Effect, { base: string }>;

export const isAmending = (effect: Effect): effect is Amending => 'base' in effect;

/** Why a change can not be made to this version; undefined where it can. Whether the outcome holds together is another question. */
export function amendingProblem(base: Agreed, effect: Amending): string | undefined {
  if (effect.kind === 'adopt')
    return effect.protocols.some(({ id, kind }) => base.suspended.includes(id) && isNeeded(kind))
      ? 'protocol-needed'
      : undefined;
  const spec = base.protocols.find(({ id }) => id === effect.protocol);
  if (effect.kind === 'parameters')
    return withParameters(base.protocols, effect) === null ? 'parameters-malformed' : undefined;
  if (spec === undefined) return 'protocol-unknown';
  const isSuspended = base.suspended.includes(spec.id);
  if (effect.kind === 'resume') return isSuspended ? undefined : 'protocol-not-suspended';
  if (isNeeded(spec.kind)) return 'protocol-needed';
  return effect.kind === 'suspend' && isSuspended ? 'protocol-suspended' : undefined;
}

/** What a change that can be made leaves. What is suspended stays so until it is resumed, or dropped. */
export function amended(base: Agreed, effect: Amending): Agreed {
  const { protocols, suspended } = base;
  switch (effect.kind) {
    case 'adopt':
      return withProtocols(base, effect.protocols);
    case 'parameters':
      return { protocols: withParameters(protocols, effect)!, suspended };
    case 'suspend':
      return { protocols, suspended: [...suspended, effect.protocol].sort() };
    case 'resume':
      return { protocols, suspended: suspended.filter((id) => id !== effect.protocol) };
    case 'retire':
      return withProtocols(
        base,
        protocols.filter(({ id }) => id !== effect.protocol).map((spec) => withoutProtection(spec, effect.protocol)),
      );
  }
}

function withProtocols({ suspended }: Agreed, protocols: readonly ProtocolSpec[]): Agreed {
  return { protocols, suspended: suspended.filter((id) => protocols.some((spec) => spec.id === id)) };
}

/** Nothing that is not there is protected. */
function withoutProtection(spec: ProtocolSpec, id: string): ProtocolSpec {
  if (spec.kind !== 'decisions') return spec;
  const { protects } = spec.params;
  if (protects === undefined) return spec;
  // Of membership there is always one left: the rules need it.
  return { ...spec, params: { ...spec.params, protects: protects.filter(({ protocol }) => protocol !== id) } };
}
