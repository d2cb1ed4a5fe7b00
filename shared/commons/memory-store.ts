import type { DocStore, StoredUpdate } from './ports';

/** Documents in memory: for tests and for what need not outlive the session. */
export class MemoryDocStore implements DocStore {
  readonly #docs = new Map<string, StoredUpdate[]>();

  load(doc: string): Promise<readonly StoredUpdate[]> {
    return Promise.resolve([...(this.#docs.get(doc) ?? [])]);
  }

  append(doc: string, update: StoredUpdate): Promise<void> {
    const updates = this.#docs.get(doc);
    const kept = { ...update, bytes: update.bytes.slice() };
    if (updates === undefined) this.#docs.set(doc, [kept]);
    else updates.push(kept);
    return Promise.resolve();
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.#docs.keys()]);
  }
}
