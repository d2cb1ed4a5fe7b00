import { sha256 } from '@noble/hashes/sha2.js';
import { PeerholdError, errorCode } from '../errors';
import { concat, equalBytes, utf8 } from '../record/bytes';
import type { Clock } from '../sync/clock';
import type { Meeting } from './apart-sides';
import { batches } from './batches';
import type { AppliedChange, Docs } from './docs';
import { Fetches } from './fetches';
import { type DocsMessage, MAX_COMPARED, decodeMessage, encodeMessage } from './messages';
import { Meetings } from './meetings';
import type { StoredUpdate } from './ports';

/** Milliseconds between comparisons with each neighbour: what was lost on the way is found then. */
const COMPARE_EVERY = 30_000;
/** Milliseconds that an answer may take before another neighbour is asked. */
const ANSWER_WITHIN = 10_000;
/** Milliseconds without a further live change after which a neighbour is told how its documents are here. */
const SAY_AFTER = 1_000;
/** Questions under way at once. */
const MAX_ASKED = 8;
/** Messages of one neighbour whose changes are being stored at once. */
const MAX_WRITING = 16;
/** Messages of one neighbour that wait to be handled; beyond it they are dropped, the next comparison repairs that. */
const MAX_WAITING = 1_024;

export interface DocSyncOptions {
  readonly docs: Docs;
  readonly clock: Clock;
  /** Hands bytes to a neighbour's channel, kind `docs`, in order. Must not throw; a neighbour that is gone is ignored. */
  readonly send: (peer: string, bytes: Uint8Array) => void;
  /** `diverged` has become another. */
  readonly onDivergence?: () => void;
  /** A neighbour said that it has a document as it is here; null: that it has all of them so. */
  readonly onEqual?: (peer: string, doc: string | null) => void;
  /** A neighbour sent what was not applied, with the code why. */
  readonly onRefused?: (peer: string, code: string) => void;
  /** A document that both sides had changed while they were apart is the same now. */
  readonly onMet?: (doc: string, meeting: Meeting) => void;
}

interface Peer {
  /** Messages are handled one after the other… */
  turn: Promise<void>;
  /** … but for what is still being stored: each settles, and never rejects. */
  readonly writing: Set<Promise<void>>;
  waiting: number;
  /** Of all documents, as it last said. */
  digest: Uint8Array;
  /** Fingerprint of what the peer knows of each document that it named and that is to be asked for. */
  readonly wanted: Map<string, Uint8Array>;
  /** Documents of which it sent live changes, and is to be told how they are here. */
  readonly changed: Set<string>;
  /** Whether its answers brought anything since it was told how all documents are here. */
  brought: boolean;
  cancelSaying: () => void;
}

/** Keeps the documents of one network equal between neighbours. Knows bytes in and bytes out, nothing of connections. */
export class DocSync {
  readonly #options: DocSyncOptions;
  readonly #peers = new Map<string, Peer>();
  /** Questions under way: document to who was asked, and the end of its time. */
  readonly #asked = new Map<string, { readonly peer: string; readonly cancel: () => void }>();
  readonly #diverged = new Map<string, Set<string>>();
  readonly #fetches: Fetches;
  readonly #meetings: Meetings;
  readonly #stopListening: () => void;
  #stopTimer: () => void;
  #asking: Promise<void> = Promise.resolve();
  /** Documents may have changed while they were compared. */
  #changes = 0;
  #closed = false;

  constructor(options: DocSyncOptions) {
    this.#options = options;
    this.#fetches = new Fetches(options.clock);
    this.#meetings = new Meetings(options.clock, (doc, meeting) => options.onMet?.(doc, meeting));
    this.#stopListening = options.docs.changes.add((change) => this.#forward(change));
    this.#stopTimer = options.clock.setTimer(COMPARE_EVERY, this.#compareAll);
  }

  /** A neighbour's channel is open; `peer` is any name that stands for this connection until `disconnected`. */
  connected(peer: string): void {
    if (this.#closed) return;
    this.#peers.set(peer, {
      ...{ turn: Promise.resolve(), writing: new Set(), waiting: 0, digest: NEVER },
      ...noneYet(),
    });
    void this.#sendDigest(peer);
  }

  disconnected(peer: string): void {
    this.#peers.get(peer)?.cancelSaying();
    this.#peers.delete(peer);
    for (const doc of this.#diverged.keys()) this.#noteDivergence(doc, peer, false);
    this.#fetches.end('channel.lost', peer);
    this.#meetings.left(peer);
    for (const [doc, { peer: asked, cancel }] of this.#asked) {
      if (asked !== peer) continue;
      cancel();
      this.#asked.delete(doc);
    }
    this.#askNext();
  }

  /** Bytes from a neighbour. Resolves when they are handled and what they changed is stored; never rejects. */
  receive(peer: string, bytes: Uint8Array): Promise<void> {
    const state = this.#peers.get(peer);
    if (state === undefined || this.#closed) return Promise.resolve();
    if (state.waiting >= MAX_WAITING) {
      this.#options.onRefused?.(peer, 'docs-flooded');
      return Promise.resolve();
    }
    state.waiting += 1;
    const refuse = (error: unknown): void => this.#options.onRefused?.(peer, errorCode(error));
    let applied: Promise<void> | undefined;
    const turn = state.turn.then(async () => {
      const message = decodeMessage(bytes);
      // Whoever has gone meanwhile is still known by what it said last.
      if (this.#peers.get(peer) !== state) {
        if (message.kind === 'digest') state.digest = message.digest;
      } else if (message.kind === 'updates') {
        while (state.writing.size >= MAX_WRITING) await Promise.race(state.writing);
        applied = this.#begin(peer, state, message);
      } else await this.#handle(peer, state, message);
    });
    state.turn = turn.catch(refuse);
    return state.turn
      .then(() => applied?.catch(refuse))
      .then(() => {
        state.waiting -= 1;
      });
  }

  /**
   * Begins to apply changes. The neighbour's next message need not wait until they are on the disk: with thousands of documents that would take longer than
   * all else. Those of one document are applied in the order in which they came.
   */
  #begin(peer: string, state: Peer, message: DocsMessage & { kind: 'updates' }): Promise<void> {
    const applied = this.#apply(peer, state, message);
    const written = applied.then(
      () => undefined,
      () => undefined,
    );
    state.writing.add(written);
    void written.then(() => state.writing.delete(written));
    return applied;
  }

  /** Whether there are neighbours, and each has said that its documents are ours. */
  async isEqual(): Promise<boolean> {
    const own = await this.#digest();
    const peers = [...this.#peers.values()];
    return peers.length > 0 && peers.every(({ digest }) => equalBytes(digest, own));
  }

  /** The same of one neighbour, by all that has come of it: it may be let go of meanwhile. */
  async isEqualWith(peer: string): Promise<boolean> {
    const state = this.#peers.get(peer);
    await state?.turn;
    return state !== undefined && equalBytes(state.digest, await this.#digest());
  }

  /**
   * Documents that are not the same here and at these neighbours, although each side has all of the other's changes: someone gave two peers
   * different ones under one number.
   */
  get diverged(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#diverged;
  }

  /**
   * All of a document as a neighbour has it, in order, to be looked at or adopted; nothing is applied. Rejects with `channel.lost`,
   * `doc-full`, `doc-version-busy` (it is being fetched or compared already) or `doc-version-missing` (no answer).
   */
  fetch(peer: string, doc: string): Promise<readonly StoredUpdate[]> {
    if (!this.#peers.has(peer)) return Promise.reject(new PeerholdError('channel.lost'));
    if (this.#fetches.has(peer, doc) || this.#asked.has(doc))
      return Promise.reject(new PeerholdError('doc-version-busy'));
    const fetched = this.#fetches.start(peer, doc);
    this.#send(peer, { kind: 'ask', doc, known: NEVER });
    return fetched;
  }

  /** Says to all anew how the documents are here, as it does by itself from time to time. */
  compare(): void {
    for (const peer of this.#peers.keys()) void this.#sendDigest(peer);
  }

  close(): void {
    this.#closed = true;
    this.#stopListening();
    this.#stopTimer();
    for (const { cancel } of this.#asked.values()) cancel();
    this.#asked.clear();
    for (const { cancelSaying } of this.#peers.values()) cancelSaying();
    this.#fetches.end('channel.lost');
    this.#meetings.close();
    this.#peers.clear();
  }

  async #handle(peer: string, state: Peer, message: Exclude<DocsMessage, { kind: 'updates' }>): Promise<void> {
    // What it says of its documents, it says knowing what it sent before.
    await Promise.all(state.writing);
    switch (message.kind) {
      case 'digest': {
        state.digest = message.digest;
        const before = this.#changes;
        const isEqual = equalBytes(message.digest, await this.#digest());
        if (isEqual) this.#meetings.equal(peer, null);
        if (!isEqual) await this.#sendCompare(peer);
        else if (before === this.#changes) this.#equalInAll(peer);
        break;
      }
      case 'compare':
        await this.#compare(peer, state, message.docs);
        break;
      case 'ask':
        this.#meetings.asked(peer, message.doc, message.known);
        await this.#answer(peer, message.doc, message.known);
    }
  }

  async #compare(peer: string, state: Peer, theirs: (DocsMessage & { kind: 'compare' })['docs']): Promise<void> {
    const { docs } = this.#options;
    for (const { id, print } of theirs) {
      const before = this.#changes;
      const ours = await docs.print(id);
      const isKnown = equalBytes(ours.known, print.known);
      const isEqual = isKnown && equalBytes(ours.content, print.content);
      if (!isKnown) state.wanted.set(id, print.known);
      // While one of the two lacks something, nothing can be said of the rest.
      else this.#noteDivergence(id, peer, !isEqual);
      if (isEqual) this.#meetings.equal(peer, id);
      if (isEqual && before === this.#changes) this.#options.onEqual?.(peer, id);
    }
    this.#askNext();
  }

  #equalInAll(peer: string): void {
    for (const doc of this.#diverged.keys()) this.#noteDivergence(doc, peer, false);
    this.#options.onEqual?.(peer, null);
  }

  #noteDivergence(doc: string, peer: string, isDiverged: boolean): void {
    const peers = this.#diverged.get(doc) ?? new Set();
    if (peers.has(peer) === isDiverged) return;
    if (isDiverged) this.#diverged.set(doc, peers.add(peer));
    else if (peers.delete(peer) && peers.size === 0) this.#diverged.delete(doc);
    this.#options.onDivergence?.();
  }

  async #apply(peer: string, state: Peer, message: DocsMessage & { kind: 'updates' }): Promise<void> {
    if (this.#fetches.take(peer, message)) return;
    const { doc, answer, updates } = message;
    try {
      // Not one after the other: what waits for the disk together is written together.
      const results = await Promise.allSettled(updates.map((update) => this.#options.docs.apply(doc, update, peer)));
      // Live changes can overtake an answer; what they build on is then asked for.
      if (answer === 0 && results.some((result) => result.status === 'fulfilled' && result.value === 'incomplete'))
        state.wanted.set(doc, NEVER);
      state.brought ||= answer !== 0 && results.some((one) => one.status === 'fulfilled' && one.value === 'changed');
      for (const result of results) if (result.status === 'rejected') throw result.reason;
      if (answer === 0) this.#sayLater(peer, state, doc);
    } finally {
      const asked = this.#asked.get(doc);
      if (answer === 2 && asked?.peer === peer) {
        asked.cancel();
        this.#asked.delete(doc);
        this.#meetings.answered(peer, doc);
        // The other side learns that it has brought us up to date, and needs no half minute for it. Where it brought nothing and the two differ all the
        // same, as while a disk is full and what was written here is nowhere else, they would ask each other without end.
        if (state.brought && this.#asked.size === 0 && state.wanted.size === 0) {
          state.brought = false;
          await this.#sendDigest(peer);
        }
      }
      this.#askNext();
    }
  }

  /** Whoever writes is told that it is stored here once they pause: each time would be a message back for each letter. */
  #sayLater(peer: string, state: Peer, doc: string): void {
    state.changed.add(doc);
    state.cancelSaying();
    state.cancelSaying = this.#options.clock.setTimer(SAY_AFTER, () => {
      const changed = [...state.changed].slice(0, MAX_COMPARED);
      state.changed.clear();
      void this.#sendPrints(peer, changed).catch((error) => this.#options.onRefused?.(peer, errorCode(error)));
    });
  }

  async #answer(peer: string, doc: string, known: Uint8Array): Promise<void> {
    const parts = batches(await this.#options.docs.missing(doc, known));
    parts.forEach((updates, index) =>
      this.#send(peer, { kind: 'updates', doc, answer: index === parts.length - 1 ? 2 : 1, updates }),
    );
  }

  /**
   * Each document is asked for from one neighbour at a time: several who come online together mostly know the same, and the next
   * is asked only for what the first answer left different.
   */
  #askNext(): void {
    this.#asking = this.#asking.then(async () => {
      for (const [peer, { wanted }] of this.#peers) {
        for (const [doc, known] of wanted) {
          if (this.#asked.size >= MAX_ASKED || this.#closed) return;
          if (this.#asked.has(doc) || this.#fetches.has(peer, doc)) continue;
          wanted.delete(doc);
          await this.#ask(peer, doc, known).catch(() => undefined);
        }
      }
    });
  }

  async #ask(peer: string, doc: string, theirs: Uint8Array): Promise<void> {
    const { docs, clock } = this.#options;
    if (equalBytes((await docs.print(doc)).known, theirs)) return;
    const known = await docs.snapshot(doc);
    if (!this.#peers.has(peer) || this.#closed) return;
    const cancel = clock.setTimer(ANSWER_WITHIN, () => {
      this.#asked.delete(doc);
      this.#askNext();
    });
    this.#asked.set(doc, { peer, cancel });
    this.#meetings.asks(peer, doc, known);
    this.#send(peer, { kind: 'ask', doc, known });
  }

  #forward({ doc, update, from }: AppliedChange): void {
    this.#changes += 1;
    for (const peer of this.#peers.keys())
      if (peer !== from) this.#send(peer, { kind: 'updates', doc, answer: 0, updates: [update] });
  }

  readonly #compareAll = (): void => {
    if (this.#closed) return;
    this.compare();
    this.#askNext();
    this.#stopTimer = this.#options.clock.setTimer(COMPARE_EVERY, this.#compareAll);
  };

  async #sendDigest(peer: string): Promise<void> {
    try {
      this.#send(peer, { kind: 'digest', digest: await this.#digest() });
    } catch (error) {
      this.#options.onRefused?.(peer, errorCode(error));
    }
  }

  async #digest(): Promise<Uint8Array> {
    const hash = sha256.create();
    for (const id of this.#options.docs.ids()) {
      const { known, content } = await this.#options.docs.print(id);
      hash.update(concat(utf8(`${id}\n`), known, content));
    }
    return hash.digest();
  }

  async #sendCompare(peer: string): Promise<void> {
    const { docs } = this.#options;
    const ids = docs.ids();
    for (let start = 0; start < ids.length; start += MAX_COMPARED) {
      await this.#sendPrints(peer, ids.slice(start, start + MAX_COMPARED));
    }
  }

  async #sendPrints(peer: string, ids: readonly string[]): Promise<void> {
    const named = [];
    for (const id of ids) named.push({ id, print: await this.#options.docs.print(id) });
    this.#send(peer, { kind: 'compare', docs: named });
  }

  #send(peer: string, message: DocsMessage): void {
    if (this.#peers.has(peer)) this.#options.send(peer, encodeMessage(message));
  }
}

/** No document has this fingerprint: what stands for "different from ours, whatever ours is". */
const NEVER = new Uint8Array(0);

const noneYet = (): Pick<Peer, 'wanted' | 'changed' | 'brought' | 'cancelSaying'> => ({
  wanted: new Map(),
  changed: new Set(),
  brought: false,
  cancelSaying: () => undefined,
});
