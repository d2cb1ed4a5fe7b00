import { type ClassedKind, type ProtocolSpec, amount, parametersOf } from '../../../../shared/network/agreement/model';
import { sameValue } from '../../../../shared/network/agreement/changes';
import { versionInForce } from '../../../../shared/network/agreement/queries';
import type { Effect } from '../../../../shared/network/decisions/model';
import type { State } from '../../../../shared/network/state';
import { isId } from '../../../../shared/record/shape';
import type { Draft, TextRef } from '../../../../shared/record/text';

/** What the person has chosen so far for every kind of effect, so that trying another kind loses nothing. */
export interface EffectDraft {
  /** Id of the protocol whose parameters are to change. */
  readonly protocol: string;
  readonly params: unknown;
  readonly applicant: string;
  readonly member: string;
  readonly resource: string;
  /** The event and the text of it that is to be erased. */
  readonly event: string;
  readonly text: string;
  /** Minor units; NaN while unreadable. */
  readonly amount: number;
  readonly unit: string;
  /** The draft's protocols, once it differs from what is in force and holds together. */
  readonly protocols: readonly Draft<ProtocolSpec>[] | null;
}

/** The effect to sign; null while something is missing, or nothing would change. */
export function effectOf(kind: ClassedKind, draft: EffectDraft, state: State): Draft<Effect> | null {
  const version = versionInForce(state);
  if (version === undefined) return null;
  switch (kind) {
    case 'none':
      return { kind };
    case 'adopt':
      return draft.protocols === null ? null : { kind, base: version.id, protocols: draft.protocols };
    case 'parameters': {
      const spec = version.protocols.find((protocol) => protocol.id === draft.protocol);
      if (spec === undefined || !parametersOf(spec.kind)(draft.params) || sameValue(spec.params, draft.params))
        return null;
      return {
        kind,
        base: version.id,
        protocol: spec.id,
        params: draft.params as Record<string, NonNullable<unknown>>,
      };
    }
    case 'admit':
      return state.members.has(draft.applicant) ? { kind, member: draft.applicant } : null;
    case 'remove':
      return state.members.has(draft.member) ? { kind, member: draft.member } : null;
    case 'erase':
      return isId(draft.event) && isId(draft.text) ? { kind, event: draft.event, text: draft.text as TextRef } : null;
    case 'spend':
      return amount(draft.amount) ? { kind, amount: draft.amount, unit: draft.unit } : null;
    case 'buy': {
      const resource = state.resources.get(draft.resource);
      if (resource === undefined || !amount(draft.amount)) return null;
      return { kind, resource: resource.id, amount: draft.amount, unit: resource.unit };
    }
  }
}
