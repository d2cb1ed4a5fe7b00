import type { FileContent } from '../files/files';
import type { FileState } from '../files/sync';
import { PeerholdError } from '../errors';
import type { Kept, KeptAmount } from '../peer/kept-files';
import type { Peer } from '../peer/peer';

/** Where a file stands on this device. */
export interface FileView extends FileState {
  readonly file: string;
}

/** What is asked of the engine about files. A document names them (`shared/commons/attachments.ts`); the engine holds and fetches their content. */
export interface FileCalls {
  /** Takes in a file of this device, for a document to name; resolves once it is on this disk. A `Blob` is a content. */
  addFile(network: string, content: FileContent): Promise<{ readonly file: string; readonly size: number }>;
  /** Where files stand. Neighbours are asked who has them, and what changes follows as `files` events. */
  files(network: string, files: readonly string[]): Promise<readonly FileView[]>;
  /** Fetches a file from now on, from whoever has it, until it is here. */
  fetchFile(network: string, file: string): Promise<void>;
  /** Fetches no more of it; what is here stays for the next time. */
  cancelFile(network: string, file: string): Promise<void>;
  /** Deletes what is here of a file. Others keep theirs. */
  dropFile(network: string, file: string): Promise<void>;
  /** What is kept on this device by choice; changes follow as `kept` events. */
  kept(network: string): Promise<Kept>;
  /** How much of the files that documents name is here. Neighbours are not asked for it; what changes follows as `kept-amount` events. */
  keptAmount(network: string): Promise<KeptAmount>;
  /**
   * Keeps all files of a document, or of all documents where it is null, also those that come later; or fetches no more because of that. It is
   * this device's alone, and told to nobody.
   */
  keepFiles(network: string, doc: string | null, keep: boolean): Promise<void>;
  /** The content of a file that is here. One that the disk damaged is fetched again, and `file-damaged` says so. */
  readFile(network: string, file: string): Promise<Uint8Array>;
}

/** Files whose changes are told. */
const MAX_FOLLOWED = 4_096;
const PAUSE = 200;

/** The files of one open network, for those who look at them. */
export class FollowedFiles {
  readonly #peer: Peer;
  readonly #tell: (files: readonly FileView[]) => void;
  readonly #followed = new Set<string>();
  readonly #changed = new Set<string>();
  readonly #after: (delay: number, run: () => void) => void;

  constructor(peer: Peer, after: (delay: number, run: () => void) => void, tell: (files: readonly FileView[]) => void) {
    this.#peer = peer;
    this.#after = after;
    this.#tell = tell;
    peer.files.sync.changed.add((file) => this.#changedSoon(file));
  }

  look(files: readonly string[]): readonly FileView[] {
    for (const file of files) if (this.#followed.size < MAX_FOLLOWED) this.#followed.add(file);
    this.#peer.files.sync.look(files);
    return files.map((file) => this.#view(file));
  }

  #view(file: string): FileView {
    return { file, ...this.#peer.files.sync.state(file) };
  }

  /** Pieces come by the hundred: screens hear of them a few times a second. */
  #changedSoon(file: string): void {
    if (!this.#followed.has(file)) return;
    this.#changed.add(file);
    if (this.#changed.size > 1) return;
    this.#after(PAUSE, () => {
      const files = [...this.#changed].map((one) => this.#view(one));
      this.#changed.clear();
      this.#tell(files);
    });
  }
}

export async function readFile({ files }: Peer, file: string): Promise<Uint8Array> {
  try {
    return await files.held.read(file);
  } catch (error) {
    if (error instanceof PeerholdError && error.code === 'file-damaged') files.sync.fetch(file);
    throw error;
  }
}
