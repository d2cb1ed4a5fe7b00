import {
  EFFECT_KINDS,
  type EffectKind,
  type ProtocolSpec,
  amount,
  parametersOf,
} from '../../../../shared/network/agreement/model';
import { amendingProblem } from '../../../../shared/network/agreement/amended';
import { sameValue } from '../../../../shared/network/agreement/changes';
import { versionInForce } from '../../../../shared/network/agreement/queries';
import type { Effect } from '../../../../shared/network/decisions/model';
import { distributionIn } from '../../../../shared/network/distribution/terms';
import type { State } from '../../../../shared/network/state';
import type { Restoring } from '../../../../shared/peer/restoring-desk';
import { isId } from '../../../../shared/record/shape';
import type { Draft, TextRef } from '../../../../shared/record/text';

/** What the person has chosen so far for every kind of effect, so that trying another kind loses nothing. */
export interface EffectDraft {
  /** Id of the protocol whose parameters are to change, or that is to be suspended, resumed or retired. */
  readonly protocol: string;
  readonly params: unknown;
  readonly applicant: string;
  readonly member: string;
  /** The new device of who lost all theirs, of those that asked at this one, with its consent. */
  readonly restoring: Pick<Restoring, 'device' | 'consent'> | null;
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

/** What a person can propose here: a page is made public from where it stands, and this app knows no rules beyond those of the beginning. */
export const OFFERED = EFFECT_KINDS.filter((kind): kind is OfferedKind => kind !== 'rules' && kind !== 'publish');
export type OfferedKind = Exclude<EffectKind, 'rules' | 'publish'>;

/** The effect to sign; null while something is missing, or nothing would change. */
export function effectOf(kind: OfferedKind, draft: EffectDraft, state: State): Draft<Effect> | null {
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
    case 'suspend':
    case 'resume':
    case 'retire':
      return protocolsFor(kind, state).some(({ id }) => id === draft.protocol)
        ? { kind, base: version.id, protocol: draft.protocol }
        : null;
    case 'admit':
      return state.members.has(draft.applicant) ? { kind, member: draft.applicant } : null;
    case 'remove':
      return state.members.has(draft.member) ? { kind, member: draft.member } : null;
    case 'restore':
      return draft.restoring === null || !state.members.has(draft.member)
        ? null
        : { kind, member: draft.member, device: draft.restoring.device, consent: draft.restoring.consent };
    case 'erase':
      return isId(draft.event) && isId(draft.text) ? { kind, event: draft.event, text: draft.text as TextRef } : null;
    case 'spend':
      return amount(draft.amount) ? { kind, amount: draft.amount, unit: draft.unit } : null;
    case 'distribute': {
      const byShares = distributionIn(version)?.params.basis === 'shares';
      const isHeld = state.resources.get(draft.resource)?.status === 'held';
      if (!amount(draft.amount) || (byShares && !isHeld)) return null;
      return { kind, amount: draft.amount, unit: draft.unit, ...(byShares ? { resource: draft.resource } : {}) };
    }
    case 'buy': {
      const resource = state.resources.get(draft.resource);
      if (resource === undefined || !amount(draft.amount)) return null;
      return { kind, resource: resource.id, amount: draft.amount, unit: resource.unit };
    }
  }
}

/** The protocols in force of which one can be suspended, put in force again or dropped. */
export function protocolsFor(kind: 'suspend' | 'resume' | 'retire', state: State): readonly ProtocolSpec[] {
  const version = versionInForce(state);
  if (version === undefined) return [];
  return version.protocols.filter(
    ({ id }) => amendingProblem(version, { kind, base: version.id, protocol: id }) === undefined,
  );
}
