import type { Docs } from '../commons/docs';
import { Files } from '../files/files';
import { FileSync } from '../files/sync';
import { isId } from '../record/shape';
import type { Clock } from '../sync/clock';
import { filesNamedBy } from './named-files';
import type { PeerStore } from './store';

/** Fact of this peer: ids of the files that it is fetching. */
const WANTED = 'files-wanted';
/** Milliseconds of quiet after a document changed before a keeper reads which files it names. */
const QUIET = 1_000;

export interface PeerFilesOptions {
  readonly store: PeerStore;
  readonly docs: Docs;
  readonly clock: Clock;
  /** Whether this device only holds and passes on: it then fetches whatever a document names. */
  readonly isKeeper: () => boolean;
}

/** The files of one peer: what is here of them, the exchange with neighbours, and for a keeper the choice of everything. */
export class PeerFiles {
  readonly held: Files;
  readonly sync: FileSync;
  readonly #options: PeerFilesOptions;
  /** Documents to read, for a keeper. */
  readonly #unread = new Set<string>();
  readonly #stopListening: () => void;
  #stopTimer: (() => void) | null = null;
  #remembering: Promise<void> = Promise.resolve();

  private constructor(held: Files, wanted: readonly string[], options: PeerFilesOptions) {
    const { store, docs, clock } = options;
    this.held = held;
    this.#options = options;
    this.sync = new FileSync({
      files: held,
      clock,
      wanted,
      remember: (ids) => {
        // A disk that does not take it now only means that the person asks again after a restart.
        this.#remembering = this.#remembering.then(() => store.remember(WANTED, ids)).catch(() => undefined);
      },
    });
    this.#stopListening = docs.changes.add(({ doc }) => this.#readSoon([doc]));
    this.#readSoon(docs.ids());
  }

  static async open(options: PeerFilesOptions): Promise<PeerFiles> {
    const held = await Files.open(options.store.files);
    const wanted = await options.store.recall(WANTED);
    return new PeerFiles(held, Array.isArray(wanted) ? wanted.filter(isId) : [], options);
  }

  /** Deletes what is here of a file, and fetches no more of it. */
  async drop(id: string): Promise<void> {
    this.sync.cancel(id);
    await this.held.drop(id);
  }

  async close(): Promise<void> {
    this.#stopTimer?.();
    this.#stopListening();
    this.sync.close();
    await this.held.close();
    await this.#remembering;
  }

  #readSoon(docs: readonly string[]): void {
    if (!this.#options.isKeeper()) return;
    for (const doc of docs) this.#unread.add(doc);
    this.#stopTimer?.();
    this.#stopTimer = this.#options.clock.setTimer(QUIET, () => void this.#readAll());
  }

  async #readAll(): Promise<void> {
    const docs = [...this.#unread];
    this.#unread.clear();
    for (const id of docs) {
      for (const { file } of await filesNamedBy(this.#options.docs, id)) this.sync.fetch(file);
    }
  }
}
