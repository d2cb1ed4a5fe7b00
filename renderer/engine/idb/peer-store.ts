import type { DocStore, StoredUpdate } from '../../../shared/commons/ports';
import type { PeerStore, StoredBatch } from '../../../shared/peer/store';
import { type DetachedText, type TextRef, refOf } from '../../../shared/record/text';
import { Database } from './database';

const VERSION = 1;

/** Name of the database that holds one network. */
export const databaseOf = (network: string): string => `peerhold-network-${network}`;

interface DocRow extends StoredUpdate {
  readonly doc: string;
}

/** One network's replica in IndexedDB. Events lie in the batches in which they came: few large rows load far faster than many small. */
export class IdbPeerStore implements PeerStore {
  readonly docs: DocStore;
  readonly #db: Database;

  private constructor(db: Database) {
    this.#db = db;
    this.docs = new IdbDocStore(db);
  }

  static async open(network: string): Promise<IdbPeerStore> {
    const db = await Database.open(databaseOf(network), VERSION, (made) => {
      made.createObjectStore('events', { autoIncrement: true });
      made.createObjectStore('texts');
      made.createObjectStore('docs', { autoIncrement: true }).createIndex('doc', 'doc');
      made.createObjectStore('facts');
    });
    return new IdbPeerStore(db);
  }

  async load(): Promise<readonly StoredBatch[]> {
    const events = await this.#db.read<Uint8Array[][]>('events', (store) => store.getAll());
    const texts = await this.#db.read<DetachedText[]>('texts', (store) => store.getAll());
    return events.map((batch, index) => ({ events: batch, texts: index === 0 ? texts : [] }));
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

  /** Puts many documents' updates in one write: a generated sample. */
  async seed(docs: readonly { readonly doc: string; readonly updates: readonly StoredUpdate[] }[]): Promise<void> {
    await this.#db.write(['docs'], (open) => {
      for (const { doc, updates } of docs) for (const update of updates) open('docs').add({ doc, ...update });
    });
  }

  close(): void {
    this.#db.close();
  }
}

class IdbDocStore implements DocStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async load(doc: string): Promise<readonly StoredUpdate[]> {
    const rows = await this.#db.read<DocRow[]>('docs', (store) => store.index('doc').getAll(doc));
    return rows.map(({ bytes, member, time }) => ({ bytes, member, time }));
  }

  async append(doc: string, { bytes, member, time }: StoredUpdate): Promise<void> {
    await this.#db.write(['docs'], (open) => open('docs').add({ doc, bytes, member, time }));
  }

  async list(): Promise<readonly string[]> {
    return (await this.#db.distinct('docs', 'doc')).filter((key) => typeof key === 'string');
  }
}
