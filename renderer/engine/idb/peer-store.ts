import type { DocStore, StoredUpdate } from '../../../shared/commons/ports';
import type { OpenStore, SeedDoc } from '../../../shared/engine/ports';
import type { FileStore } from '../../../shared/files/ports';
import type { StoredBatch } from '../../../shared/peer/store';
import { LOST_UPDATE, isStoredEvents, isStoredText, isStoredUpdate } from '../../../shared/peer/stored-rows';
import { type TextRef, refOf } from '../../../shared/record/text';
import { Database } from './database';
import { IdbFileStore, makeFileStores } from './file-store';

/** 2: files. */
export const VERSION = 2;

/** Name of the database that holds one network. */
export const databaseOf = (network: string): string => `peerhold-network-${network}`;

/** One network's replica in IndexedDB. Events lie in the batches in which they came: few large rows load far faster than many small. */
export class IdbPeerStore implements OpenStore {
  readonly docs: DocStore;
  readonly files: FileStore;
  readonly #db: Database;

  private constructor(db: Database) {
    this.#db = db;
    this.docs = new IdbDocStore(db);
    this.files = new IdbFileStore(db);
  }

  /** Deletes everything that is stored of a network. */
  static drop(network: string): Promise<void> {
    return Database.drop(databaseOf(network));
  }

  static async open(network: string): Promise<IdbPeerStore> {
    const db = await Database.open(databaseOf(network), VERSION, (made) => {
      if (!made.objectStoreNames.contains('events')) makeFirstStores(made);
      makeFileStores(made);
    });
    return new IdbPeerStore(db);
  }

  async load(onDamaged: () => void = () => undefined): Promise<readonly StoredBatch[]> {
    const rowsOf = async <T>(store: string, isRow: (row: unknown) => row is T): Promise<T[]> => {
      const rows = await this.#db.readAll<unknown>(store, () => {
        onDamaged();
        return undefined;
      });
      return rows.filter((row): row is T => {
        if (isRow(row)) return true;
        onDamaged();
        return false;
      });
    };
    const batches = await rowsOf('events', isStoredEvents);
    const texts = await rowsOf('texts', isStoredText);
    if (batches.length === 0) return texts.length === 0 ? [] : [{ events: [], texts }];
    return batches.map((events, index) => ({ events, texts: index === 0 ? texts : [] }));
  }

  async append({ events, texts }: StoredBatch): Promise<void> {
    await this.#db.write(['events', 'texts'], (open) => {
      if (events.length > 0) open('events').add(events);
      for (const text of texts) open('texts').put(text, refOf(text));
    });
  }

  async erase(refs: readonly TextRef[]): Promise<void> {
    await this.#db.write(['texts'], (open) => {
      for (const ref of refs) open('texts').delete(ref);
    });
  }

  recall(key: string): Promise<unknown> {
    return this.#db.read<unknown>('facts', (store) => store.get(key));
  }

  async remember(key: string, value: unknown): Promise<void> {
    await this.#db.write(['facts'], (open) => open('facts').put(value, key));
  }

  async seed(docs: readonly SeedDoc[]): Promise<void> {
    await this.#db.write(['docs'], (open) => {
      for (const { doc, updates } of docs) for (const update of updates) open('docs').add({ doc, ...update });
    });
  }

  close(): void {
    this.#db.close();
  }
}

/** What version 1 had. */
export function makeFirstStores(made: IDBDatabase): void {
  made.createObjectStore('events', { autoIncrement: true });
  made.createObjectStore('texts');
  made.createObjectStore('docs', { autoIncrement: true }).createIndex('doc', 'doc');
  made.createObjectStore('facts');
}

/** A row names its document, too. */
function updateOf(row: unknown): StoredUpdate {
  const { doc: _doc, ...update } = (row ?? {}) as { readonly doc?: unknown };
  return isStoredUpdate(update) ? update : LOST_UPDATE;
}

/** Updates of one document that wait for their transaction. */
interface Append {
  readonly doc: string;
  readonly updates: readonly StoredUpdate[];
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

class IdbDocStore implements DocStore {
  readonly #db: Database;
  readonly #waiting: Append[] = [];
  #isWriting = false;

  constructor(db: Database) {
    this.#db = db;
  }

  async load(doc: string): Promise<readonly StoredUpdate[]> {
    const rows = await this.#db.readAll<unknown>('docs', () => null, { index: 'doc', key: doc });
    return rows.map(updateOf);
  }

  append(doc: string, updates: readonly StoredUpdate[]): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ doc, updates, done, failed });
      if (!this.#isWriting) void this.#writeAll();
    });
  }

  /** What waits while a transaction goes to the disk goes with the next one, together: a newcomer has thousands of documents to write. */
  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const lot = this.#waiting.splice(0);
      const isWritten = await this.#write(lot);
      // Where there is no room for all of it, there may be for some.
      if (!isWritten && lot.length > 1) for (const each of lot) await this.#write([each]);
    }
    this.#isWriting = false;
  }

  /** One transaction for all of these; one that stood alone learns why where it failed. */
  async #write(lot: readonly Append[]): Promise<boolean> {
    try {
      await this.#db.write(['docs'], (open) => {
        for (const { doc, updates } of lot)
          for (const { bytes, member, time, anew } of updates)
            open('docs').add({ doc, bytes, member, time, ...(anew === undefined ? {} : { anew }) });
      });
      for (const { done } of lot) done();
      return true;
    } catch (error) {
      if (lot.length === 1) lot[0]!.failed(error);
      return false;
    }
  }

  async list(): Promise<readonly string[]> {
    return (await this.#db.distinct('docs', 'doc')).filter((key) => typeof key === 'string');
  }
}
