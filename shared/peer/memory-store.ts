import { MemoryDocStore } from '../commons/memory-store';
import { type TextRef, refOf } from '../record/text';
import type { PeerStore, StoredBatch } from './store';

/** A store that lasts as long as its process: for tests, and the pattern of what an adapter must do. */
export class MemoryStore implements PeerStore {
  readonly docs = new MemoryDocStore();
  #batches: StoredBatch[] = [];
  readonly #facts = new Map<string, unknown>();

  async load(): Promise<readonly StoredBatch[]> {
    return [...this.#batches];
  }

  async append(batch: StoredBatch): Promise<void> {
    this.#batches.push(batch);
  }

  async erase(refs: readonly TextRef[]): Promise<void> {
    const gone = new Set<string>(refs);
    this.#batches = this.#batches.map(({ events, texts }) => ({
      events,
      texts: texts.filter((text) => !gone.has(refOf(text))),
    }));
  }

  async recall(key: string): Promise<unknown> {
    return this.#facts.get(key);
  }

  async remember(key: string, value: unknown): Promise<void> {
    this.#facts.set(key, value);
  }
}
