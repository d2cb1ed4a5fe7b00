import type { EventBody } from '../record/event';
import type { Entry } from '../record/entry';
import type { RecordSet } from '../record/record';
import { decisionRules } from './decisions/rules';
import type { Outcome } from './decisions/outcome';
import { comesAfter, outcomeIn } from './decisions/asked';
import { type EventType, RULES_VERSION, payloadShapes } from './events';
import { foundingRules } from './founding/rules';
import { ledgerRules } from './ledger/rules';
import { memberRules } from './membership/rules';
import { resourceRules } from './resources/rules';
import { type Context, type Past, type Refusal, type Rules, refuse } from './rule';
import { type Change, NETWORK_KEY, type State } from './state';
import { Tables } from './tables';
import { textRules } from './texts/rules';

const rules: Rules<EventType> = {
  ...foundingRules,
  ...memberRules,
  ...decisionRules,
  ...ledgerRules,
  ...resourceRules,
  ...textRules,
};

/** What an applicant, whom members have not admitted yet, may do. */
const OPEN_TO_APPLICANTS: ReadonlySet<string> = new Set(['member.describe', 'member.leave']);

/** Thrown inside the fold to start again from an earlier event with what was learnt. */
class GoBack {
  readonly to: string;
  constructor(to: string) {
    this.to = to;
  }
}

/**
 * The state of a network: a pure function of the set of its events. Events are folded in one order (depth, then id) that every
 * peer computes alike; a late event is folded by undoing back to its place. Only what the order should not decide looks beyond it:
 * ballots, clashing amendments and shared allowances are weighed by who had seen what.
 */
export class Network {
  readonly #record: RecordSet;
  readonly #tables = new Tables();
  readonly #order: Entry[] = [];
  /** Undo mark before each event of the order. */
  readonly #marks: number[] = [];
  readonly #about = new Map<string, Entry[]>();
  /** Revocations by device, departures by member. */
  readonly #ends = new Map<string, Entry[]>();
  readonly #clashes = new Map<string, Set<string>>();
  readonly #relied = new Map<string, Outcome['result']>();
  readonly #context: Context;

  constructor(record: RecordSet) {
    this.#record = record;
    this.#context = this.#contextOn({
      get: (id) => record.get(id),
      before: (ancestor, entry) => record.before(ancestor, entry),
      about: (proposal) => this.#about.get(proposal) ?? [],
      endsOf: ({ device, member }) => [...(this.#ends.get(device) ?? []), ...(this.#ends.get(member) ?? [])],
    });
  }

  get state(): State {
    return this.#tables.state;
  }

  /** Events in the order in which they are folded. */
  get order(): readonly Entry[] {
    return this.#order;
  }

  /** Folds events that the record has just taken in; says which rows changed. */
  insert(entries: readonly Entry[]): Change[] {
    if (entries.length === 0) return [];
    const sorted = [...entries].sort(byOrder);
    for (const entry of sorted) this.#index(entry);
    let from = this.#placeOf(sorted[0]!);
    from = this.#forgetClashes(Math.min(from, this.#reopened(sorted)));
    this.#rewind(from);
    merge(this.#order, from, sorted);
    this.#foldFrom(from);
    return this.#tables.takeChanges();
  }

  /** What the rules would say to this event if it were the newest; nothing changes. Undefined means that it would have effect. */
  rehearse(body: EventBody): Refusal | undefined {
    const member = this.#record.memberOf(body.device) ?? '';
    const depth = (this.#order.at(-1)?.depth ?? -1) + 1;
    const bytes = new Uint8Array();
    const trial: Entry = { ...body, id: 'trial', bytes, depth, lane: -1, place: 0, member, clock: undefined };
    const { past } = this.#context;
    const about = aboutProposal(trial);
    const context = this.#contextOn({
      get: (id) => (id === trial.id ? trial : past.get(id)),
      before: (ancestor, entry) =>
        entry === trial ? ancestor !== trial : ancestor !== trial && past.before(ancestor, entry),
      about: (proposal) => (proposal === about ? [...past.about(proposal), trial] : past.about(proposal)),
      endsOf: (entry) => past.endsOf(entry),
    });
    const mark = this.#tables.mark;
    try {
      return apply(context, trial);
    } catch (thrown) {
      // It would clash with what is in force: it may be said, and will be shown as clashing.
      if (thrown instanceof GoBack) return undefined;
      throw thrown;
    } finally {
      this.#tables.rollback(mark);
      this.#tables.takeChanges();
    }
  }

  #contextOn(past: Past): Context {
    return {
      tables: this.#tables,
      past,
      clashes: {
        with: (proposal) => [...(this.#clashes.get(proposal) ?? [])],
        found: (proposal, inForce) => {
          if (past !== this.#context.past) throw new GoBack(inForce);
          this.#noteClash(proposal, inForce);
          this.#noteClash(inForce, proposal);
          throw new GoBack(inForce);
        },
      },
      relied: (proposal, result) => {
        if (past === this.#context.past) this.#relied.set(proposal, result);
      },
    };
  }

  #noteClash(proposal: string, other: string): void {
    const others = this.#clashes.get(proposal) ?? new Set();
    others.add(other);
    this.#clashes.set(proposal, others);
  }

  #index(entry: Entry): void {
    const ended = endedBy(entry, this.#record);
    if (ended !== null) this.#ends.set(ended, [...(this.#ends.get(ended) ?? []), entry]);
    const proposal = aboutProposal(entry);
    if (proposal === null) return;
    const about = this.#about.get(proposal) ?? [];
    const at = about.findIndex((other) => comesAfter(other, entry));
    about.splice(at === -1 ? about.length : at, 0, entry);
    this.#about.set(proposal, about);
  }

  /** The earliest proposal whose result, on which the fold relied, is another with these events. */
  #reopened(added: readonly Entry[]): number {
    let from = this.#voided(added);
    const proposals = new Set(added.map(aboutProposal));
    for (const id of proposals) {
      const relied = id === null ? undefined : this.#relied.get(id);
      const proposal = id === null ? undefined : this.#tables.get('proposals', id);
      if (relied === undefined || proposal === undefined) continue;
      if (outcomeIn(this.#context, proposal).result === relied) continue;
      for (const affected of [proposal.id, ...this.#context.clashes.with(proposal.id)]) {
        from = Math.min(from, this.#placeOf(this.#record.get(affected)!));
        this.#clashes.get(affected)?.delete(proposal.id);
        this.#relied.delete(affected);
      }
      this.#clashes.delete(proposal.id);
    }
    return from;
  }

  /** The earliest ballot, closing or withdrawal that a revocation or departure among these makes void. */
  #voided(added: readonly Entry[]): number {
    const ends = added.filter((entry) => endedBy(entry, this.#record) !== null);
    if (ends.length === 0) return this.#order.length;
    const hit = (entry: Entry): boolean =>
      ends.some((end) => end.member === entry.member && !this.#record.before(entry, end));
    const places = [...this.#about.values()]
      .flat()
      .filter(hit)
      .map((entry) => this.#placeOf(entry));
    return Math.min(this.#order.length, ...places);
  }

  /** Clashes between decisions that will be folded again must be found again, or an event since put right would leave them behind. */
  #forgetClashes(from: number): number {
    const places = [...this.#clashes.keys()].flatMap((id) => {
      const proposal = this.#tables.get('proposals', id);
      return proposal === undefined
        ? []
        : [proposal.id, ...proposal.why.events].map((event) => this.#placeOf(this.#record.get(event)!));
    });
    if (places.every((place) => place < from)) return from;
    this.#clashes.clear();
    return Math.min(from, ...places);
  }

  /** Index of the first event of the order that does not come before `entry`. */
  #placeOf(entry: Entry): number {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (comesAfter(entry, this.#order[middle]!)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #rewind(to: number): void {
    if (to >= this.#marks.length) return;
    this.#tables.rollback(this.#marks[to]!);
    this.#marks.length = to;
  }

  #foldFrom(from: number): void {
    for (let index = from; index < this.#order.length; index++) {
      this.#marks.push(this.#tables.mark);
      try {
        fold(this.#context, this.#order[index]!);
      } catch (thrown) {
        if (!(thrown instanceof GoBack)) throw thrown;
        const place = this.#placeOf(this.#record.get(thrown.to)!);
        this.#rewind(place);
        index = place - 1;
      }
    }
  }
}

function fold(context: Context, entry: Entry): void {
  const mark = context.tables.mark;
  const refusal = apply(context, entry);
  if (refusal === undefined) return;
  context.tables.rollback(mark);
  context.tables.set('withoutEffect', entry.id, { event: entry.id, ...refusal });
}

function apply(context: Context, entry: Entry): Refusal | undefined {
  const { tables } = context;
  if (entry.rules > RULES_VERSION) return refuse('needs-newer-app');
  if (!isKnown(entry.type)) return refuse('unknown-type');
  if (!payloadShapes[entry.type](entry.payload)) return refuse('payload-malformed');
  if (entry.type !== 'network.found') {
    if (tables.get('network', NETWORK_KEY) === undefined) return refuse('not-founded');
    const member = tables.get('members', entry.member);
    if (member === undefined) return refuse('author-not-member');
    if (tables.get('devices', entry.device)?.status !== 'active') return refuse('device-not-active', member.why.clause);
    const allowed = member.status === 'active' || (member.status === 'applicant' && OPEN_TO_APPLICANTS.has(entry.type));
    if (!allowed) return refuse(`author-${member.status}`, member.why.clause, member.why.events);
  }
  // The payload was just checked against the shape of this very type, which the compiler can not follow across the table.
  const rule = rules[entry.type] as (context: Context, event: unknown) => Refusal | undefined;
  return rule(context, entry);
}

function isKnown(type: string): type is EventType {
  return Object.hasOwn(rules, type);
}

/** The device that an event revokes, or the member who leaves by it. */
function endedBy(entry: Entry, record: RecordSet): string | null {
  if (entry.rules > RULES_VERSION) return null;
  if (entry.type === 'member.leave') return entry.member;
  if (entry.type !== 'device.revoke' || !payloadShapes['device.revoke'](entry.payload)) return null;
  const { device } = entry.payload;
  return record.memberOf(device) === entry.member ? device : null;
}

/** The proposal that a well-formed ballot, closing or withdrawal is about. */
function aboutProposal(entry: Entry): string | null {
  if (entry.type !== 'ballot.cast' && entry.type !== 'decision.close' && entry.type !== 'proposal.withdraw')
    return null;
  return entry.rules <= RULES_VERSION && payloadShapes[entry.type](entry.payload)
    ? (entry.payload as { proposal: string }).proposal
    : null;
}

function byOrder(a: Entry, b: Entry): number {
  return comesAfter(a, b) ? 1 : -1;
}

/** Merges `added` into `order`, both sorted; nothing before `from` moves. */
function merge(order: Entry[], from: number, added: readonly Entry[]): void {
  const tail = order.splice(from);
  let i = 0;
  let j = 0;
  while (i < tail.length || j < added.length) {
    const a = tail[i];
    const b = added[j];
    if (b === undefined || (a !== undefined && comesAfter(b, a))) {
      order.push(a!);
      i += 1;
    } else {
      order.push(b);
      j += 1;
    }
  }
}
