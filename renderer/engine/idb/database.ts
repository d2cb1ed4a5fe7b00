import { PeerholdError } from '../../../shared/errors';

/** The one place that knows how IndexedDB is asked. Everything is awaited, and writes are strict: resolved means on the disk. */
export class Database {
  readonly #db: IDBDatabase;

  private constructor(db: IDBDatabase) {
    this.#db = db;
    // Another window upgrades or deletes it: let go, or it would wait for ever.
    db.onversionchange = () => db.close();
  }

  /** Opens a database, making its stores at the first time. Rejects with `storage-unavailable` or `storage-full`. */
  static async open(name: string, version: number, make: (db: IDBDatabase) => void): Promise<Database> {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => make(request.result);
    return new Database(await settled(request));
  }

  static async drop(name: string): Promise<void> {
    await settled(indexedDB.deleteDatabase(name));
  }

  /** One transaction over `stores`; `use` must ask for everything before it awaits anything but these requests. Whole or not at all. */
  async write<T>(stores: readonly string[], use: (open: (store: string) => IDBObjectStore) => T): Promise<T> {
    try {
      const transaction = this.#db.transaction(stores, 'readwrite', { durability: 'strict' });
      const done = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(codeOf(transaction.error));
      });
      // Awaited below; without this an exception in `use` would leave its rejection unhandled.
      done.catch(() => undefined);
      const result = use((store) => transaction.objectStore(store));
      await done;
      return result;
    } catch (error) {
      throw codeOf(error);
    }
  }

  async read<T>(store: string, use: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    try {
      return await settled(use(this.#db.transaction(store, 'readonly').objectStore(store)));
    } catch (error) {
      throw codeOf(error);
    }
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
