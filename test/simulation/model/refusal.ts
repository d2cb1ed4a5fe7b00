import type { ProtocolSpec } from '../../../shared/network/agreement/model';
import type { Clause, Why } from '../../../shared/network/why';
import type { Facts, Refusal } from './facts';
import type { Happening } from './happening';

/** What an event does; or why it does nothing. */
export type Rule = (facts: Facts, it: Happening) => Refusal | undefined;

export const no = (code: string, clause?: Clause, events?: readonly string[]): Refusal => ({
  code,
  ...(clause && { clause }),
  ...(events && { events }),
});

/** With all of a why. */
export const noBy = (code: string, { clause, events }: Why): Refusal => no(code, clause, events);

/** The protocol of a kind in the version in force, or another, suspended or not; none where that has none. */
export function clauseOf(facts: Facts, kind: ProtocolSpec['kind'], version = facts.version): Clause | undefined {
  const spec = facts.versions.get(version)!.protocols.find((one) => one.kind === kind);
  return spec && { version, protocol: spec.id };
}

export const isInForce = (facts: Facts, { version, protocol }: Clause): boolean =>
  !facts.versions.get(version)!.suspended.includes(protocol);

/** A why with more events behind it, and perhaps another clause. */
export const and = (why: Why, events: readonly string[], clause = why.clause): Why => ({
  events: [...why.events, ...events],
  ...(clause && { clause }),
});
