import { duesOf } from '../dues/dues';
import { openProposals, waitingFor } from '../decisions/queries';
import { breaches } from '../ledger/queries';
import type { Entry } from '../ledger/model';
import { forkedDevices, hasRight } from '../membership/queries';
import { restorationsOf } from '../membership/restoring';
import type { State } from '../state';
import { waitingBookings } from '../use/queries';

/** Something that waits for one member, and the thing that it is about. */
export type Need =
  /** A device signed two histories; it concerns everyone, until its member revokes it. */
  | { readonly kind: 'fork'; readonly device: string; readonly member: string }
  /** It is being decided, or is decided and no seal has it, that another device takes the place of all that the member has. */
  | { readonly kind: 'restoring'; readonly proposal: string }
  /** An open proposal in whose electorate the member is and on which they have not voted. */
  | { readonly kind: 'vote'; readonly proposal: string; readonly deadline: number }
  /** Two of the member's devices voted without knowing of each other: neither counts until they vote again. */
  | { readonly kind: 'unclear-ballot'; readonly proposal: string }
  /** The member's own proposal is past its deadline and can be closed. */
  | { readonly kind: 'close'; readonly proposal: string }
  /** Someone waits to be admitted, and nobody has proposed it yet. */
  | { readonly kind: 'applicant'; readonly member: string }
  /** The member's pledge has fallen due and the purchase has not happened. */
  | {
      readonly kind: 'pledge';
      readonly pledge: string;
      readonly resource: string;
      readonly amount: number;
      readonly unit: string;
    }
  /** What the agreement asks of the member in one unit and is not paid, `amount` in minor units, from the period on that begins on `since`. */
  | { readonly kind: 'dues'; readonly unit: string; readonly amount: number; readonly since: string }
  /** Two decisions clash: members must put one again. */
  | { readonly kind: 'clash'; readonly proposal: string }
  /** A booking of the member's waits: others, or they themselves elsewhere, booked without knowing of it, and one has to give way. */
  | { readonly kind: 'booking'; readonly booking: string; readonly resource: string }
  /** A payment that the member recorded is not authorised. */
  | { readonly kind: 'breach'; readonly entry: string };

/** Tells needs of one network apart, whatever else of them changes. */
export function needKey(need: Need): string {
  const { kind, ...rest } = need;
  return `${kind} ${Object.values(rest)[0]}`;
}

/**
 * What waits for a member, most pressing first. `now` (ms) only decides what is past its deadline and is for display, as every
 * answer here: nothing that counts depends on it.
 */
export function needsOf(state: State, member: string, now: number): readonly Need[] {
  if (state.members.get(member)?.status !== 'active') return [];
  const unclear = unclearBallots(state, member);
  return [
    ...forkedDevices(state).map(({ id, member: owner }): Need => ({ kind: 'fork', device: id, member: owner })),
    ...restorationsOf(state, member).map(({ id }): Need => ({ kind: 'restoring', proposal: id })),
    ...unclear.map((proposal): Need => ({ kind: 'unclear-ballot', proposal })),
    ...waitingFor(state, member)
      .filter(({ id }) => !unclear.includes(id))
      .map(({ id, deadline }): Need => ({ kind: 'vote', proposal: id, deadline })),
    ...closable(state, member, now).map((proposal): Need => ({ kind: 'close', proposal })),
    ...(hasRight(state, member, 'propose') && hasRight(state, member, 'sponsor')
      ? applicants(state).map((each): Need => ({ kind: 'applicant', member: each }))
      : []),
    ...duePledges(state, member),
    ...openDues(state, member),
    ...clashes(state, member).map((proposal): Need => ({ kind: 'clash', proposal })),
    ...waitingBookings(state, member).map(({ id, resource }): Need => ({ kind: 'booking', booking: id, resource })),
    ...breaches(state.entries)
      .filter((entry: Entry) => entry.by === member)
      .map(({ id }): Need => ({ kind: 'breach', entry: id })),
  ];
}

function unclearBallots(state: State, member: string): readonly string[] {
  const found = new Set<string>();
  for (const ballot of state.ballots.values()) {
    if (ballot.member !== member || ballot.standing !== 'unclear') continue;
    if (state.proposals.get(ballot.proposal)?.status === 'open') found.add(ballot.proposal);
  }
  return [...found];
}

/** Only before there are seals: then they close votes. */
function closable(state: State, member: string, now: number): readonly string[] {
  if (state.seals.size > 0) return [];
  return openProposals(state)
    .filter(({ by, rule, deadline }) => by === member && rule.method === 'vote' && deadline <= now)
    .map(({ id }) => id);
}

/** Who waits for a decision that nobody has proposed, in the order in which they came. */
function applicants(state: State): readonly string[] {
  const proposed = new Set<string>();
  for (const { status, effect } of state.proposals.values()) {
    if (status === 'open' && effect.kind === 'admit') proposed.add(effect.member);
  }
  return [...state.members.values()]
    .filter(({ id, status }) => (status === 'applicant' || status === 'waiting') && !proposed.has(id))
    .sort((a, b) => a.number - b.number)
    .map(({ id }) => id);
}

function duePledges(state: State, member: string): readonly Need[] {
  return [...state.pledges.values()]
    .filter((pledge) => pledge.member === member && pledge.status === 'due')
    .filter((pledge) => state.resources.get(pledge.resource)?.status === 'agreed')
    .map(({ id, resource, amount, paid, unit }): Need => ({
      kind: 'pledge',
      pledge: id,
      resource,
      amount: amount - paid,
      unit,
    }));
}

function openDues(state: State, member: string): readonly Need[] {
  return duesOf(state, member).flatMap(({ unit, open, openSince }): readonly Need[] =>
    openSince === undefined ? [] : [{ kind: 'dues', unit, amount: open, since: openSince }],
  );
}

/** Clashing decisions concern whoever may put them again. */
function clashes(state: State, member: string): readonly string[] {
  if (!hasRight(state, member, 'propose')) return [];
  return [...state.proposals.values()].filter(({ status }) => status === 'clashing').map(({ id }) => id);
}
