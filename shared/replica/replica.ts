import { PeerholdError } from '../errors';
import { certifies, embeddedProofs } from '../network/certificates';
import { checkSignatures } from '../network/check';
import { type Action, type EventType, RULES_VERSION, payloadShapes, textsBeside } from '../network/events';
import { checkNames } from '../network/names';
import { Network } from '../network/network';
import { type Change, NETWORK_KEY, type State } from '../network/state';
import type { Draft } from '../record/text';
import type { FoundingPayloads } from '../network/founding/model';
import { detach, signEvent } from '../record/compose';
import { type EventBody, MAX_PARENTS, type SignedEvent, networkOf } from '../record/event';
import type { Entry } from '../record/entry';
import { RecordSet } from '../record/record';
import { type InspectSeal, type ProvenSeal, SealChain } from '../seal/chain';
import { isId, misfitOf } from '../record/shape';
import type { Signer } from '../record/signature';
import { Kept } from './kept';
import { type DetachedText, type TextRef, refOf } from '../record/text';

/** Events with the detached texts that came along. */
export interface Batch {
  readonly events: readonly SignedEvent[];
  readonly texts: readonly DetachedText[];
}

export interface Received {
  readonly entries: readonly Entry[];
  readonly changes: readonly Change[];
  /** Texts that are new here. */
  readonly texts: ReadonlyMap<TextRef, DetachedText>;
  /** Entries that were here before without all of their texts, and have them now. */
  readonly completed: readonly Entry[];
  /** Texts that were here and are erased now: the caller deletes them from its disk. */
  readonly erased: readonly TextRef[];
  /** Seals that hold now and did not before. */
  readonly sealed: readonly ProvenSeal[];
  /** Codes of events that were refused, by id. */
  readonly refused: ReadonlyMap<string, string>;
}

/** UTF-16 units of all texts whose events wait. */
const MAX_EARLY = 4_194_304;
/** What one without a word counts for. */
const ID_UNITS = 64;

/** One peer's whole copy of a network's record with the state folded from it. In memory; storing it is the caller's part. */
export class Replica {
  readonly record: RecordSet;
  readonly seals: SealChain;
  /** What of the record all peers must have. */
  readonly kept: Kept;
  /** The newest version of the rules that this app can fold by. */
  readonly rulesKnown: number;
  readonly #network: Network;
  readonly #texts = new Map<TextRef, DetachedText>();
  /** Texts of events that wait for their ancestors: one goes on the disk with its event only, or whoever liked could fill it. */
  readonly #early = new Map<TextRef, DetachedText>();
  /** Ids of events that came without a text that stands beside them. */
  readonly #textless = new Set<string>();

  constructor(network: string, inspect?: InspectSeal, rulesKnown = RULES_VERSION) {
    this.record = new RecordSet(network, certifies);
    this.rulesKnown = rulesKnown;
    this.#network = new Network(this.record, rulesKnown);
    this.seals = new SealChain(this.record, this.#network, inspect);
    this.record.hasEnded = (author) => this.#network.hasEnded(author);
    const { record, seals } = this;
    this.kept = new Kept({ record, outside: this.#network.outside, proof: () => seals.proof });
  }

  get id(): string {
    return this.record.network;
  }

  get state(): State {
    return this.#network.state;
  }

  /** Version of the rules in force, under which events are signed; 0 before the founding event. */
  get rules(): number {
    return this.#network.rules;
  }

  /**
   * Whether rules are in force that this app does not know: it keeps and passes on what comes, its state stays what it was when they came
   * into force, and it signs nothing.
   */
  get standsStill(): boolean {
    return this.#network.standsStill;
  }

  /** Events in the order in which they are folded. */
  get order(): readonly Entry[] {
    return this.#network.order;
  }

  /** The last event of the order. */
  get newest(): Entry | undefined {
    return this.#network.newest;
  }

  /** Events that no seal has fixed yet. */
  get unsealed(): readonly Entry[] {
    return this.#network.unsealed;
  }

  /** Whether an event can not count, since a seal had ended its author before any cut had it. */
  isOutside(entry: Entry): boolean {
    return this.#network.outside.has(entry);
  }

  /** The digest that the state would have were the pasts of these `seal.ready` events the next cut. */
  digestAt(height: number, time: number, ready: readonly string[]): string {
    return this.#network.digestAt(height, time, this.seals.cutOf(ready));
  }

  /** The text, null where it was erased or has not come. */
  text(ref: TextRef): string | null {
    return this.#texts.get(ref)?.text ?? null;
  }

  /** The texts that an event names, as far as they are here. */
  textsOf(entry: SignedEvent): DetachedText[] {
    const named = new Set<string>();
    collectIds(entry.payload, named);
    return [...named].map((id) => this.#texts.get(id as TextRef)).filter((text) => text !== undefined);
  }

  /** Ids of events beside which a text is missing that was not erased: whoever has them sends both. */
  textless(): string[] {
    this.#completed();
    return [...this.#textless];
  }

  /** Those that lack none any more; each is told once. */
  #completed(): Entry[] {
    const completed = [...this.#textless].map((id) => this.record.get(id)!).filter((entry) => !this.#lacksText(entry));
    for (const { id } of completed) this.#textless.delete(id);
    return completed;
  }

  #lacksText(entry: Entry): boolean {
    const { erased } = this.state;
    return textsBeside(entry).some((ref) => !this.#texts.has(ref) && !erased.has(`${ref}|${entry.device}`));
  }

  /** Takes in checked events in any order, and the texts they may refer to. */
  receive({ events, texts }: Batch): Received {
    const entries: Entry[] = [];
    const refused = new Map<string, string>();
    // Some are taken in only once others' events wait for them, and those come after: what they were refused for, tried again.
    for (let round = events, last = Infinity; round.length > 0 && round.length < last;) {
      last = round.length;
      for (const event of round) this.#take(event, entries, refused);
      round = round.filter((event) => isRefusedForNow(refused.get(event.id)));
    }
    this.#network.add(entries);
    this.seals.add(entries);
    const sealed = this.seals.advance();
    const changes = this.#network.settle();
    const kept = this.#keep(events, texts, refused);
    for (const [ref, text] of this.#arrived(entries)) kept.set(ref, text);
    const completed = kept.size === 0 ? [] : this.#completed();
    for (const entry of [...entries, ...this.#unerased(changes)])
      if (this.#lacksText(entry)) this.#textless.add(entry.id);
    return { entries, changes, texts: kept, completed, erased: this.#erase(changes), refused, sealed };
  }

  /** Events of those for whom an erasure does not hold any more, as where a seal ended its author: others may still have what was deleted here. */
  #unerased(changes: readonly Change[]): Entry[] {
    const authors = new Set(
      changes.flatMap(({ table, key, row }) => (table === 'erased' && row === undefined ? [key.split('|')[1]!] : [])),
    );
    return authors.size === 0 ? [] : this.record.all().filter(({ device }) => authors.has(device));
  }

  #take(event: SignedEvent, entries: Entry[], refused: Map<string, string>): void {
    try {
      const added = this.record.add(event);
      refused.delete(event.id);
      if (added.status === 'added') entries.push(...added.entries);
    } catch (error) {
      if (!(error instanceof PeerholdError)) throw error;
      refused.set(event.id, error.code);
    }
  }

  /**
   * Signs an action as the newest event of the signer's device. Throws `refused-<code>` with what the rules would say if it would have
   * no effect: nothing is signed then; `name-blank` for a name in which there is nothing; `app-too-old` where it can not know; `proof-wrong` for a proof inside that is none. The event still has to be stored and received. `salt` is for generated samples only.
   */
  async compose(
    signer: Signer,
    action: Action,
    time: number,
    salt?: () => Uint8Array,
  ): Promise<Batch & { readonly event: SignedEvent }> {
    if (this.standsStill) throw new PeerholdError('app-too-old');
    checkNames(action);
    const { payload, texts } = detach<unknown>(action.payload, signer.device, salt);
    const body = this.#nextBody(signer.device, action.type, payload, time);
    const refusal = this.#network.rehearse(body);
    if (refusal !== undefined)
      throw new PeerholdError(`refused-${refusal.code}`, { ...clauseParams(refusal), ...fieldParams(body) });
    const event = await signEvent(body, signer);
    // What others proved inside it: with a wrong one every peer would refuse the event, and with it all that this device signs later.
    if (embeddedProofs(event).length > 0) await checkSignatures(event);
    return { event, events: [event], texts: [...texts.values()] };
  }

  #nextBody(device: string, type: string, payload: unknown, time: number): EventBody {
    const own = this.record.tips().filter((tip) => tip.device === device);
    const last = own.reduce<Entry | undefined>(
      (a, b) => (a === undefined || b.sequence > a.sequence ? b : a),
      undefined,
    );
    const heads = this.kept.heads().filter((id) => id !== last?.id);
    // Where there are more heads than an event can cite, a vote still cites what justifies it.
    const grounds = heads.length > MAX_PARENTS ? this.seals.groundsOf(device, type, payload) : [];
    const wanted = [...new Set([...grounds, ...heads])].filter((id) => id !== last?.id);
    const cited = last === undefined ? this.#rootsOf(device, wanted) : wanted;
    return {
      network: this.id,
      device,
      sequence: (last?.sequence ?? -1) + 1,
      previous: last?.id ?? null,
      parents: cited.slice(0, MAX_PARENTS).sort(),
      time,
      rules: this.rules,
      type,
      payload,
    };
  }

  /** What a chain's first event cites: its certificate, even where that is no longer a head. */
  #rootsOf(device: string, heads: readonly string[]): string[] {
    const certificates = this.record.certificatesOf(device);
    // Whoever joined, was interrupted and asked again elsewhere may have several: the chain goes by the one by which the device is in.
    const member = this.state.devices.get(device)?.member;
    const counts = (id: string): boolean => {
      const entry = this.record.get(id)!;
      return certifies(entry, entry.member)?.member === member;
    };
    const certificate = certificates.find(counts) ?? certificates[0];
    if (certificate === undefined) throw new PeerholdError('not-certified');
    return [certificate, ...heads.filter((id) => !certificates.includes(id))];
  }

  /** Keeps the texts that an event beside them names: nobody can fill a disk with texts that belong to nothing. */
  #keep(
    events: readonly SignedEvent[],
    texts: readonly DetachedText[],
    refused: ReadonlyMap<string, string>,
  ): Map<TextRef, DetachedText> {
    const kept = new Map<TextRef, DetachedText>();
    if (texts.length === 0) return kept;
    const [named, early] = [new Set<string>(), new Set<string>()];
    for (const { id, payload } of events)
      if (!refused.has(id)) collectIds(payload, this.record.has(id) ? named : early);
    for (const detached of texts) {
      const ref = refOf(detached);
      if (this.#texts.has(ref) || this.state.erased.has(`${ref}|${detached.author}`)) continue;
      if (named.has(ref)) {
        this.#texts.set(ref, detached);
        kept.set(ref, detached);
      } else if (early.has(ref)) this.#early.set(ref, detached);
    }
    this.#forgetOldest();
    return kept;
  }

  /** They are asked for again once their events are here. */
  #forgetOldest(): void {
    let units = 0;
    for (const [ref, { text }] of [...this.#early].reverse()) {
      units += text.length + ID_UNITS;
      if (units > MAX_EARLY) this.#early.delete(ref);
    }
  }

  /** Texts that waited for events which are here now. */
  #arrived(entries: readonly Entry[]): Map<TextRef, DetachedText> {
    const arrived = new Map<TextRef, DetachedText>();
    if (this.#early.size === 0) return arrived;
    const named = new Set<string>();
    for (const { payload } of entries) collectIds(payload, named);
    for (const [ref, detached] of this.#early) {
      if (!named.has(ref)) continue;
      this.#early.delete(ref);
      if (this.#texts.has(ref) || this.state.erased.has(`${ref}|${detached.author}`)) continue;
      this.#texts.set(ref, detached);
      arrived.set(ref, detached);
    }
    return arrived;
  }

  /** Forgets the texts whose erasure has just come into effect. */
  #erase(changes: readonly Change[]): TextRef[] {
    const gone: TextRef[] = [];
    for (const change of changes) {
      if (change.table !== 'erased' || change.row === undefined) continue;
      const { text, author } = change.row;
      if (this.#texts.get(text)?.author === author && this.#texts.delete(text)) gone.push(text);
    }
    return gone;
  }
}

/** Of an event that is taken in once an event that counts waits for it. */
export function isRefusedForNow(code: string | undefined): code is 'fork-storm' | 'outside-cut' {
  return code === 'fork-storm' || code === 'outside-cut';
}

/** Every id that a value has anywhere in it. */
export function collectIds(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') {
    if (isId(value)) into.add(value);
  } else if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array)) {
    for (const field of Object.values(value)) collectIds(field, into);
  }
}

/** Which part of a payload has not the form that it must have. */
function fieldParams({ type, payload }: Pick<EventBody, 'type' | 'payload'>): Record<string, string> {
  const shape = Object.hasOwn(payloadShapes, type) ? payloadShapes[type as EventType] : undefined;
  const field = shape === undefined ? null : misfitOf(shape, payload);
  return field === null || field === '' ? {} : { field };
}

function clauseParams(refusal: { clause?: { version: string; protocol: string } }): Record<string, string> {
  return refusal.clause === undefined ? {} : { protocol: refusal.clause.protocol, version: refusal.clause.version };
}

/** Founds a network: signs its first event and folds it. Throws `name-blank`, and `refused-<code>` where the agreement could not work. */
export async function foundNetwork(
  signer: Signer,
  draft: Draft<FoundingPayloads['network.found']>,
  time: number,
  salt?: () => Uint8Array,
): Promise<{ replica: Replica; batch: Batch }> {
  checkNames({ type: 'network.found', payload: draft });
  const { payload, texts } = detach<unknown>(draft, signer.device, salt);
  const event = await signEvent(
    {
      network: null,
      device: signer.device,
      sequence: 0,
      previous: null,
      parents: [],
      time,
      rules: RULES_VERSION,
      type: 'network.found',
      payload,
    },
    signer,
  );
  const replica = new Replica(networkOf(event));
  const batch = { events: [event], texts: [...texts.values()] };
  replica.receive(batch);
  if (replica.state.network.get(NETWORK_KEY) === undefined) {
    const code = replica.state.withoutEffect.get(event.id)?.code ?? 'payload-malformed';
    throw new PeerholdError(`refused-${code}`, fieldParams(event));
  }
  return { replica, batch };
}
