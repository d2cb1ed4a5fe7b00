import * as Y from 'yjs';
import { PeerholdError } from '../errors';
import type { Clock } from '../sync/clock';
import { Listeners } from '../sync/listeners';
import { type Fingerprint, fingerprint } from './fingerprint';
import { type DocumentChange, type Stamp, changesOf, condensed } from './history';
import { MAX_DOCS, MAX_DOC_BYTES, MAX_PENDING, isDocId } from './limits';
import type { DocStore, StoredUpdate } from './ports';
import { decodeSnapshot, ofThisVersion, replay } from './replay';
import { checkUpdate, dropPending, isKnown, pendingBytes } from './updates';

/** Documents without a holder that stay in memory. */
const MAX_IDLE = 32;
/** Milliseconds until a failed write is tried again. */
const RETRY = 2_000;
/** Bytes that are written at once, where more than one change waits. */
const WRITE_BYTES = 4 * 1024 * 1024;
/** Bytes that stored updates are merged up to before they are sent. */
const CONDENSE = 256 * 1024;

export interface DocsOptions {
  readonly store: DocStore;
  readonly clock: Clock;
  /** A stored update that can not be read: it is left out, the rest of the document is loaded. */
  readonly onDamaged?: (doc: string, index: number) => void;
  /** A write failed; it is kept in memory and tried again until it succeeds. */
  readonly onStoreError?: (doc: string, error: unknown) => void;
}

/** A change that is applied and stored here. */
export interface AppliedChange {
  readonly doc: string;
  readonly update: StoredUpdate;
  /** Whatever was given to `apply`: the neighbour or the screen that it came from. */
  readonly from: unknown;
}

interface Unsaved extends AppliedChange {
  readonly done: (error?: unknown) => void;
}

interface Live {
  doc: Y.Doc;
  /** Ends when the change before has been applied: one at a time, so that a document can be replaced by its stored self. */
  turn: Promise<unknown>;
  readonly stamps: Stamp[];
  bytes: number;
  print: Fingerprint | null;
  readonly unsaved: Unsaved[];
  saving: Promise<void> | null;
}

interface Entry {
  holds: number;
  readonly live: Promise<Live>;
}

/**
 * All documents of one network on this device. The engine owns them; screens and neighbours only send updates. A change counts as
 * applied once it is stored; only then is it passed on.
 */
export class Docs {
  readonly changes = new Listeners<AppliedChange>();
  /** Documents of which another version is here now: whoever has a copy takes a fresh one. */
  readonly replaced = new Listeners<string>();
  readonly #options: DocsOptions;
  readonly #known: Set<string>;
  readonly #entries = new Map<string, Entry>();
  /** Kept for documents that are no longer in memory, so that comparing does not load them again. */
  readonly #prints = new Map<string, Fingerprint>();
  readonly #timers = new Set<() => void>();
  #closed = false;

  private constructor(options: DocsOptions, known: Iterable<string>) {
    this.#options = options;
    this.#known = new Set(known);
  }

  static async open(options: DocsOptions): Promise<Docs> {
    return new Docs(options, (await options.store.list()).filter(isDocId));
  }

  /** Documents with content, sorted. */
  ids(): readonly string[] {
    return [...this.#known].sort();
  }

  /** Whether a document has content. */
  has(id: string): boolean {
    return this.#known.has(id);
  }

  /** Keeps a document in memory until the returned function is called. */
  hold(id: string): () => void {
    const entry = this.#entry(id);
    entry.holds += 1;
    let held = true;
    return () => {
      if (held) this.#release(entry);
      held = false;
    };
  }

  /** The document as it stands: one Yjs update. */
  state(id: string): Promise<Uint8Array> {
    return this.#with(id, ({ doc }) => Y.encodeStateAsUpdate(doc));
  }

  /** What this replica knows of a document: an encoded Yjs snapshot (state vector and deletions). */
  snapshot(id: string): Promise<Uint8Array> {
    return this.#with(id, ({ doc }) => Y.encodeSnapshot(Y.snapshot(doc)));
  }

  async print(id: string): Promise<Fingerprint> {
    const kept = this.#prints.get(id);
    if (kept !== undefined) return kept;
    return this.#with(id, (live) => {
      live.print ??= fingerprint(live.doc);
      this.#prints.set(id, live.print);
      return live.print;
    });
  }

  /**
   * Applies a change and stores it; resolves once it is durable. `incomplete`: it builds on changes that are not here, ask for them.
   * Rejects with `doc-id-invalid`, `doc-update-malformed`, `doc-update-too-large`, `doc-full`, `docs-too-many`; then nothing was applied.
   */
  async apply(id: string, update: StoredUpdate, from: unknown): Promise<'changed' | 'unchanged' | 'incomplete'> {
    if (!this.#known.has(id) && this.#known.size >= MAX_DOCS)
      throw new PeerholdError('docs-too-many', { most: MAX_DOCS });
    checkUpdate(update.bytes);
    return this.#with(id, async (live) => {
      const turn = live.turn.then(() => this.#integrate(id, live, update, from));
      live.turn = turn.catch(() => undefined);
      const { saved, incomplete } = await turn;
      await Promise.all(saved);
      if (incomplete) return 'incomplete';
      return saved.length > 0 ? 'changed' : 'unchanged';
    });
  }

  /** The document's changes, oldest first, consecutive ones of one member as one. */
  async history(id: string): Promise<readonly DocumentChange[]> {
    if (this.#entries.has(id)) return this.#with(id, ({ stamps }) => changesOf(stamps));
    if (!isDocId(id)) throw new PeerholdError('doc-id-invalid');
    // Who and when stand beside the bytes: nothing has to be made of these, and nothing that somebody reads makes room for it.
    return changesOf((await this.#options.store.load(id)).map(stampOf));
  }

  /** Looks at a document without keeping it in memory; null where what is stored of it is more than `most` bytes. */
  async glance<T>(id: string, most: number, look: (doc: Y.Doc) => T): Promise<T | null> {
    if (this.#entries.has(id)) return this.#with(id, ({ doc, bytes }) => (bytes > most ? null : look(doc)));
    const stored = await this.#options.store.load(id);
    if (sizeOf(ofThisVersion(stored)) > most) return null;
    return look(replay(stored, () => undefined));
  }

  /** Looks at a document beside its stored updates, oldest first. */
  study<T>(id: string, look: (doc: Y.Doc, stored: readonly StoredUpdate[]) => T): Promise<T> {
    return this.#with(id, async (live) => {
      const stored = ofThisVersion(await this.#options.store.load(id));
      return look(live.doc, stored);
    });
  }

  /** The document as it stood after a change of `history`: one Yjs update. Throws `doc-change-unknown`. */
  async at(id: string, change: number): Promise<Uint8Array> {
    if (!isDocId(id)) throw new PeerholdError('doc-id-invalid');
    const stored = await this.#options.store.load(id);
    if (!Number.isSafeInteger(change) || change < 0 || change >= stored.length)
      throw new PeerholdError('doc-change-unknown', { doc: id, change });
    return Y.encodeStateAsUpdate(replay(stored.slice(0, change + 1), () => undefined));
  }

  /**
   * Stored updates that whoever sent the encoded snapshot `known` lacks, in an order in which they can be applied, each with its
   * member and time. Empty `known`: all. Throws `doc-snapshot-malformed`.
   */
  async missing(id: string, known: Uint8Array): Promise<readonly StoredUpdate[]> {
    const snapshot = decodeSnapshot(known);
    const lacking = ofThisVersion(await this.#options.store.load(id)).filter(
      ({ bytes }) => !isKnownOrLost(snapshot, bytes),
    );
    return condensed(lacking, CONDENSE);
  }

  /**
   * Takes another version of a document in place of the one that is here, where the two have come apart although each has all changes (see
   * `Fingerprint`). `version`: all its updates, in order. What is here and not in it, such as what was written meanwhile, is put on top. The
   * version that was here stays in the history. Resolves once it is durable. Rejects with `doc-version-incomplete` (it holds less than
   * what it builds on), `doc-full`, the codes of `apply`, or what the store says; then nothing was changed.
   */
  async adopt(id: string, version: readonly StoredUpdate[]): Promise<void> {
    for (const { bytes } of version) checkUpdate(bytes);
    await this.#with(id, async (live) => {
      const turn = live.turn.then(() => this.#adoptNow(id, live, version));
      live.turn = turn.catch(() => undefined);
      await turn;
    });
  }

  /** Waits until everything is stored, or can not be, and forgets what is in memory. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const cancel of this.#timers) cancel();
    for (const { live } of this.#entries.values()) {
      const loaded = await live.catch(() => null);
      await loaded?.saving;
      loaded?.doc.destroy();
    }
    this.#entries.clear();
  }

  #entry(id: string): Entry {
    if (!isDocId(id)) throw new PeerholdError('doc-id-invalid');
    if (this.#closed) throw new PeerholdError('docs-closed');
    const present = this.#entries.get(id);
    const entry = present ?? { holds: 0, live: this.#load(id) };
    // The order of the map is the order of use, for eviction. A load that failed is tried again by the next caller.
    if (present !== undefined) this.#entries.delete(id);
    else entry.live.catch(() => this.#entries.get(id) === entry && this.#entries.delete(id));
    this.#entries.set(id, entry);
    return entry;
  }

  async #with<T>(id: string, run: (live: Live) => T | Promise<T>): Promise<T> {
    const entry = this.#entry(id);
    entry.holds += 1;
    try {
      return await run(await entry.live);
    } finally {
      this.#release(entry);
    }
  }

  #release(entry: Entry): void {
    entry.holds -= 1;
    const idle = [...this.#entries].filter(([, { holds }]) => holds === 0);
    for (const [id] of idle.slice(0, Math.max(0, idle.length - MAX_IDLE))) this.#entries.delete(id);
  }

  async #load(id: string): Promise<Live> {
    const stored = await this.#options.store.load(id);
    const doc = replay(stored, (index) => this.#options.onDamaged?.(id, index));
    const live: Live = {
      doc,
      turn: Promise.resolve(),
      stamps: stored.map(stampOf),
      bytes: sizeOf(ofThisVersion(stored)),
      print: null,
      unsaved: [],
      saving: null,
    };
    return live;
  }

  /** Applies checked bytes. What is to be stored: nothing, or the change, or also what Yjs tidied up after it. */
  async #integrate(
    id: string,
    live: Live,
    update: StoredUpdate,
    from: unknown,
  ): Promise<{ saved: readonly Promise<void>[]; incomplete: boolean }> {
    if (live.bytes + update.bytes.length > MAX_DOC_BYTES) throw new PeerholdError('doc-full', { doc: id });
    const made: Uint8Array[] = [];
    const collect = (bytes: Uint8Array) => made.push(bytes);
    live.doc.on('update', collect);
    try {
      Y.applyUpdate(live.doc, update.bytes, this);
    } catch (cause) {
      // Well-formed and yet impossible: what Yjs half applied is thrown away with the document, the stored one is read again.
      const waiting = [...live.unsaved];
      const doc = replay(await this.#options.store.load(id), () => undefined);
      for (const { update: one } of waiting) Y.applyUpdate(doc, one.bytes, this);
      live.doc = doc;
      throw new PeerholdError('doc-update-malformed', {}, { cause });
    } finally {
      live.doc.off('update', collect);
    }
    if (pendingBytes(live.doc) > MAX_PENDING) dropPending(live.doc);
    const saved = made.map((bytes) => this.#save(id, live, { ...update, bytes }, from));
    return { saved, incomplete: live.doc.store.pendingStructs !== null };
  }

  async #adoptNow(id: string, live: Live, version: readonly StoredUpdate[]): Promise<void> {
    // Nothing comes in meanwhile: each change waits for its turn.
    await live.saving;
    const theirs = replay(version, () => undefined);
    if (version.length === 0 || theirs.store.pendingStructs !== null) throw new PeerholdError('doc-version-incomplete');
    const known = Y.snapshot(theirs);
    const ours = ofThisVersion(await this.#options.store.load(id)).filter(({ bytes }) => !isKnownOrLost(known, bytes));
    const next = [...version, ...ours].map(({ bytes, member, time }, index) => ({
      ...{ bytes, member, time },
      ...(index === 0 ? { anew: true as const } : {}),
    }));
    if (sizeOf(next) > MAX_DOC_BYTES) throw new PeerholdError('doc-full', { doc: id });
    await this.#options.store.append(id, next);
    live.doc = replay(next, () => undefined);
    live.stamps.push(...next.map(stampOf));
    live.bytes = sizeOf(next);
    live.print = null;
    this.#prints.delete(id);
    this.#known.add(id);
    this.replaced.emit(id);
  }

  #save(id: string, live: Live, update: StoredUpdate, from: unknown): Promise<void> {
    live.print = null;
    live.bytes += update.bytes.length;
    this.#prints.delete(id);
    this.#known.add(id);
    return new Promise((resolve, reject) => {
      const done = (error?: unknown) => (error === undefined ? resolve() : reject(error));
      live.unsaved.push({ doc: id, update, from, done });
      live.saving ??= this.#drain(id, live);
    });
  }

  async #drain(id: string, live: Live): Promise<void> {
    const held = this.#entries.get(id);
    if (held !== undefined) held.holds += 1;
    while (live.unsaved.length > 0) {
      // All that came in while the last write was under way: one write each would keep a newcomer waiting for the disk ten thousand times.
      const lot = firstOf(live.unsaved, WRITE_BYTES);
      let failure: PeerholdError | undefined;
      try {
        await this.#options.store.append(
          id,
          lot.map(({ update }) => update),
        );
      } catch (cause) {
        this.#options.onStoreError?.(id, cause);
        if (!this.#closed) {
          await this.#pause();
          continue;
        }
        failure = new PeerholdError('doc-not-stored', { doc: id }, { cause });
      }
      live.unsaved.splice(0, lot.length);
      for (const { update, from, done } of lot) {
        live.stamps.push({ member: update.member, time: update.time });
        this.changes.emit({ doc: id, update, from });
        done(failure);
      }
    }
    live.saving = null;
    if (held !== undefined) this.#release(held);
  }

  #pause(): Promise<void> {
    return new Promise((done) => {
      const end = () => {
        cancel();
        this.#timers.delete(end);
        done();
      };
      const cancel = this.#options.clock.setTimer(RETRY, end);
      this.#timers.add(end);
    });
  }
}

/** Whether there is nothing in an update for whoever knows `known`; so it is where the update can not be read any more. */
function isKnownOrLost(known: Y.Snapshot, update: Uint8Array): boolean {
  try {
    checkUpdate(update);
    return isKnown(known, update);
  } catch {
    return true;
  }
}

const stampOf = ({ member, time, anew }: StoredUpdate): Stamp => ({
  member,
  time,
  ...(anew === undefined ? {} : { anew }),
});
const sizeOf = (updates: readonly StoredUpdate[]): number => updates.reduce((sum, { bytes }) => sum + bytes.length, 0);

/** The first of these, at least one, of at most so many bytes altogether. */
function firstOf(unsaved: readonly Unsaved[], bytes: number): readonly Unsaved[] {
  let size = 0;
  const beyond = unsaved.findIndex(({ update }) => (size += update.bytes.length) > bytes);
  return beyond < 0 ? [...unsaved] : unsaved.slice(0, Math.max(1, beyond));
}
