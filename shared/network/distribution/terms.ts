import type { AgreementVersion, Parameters } from '../agreement/model';
import { protocolOf } from '../agreement/queries';
import type { State } from '../state';
import type { Clause } from '../why';

export interface DistributionTerms {
  readonly params: Parameters<'distribution'>;
  readonly clause: Clause;
}

/** What a version says about distributing money; nothing, and so nobody can, where it has no such protocol or has suspended it. */
export function distributionIn(version: AgreementVersion): DistributionTerms | undefined {
  const spec = protocolOf(version, 'distribution');
  return spec && { params: spec.params, clause: { version: version.id, protocol: spec.id } };
}

/** The terms that a proposal was put by: those that its clause names, whatever the agreement has become since. */
export function termsOf(
  { versions }: Pick<State, 'versions'>,
  { clause }: { readonly clause: Clause },
): DistributionTerms['params'] {
  const spec = versions.get(clause.version)?.protocols.find(({ id }) => id === clause.protocol);
  if (spec?.kind !== 'distribution') throw new Error('a distribution was decided without its protocol');
  return spec.params;
}
