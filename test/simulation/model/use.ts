import { type BookingFact, type Facts, type Refusal, may } from './facts';
import { type Happening, follows } from './happening';
import { clauseOf, no, noBy } from './refusal';

type Lookup = (id: string) => Happening;
/** Whether something had come about in what the author of the event in hand had seen. */
type Saw = (cause: string) => boolean;
const DAY = 86_400_000;

/** "Use" of docs/protocol.md. */
export function book(facts: Facts, it: Happening, at: Lookup, saw: Saw): Refusal | undefined {
  const { resource, from, until } = it.payload;
  const wish: Wish = { member: it.member, resource: resource!, nights: nightsOf(from, until) };
  const length = wish.nights.length;
  const thing = facts.resources.get(resource!);
  const clause = clauseOf(facts, 'use');
  const terms = termsOf(facts, it.member, facts.version);
  if (length === 0) return no('stay-empty');
  if (thing === undefined) return no('resource-unknown');
  if (thing.status !== 'held') return noBy('resource-not-held', thing.why);
  if (terms === undefined) return no('use-not-agreed', clause ?? clauseOf(facts, 'decisions'));
  if (!may(facts, it.member, 'book')) return no('not-entitled', clauseOf(facts, 'membership'));
  if (length < terms.shortest) return no('stay-too-short', clause);
  if (length > terms.longest) return no('stay-too-long', clause);
  const known = [...facts.bookings.values()].filter(
    (row) => follows(it, at(row.id)) && !row.off.some((cause) => isOffFor(facts, it, at, saw, cause)),
  );
  const taken = known.filter((row) => meet(row, wish));
  if (taken.length > 0) return no('already-booked', clause, idsOf(taken));
  const [year] = [...excess(known, wish, terms)].sort();
  if (year !== undefined) {
    const inYear = (row: Wish): boolean => row.nights.some((night) => night.startsWith(year));
    return no('quota-exceeded', clause, idsOf(countedWith(known, wish, terms).filter(inYear)));
  }
  const row: BookingFact = {
    ...wish,
    id: it.id,
    version: facts.version,
    off: [],
    status: 'stands',
    clashes: [],
    over: [],
  };
  facts.bookings.set(it.id, row);
  const gone = facts.members.get(it.member)!.until;
  if (gone !== undefined && !hasBegun(facts, row)) Object.assign(row, { status: 'ended', off: [gone] });
  judge(facts, at);
  return undefined;
}

export function cancel(facts: Facts, it: Happening, at: Lookup, saw: Saw): Refusal | undefined {
  const row = facts.bookings.get(it.payload.booking);
  if (row?.member !== it.member) return no('booking-unknown');
  const clause = clauseOf(facts, 'use', row.version);
  const off = row.off.filter((cause) => isOffFor(facts, it, at, saw, cause));
  if (off.length > 0) return no('booking-taken-back', clause, off);
  if (row.status === 'stands' && hasBegun(facts, row)) return no('booking-begun', clause, [row.id]);
  row.status = 'cancelled';
  row.off.push(it.id);
  judge(facts, at);
  return undefined;
}

/** A member is gone. */
export function endBookings(facts: Facts, member: string, cause: string, at: Lookup): void {
  for (const row of facts.bookings.values()) {
    if (row.member !== member || hasBegun(facts, row)) continue;
    row.off.push(cause);
    if (row.status !== 'cancelled') row.status = 'ended';
  }
  judge(facts, at);
}

interface Wish {
  readonly member: string;
  readonly resource: string;
  /** Its dates, each by itself. */
  readonly nights: readonly string[];
}

function nightsOf(from: string, until: string): string[] {
  const nights: string[] = [];
  for (let time = Date.parse(from); time < Date.parse(until) && nights.length < 400; time += DAY)
    nights.push(new Date(time).toISOString().slice(0, 10));
  return nights;
}

const meet = (a: Wish, b: Wish): boolean =>
  a.resource === b.resource && a.nights.some((night) => b.nights.includes(night));

function termsOf(facts: Facts, member: string, version: string) {
  const { protocols, suspended } = facts.versions.get(version)!;
  const { type } = facts.members.get(member)!;
  for (const spec of protocols)
    if (spec.kind === 'use' && !suspended.includes(spec.id))
      return { ...spec.params, most: spec.params.quotas.find((quota) => quota.type === type)?.most ?? Infinity };
  return undefined;
}

type Terms = NonNullable<ReturnType<typeof termsOf>>;

/** Those that are under one quota with a wish. */
function countedWith<W extends Wish>(others: readonly W[], { member, resource }: Wish, { per }: Terms): readonly W[] {
  return others.filter((other) => other.member === member && (per === 'all' || other.resource === resource));
}

/** The years in which others and a wish are together more than the member may have. */
function excess(others: readonly Wish[], wish: Wish, terms: Terms): Set<string> {
  const counted = countedWith(others, wish, terms);
  const years = new Map(wish.nights.map((night) => [night.slice(0, 4), 0]));
  for (const night of [wish, ...counted].flatMap(({ nights }) => nights)) {
    const year = night.slice(0, 4);
    if (years.has(year)) years.set(year, years.get(year)! + 1);
  }
  return new Set([...years].filter(([, count]) => count > terms.most).map(([year]) => year));
}

function hasBegun({ seals }: Facts, { nights }: Wish): boolean {
  const newest = seals.get(seals.size);
  return newest !== undefined && Date.parse(nights[0]!) <= newest.time;
}

function isOffFor(facts: Facts, it: Happening, at: Lookup, saw: Saw, cause: string): boolean {
  const removal = facts.proposals.get(cause);
  if (removal?.sealed !== undefined || saw(cause)) return true;
  return removal === undefined && at(cause).seal < it.seal;
}

/** All that hold, over again. */
function judge(facts: Facts, at: Lookup): void {
  const holding = [...facts.bookings.values()].filter(({ status }) => status === 'stands' || status === 'waiting');
  for (const row of facts.bookings.values()) Object.assign(row, { clashes: [], over: [] });
  for (const row of holding) {
    const others = holding.filter((other) => other !== row);
    const terms = termsOf(facts, row.member, row.version)!;
    const possible = others.filter((other) => !follows(at(other.id), at(row.id)));
    const years = excess(possible, row, terms);
    const beyond = countedWith(possible, row, terms).filter(
      (other) => !follows(at(row.id), at(other.id)) && other.nights.some((night) => years.has(night.slice(0, 4))),
    );
    row.clashes = idsOf(others.filter((other) => meet(other, row)));
    row.over = idsOf(beyond);
    row.status = row.clashes.length + row.over.length > 0 ? 'waiting' : 'stands';
  }
}

const idsOf = (rows: readonly BookingFact[]): string[] => rows.map(({ id }) => id).sort();
