import { clauseFor, problemOf, protectionOf } from './agreement';
import { whyNotDistribute } from './distribution';
import type { Facts, Refusal } from './facts';
import { type Happening, isAboutPeople } from './happening';
import { whyNotBuy } from './pledging';
import { no } from './refusal';
import { canRestore } from './restoring';

/** Why something can not be put to the members, whoever they are: what is refused of `proposal.open` in "Event types" of docs/protocol.md. */
export function whyNotPut(
  facts: Facts,
  it: Happening,
  version: string,
  at: (id: string) => Happening,
): Refusal | undefined {
  const { effect } = it.payload;
  const clause = clauseFor(facts, effect, version);
  const as = (code: string | undefined): Refusal | undefined => (code === undefined ? undefined : no(code, clause));
  const statusOf = (member: string): string => facts.members.get(member)?.status ?? '';
  switch (effect.kind) {
    case 'none':
    case 'spend':
    case 'publish':
      return undefined;
    case 'adopt':
    case 'parameters':
    case 'suspend':
    case 'resume':
    case 'retire':
      // What is in force may be amended before it is sealed.
      if (effect.base !== version && effect.base !== facts.version) return no('base-not-in-force', clause, [version]);
      return as(problemOf(facts.versions.get(effect.base)!, effect) ?? protectionOf(facts, effect, version));
    case 'admit':
      return as(['applicant', 'waiting'].includes(statusOf(effect.member)) ? undefined : 'no-applicant');
    case 'remove':
      return as(statusOf(effect.member) === 'active' ? undefined : 'no-member');
    case 'restore':
      if (statusOf(effect.member) !== 'active') return as('no-member');
      return as(canRestore(facts, effect) ? undefined : 'device-known');
    case 'buy':
      return whyNotBuy(facts, it, effect, clause);
    case 'distribute':
      return whyNotDistribute(facts, effect, clause);
    case 'erase':
      if (!it.past.has(effect.event)) return as('event-unknown');
      return as(isAboutPeople(at(effect.event), effect.text) ? undefined : 'text-not-erasable');
    case 'rules':
      return as(effect.version === facts.rules + 1 ? undefined : 'rules-not-next');
  }
}
