import { Files } from '../files/files';
import { FileSync } from '../files/sync';
import { isId } from '../record/shape';
import { KeptFiles, type KeptFilesOptions } from './kept-files';

/** Fact of this peer: ids of the files that it is fetching. */
const WANTED = 'files-wanted';

export type PeerFilesOptions = Omit<KeptFilesOptions, 'held' | 'sync'>;

/** The files of one peer: what is here of them, the exchange with neighbours, and what its person chose to keep. */
export class PeerFiles {
  readonly held: Files;
  readonly sync: FileSync;
  readonly kept: KeptFiles;
  readonly #remembered: () => Promise<void>;

  private constructor(held: Files, sync: FileSync, kept: KeptFiles, remembered: () => Promise<void>) {
    this.held = held;
    this.sync = sync;
    this.kept = kept;
    this.#remembered = remembered;
  }

  static async open(options: PeerFilesOptions): Promise<PeerFiles> {
    const { store, clock } = options;
    const held = await Files.open(store.files);
    const stored = await store.recall(WANTED);
    const wanted = Array.isArray(stored) ? stored.filter(isId) : [];
    let remembering: Promise<void> = Promise.resolve();
    const remember = (ids: readonly string[]): void => {
      // A disk that does not take it now only means that the person asks again after a restart.
      remembering = remembering.then(() => store.remember(WANTED, ids)).catch(() => undefined);
    };
    const sync = new FileSync({ files: held, clock, wanted, remember });
    return new PeerFiles(held, sync, await KeptFiles.open({ ...options, held, sync }), () => remembering);
  }

  /** The person asks for a file. */
  async fetch(id: string): Promise<void> {
    this.sync.fetch(id);
    await this.kept.want(id);
  }

  /** The person asks for no more of it; what is here stays. */
  async cancel(id: string): Promise<void> {
    this.sync.cancel(id);
    await this.kept.refuse(id);
  }

  /** Deletes what is here of a file, and fetches no more of it. */
  async drop(id: string): Promise<void> {
    await this.cancel(id);
    await this.held.drop(id);
  }

  async close(): Promise<void> {
    await this.kept.close();
    this.sync.close();
    await this.held.close();
    await this.#remembered();
  }
}
