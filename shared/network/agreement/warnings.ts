import { activeMembers } from '../membership/queries';
import type { State } from '../state';
import type { Parameters, ProtocolKind } from './model';
import { parametersOf } from './model';

/**
 * What an agreement would do that its authors may not have meant: it could come into force so, and members who vote on it are to know.
 * `class-without-voters`: a way to decide that is used, by which none of the present members would vote; `type-dropped`: present members
 * would be of a kind that there is not; `nobody-spends`: a free sum that nobody may spend; `nobody-blocks`: a way to decide with blocks of
 * which no kind of member has the right; `nobody-sponsors`: members decide on who joins, and nobody may put that to them; `nobody-books`: rules for using what is held, and nobody who may; `quota-without-right`: a quota of
 * a kind of member that may not book; `each-publishes`: every kind of member makes any page public without asking anybody; `nobody-gets`: money
 * that is distributed goes to kinds of members of which nobody is; `none-seals`: so do seals come from them, and nothing would be sealed.
 */
export interface AgreementWarning {
  readonly code:
    | 'class-without-voters'
    | 'type-dropped'
    | 'nobody-spends'
    | 'nobody-blocks'
    | 'nobody-books'
    | 'nobody-sponsors'
    | 'quota-without-right'
    | 'each-publishes'
    | 'nobody-gets'
    | 'none-seals';
  /** Label of the way to decide; id of the kind of member. */
  readonly name: string;
  /** Members whom it concerns. */
  readonly count: number;
}

interface Protocol {
  readonly kind: ProtocolKind;
  readonly params: unknown;
}

/** Warnings about a set of protocols that holds together; nothing of what does not. */
export function agreementWarnings(
  state: Pick<State, 'members'>,
  protocols: readonly Protocol[],
): readonly AgreementWarning[] {
  const of = <K extends ProtocolKind>(kind: K): Parameters<K> | undefined => {
    const params = protocols.find((protocol) => protocol.kind === kind)?.params;
    return parametersOf(kind)(params) ? (params as Parameters<K>) : undefined;
  };
  const types = of('membership')?.types ?? [];
  const members = activeMembers(state);
  const warnings: AgreementWarning[] = [];

  const known = new Set(types.map(({ id }) => id));
  for (const dropped of new Set(members.map(({ type }) => type)))
    if (!known.has(dropped))
      warnings.push({
        code: 'type-dropped',
        name: dropped,
        count: members.filter(({ type }) => type === dropped).length,
      });

  const entitled = (right: 'vote' | 'block' | 'spend' | 'book') =>
    new Set(types.filter(({ rights }) => rights.includes(right)).map(({ id }) => id));
  const voting = entitled('vote');
  const blocking = entitled('block');
  const decisions = of('decisions');
  const used = new Set([
    ...Object.values(decisions?.uses ?? {}),
    ...(decisions?.protects ?? []).map((one) => one.class),
    ...(of('spending')?.tiers ?? []).map((tier) => tier.class),
    ...[of('publication')?.class ?? []].flat(),
    ...[of('distribution')?.class ?? []].flat(),
  ]);
  for (const { id, label, electorate, block } of decisions?.classes ?? []) {
    if (!used.has(id)) continue;
    const votes = (type: string): boolean => voting.has(type) && (electorate.length === 0 || electorate.includes(type));
    if (!members.some(({ type }) => votes(type)))
      warnings.push({ code: 'class-without-voters', name: label, count: 0 });
    if (block === 'entitled' && ![...blocking].some(votes))
      warnings.push({ code: 'nobody-blocks', name: label, count: 0 });
  }
  const sponsors = ({ rights }: (typeof types)[number]): boolean =>
    rights.includes('propose') && rights.includes('sponsor');
  if (of('admission')?.mode === 'decision' && types.length > 0 && !types.some(sponsors))
    warnings.push({ code: 'nobody-sponsors', name: '', count: 0 });
  const spending = of('spending');
  if (spending !== undefined && spending.free !== null && entitled('spend').size === 0)
    warnings.push({ code: 'nobody-spends', name: '', count: 0 });
  const publishers = of('publication')?.publishers ?? [];
  if (types.length > 0 && types.every(({ id }) => publishers.includes(id)))
    warnings.push({ code: 'each-publishes', name: '', count: members.length });
  const isHere = (kinds: readonly string[]): boolean => members.some(({ type }) => kinds.includes(type));
  const gets = of('distribution')?.types ?? [];
  if (gets.length > 0 && !isHere(gets)) warnings.push({ code: 'nobody-gets', name: '', count: 0 });
  const seals = of('sealing')?.types ?? [];
  if (seals.length > 0 && !isHere(seals)) warnings.push({ code: 'none-seals', name: '', count: 0 });
  const use = of('use');
  const booking = entitled('book');
  if (use !== undefined && booking.size === 0) warnings.push({ code: 'nobody-books', name: '', count: 0 });
  else
    for (const { type } of use?.quotas ?? [])
      if (!booking.has(type)) warnings.push({ code: 'quota-without-right', name: type, count: 0 });
  return warnings;
}
