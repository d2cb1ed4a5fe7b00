import { amended, isAmending } from '../agreement/amended';
import { protocolIn } from '../agreement/in-force';
import { type AgreementVersion, type DecisionClass, classedAs } from '../agreement/model';
import { distributionIn } from '../distribution/terms';
import { publicationRuleIn } from '../publication/entitled';
import { protectingClasses } from '../agreement/protection';
import type { Clause } from '../why';
import type { Effect } from './model';

/** The class that decides and where the agreement says so; or why no single one can, as the code of a refusal. */
export type RuleOf =
  { readonly rule: DecisionClass; readonly clause: Clause } | { readonly code: string; readonly clause: Clause };

/**
 * By what a proposal with this effect is decided. `ground` is the version by which, `base` the one that is in force: an effect that amends
 * it can be made to it. What is protected in it is decided by the class that protects it, and only where that version is the ground.
 */
export function ruleOf(ground: AgreementVersion, base: AgreementVersion, effect: Effect): RuleOf {
  const { params, clause } = protocolIn(ground, 'decisions');
  const by = (id: string, where = clause): RuleOf => ({
    rule: params.classes.find((one) => one.id === id)!,
    clause: where,
  });
  if (isAmending(effect)) {
    const [id, ...more] = protectingClasses(base, amended(base, effect));
    if (more.length > 0) return { code: 'protected-by-several', clause };
    if (id !== undefined) return base.id === ground.id ? by(id) : { code: 'protected-unsealed', clause };
  }
  if (effect.kind === 'rules') {
    // New rules can change what everything means, as whoever says who votes can.
    const membership = protocolIn(ground, 'membership').clause.protocol;
    const guard = params.protects?.find(({ protocol }) => protocol === membership);
    if (guard !== undefined) return by(guard.class);
  }
  if (effect.kind === 'publish') return publicationRuleIn(ground);
  if (effect.kind === 'distribute') {
    const terms = distributionIn(ground);
    return terms === undefined ? { code: 'distribution-not-agreed', clause } : by(terms.params.class, terms.clause);
  }
  if (effect.kind === 'spend') {
    const spending = protocolIn(ground, 'spending');
    const tier = spending.params.tiers?.find(({ to }) => effect.unit === spending.params.unit && effect.amount <= to);
    if (tier !== undefined) return by(tier.class, spending.clause);
  }
  return by(params.uses[classedAs(effect.kind)]);
}
