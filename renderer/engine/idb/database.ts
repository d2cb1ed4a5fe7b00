import { PeerholdError } from '../../../shared/errors';

/** The one place that knows how IndexedDB is asked. Everything is awaited, and writes are strict where not said otherwise: resolved means on the disk. */
export class Database {
  readonly #db: IDBDatabase;
  /**
   * A store that every write takes beside its own, so that the browser lets no two of them write at once. Chromium takes a database
   * where a crash met two for damaged, and deletes all that the profile has: docs/decisions/0037-one-write-at-a-time.md.
   */
  readonly #gate: string | undefined;

  private constructor(db: IDBDatabase) {
    this.#db = db;
    this.#gate = db.objectStoreNames[0];
    // Another window upgrades or deletes it: let go, or it would wait for ever.
    db.onversionchange = () => db.close();
  }

  /** Opens a database; `make` makes the stores that are not there at the first time, and at a new version. Rejects with `storage-unavailable` or `storage-full`. */
  static async open(name: string, version: number, make: (db: IDBDatabase) => void): Promise<Database> {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => make(request.result);
    return new Database(await settled(request));
  }

  static async drop(name: string): Promise<void> {
    await settled(indexedDB.deleteDatabase(name));
  }

  /**
   * One transaction over `stores`; `ask` must ask for everything before it awaits anything but these requests. Whole or not at all. A
   * `relaxed` one may be undone by a power cut, until a strict one has followed it.
   */
  async write<T>(
    stores: readonly string[],
    ask: (open: (store: string) => IDBObjectStore) => T,
    durability: 'strict' | 'relaxed' = 'strict',
  ): Promise<T> {
    try {
      const taken = this.#gate === undefined ? stores : [this.#gate, ...stores];
      const transaction = this.#db.transaction(taken, 'readwrite', { durability });
      const done = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(codeOf(transaction.error));
      });
      // Awaited below; without this an exception in `ask` would leave its rejection unhandled.
      done.catch(() => undefined);
      let result: T;
      try {
        result = ask((store) => transaction.objectStore(store));
      } catch (error) {
        // Without this, what was asked for before the error would be committed by itself.
        transaction.abort();
        throw error;
      }
      await done;
      return result;
    } catch (error) {
      throw codeOf(error);
    }
  }

  async read<T>(store: string, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    try {
      return await settled(ask(this.#db.transaction(store, 'readonly').objectStore(store)));
    } catch (error) {
      throw codeOf(error);
    }
  }

  /**
   * Every row of a store, or of one key of its index, in the order of their keys. Where the browser can not read one of them (its
   * file is lost or damaged), `lost` gives what stands in its place. Rejects where none can be read.
   */
  async readAll<T>(store: string, lost: () => T | undefined, only?: { index: string; key: IDBValidKey }): Promise<T[]> {
    const from = (opened: IDBObjectStore) => (only === undefined ? opened : opened.index(only.index));
    try {
      return await this.read<T[]>(store, (opened) => from(opened).getAll(only?.key));
    } catch (error) {
      // One unreadable row fails them all: ask for each by itself.
      const keys = await this.#primaryKeys(store, only);
      const rows: T[] = [];
      let failures = 0;
      for (const key of keys) {
        try {
          rows.push(await this.read<T>(store, (opened) => opened.get(key)));
        } catch {
          failures += 1;
          const instead = lost();
          if (instead !== undefined) rows.push(instead);
        }
      }
      if (failures === keys.length) throw error;
      return rows;
    }
  }

  #primaryKeys(store: string, only?: { index: string; key: IDBValidKey }): Promise<IDBValidKey[]> {
    if (only === undefined) return this.read(store, (opened) => opened.getAllKeys());
    return this.read(store, (opened) => opened.index(only.index).getAllKeys(only.key));
  }

  /** Distinct keys of an index. */
  async distinct(store: string, index: string): Promise<readonly IDBValidKey[]> {
    const keys: IDBValidKey[] = [];
    const request = this.#db
      .transaction(store, 'readonly')
      .objectStore(store)
      .index(index)
      .openKeyCursor(null, 'nextunique');
    return new Promise((resolve, reject) => {
      request.onerror = () => reject(codeOf(request.error));
      request.onsuccess = () => {
        const cursor = request.result;
        if (cursor === null) return resolve(keys);
        keys.push(cursor.key);
        cursor.continue();
      };
    });
  }

  close(): void {
    this.#db.close();
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(codeOf(request.error));
  });
}

function codeOf(error: unknown): PeerholdError {
  if (error instanceof PeerholdError) return error;
  const full = error instanceof DOMException && error.name === 'QuotaExceededError';
  return new PeerholdError(full ? 'storage-full' : 'storage-unavailable', {}, { cause: error });
}
