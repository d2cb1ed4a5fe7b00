import type { Attachment } from '../commons/attachments';
import type { Docs } from '../commons/docs';
import { type Amount, amountOf } from '../files/amount';
import type { Files } from '../files/files';
import type { FileSync } from '../files/sync';
import { isId } from '../record/shape';
import type { Clock } from '../sync/clock';
import { Listeners } from '../sync/listeners';
import { filesNamedBy } from './named-files';
import type { PeerStore } from './store';

/** Fact of this peer: of which documents its person keeps all files, and which files not though. It is told to nobody. */
const KEPT = 'files-kept';
/** Milliseconds of quiet after a document changed before it is read which files it names. */
const QUIET = 1_000;

export interface KeptFilesOptions {
  readonly store: PeerStore;
  readonly docs: Docs;
  readonly clock: Clock;
  readonly held: Files;
  readonly sync: FileSync;
  /** Whether this device only holds and passes on: it then keeps whatever a document names. */
  readonly isKeeper: () => boolean;
}

/** What is kept on this device by choice. */
export interface Kept {
  /** All files of the network. */
  readonly all: boolean;
  /** Documents all of whose files are kept. */
  readonly docs: readonly string[];
}

export interface KeptAmount {
  /** The files that documents name. */
  readonly named: Amount;
  /** Bytes that files take on this device, also of those that no document names any more. */
  readonly stored: number;
}

interface Choice {
  all: boolean;
  readonly docs: Set<string>;
  /** Files that the person removed or stopped themselves: a choice for many does not bring them back. */
  readonly without: Set<string>;
}

/** Fetches what the person of this device chose to keep: all files of some documents, or of all of them, also those that come later. */
export class KeptFiles {
  /** The choice, or what documents name, is not what it was. */
  readonly changed = new Listeners<void>();
  readonly #options: KeptFilesOptions;
  readonly #choice: Choice;
  /** What documents name, of those that were read. */
  readonly #named = new Map<string, readonly Attachment[]>();
  readonly #unread = new Set<string>();
  readonly #stopListening: () => void;
  #stopTimer: (() => void) | null = null;
  #reading: Promise<void> = Promise.resolve();
  /** Somebody wants to know how much it is: all documents are read then. */
  #asked = false;
  #closed = false;

  private constructor(options: KeptFilesOptions, choice: Choice) {
    this.#options = options;
    this.#choice = choice;
    const { docs } = options;
    this.#stopListening = docs.changes.add(({ doc }) => this.#readSoon([doc]));
    this.#readSoon(docs.ids());
  }

  static async open(options: KeptFilesOptions): Promise<KeptFiles> {
    return new KeptFiles(options, choiceOf(await options.store.recall(KEPT)));
  }

  /** Keeps all files of a document, or of all where it is null, from now on; those too that were removed before. */
  async keep(doc: string | null): Promise<void> {
    const { docs, without } = this.#choice;
    if (doc === null) {
      this.#choice.all = true;
      without.clear();
    } else {
      docs.add(doc);
      for (const { file } of await filesNamedBy(this.#options.docs, doc)) without.delete(file);
    }
    await this.#keepChoice();
    await this.#read(doc === null ? this.#options.docs.ids() : [doc]);
  }

  /** Fetches no more because of this choice. What is here stays. */
  async release(doc: string | null): Promise<void> {
    const { docs } = this.#choice;
    if (doc === null) this.#choice.all = false;
    else docs.delete(doc);
    await this.#keepChoice();
    const all = this.#options.docs.ids();
    await this.#known(all.filter((id) => id === doc || doc === null || this.#keeps(id)));
    const kept = new Set(this.#filesOf(all.filter((id) => this.#keeps(id))));
    const freed = this.#filesOf(doc === null ? all : [doc]);
    this.#options.sync.cancelAll(freed.filter((file) => !kept.has(file)));
  }

  /** The person wants this one, whatever else is kept. */
  async want(file: string): Promise<void> {
    if (this.#choice.without.delete(file)) await this.#exceptions();
  }

  /** The person does not want this one here. */
  async refuse(file: string): Promise<void> {
    if (this.#choice.without.has(file)) return;
    this.#choice.without.add(file);
    await this.#exceptions();
  }

  get chosen(): Kept {
    return { all: this.#choice.all, docs: [...this.#choice.docs] };
  }

  /** How much of all files is here; reads the documents that were not read yet, and from then on all that change. */
  async amount(): Promise<KeptAmount> {
    const { docs, held, sync } = this.#options;
    this.#asked = true;
    await this.#known(docs.ids());
    const named = new Map([...this.#named.values()].flat().map((one) => [one.file, one]));
    return { named: amountOf(named, (file) => sync.state(file)), stored: held.bytes };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopTimer?.();
    this.#stopListening();
    await this.#reading;
  }

  #keeps(doc: string): boolean {
    return this.#choice.all || this.#choice.docs.has(doc) || this.#options.isKeeper();
  }

  #filesOf(docs: readonly string[]): readonly string[] {
    return docs.flatMap((doc) => (this.#named.get(doc) ?? []).map(({ file }) => file));
  }

  async #keepChoice(): Promise<void> {
    const { all, docs, without } = this.#choice;
    await this.#options.store.remember(KEPT, { all, docs: [...docs], without: [...without] });
    this.changed.emit();
  }

  /** A full disk is why files are removed: that it does not take this either only means that the person says it again after a restart. */
  #exceptions(): Promise<void> {
    return this.#keepChoice().catch(() => undefined);
  }

  async #known(docs: readonly string[]): Promise<void> {
    await this.#read(docs.filter((id) => !this.#named.has(id)));
  }

  #readSoon(docs: readonly string[]): void {
    const concerned = docs.filter((doc) => this.#asked || this.#keeps(doc));
    if (concerned.length === 0) return;
    for (const doc of concerned) this.#unread.add(doc);
    this.#stopTimer?.();
    this.#stopTimer = this.#options.clock.setTimer(QUIET, () => void this.#read([]));
  }

  /** Reads these and what waits for it, one run after the other, and fetches what is kept of them. */
  #read(docs: readonly string[]): Promise<void> {
    for (const doc of docs) this.#unread.add(doc);
    return (this.#reading = this.#reading.then(() => this.#readAll()));
  }

  async #readAll(): Promise<void> {
    const docs = [...this.#unread];
    this.#unread.clear();
    const wanted: string[] = [];
    for (const id of docs) {
      if (this.#closed) return;
      const named = await filesNamedBy(this.#options.docs, id);
      this.#named.set(id, named);
      if (this.#keeps(id)) wanted.push(...named.map(({ file }) => file));
    }
    this.#options.sync.fetchAll(wanted.filter((file) => !this.#choice.without.has(file)));
    if (docs.length > 0) this.changed.emit();
  }
}

/** Nothing where what the disk gives is no choice: it is then as if there had been none. */
function choiceOf(stored: unknown): Choice {
  const { all, docs, without } = (typeof stored === 'object' && stored !== null ? stored : {}) as Record<
    string,
    unknown
  >;
  const texts = (value: unknown): readonly string[] =>
    Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  return { all: all === true, docs: new Set(texts(docs)), without: new Set(texts(without).filter(isId)) };
}
