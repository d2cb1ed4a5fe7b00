import type { Effect } from '../../../../shared/network/decisions/model';
import { ruleFor, usualRule } from '../../../../shared/network/decisions/queries';
import type { RuleOf } from '../../../../shared/network/decisions/rule-of';
import type { State } from '../../../../shared/network/state';
import type { Draft } from '../../../../shared/record/text';
import type { OfferedKind } from './effect-draft';

/** By what a proposal in the making would be decided; while it is incomplete, by what such matters are decided. */
export function ruleIn(state: State, kind: OfferedKind, effect: Draft<Effect> | null): RuleOf | undefined {
  // By which class money is distributed stands in a protocol of its own, whatever the sum.
  if (effect === null && kind === 'distribute') return ruleFor(state, { kind, amount: 1, unit: 'EUR' });
  // Texts that are not signed yet are only compared: they differ from every reference.
  return effect === null ? usualRule(state, kind) : ruleFor(state, effect as Effect);
}
