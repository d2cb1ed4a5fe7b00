import type { DocStore, StoredUpdate } from './ports';

/** Documents in memory: for tests and for what need not outlive the session. */
export class MemoryDocStore implements DocStore {
  readonly #docs = new Map<string, StoredUpdate[]>();

  load(doc: string): Promise<readonly StoredUpdate[]> {
    return Promise.resolve([...(this.#docs.get(doc) ?? [])]);
  }

  append(doc: string, updates: readonly StoredUpdate[]): Promise<void> {
    const kept = updates.map((update) => ({ ...update, bytes: update.bytes.slice() }));
    const held = this.#docs.get(doc);
    if (held !== undefined) held.push(...kept);
    else if (kept.length > 0) this.#docs.set(doc, kept);
    return Promise.resolve();
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.#docs.keys()]);
  }
}
