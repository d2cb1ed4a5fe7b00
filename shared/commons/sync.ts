import { sha256 } from '@noble/hashes/sha2.js';
import { errorCode } from '../errors';
import { concat, equalBytes, utf8 } from '../record/bytes';
import type { Clock } from '../sync/clock';
import type { AppliedChange, Docs } from './docs';
import { type DocsMessage, MAX_BATCH, MAX_COMPARED, decodeMessage, encodeMessage } from './messages';
import type { StoredUpdate } from './ports';

/** Milliseconds between comparisons with each neighbour: what was lost on the way is found then. */
const COMPARE_EVERY = 30_000;
/** Milliseconds that an answer may take before another neighbour is asked. */
const ANSWER_WITHIN = 10_000;
/** Milliseconds without a further live change after which a neighbour is told how its documents are here. */
const SAY_AFTER = 1_000;
/** Questions under way at once. */
const MAX_ASKED = 8;
/** Messages of one neighbour that wait to be handled; beyond it they are dropped, the next comparison repairs that. */
const MAX_WAITING = 1_024;
/** Bytes of updates that are put into one message, where more than one fits. */
const BATCH_BYTES = 512 * 1024;

export interface DocSyncOptions {
  readonly docs: Docs;
  readonly clock: Clock;
  /** Hands bytes to a neighbour's channel, kind `docs`, in order. Must not throw; a neighbour that is gone is ignored. */
  readonly send: (peer: string, bytes: Uint8Array) => void;
  /** Equal knowledge, different content: someone gave two peers different changes under one number. */
  readonly onDivergence?: (doc: string, peer: string) => void;
  /** A neighbour said that it has a document as it is here; null: that it has all of them so. */
  readonly onEqual?: (peer: string, doc: string | null) => void;
  /** A neighbour sent what was not applied, with the code why. */
  readonly onRefused?: (peer: string, code: string) => void;
}

interface Peer {
  /** Messages are handled one after the other. */
  turn: Promise<void>;
  waiting: number;
  /** Of all documents, as it last said. */
  digest: Uint8Array;
  /** Fingerprint of what the peer knows of each document that it named and that is to be asked for. */
  readonly wanted: Map<string, Uint8Array>;
  /** Documents of which it sent live changes, and is to be told how they are here. */
  readonly changed: Set<string>;
  cancelSaying: () => void;
}

/** Keeps the documents of one network equal between neighbours. Knows bytes in and bytes out, nothing of connections. */
export class DocSync {
  readonly #options: DocSyncOptions;
  readonly #peers = new Map<string, Peer>();
  /** Questions under way: document to who was asked, and the end of its time. */
  readonly #asked = new Map<string, { readonly peer: string; readonly cancel: () => void }>();
  /** Divergences already told, since every comparison finds them again. */
  readonly #reported = new Set<string>();
  readonly #stopListening: () => void;
  #stopTimer: () => void;
  #asking: Promise<void> = Promise.resolve();
  /** Documents may have changed while they were compared. */
  #changes = 0;
  #closed = false;

  constructor(options: DocSyncOptions) {
    this.#options = options;
    this.#stopListening = options.docs.changes.add((change) => this.#forward(change));
    this.#stopTimer = options.clock.setTimer(COMPARE_EVERY, this.#compareAll);
  }

  /** A neighbour's channel is open; `peer` is any name that stands for this connection until `disconnected`. */
  connected(peer: string): void {
    if (this.#closed) return;
    this.#peers.set(peer, { turn: Promise.resolve(), waiting: 0, digest: NEVER, ...noneYet() });
    void this.#sendDigest(peer);
  }

  disconnected(peer: string): void {
    this.#peers.get(peer)?.cancelSaying();
    this.#peers.delete(peer);
    for (const key of this.#reported) if (key.endsWith(` ${peer}`)) this.#reported.delete(key);
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
    state.turn = state.turn.then(async () => {
      try {
        const message = decodeMessage(bytes);
        if (this.#peers.get(peer) === state) await this.#handle(peer, state, message);
        // Whoever has gone meanwhile is still known by what it said last.
        else if (message.kind === 'digest') state.digest = message.digest;
      } catch (error) {
        this.#options.onRefused?.(peer, errorCode(error));
      }
      state.waiting -= 1;
    });
    return state.turn;
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
    this.#peers.clear();
  }

  async #handle(peer: string, state: Peer, message: DocsMessage): Promise<void> {
    switch (message.kind) {
      case 'digest': {
        state.digest = message.digest;
        const before = this.#changes;
        if (!equalBytes(message.digest, await this.#digest())) await this.#sendCompare(peer);
        else if (before === this.#changes) this.#options.onEqual?.(peer, null);
        break;
      }
      case 'compare':
        await this.#compare(peer, state, message.docs);
        break;
      case 'ask':
        await this.#answer(peer, message.doc, message.known);
        break;
      case 'updates':
        await this.#apply(peer, state, message);
    }
  }

  async #compare(peer: string, state: Peer, theirs: (DocsMessage & { kind: 'compare' })['docs']): Promise<void> {
    const { docs } = this.#options;
    for (const { id, print } of theirs) {
      const before = this.#changes;
      const ours = await docs.print(id);
      if (!equalBytes(ours.known, print.known)) state.wanted.set(id, print.known);
      else if (!equalBytes(ours.content, print.content)) this.#diverged(id, peer);
      else if (before === this.#changes) this.#options.onEqual?.(peer, id);
    }
    this.#askNext();
  }

  #diverged(doc: string, peer: string): void {
    const key = `${doc} ${peer}`;
    if (!this.#reported.has(key)) this.#options.onDivergence?.(doc, peer);
    this.#reported.add(key);
  }

  async #apply(peer: string, state: Peer, { doc, answer, updates }: DocsMessage & { kind: 'updates' }): Promise<void> {
    try {
      // Not one after the other: what waits for the disk together is written together.
      const results = await Promise.allSettled(updates.map((update) => this.#options.docs.apply(doc, update, peer)));
      // Live changes can overtake an answer; what they build on is then asked for.
      if (answer === 0 && results.some((result) => result.status === 'fulfilled' && result.value === 'incomplete'))
        state.wanted.set(doc, NEVER);
      for (const result of results) if (result.status === 'rejected') throw result.reason;
      if (answer === 0) this.#sayLater(peer, state, doc);
    } finally {
      const asked = this.#asked.get(doc);
      if (answer === 2 && asked?.peer === peer) {
        asked.cancel();
        this.#asked.delete(doc);
        // The other side learns that it has brought us up to date, and needs no half minute for it.
        if (this.#asked.size === 0 && state.wanted.size === 0) await this.#sendDigest(peer);
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
          if (this.#asked.has(doc)) continue;
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

const noneYet = (): Pick<Peer, 'wanted' | 'changed' | 'cancelSaying'> => ({
  wanted: new Map(),
  changed: new Set(),
  cancelSaying: () => undefined,
});

/** One message each. At least one part, so that an answer always ends. */
export function batches(updates: readonly StoredUpdate[]): readonly (readonly StoredUpdate[])[] {
  const parts: StoredUpdate[][] = [[]];
  let size = 0;
  for (const update of updates) {
    if (parts.at(-1)!.length > 0 && (size + update.bytes.length > BATCH_BYTES || parts.at(-1)!.length >= MAX_BATCH)) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)!.push(update);
    size += update.bytes.length;
  }
  return parts;
}
