import { protocolIn } from '../agreement/in-force';
import { versionInForce } from '../agreement/queries';
import { type Foresight, foreseeAny } from '../foreseen/foreseen';
import type { State } from '../state';
import { publicationRuleIn, takesBack } from './entitled';
import { publicationsOf } from './queries';

/** What the rules would say to a member who takes a page back, as far as is known here; undefined where they would let it have its effect. */
export function foreseeWithdrawal(state: State, member: string, page: string): Foresight {
  const version = versionInForce(state);
  if (version === undefined) return { code: 'not-founded', facts: [] };
  const gone = foreseeAny(state, member);
  if (gone !== undefined) return gone;
  const { clause, publishers } = publicationRuleIn(version);
  const standing = publicationsOf(state, page).filter(({ status }) => status === 'waiting' || status === 'public');
  if (standing.length === 0) return { code: 'page-not-public', clause, facts: [] };
  if (takesBack(state, member, standing)) return undefined;
  const { type } = state.members.get(member)!;
  const entitled = protocolIn(version, 'membership')
    .params.types.filter(({ id, rights }) => rights.includes('vote') || publishers.includes(id))
    .map(({ id }) => id);
  return { code: 'withdrawing-not-entitled', clause, facts: [{ kind: 'types', type, entitled }] };
}
