import type { DocStore } from '../../shared/commons/ports';
import type { FileStore } from '../../shared/files/ports';
import { MemoryStore } from '../../shared/peer/memory-store';
import type { PeerStore } from '../../shared/peer/store';

/** What becomes of a write: it is done, it fails with this error, or the machine goes off before it or just after it. */
export type Fate = 'done' | Error | 'off before' | 'off after';

/** A disk that deals with each write as its test says. Once the machine is off, it does nothing and answers nobody. */
export class FailingStore implements PeerStore {
  /** What is on the disk, for who starts anew. */
  readonly contents: MemoryStore;
  readonly docs: DocStore;
  readonly files: FileStore;
  /** Asked at each write, with its number from 1. */
  fate: (write: number) => Fate = () => 'done';
  #writes = 0;
  #off = false;

  constructor(contents = new MemoryStore()) {
    this.contents = contents;
    const { docs, files } = contents;
    this.docs = {
      load: (doc) => docs.load(doc),
      list: () => docs.list(),
      append: (doc, updates) => this.#write(() => docs.append(doc, updates)),
    };
    this.files = {
      list: () => files.list(),
      piece: (id, index) => files.piece(id, index),
      begin: (id, manifest) => this.#write(() => files.begin(id, manifest)),
      put: (id, pieces) => this.#write(() => files.put(id, pieces)),
      drop: (id) => this.#write(() => files.drop(id)),
    };
  }

  get writes(): number {
    return this.#writes;
  }

  get off(): boolean {
    return this.#off;
  }

  /** The machine goes off now. */
  turnOff(): void {
    this.#off = true;
  }

  load(): ReturnType<PeerStore['load']> {
    return this.contents.load();
  }

  recall(key: string): Promise<unknown> {
    return this.contents.recall(key);
  }

  append(batch: Parameters<PeerStore['append']>[0]): Promise<void> {
    return this.#write(() => this.contents.append(batch));
  }

  erase(refs: Parameters<PeerStore['erase']>[0]): Promise<void> {
    return this.#write(() => this.contents.erase(refs));
  }

  remember(key: string, value: unknown): Promise<void> {
    return this.#write(() => this.contents.remember(key, value));
  }

  async #write(apply: () => Promise<void>): Promise<void> {
    if (!this.#off) {
      this.#writes += 1;
      const fate = this.fate(this.#writes);
      if (fate instanceof Error) throw fate;
      this.#off = fate !== 'done';
      if (fate !== 'off before') await apply();
    }
    if (this.#off) await new Promise(() => undefined);
  }
}
