import { PeerholdError } from '../errors';
import { clockOf } from '../record/ancestry';
import type { Entry } from '../record/entry';
import type { RecordSet } from '../record/record';
import type { DetachedText } from '../record/text';
import type { Clock } from './clock';
import { type Near, relays } from './relay';
import { BATCHES_AT_ONCE, Turns } from './turns';
import {
  type EventBatch,
  MAX_NEAR,
  MAX_TIPS,
  MAX_WANTED,
  type RecordMessage,
  decodeRecordMessage,
  encodeRecordMessage,
} from './record-messages';

/** The replica as the exchange sees it. */
export interface RecordHolder {
  /** This device, by the name that neighbours have for it. */
  readonly device: string;
  readonly record: RecordSet;
  /** What of it neighbours need: all else is neither sent nor spoken of, unless they ask for it. */
  readonly kept: { offers(entry: Entry): boolean; tips(): readonly Entry[] };
  /** The texts that an event names, as far as they are here. */
  textsOf(entry: Entry): readonly DetachedText[];
  /** Ids of events to ask neighbours for. */
  wanted(): readonly string[];
  /** Ids of events that are here without their texts: each neighbour is asked once whether it has them. */
  textless(): readonly string[];
  /** Checks, takes in and stores foreign events, then has them announced; resolves once they are durable. Throws the code of the first that is no event. */
  take(batch: EventBatch, from: string): Promise<void>;
}

/** One neighbour's end of a channel, for this kind. */
export interface RecordPipe {
  send(message: Uint8Array, bulk: boolean): void;
  /** Resolves when there is room for more; rejects when the channel has closed. */
  writable(): Promise<void>;
}

/** Bytes of events in one message: large enough to keep the line full, small enough to show progress and to interleave. */
const BATCH_BYTES = 192 * 1024;
const COMPARE_EVERY = 30_000;
/** Milliseconds after which neighbours are told of a change among them: in a crowd there are many at once. */
const TELL_NEAR = 300;
/** Events that are sent ahead of everything else: one person's doing, not a history. */
const FEW = 8;

interface Neighbour {
  readonly pipe: RecordPipe;
  /** By lane: how many entries it has, or we have sent it. */
  known: number[];
  /** By lane: how many entries it has said it has. */
  has: number[];
  /** Its own neighbours, as it last said. */
  near: Near;
  /** Events for whose texts it was asked. */
  readonly asked: Set<string>;
  /** The newest events that it has, as it last said; null before. */
  offered: readonly string[] | null;
  /** Index in the record's order of arrival before which nothing is left to send. */
  cursor: number;
  pumping: boolean;
  /** A bulk batch is on its way: what follows must not overtake it, or it would arrive without its parents. */
  bulky: boolean;
  readonly taking: Turns;
  gone: boolean;
}

/**
 * Keeps the records of neighbours equal. Each says which newest events it has; the other sends what is not among their ancestors, in
 * an order in which it can be taken in. New events are passed on at once, to whoever is not known to have them.
 */
export class RecordSync {
  readonly #holder: RecordHolder;
  readonly #clock: Clock;
  readonly #neighbours = new Map<string, Neighbour>();
  readonly #heard: (peer: string) => void;
  #stopTimer: () => void;
  #stopTelling: () => void = () => undefined;
  #telling = false;
  /** A neighbour was lost since the others were told last. */
  #lost = false;

  /** `heard` is told when a neighbour said what it has. */
  constructor(holder: RecordHolder, clock: Clock, heard: (peer: string) => void) {
    this.#holder = holder;
    this.#clock = clock;
    this.#heard = heard;
    this.#stopTimer = clock.setTimer(COMPARE_EVERY, this.#compare);
  }

  connected(peer: string, pipe: RecordPipe): void {
    const neighbour: Neighbour = {
      pipe,
      known: [],
      has: [],
      near: undefined,
      asked: new Set(),
      offered: null,
      cursor: this.#holder.record.size,
      pumping: false,
      bulky: false,
      taking: new Turns(BATCHES_AT_ONCE),
      gone: false,
    };
    this.#neighbours.set(peer, neighbour);
    this.#sendHave(neighbour);
    this.#tellNear();
  }

  disconnected(peer: string): void {
    const neighbour = this.#neighbours.get(peer);
    if (neighbour !== undefined) neighbour.gone = true;
    this.#neighbours.delete(peer);
    this.#lost = true;
    this.#tellNear();
  }

  close(): void {
    this.#stopTimer();
    this.#stopTelling();
    this.#telling = true;
    for (const peer of [...this.#neighbours.keys()]) this.disconnected(peer);
  }

  /** Whether there are neighbours, and all that they have said they have is here. */
  get caughtUp(): boolean {
    const neighbours = [...this.#neighbours.values()];
    return neighbours.length > 0 && neighbours.every((one) => this.#isCaughtUpWith(one));
  }

  /** Whether there are neighbours, each has said that it has all of this device's, and all else was sent to it, from here or by another. */
  get delivered(): boolean {
    const neighbours = [...this.#neighbours.values()];
    return neighbours.length > 0 && neighbours.every((one) => this.#isDeliveredTo(one));
  }

  /** Whether this neighbour has what is here, as `delivered` means it, and all that it said it has is here. */
  isEqualWith(peer: string): boolean {
    const neighbour = this.#neighbours.get(peer);
    return neighbour !== undefined && this.#isCaughtUpWith(neighbour) && this.#isDeliveredTo(neighbour);
  }

  /** Says to all anew what is here, as it does by itself from time to time. */
  compare(): void {
    this.#sayHave();
  }

  /** How many of a lane's entries the neighbour has said it has; null for one that is not connected or has said nothing yet. */
  has(peer: string, lane: number): number | null {
    const neighbour = this.#neighbours.get(peer);
    return neighbour === undefined ? null : (neighbour.has[lane] ?? 0);
  }

  /** Passes on entries that are stored here. `from` sent them and so has them. */
  announce(entries: readonly Entry[], from?: string): void {
    const source = from === undefined ? undefined : this.#neighbours.get(from);
    if (source !== undefined) {
      for (const entry of entries) this.#note(source, entry);
      source.pipe.send(encodeRecordMessage({ kind: 'got', tips: newest(entries) }), false);
      if (entries.length <= FEW) this.#leaveToOthers(entries, from!);
    }
    for (const neighbour of this.#neighbours.values()) void this.#pump(neighbour);
  }

  /**
   * Passes on entries whose texts came after them, with these. Each neighbour is asked for a text once: who had it not then, has to say when it comes.
   */
  passOn(entries: readonly Entry[], from?: string): void {
    const ids = entries.map(({ id }) => id);
    if (ids.length > 0)
      for (const [peer, neighbour] of this.#neighbours) if (peer !== from) void this.#answer(neighbour, ids);
  }

  /** Bytes from a neighbour. Rejects with a code when they are no message or hold what is no event: the channel is then to be closed. */
  async receive(peer: string, bytes: Uint8Array): Promise<void> {
    const neighbour = this.#neighbours.get(peer);
    if (neighbour === undefined) return;
    const message = decodeRecordMessage(bytes);
    if (message.kind === 'events') {
      await neighbour.taking.run(() => this.#holder.take(message, peer));
      this.#sendWant(neighbour);
      return;
    }
    if (message.kind === 'want') return this.#answer(neighbour, message.ids);
    if (message.kind === 'near') {
      neighbour.near = new Set(message.devices);
      return;
    }
    this.#heed(neighbour, message);
    this.#heard(peer);
    void this.#pump(neighbour);
  }

  #isCaughtUpWith({ offered }: Neighbour): boolean {
    return offered?.every((tip) => this.#holder.record.has(tip)) === true;
  }

  #isDeliveredTo({ has, known }: Neighbour): boolean {
    const { kept, device } = this.#holder;
    return kept.tips().every((tip) => ((tip.device === device ? has : known)[tip.lane] ?? 0) > tip.place);
  }

  /** Takes as sent what others send: nobody needs it twice. */
  #leaveToOthers(entries: readonly Entry[], from: string): void {
    const near = new Map([...this.#neighbours].map(([peer, neighbour]) => [peer, neighbour.near]));
    for (const [peer, { known }] of this.#neighbours) {
      if (peer === from) continue;
      for (const entry of entries) {
        const isNext = (known[entry.lane] ?? 0) === entry.place;
        if (isNext && !relays(entry, this.#holder.device, peer, from, near)) known[entry.lane] = entry.place + 1;
      }
    }
  }

  #tellNear(): void {
    if (this.#telling) return;
    this.#telling = true;
    this.#stopTelling = this.#clock.setTimer(TELL_NEAR, () => {
      this.#telling = false;
      const devices = [...this.#neighbours.keys()].slice(0, MAX_NEAR);
      for (const { pipe } of this.#neighbours.values())
        pipe.send(encodeRecordMessage({ kind: 'near', devices }), false);
      // What the others left to the lost one to send here may have been lost with it.
      if (this.#lost) this.#sayHave();
      this.#lost = false;
    });
  }

  #heed(neighbour: Neighbour, message: RecordMessage & { readonly tips: readonly string[] }): void {
    const { record, kept } = this.#holder;
    const has = message.kind === 'have' ? [] : neighbour.has;
    for (const tip of message.tips) {
      const entry = record.get(tip);
      // A tip that is not here says that the neighbour has more than we do; it will send it.
      if (entry === undefined) continue;
      clockOf(entry, record).forEach((count, lane) => (has[lane] = Math.max(has[lane] ?? 0, count)));
    }
    neighbour.has = has;
    neighbour.bulky &&= neighbour.known.some((count, lane) => count > (has[lane] ?? 0));
    if (message.kind === 'got') return;
    neighbour.offered = message.tips;
    // A fresh word replaces what we believed: what was lost on the way is sent again.
    neighbour.known = [...has];
    const complete = kept.tips().every((tip) => (has[tip.lane] ?? 0) > tip.place);
    neighbour.cursor = complete ? record.size : 0;
  }

  #note(neighbour: Neighbour, entry: Entry): void {
    for (const counts of [neighbour.known, neighbour.has]) {
      counts[entry.lane] = Math.max(counts[entry.lane] ?? 0, entry.place + 1);
    }
  }

  /** Sends what the neighbour lacks, batch by batch as there is room; one pump a neighbour. */
  async #pump(neighbour: Neighbour): Promise<void> {
    if (neighbour.pumping) return;
    neighbour.pumping = true;
    try {
      for (let batch = this.#next(neighbour); batch.length > 0 && !neighbour.gone; batch = this.#next(neighbour)) {
        await this.#sendEvents(neighbour, batch);
      }
    } catch (error) {
      if (!(error instanceof PeerholdError)) throw error;
      // The channel closed while we waited for room: there is nobody to send to.
    } finally {
      neighbour.pumping = false;
    }
  }

  #next(neighbour: Neighbour): Entry[] {
    const arrived = this.#holder.record.all();
    const batch: Entry[] = [];
    for (let bytes = 0; neighbour.cursor < arrived.length && bytes < BATCH_BYTES; neighbour.cursor++) {
      const entry = arrived[neighbour.cursor]!;
      if ((neighbour.known[entry.lane] ?? 0) > entry.place || !this.#holder.kept.offers(entry)) continue;
      neighbour.known[entry.lane] = entry.place + 1;
      batch.push(entry);
      bytes += this.#sizeOf(entry);
    }
    return batch;
  }

  /** Bytes of an event and its texts, at most. */
  #sizeOf(entry: Entry): number {
    return entry.bytes.length + this.#holder.textsOf(entry).reduce((sum, { text }) => sum + text.length * 3, 0);
  }

  async #answer(neighbour: Neighbour, ids: readonly string[]): Promise<void> {
    const entries = ids.map((id) => this.#holder.record.get(id)).filter((entry) => entry !== undefined);
    try {
      for (let at = 0, batch: Entry[] = []; at < entries.length && !neighbour.gone; batch = []) {
        for (let bytes = 0; at < entries.length && bytes < BATCH_BYTES; at++) {
          batch.push(entries[at]!);
          bytes += this.#sizeOf(entries[at]!);
        }
        await this.#sendEvents(neighbour, batch);
      }
    } catch (error) {
      if (!(error instanceof PeerholdError)) throw error;
      // The channel closed while we waited for room: there is nobody to send to.
    }
  }

  async #sendEvents(neighbour: Neighbour, entries: readonly Entry[]): Promise<void> {
    const bulk = neighbour.bulky || entries.length > FEW;
    if (bulk) await neighbour.pipe.writable();
    if (neighbour.gone) return;
    const texts = entries.flatMap((entry) => this.#holder.textsOf(entry));
    const message = encodeRecordMessage({ kind: 'events', events: entries.map((entry) => entry.bytes), texts });
    neighbour.bulky = bulk;
    neighbour.pipe.send(message, bulk);
  }

  #sendHave(neighbour: Neighbour): void {
    const tips = this.#holder.kept.tips().slice(-MAX_TIPS);
    neighbour.pipe.send(encodeRecordMessage({ kind: 'have', tips: tips.map((tip) => tip.id) }), false);
    this.#sendWant(neighbour);
  }

  #sayHave(): void {
    for (const neighbour of this.#neighbours.values()) if (!neighbour.pumping) this.#sendHave(neighbour);
  }

  /** Asks for what is missed newest: somebody may have made others wait for what does not exist. */
  #sendWant({ pipe, asked }: Neighbour): void {
    const wanted = this.#holder.wanted().slice(-MAX_WANTED);
    const textless = this.#holder.textless().filter((id) => !asked.has(id));
    const ids = [...wanted, ...textless.slice(0, MAX_WANTED - wanted.length)];
    for (const id of ids.slice(wanted.length)) asked.add(id);
    if (ids.length > 0) pipe.send(encodeRecordMessage({ kind: 'want', ids }), false);
  }

  readonly #compare = (): void => {
    this.#sayHave();
    this.#stopTimer = this.#clock.setTimer(COMPARE_EVERY, this.#compare);
  };
}

/** The newest entry of each lane among these. */
function newest(entries: readonly Entry[]): string[] {
  const tips = new Map<number, Entry>();
  for (const entry of entries) {
    const tip = tips.get(entry.lane);
    if (tip === undefined || tip.place < entry.place) tips.set(entry.lane, entry);
  }
  return [...tips.values()].map((tip) => tip.id);
}
