import type { AgreementVersion } from '../../../shared/network/agreement/model';
import type { Payloads } from '../../../shared/network/events';
import type { Entry as Posted } from '../../../shared/network/ledger/model';
import type { State } from '../../../shared/network/state';
import type { Booking } from '../../../shared/network/use/model';
import type { Entry } from '../../../shared/record/entry';
import type { Replica } from '../../../shared/replica/replica';
import { groundFaults } from './grounds';
import { Versions, said, typeMay } from './versions';

/** What one event did that no version then in force allows; and the kind of deed, for counting. */
type Judge<T extends keyof Payloads> = (at: Here<T>) => readonly string[];
interface Here<T extends keyof Payloads> {
  readonly entry: Entry;
  readonly payload: Payloads[T];
  readonly state: State;
  readonly replica: Replica;
  readonly versions: Versions;
  /** Versions of which one was in force at the event's place. */
  readonly now: readonly AgreementVersion[];
  /** Whether in one of those the member's type has the right. */
  readonly may: (right: string, member?: string) => boolean;
}

const unless = (holds: boolean, fault: string): readonly string[] => (holds ? [] : [fault]);

const judges: { readonly [T in keyof Payloads]?: Judge<T> } = {
  'invite.issue': ({ payload, now, may }) => [
    ...unless(may('invite'), 'an invite by somebody without the right'),
    ...unless(
      now.some((version) => said(version, 'membership')!.params.types.some(({ id }) => id === payload.type)),
      'an invite for a type that there was not',
    ),
    ...unless(
      now.some((version) => payload.days <= said(version, 'admission')!.params.days),
      'an invite that is good for longer than was agreed',
    ),
  ],
  'member.admit': ({ entry, payload, state, now, may }) => {
    const member = state.members.get(entry.id)!;
    const invite = state.invites.get(payload.invite)!;
    const modes = now.map((version) => said(version, 'admission')!.params.mode);
    const decision = state.proposals.get(member.since);
    const decided = decision?.effect.kind === 'admit' && decision.effect.member === member.id;
    const byInvite = member.since === member.id;
    return [
      ...unless(may('invite') && may('invite', invite.by), 'an admission by somebody without the right'),
      ...unless(member.type === invite.type, 'an admission as another type'),
      ...unless(member.status !== 'applicant' || modes.includes('decision'), 'an applicant where invites are enough'),
      ...unless(
        member.status !== 'active' || (byInvite ? modes.includes('invite') : decided && decision.status === 'adopted'),
        'somebody is in without the decision that the agreement asks for',
      ),
    ];
  },
  'proposal.open': ({ may, ...at }) => [
    ...unless(may('propose'), 'a proposal by somebody without the right'),
    ...unless(at.payload.effect.kind !== 'admit' || may('sponsor'), 'an applicant put forward by no sponsor'),
    ...groundFaults(at),
  ],
  'ballot.cast': ({ entry, payload, state }) => {
    const { electorate, blockers } = state.proposals.get(payload.proposal)!;
    const isIn = (payload.choice === 'block' ? blockers : electorate).includes(entry.member);
    return unless(isIn, `${payload.choice} by somebody who is not asked`);
  },
  'proposal.withdraw': ({ entry, payload, state }) =>
    unless(state.proposals.get(payload.proposal)!.by === entry.member, 'a proposal withdrawn by another'),
  'resource.seek': ({ may }) => unless(may('propose'), 'a candidate by somebody without the right'),
  'entry.post': (at) => {
    const row = at.state.entries.get(at.entry.id)!;
    return [...unless(at.may('post'), 'an entry by somebody without the right'), ...paymentFaults(at, row)];
  },
  'use.book': (at) => bookingFaults(at, at.state.bookings.get(at.entry.id)!),
  'use.cancel': ({ entry, payload, state }) =>
    unless(state.bookings.get(payload.booking)!.member === entry.member, 'a booking taken back by another'),
  'page.publish': ({ entry, state, now, versions }) => {
    const { status, sealed, by } = state.publications.get(entry.id)!;
    const { type, gone } = state.members.get(by)!;
    const publishes = (version: AgreementVersion): boolean =>
      said(version, 'publication')?.params.publishers.includes(type) === true;
    const stillMay = sealed === undefined || (publishes(versions.fixedAt(sealed)) && !(gone! <= sealed));
    return [
      ...unless(now.some(publishes), 'a page put forward alone by no publisher'),
      ...unless(status !== 'public' || stillMay, 'a page made public by who may not any more'),
    ];
  },
  'page.withdraw': ({ entry, payload, state, now, may }) => {
    const { type } = state.members.get(entry.member)!;
    const isOwn = [...state.publications.values()].some((row) => row.page === payload.page && row.by === entry.member);
    const rules = now.map((version) => said(version, 'publication')?.params);
    const allowed = rules.some((rule) => rule?.withdraw !== 'voters' || rule.publishers.includes(type));
    return unless(allowed || may('vote') || isOwn, 'a page taken back by who may not');
  },
};

/** What leaves the network's money, or what it comes to owe, by unit. */
function paid({ postings }: Posted): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { account, unit, amount } of postings)
    if (/^(bank|cash|owed:)/.test(account)) sums.set(unit, (sums.get(unit) ?? 0) - amount);
  return new Map([...sums].filter(([, sum]) => sum > 0));
}

function paymentFaults({ now, may, state }: Here<'entry.post'>, row: Posted): readonly string[] {
  const payments = paid(row);
  const { status, allowance: id } = row.authorisation;
  const isPayment = payments.size > 0 && row.kind !== 'reversal';
  if (!isPayment) return unless(status === 'not-needed', `no payment, and ${status}`);
  const isFree = now.some((version) => {
    const { unit, free } = said(version, 'spending')!.params;
    return free !== null && [...payments].every(([of, amount]) => of === unit && amount <= free);
  });
  const allowance = id === undefined ? undefined : state.allowances.get(id);
  switch (status) {
    case 'free':
      return unless(isFree && may('spend'), 'a payment called free that is not');
    case 'covered': {
      const decision = state.proposals.get(allowance!.id.split('|')[0]!)!;
      const { unit, amount } = allowance!;
      const isDecided = decision.status === 'adopted' && ['spend', 'buy', 'distribute'].includes(decision.effect.kind);
      const isWithin = isDecided && [...payments].every(([of, sum]) => of === unit && sum <= amount);
      return unless(isWithin, 'a payment called covered by what does not cover it');
    }
    case 'not-needed':
      return ['a payment that nothing is asked of'];
    default:
      return [];
  }
}

const lengthOf = ({ from, until }: Pick<Booking, 'from' | 'until'>): number =>
  (Date.parse(until) - Date.parse(from)) / 86_400_000;

/** Dates in a year, one by one. */
function datesIn({ from, until }: Booking, year: string): number {
  let count = 0;
  for (let at = Date.parse(from); at < Date.parse(until); at += 86_400_000)
    if (new Date(at).toISOString().startsWith(year)) count += 1;
  return count;
}

function bookingFaults({ entry, now, may, state, replica }: Here<'use.book'>, booking: Booking): readonly string[] {
  const seen = (id: string): boolean => replica.record.before(replica.record.get(id)!, entry);
  const own = [...state.bookings.values()].filter(
    (other) => other.member === entry.member && seen(other.id) && !other.why.events.slice(1).some(seen),
  );
  const isWithin = (version: AgreementVersion): boolean => {
    const terms = said(version, 'use')?.params;
    if (terms === undefined) return false;
    const length = lengthOf(booking);
    const most = terms.quotas.find(({ type }) => type === state.members.get(entry.member)!.type)?.most;
    const counted = own.filter(({ resource }) => terms.per === 'all' || resource === booking.resource);
    const ofYear = (year: string): number =>
      [...counted, booking].reduce((sum, stay) => sum + (datesIn(booking, year) > 0 ? datesIn(stay, year) : 0), 0);
    const years = [booking.from.slice(0, 4), booking.until.slice(0, 4)];
    const inQuota = most === undefined || years.every((year) => ofYear(year) <= most);
    return length >= terms.shortest && length <= terms.longest && inQuota;
  };
  const twice = [...state.bookings.values()].filter(
    (other) =>
      other.id !== booking.id &&
      other.status === 'stands' &&
      booking.status === 'stands' &&
      other.resource === booking.resource &&
      other.from < booking.until &&
      booking.from < other.until,
  );
  return [
    ...unless(may('book'), 'a booking by somebody without the right'),
    ...unless(now.some(isWithin), 'a booking beyond what the agreement gives'),
    ...unless(twice.length === 0, 'two have the same dates'),
  ];
}

/** What was done that the agreement then in force forbids, in words; and how often what was judged had effect. */
export function judged(replica: Replica): { readonly faults: readonly string[]; readonly deeds: readonly string[] } {
  const { state, order } = replica;
  const versions = new Versions(replica);
  const faults: string[] = [];
  const deeds: string[] = [];
  for (const entry of order) {
    const judge = judges[entry.type as keyof Payloads] as Judge<keyof Payloads> | undefined;
    if (judge === undefined || state.withoutEffect.has(entry.id)) continue;
    const now = versions.at(entry);
    const may = (right: string, member = entry.member): boolean =>
      now.some((version) => typeMay(version, state.members.get(member)!.type, right));
    const payload = entry.payload as Payloads[keyof Payloads];
    const found = judge({ entry, payload, state, replica, versions, now, may });
    deeds.push(now.length === 1 ? entry.type : 'judged by one of several');
    faults.push(...found);
  }
  return { faults, deeds };
}
