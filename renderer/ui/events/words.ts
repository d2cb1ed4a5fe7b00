import { type EventType, type Payloads, payloadShapes } from '../../../shared/network/events';
import { parametersInForce } from '../../../shared/network/agreement/queries';
import type { Posting } from '../../../shared/network/ledger/model';
import { publicationsOf } from '../../../shared/network/publication/queries';
import type { State } from '../../../shared/network/state';
import { lastDate } from '../../../shared/network/use/queries';
import type { TextRef } from '../../../shared/record/text';
import type { EventView } from '../../../shared/engine/contract';

/** One event as a sentence: a key in the namespace `events`, what fills its gaps, and the page that shows its subject. */
export interface EventWords {
  readonly key: string;
  readonly context?: string;
  /** Gaps that detached texts fill; undefined where the text is not known here. */
  readonly refs: Readonly<Record<string, TextRef | undefined>>;
  readonly values: Readonly<Record<string, string>>;
  readonly money?: { readonly amount: number; readonly unit: string };
  /** Gaps that civil dates fill. */
  readonly days?: Readonly<Record<string, string>>;
  /** Relative to the network. */
  readonly href: string;
}

const isEventType = (type: string): type is EventType => Object.hasOwn(payloadShapes, type);

/** Words for any event of the record; events of unknown type or shape are named as such. */
export function eventWords(view: EventView, state: State): EventWords {
  const own = `/record/${view.id}`;
  const who = view.member === null ? undefined : state.members.get(view.member)?.name;
  const unknown: EventWords = { key: 'unknown', refs: { who }, values: { type: view.type }, href: own };
  if (!isEventType(view.type)) return unknown;
  const words = WORDS[view.type] as Words<EventType>;
  if (!payloadShapes[view.type](view.payload)) return { ...unknown, key: 'malformed' };
  const found = words(view.payload, state, view.id);
  return {
    key: view.type,
    ...(found.context === undefined ? {} : { context: found.context }),
    ...(found.money === undefined ? {} : { money: found.money }),
    ...(found.days === undefined ? {} : { days: found.days }),
    refs: { who, ...found.refs },
    values: found.values ?? {},
    href: found.href ?? own,
  };
}

interface Filled {
  readonly context?: string;
  readonly refs?: EventWords['refs'];
  readonly values?: EventWords['values'];
  readonly money?: EventWords['money'];
  readonly days?: EventWords['days'];
  readonly href?: string;
}
type Words<T extends EventType> = (payload: Payloads[T], state: State, id: string) => Filled;

const WORDS: { readonly [T in EventType]: Words<T> } = {
  'network.found': ({ name, founder }) => ({ refs: { title: name, who: founder.name } }),
  'invite.issue': ({ type }, state) => ({ values: { type: typeLabel(type, state) } }),
  'invite.revoke': () => ({}),
  'member.admit': ({ name }, _, id) => ({ refs: { name }, href: `/members/${id}` }),
  'member.describe': () => ({}),
  'member.leave': () => ({}),
  'member.announce': ({ leaves }) => (leaves ? {} : { context: 'stays' }),
  'device.certify': ({ label }) => ({ values: { label } }),
  'device.revoke': () => ({}),
  'device.receives': () => ({}),
  'proposal.open': ({ title }, _, id) => ({ refs: { title }, href: `/decisions/${id}` }),
  'proposal.withdraw': ({ proposal }, state) => ofProposal(proposal, state),
  'ballot.cast': ({ proposal, choice }, state) => ({ ...ofProposal(proposal, state), context: choice }),
  'decision.close': ({ proposal }, state) => ofProposal(proposal, state),
  'entry.post': ({ kind, memo, postings }, _, id) => {
    const money = volume(postings);
    return { refs: { memo }, context: kind, href: `/ledger/${id}`, ...(money === undefined ? {} : { money }) };
  },
  'seal.ready': ({ height }) => ({ values: { height: String(height) } }),
  'seal.propose': ({ height }) => ({ values: { height: String(height) } }),
  'seal.prevote': ({ height, value }) => ({
    values: { height: String(height) },
    context: value === null ? 'nil' : 'value',
  }),
  'seal.precommit': ({ height, value }) => ({
    values: { height: String(height) },
    context: value === null ? 'nil' : 'value',
  }),
  'resource.seek': ({ name, amount, unit }, _, id) => ({
    refs: { name },
    money: { amount, unit },
    href: `/resources/${id}`,
  }),
  'resource.drop': ({ resource }, state) => ofResource(resource, state),
  'pledge.make': ({ resource, amount, unit }, state) => ({ ...ofResource(resource, state), money: { amount, unit } }),
  'pledge.withdraw': ({ pledge }, state) => {
    const found = state.pledges.get(pledge);
    return found === undefined ? { refs: { name: undefined } } : ofResource(found.resource, state);
  },
  'use.book': ({ resource, from, until }, state) => {
    const counts = parametersInForce(state, 'use')?.counts ?? 'nights';
    return { ...ofResource(resource, state), days: { from, until: lastDate({ from, until }, counts) } };
  },
  'use.cancel': ({ booking }, state) => {
    const found = state.bookings.get(booking);
    return found === undefined ? { refs: { name: undefined } } : ofResource(found.resource, state);
  },
  'page.publish': ({ page, title }) => ({ refs: { title }, href: `/commons/${page}` }),
  'page.withdraw': ({ page }, state) => ({
    refs: { title: publicationsOf(state, page)[0]?.title },
    href: `/commons/${page}`,
  }),
  'text.erase': () => ({}),
};

const ofProposal = (id: string, state: State): Filled => ({
  refs: { title: state.proposals.get(id)?.title },
  href: `/decisions/${id}`,
});

const ofResource = (id: string, state: State): Filled => ({
  refs: { name: state.resources.get(id)?.name },
  href: `/resources/${id}`,
});

/** What an entry moves: the debits of its first unit. */
function volume(postings: readonly Posting[]): EventWords['money'] {
  const unit = postings[0]?.unit;
  if (unit === undefined) return undefined;
  const debits = postings.filter((posting) => posting.unit === unit && posting.amount > 0);
  return { unit, amount: debits.reduce((sum, posting) => sum + posting.amount, 0) };
}

/** A membership type's label as the agreement in force has it; its slug where there is none. */
export function typeLabel(type: string, state: State): string {
  const version = state.versions.get(state.network.get('network')?.version ?? '');
  for (const protocol of version?.protocols ?? []) {
    if (protocol.kind === 'membership') return protocol.params.types.find((each) => each.id === type)?.label ?? type;
  }
  return type;
}
