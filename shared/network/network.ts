import type { EventBody } from '../record/event';
import { type Entry, UNSEALED } from '../record/entry';
import type { RecordSet } from '../record/record';
import { apply } from './apply';
import type { Outcome } from './decisions/outcome';
import { closeVotes, fixDecisions, fixMembers } from './decisions/sealing';
import { comesAfter, outcomeIn } from './decisions/asked';
import { EventIndex } from './event-index';
import { RULES_VERSION } from './events';
import { endNotices } from './membership/end-notices';
import { freezeForked, noteFork } from './membership/forks';
import { isUnrestored } from './membership/restoring';
import { byOrder, merge, placeIn } from './order';
import { fixShares } from './resources/shares';
import type { Context, Past, Refusal } from './rule';
import { foundingGround, groundAt } from './seals/ground';
import type { Seal } from './seals/model';
import type { Ground } from './seals/sealers';
import { type Change, NETWORK_KEY, type State } from './state';
import { Tables } from './tables';

/** Which entries a cut has. */
export type Cut = (entry: Entry) => boolean;

/** Thrown inside the fold to start again from an earlier event with what was learnt. */
class GoBack {
  readonly to: string;
  constructor(to: string) {
    this.to = to;
  }
}

/**
 * The state of a network: a pure function of its events and seals. The order goes seal by seal: what each cut adds, then the unsealed
 * rest, each by depth, then id. What is sealed is folded once and for all; the rest is undone and folded again as late events sort into
 * it. Only what the order should not decide looks beyond it: ballots, clashing amendments and shared allowances are weighed by who had seen what.
 */
export class Network {
  readonly #record: RecordSet;
  readonly #tables = new Tables();
  readonly #sealed: Entry[] = [];
  #tail: Entry[] = [];
  /** Undo mark before each event of the tail that is folded. */
  readonly #marks: number[] = [];
  readonly #index: EventIndex;
  readonly #clashes = new Map<string, Set<string>>();
  readonly #relied = new Map<string, Outcome['result']>();
  readonly #past: Past;
  /** What the ended signed outside the cuts up to that which ended them: of no effect on anything. */
  readonly #outside = new Set<Entry>();
  /** Ids of devices and members whom a seal has ended. */
  readonly #ended = new Set<string>();
  #ground: Ground | null = null;
  readonly #rulesKnown: number;
  /** Version of the rules after each seal, by height: by it the section after that seal is folded, and by that of the last one the tail. */
  readonly #rules: number[] = [];
  /** Height up to which the fold now looks. */
  #horizon = UNSEALED;

  /** `rulesKnown`: the newest version of the rules that this app can fold by. */
  constructor(record: RecordSet, rulesKnown = RULES_VERSION) {
    this.#record = record;
    this.#rulesKnown = rulesKnown;
    this.#index = new EventIndex(record, {
      isOutside: (entry) => this.#outside.has(entry),
      isAbove: (entry) => entry.rules > this.#rulesAt(entry),
      hadEffect: ({ id }) => !this.state.withoutEffect.has(id),
      isUnrestored: (entry) => isUnrestored(this.#tables, this.#past, entry),
    });
    const known = (entries: readonly Entry[]): readonly Entry[] =>
      this.#horizon === UNSEALED && this.#outside.size === 0
        ? entries
        : entries.filter((entry) => entry.seal <= this.#horizon && !this.#outside.has(entry));
    this.#past = {
      get: (id) => record.get(id),
      before: (ancestor, entry) => record.before(ancestor, entry),
      precedes: (earlier, entry) => earlier.seal < entry.seal || record.before(earlier, entry),
      about: (proposal) => known(this.#index.about(proposal)),
      endsOf: (entry) => known(this.#index.endsOf(entry)),
      rootsOf: (device) => known(this.#index.rootsOf(device)),
      certificateOf: (entry) => this.#index.certificateOf(entry),
    };
  }

  get state(): State {
    return this.#tables.state;
  }

  /** Events in the order in which they are folded. */
  get order(): readonly Entry[] {
    return [...this.#sealed, ...this.#tail];
  }

  /** The last event of the order. */
  get newest(): Entry | undefined {
    return this.#tail.at(-1) ?? this.#sealed.at(-1);
  }

  /** Events that no seal has fixed yet, and that can count. */
  get unsealed(): readonly Entry[] {
    return this.#tail;
  }

  /** What the newest seal fixed; in a network that has none, the founding event; null before that. */
  get ground(): Ground | null {
    if (this.#ground !== null) return this.#ground;
    // The founding event sorts first; nothing else has to be folded to know who founded.
    if (this.state.network.size === 0) this.#fold(this.#tail, this.#marks, Math.min(1, this.#tail.length));
    const founding = this.#record.get(this.#record.network);
    return founding === undefined ? null : foundingGround(this.state, founding);
  }

  /** Events by those whom a seal had ended, outside its cut and those before: no row of the state comes from them. */
  get outside(): ReadonlySet<Entry> {
    return this.#outside;
  }

  /** Version of the rules in force; 0 before the founding event. */
  get rules(): number {
    return this.#rules.at(-1) ?? 0;
  }

  /** Whether rules are in force that this app does not know. The state is then that of the seal that brought them, and stays so. */
  get standsStill(): boolean {
    return this.rules > this.#rulesKnown;
  }

  /** Whether a seal holds that the device was revoked or frozen, or that the member left or was removed. That is for good. */
  hasEnded({ device, member }: Pick<Entry, 'device' | 'member'>): boolean {
    return this.#ended.has(device) || this.#ended.has(member);
  }

  /** Takes in events that the record has just taken in; `settle` folds them. */
  add(entries: readonly Entry[]): void {
    for (const entry of entries) this.#noteOutside(entry);
    // Before all others: they have it among their ancestors.
    if (entries.length > 0 && this.#rules.length === 0) this.#rules.push(this.#record.get(this.#record.network)!.rules);
    if (this.standsStill) return;
    const sorted = entries.filter((entry) => !this.#outside.has(entry)).sort(byOrder);
    if (sorted.length === 0) return;
    for (const entry of sorted) this.#index.add(entry);
    const voided = this.#index.firstVoidedBy(sorted, this.#tail);
    const place = Math.min(
      this.#placeOf(sorted[0]!),
      voided === undefined ? this.#tail.length : this.#placeOf(voided),
      this.#index.chosenBy(sorted).reduce(this.#earliest, this.#tail.length),
    );
    const from = this.#forgetClashes(Math.min(place, this.#reopened(sorted)));
    this.#rewind(from);
    merge(this.#tail, from, sorted);
  }

  /** Folds what is not folded yet; says which rows changed since the last time. */
  settle(): Change[] {
    this.#foldTail();
    return this.#tables.takeChanges();
  }

  /**
   * Fixes what the cut adds as the next section of the order, for good. `settle` folds the rest on it. Where asked to compare, says whether
   * the state at the cut is the one that was sealed.
   */
  seal(seal: Seal, cut: Cut, compare = false): boolean {
    this.#rewind(0);
    const section = this.#foldSection(seal.height, seal.time, cut);
    const same = !compare || this.#tables.digest === seal.digest;
    this.#tables.set('seals', String(seal.height), seal);
    this.#tables.forgetUndo();
    this.#rules.push(this.state.network.get(NETWORK_KEY)!.rules);
    // One by one: a whole history is too much for the arguments of one call.
    for (const entry of section) this.#sealed.push(entry);
    this.#noteEnded();
    for (const entry of this.#tail) if (entry.seal === UNSEALED) this.#noteOutside(entry);
    this.#tail = this.#tail.filter(
      (entry) => !this.standsStill && entry.seal === UNSEALED && !this.#outside.has(entry),
    );
    this.#ground = groundAt(this.state, seal);
    return same;
  }

  /** The digest that the state would have were this cut the next seal. Nothing changes. */
  digestAt(height: number, time: number, cut: Cut): string {
    this.#rewind(0);
    const mark = this.#tables.mark;
    const section = this.#foldSection(height, time, cut);
    const digest = this.#tables.digest;
    this.#tables.rollback(mark);
    for (const entry of [...section, ...this.#outside]) if (entry.seal === height) entry.seal = UNSEALED;
    this.#foldTail();
    return digest;
  }

  /** What the rules would say to this event if it were the newest; nothing changes. Undefined means that it would have effect. */
  rehearse(body: EventBody): Refusal | undefined {
    const member = this.#record.authorOf(body) ?? '';
    const depth = (this.newest?.depth ?? -1) + 1;
    const bytes = new Uint8Array();
    const place = { depth, lane: -1, place: 0, member, clock: undefined, seal: UNSEALED };
    const trial: Entry = { ...body, id: 'trial', bytes, ...place };
    const past = this.#past;
    const about = this.#index.proposalOf(trial);
    const before: Past['before'] = (ancestor, entry) =>
      entry === trial ? ancestor !== trial : ancestor !== trial && past.before(ancestor, entry);
    const context = this.#contextOn({
      get: (id) => (id === trial.id ? trial : past.get(id)),
      before,
      precedes: (earlier, entry) => earlier.seal < entry.seal || before(earlier, entry),
      about: (proposal) => (proposal === about ? [...past.about(proposal), trial] : past.about(proposal)),
      endsOf: (entry) => past.endsOf(entry),
      rootsOf: (device) => past.rootsOf(device),
      certificateOf: (entry) => past.certificateOf(entry),
    });
    const mark = this.#tables.mark;
    try {
      return apply(context, trial);
    } finally {
      this.#tables.rollback(mark);
    }
  }

  #contextOn(past: Past): Context {
    return {
      tables: this.#tables,
      past,
      ground: this.#ground,
      rules: this.rules,
      clashes: {
        with: (proposal) => [...(this.#clashes.get(proposal) ?? [])],
        found: (proposal, inForce) => {
          // What is only on trial may be said, and will be shown as clashing.
          if (past !== this.#past) return;
          this.#noteClash(proposal, inForce);
          throw new GoBack(inForce);
        },
      },
      relied: (proposal, result) => {
        if (past === this.#past) this.#relied.set(proposal, result);
      },
    };
  }

  #noteEnded(): void {
    const { members, devices } = this.state;
    for (const { id, status } of devices.values()) if (status !== 'active') this.#ended.add(id);
    for (const { id, status } of members.values()) if (status === 'left' || status === 'removed') this.#ended.add(id);
  }

  /** Notes what the ended sign, and what those sign whom they let in so; to be called for ancestors first. */
  #noteOutside(entry: Entry): void {
    const outside = (id: string | undefined): boolean =>
      id !== undefined && this.#outside.size > 0 && this.#outside.has(this.#record.get(id)!);
    const from = entry.previous ?? (this.#outside.size === 0 ? undefined : this.#index.certificateOf(entry)?.id);
    if (this.hasEnded(entry) || outside(from)) this.#outside.add(entry);
  }

  #siblings(entry: Entry): readonly Entry[] {
    const siblings = this.#record.siblings(entry);
    return this.#outside.size === 0 ? siblings : siblings.filter((one) => !this.#outside.has(one));
  }

  #noteClash(proposal: string, other: string): void {
    for (const [one, rival] of [
      [proposal, other],
      [other, proposal],
    ] as const) {
      const rivals = this.#clashes.get(one) ?? new Set();
      rivals.add(rival);
      this.#clashes.set(one, rivals);
    }
  }

  /** The earliest proposal whose result, on which the fold relied, is another with these events. */
  #reopened(added: readonly Entry[]): number {
    let from = this.#tail.length;
    for (const id of new Set(added.map((entry) => this.#index.proposalOf(entry)))) {
      const relied = id === null ? undefined : this.#relied.get(id);
      const proposal = id === null ? undefined : this.#tables.get('proposals', id);
      if (relied === undefined || proposal === undefined) continue;
      if (outcomeIn(this.#contextOn(this.#past), proposal).result === relied) continue;
      for (const affected of [proposal.id, ...(this.#clashes.get(proposal.id) ?? [])]) {
        from = Math.min(from, this.#placeOf(this.#record.get(affected)!));
        this.#clashes.get(affected)?.delete(proposal.id);
        this.#relied.delete(affected);
      }
      this.#clashes.delete(proposal.id);
    }
    return from;
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

  readonly #earliest = (from: number, entry: Entry): number => Math.min(from, this.#placeOf(entry));

  #rulesAt({ seal }: Entry): number {
    return this.#rules[Math.min(seal, this.#rules.length) - 1] ?? 0;
  }

  /** Index in the tail of the first event that does not come before `entry`; 0 for what is sealed. */
  #placeOf(entry: Entry): number {
    return entry.seal === UNSEALED ? placeIn(this.#tail, entry) : 0;
  }

  #rewind(to: number): void {
    if (to >= this.#marks.length) return;
    this.#tables.rollback(this.#marks[to]!);
    this.#marks.length = to;
  }

  /** Folds the part of the tail that a cut has, as if nothing else were known, and what its seal brings about. */
  #foldSection(height: number, time: number, cut: Cut): Entry[] {
    const section = this.#tail.filter(cut);
    for (const entry of section) entry.seal = height;
    for (const entry of this.#outside) if (entry.seal === UNSEALED && cut(entry)) entry.seal = height;
    this.#clashes.clear();
    this.#relied.clear();
    this.#index.forgetAnswers();
    this.#horizon = height;
    const start = this.#tables.mark;
    // A vote that the seal closes can clash with what the section adopted: then it is folded again, knowing of the clash.
    while (!this.#tryFold(section, height, time)) this.#tables.rollback(start);
    this.#horizon = UNSEALED;
    this.#clashes.clear();
    this.#relied.clear();
    this.#index.forgetAnswers();
    return section;
  }

  #tryFold(section: readonly Entry[], height: number, time: number): boolean {
    try {
      this.#fold(section, [], section.length);
      const context = this.#contextOn(this.#past);
      closeVotes(context, time);
      endNotices(context, time);
      fixDecisions(context, height, time);
      fixMembers(context, height, time);
      fixShares(context, height);
      freezeForked(this.#tables);
      return true;
    } catch (thrown) {
      if (thrown instanceof GoBack) return false;
      throw thrown;
    }
  }

  #foldTail(): void {
    this.#fold(this.#tail, this.#marks, this.#tail.length);
  }

  /** Folds `entries` from where `marks` ends, up to `end`. */
  #fold(entries: readonly Entry[], marks: number[], end: number): void {
    const context = this.#contextOn(this.#past);
    for (let index = marks.length; index < end; index++) {
      marks.push(this.#tables.mark);
      try {
        foldOne(context, entries[index]!, this.#siblings(entries[index]!));
      } catch (thrown) {
        if (!(thrown instanceof GoBack)) throw thrown;
        const to = this.#record.get(thrown.to)!;
        const place = entries.findIndex((entry) => !comesAfter(to, entry));
        this.#tables.rollback(marks[place]!);
        marks.length = place;
        index = place - 1;
      }
    }
  }
}

function foldOne(context: Context, entry: Entry, siblings: readonly Entry[]): void {
  const mark = context.tables.mark;
  const refusal = apply(context, entry);
  if (refusal !== undefined) {
    context.tables.rollback(mark);
    context.tables.set('withoutEffect', entry.id, { event: entry.id, ...refusal });
  }
  noteFork(context.tables, siblings, entry);
}
