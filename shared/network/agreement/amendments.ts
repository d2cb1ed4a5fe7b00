import type { Effect, Proposal } from '../decisions/model';
import { openProposals } from '../decisions/queries';
import { NETWORK_KEY, type State } from '../state';
import { type Agreed, amended, amendingProblem, isAmending } from './amended';
import { protocolChanges } from './changes';
import type { AgreementVersion } from './model';

/** A proposal that would change the agreement: the version that it was written against, and what it would leave. */
export interface Amendment {
  readonly base: AgreementVersion;
  readonly result: Agreed;
}

type Proposed = { readonly effect: Effect };

/** What a proposal would make of the agreement; undefined where it does not change it, or could not. */
export function amendmentBy(state: Pick<State, 'versions'>, { effect }: Proposed): Amendment | undefined {
  if (!isAmending(effect)) return undefined;
  const base = state.versions.get(effect.base);
  if (base === undefined || amendingProblem(base, effect) !== undefined) return undefined;
  return { base, result: amended(base, effect) };
}

/** Ids of the protocols that a proposal would add, drop, change, suspend or resume. */
export function protocolsTouched(state: Pick<State, 'versions'>, proposal: Proposed): readonly string[] {
  const amendment = amendmentBy(state, proposal);
  if (amendment === undefined) return [];
  const { base, result } = amendment;
  const changed = protocolChanges(base.protocols, result.protocols).map(({ id }) => id);
  const kept = result.protocols.map(({ id }) => id);
  const turned = kept.filter((id) => base.suspended.includes(id) !== result.suspended.includes(id));
  return [...new Set([...changed, ...turned])];
}

/** Whether a proposal was written against a version that is no longer in force: as it stands it can not come into force. */
export function hasLostBase(state: Pick<State, 'network' | 'versions'>, proposal: Proposed): boolean {
  const amendment = amendmentBy(state, proposal);
  return amendment !== undefined && amendment.base.id !== state.network.get(NETWORK_KEY)?.version;
}

/** Another open proposal to change the agreement, with the protocols that both would change. */
interface Rival {
  readonly proposal: Proposal;
  readonly protocols: readonly string[];
}

/**
 * The other open proposals that would change the same version of the agreement. Only one of them can come into force as it stands; those
 * that change a protocol which this one changes too say two things about one matter.
 */
export function rivalsOf(state: State, proposal: Proposal): readonly Rival[] {
  const own = amendmentBy(state, proposal);
  if (own === undefined || proposal.status !== 'open') return [];
  const touched = new Set(protocolsTouched(state, proposal));
  return openProposals(state)
    .filter((other) => other.id !== proposal.id && amendmentBy(state, other)?.base.id === own.base.id)
    .map((other) => ({
      proposal: other,
      protocols: protocolsTouched(state, other).filter((id) => touched.has(id)),
    }));
}
