import { answer } from '../commons/search/answer';
import { type Backlinks, backlinksTo } from '../commons/links/backlinks';
import { LinkIndex } from '../commons/links/link-index';
import type { SearchAnswer, SearchKind, SearchQuery } from '../commons/search/model';
import { changedKeys, countRecord, keysSaying, ledgerKeys, recordKeys } from '../commons/search/record-texts';
import { TextIndex } from '../commons/search/text-index';
import type { Mention } from '../commons/text/schema';
import type { Change } from '../network/state';
import type { Peer } from '../peer/peer';
import type { TextRef } from '../record/text';
import type { Clock } from '../sync/clock';
import { AGREEMENT, DRAFT, SearchTexts, TREE } from './search-texts';

/** Milliseconds of work at a stretch, and of rest after it: the engine has other things to do. */
const WORK = 8;
const REST = 4;
/** Milliseconds from a change until it is read: somebody who writes changes a text with every key. */
const PAUSE = 1_000;

/**
 * Full-text search in one open network, and what in it links to what. Nothing is read before the first question, even one without words; then
 * all texts are, a few at a time, and what changes is read again. Until then an answer has what was read so far, and says so.
 */
export class SearchDesk {
  readonly #peer: Peer;
  readonly #clock: Clock;
  readonly #index = new TextIndex<SearchKind>();
  readonly #links = new LinkIndex();
  /** Tells that other texts link to something than before. */
  readonly #tell: () => void;
  /** Changes of links that were told. */
  #told = 0;
  readonly #texts: SearchTexts;
  /** What is to be read at once. */
  readonly #changed = new Set<string>([TREE, AGREEMENT, DRAFT]);
  /** What is to be read the first time, in this order: what the record says, documents, and the ledger, which can be long. */
  #record: Iterator<string> | null = null;
  readonly #docs = new Set<string>();
  #ledger: Iterator<string> | null = null;
  /** Detached texts that came or went, and what says them is not known yet. */
  #refs = new Set<string>();
  /** How many erasures are seen to. */
  #erased = 0;
  #closed = false;
  #running: Promise<void> | null = null;
  #progress: { done: number; total: number } | null = null;
  readonly #stops: (() => void)[] = [];
  #stopTimer: (() => void) | null = null;

  constructor(peer: Peer, clock: Clock, tell: () => void = () => undefined) {
    this.#peer = peer;
    this.#clock = clock;
    this.#tell = tell;
    this.#texts = new SearchTexts(peer, this.#index, this.#links, {
      now: (keys) => this.#now(keys),
      later: (doc) => this.#later(doc),
    });
  }

  /** What is found now. The first call starts the reading; a later one has what changed read without a pause. */
  find(query: SearchQuery): SearchAnswer {
    this.#wake();
    const cut = this.#index.cut + this.#texts.unread;
    return { ...answer(this.#index, query, this.#texts.subject), reading: this.#reading, cut };
  }

  /** The texts that mention something, as far as they are read. */
  backlinks(target: Mention): Backlinks {
    this.#wake();
    const cut = this.#links.cut + this.#texts.unread;
    return { ...backlinksTo(this.#links, this.#index, target), reading: this.#reading, cut };
  }

  /** Resolves once everything that has been heard of is read. */
  async settled(): Promise<void> {
    this.#start();
    await this.#run();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopTimer?.();
    for (const stop of this.#stops) stop();
    await this.#running;
  }

  /** How many texts are to be read, as far as that is known. */
  get #waiting(): number {
    return this.#changed.size + this.#docs.size + this.#refs.size;
  }

  get #reading(): SearchAnswer['reading'] {
    if (this.#progress !== null) return { ...this.#progress };
    return this.#running === null ? null : { done: 0, total: this.#waiting + 1 };
  }

  #wake(): void {
    this.#start();
    this.#forgetErased();
    if (this.#waiting > 0) void this.#run();
  }

  #start(): void {
    if (this.#record !== null || this.#closed) return;
    const { docs, events, state } = this.#peer;
    this.#record = recordKeys(state);
    this.#ledger = ledgerKeys(state);
    this.#erased = state.erased.size;
    this.#progress = { done: 0, total: this.#changed.size + countRecord(state) };
    this.#stops.push(
      docs.changes.add(({ doc }) => this.#documentChanged(doc)),
      docs.replaced.add((doc) => this.#documentChanged(doc)),
      events.changed.add((changes) => this.#stateChanged(changes)),
      events.texts.add((refs) => this.#textsChanged(refs)),
    );
  }

  #documentChanged(doc: string): void {
    const step = this.#texts.stepOf(doc);
    if (step !== undefined) this.#again([step]);
  }

  #stateChanged(changes: readonly Change[]): void {
    const keys = changedKeys(changes);
    const another = changes.some(({ table }) => table === 'network' || table === 'versions');
    this.#again(another ? [...keys, AGREEMENT, DRAFT] : keys);
  }

  #textsChanged(refs: readonly TextRef[]): void {
    for (const ref of refs) this.#refs.add(ref);
    this.#again([]);
  }

  /** At once: what was erased must not be shown once more. */
  #forgetErased(): void {
    const { state } = this.#peer;
    if (state.erased.size === this.#erased) return;
    this.#erased = state.erased.size;
    const keys = keysSaying(state, new Set([...state.erased.values()].map(({ text }) => text)));
    for (const key of keys) this.#texts.drop(key);
    this.#again(keys);
  }

  #later(doc: string): void {
    if (!this.#peer.docs.has(doc) || this.#docs.has(doc)) return;
    this.#docs.add(doc);
    if (this.#progress !== null) this.#progress.total += 1;
  }

  #now(keys: readonly string[]): void {
    if (this.#progress !== null) this.#progress.total += keys.length;
    this.#again(keys);
  }

  #again(keys: readonly string[]): void {
    for (const key of keys) this.#changed.add(key);
    if (this.#waiting === 0 || this.#closed || this.#running !== null || this.#stopTimer !== null) return;
    this.#stopTimer = this.#clock.setTimer(PAUSE, () => void this.#run());
  }

  #run(): Promise<void> {
    this.#stopTimer?.();
    this.#stopTimer = null;
    this.#running ??= this.#readAll().finally(() => {
      this.#running = null;
      if (this.#links.changes > this.#told && !this.#closed) {
        this.#told = this.#links.changes;
        this.#tell();
      }
      this.#again([]);
    });
    return this.#running;
  }

  async #readAll(): Promise<void> {
    let since = this.#clock.now();
    for (let key = this.#next(); key !== undefined && !this.#closed; key = this.#next()) {
      await this.#texts.read(key);
      if (this.#progress !== null) this.#progress.done = Math.min(this.#progress.done + 1, this.#progress.total);
      if (this.#clock.now() - since < WORK) continue;
      await new Promise<void>((resolve) => this.#clock.setTimer(REST, resolve));
      since = this.#clock.now();
    }
    if (!this.#closed) this.#progress = null;
  }

  #next(): string | undefined {
    if (this.#refs.size > 0) {
      for (const key of keysSaying(this.#peer.state, this.#refs)) this.#changed.add(key);
      this.#refs = new Set();
    }
    return (
      takeFirst(this.#changed) ??
      (this.#record?.next().value as string | undefined) ??
      takeFirst(this.#docs) ??
      (this.#ledger?.next().value as string | undefined)
    );
  }
}

function takeFirst(keys: Set<string>): string | undefined {
  for (const key of keys) {
    keys.delete(key);
    return key;
  }
  return undefined;
}
