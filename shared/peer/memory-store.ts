import { MemoryDocStore } from '../commons/memory-store';
import { MemoryFileStore } from '../files/memory-store';
import { type DetachedText, type TextRef, refOf } from '../record/text';
import type { PeerStore, StoredBatch } from './store';

/** A store that lasts as long as its process: for tests, and the pattern of what an adapter must do. */
export class MemoryStore implements PeerStore {
  readonly docs = new MemoryDocStore();
  readonly files = new MemoryFileStore();
  readonly #events: (readonly Uint8Array[])[] = [];
  readonly #texts = new Map<TextRef, DetachedText>();
  readonly #facts = new Map<string, unknown>();

  async load(): Promise<readonly StoredBatch[]> {
    const texts = [...this.#texts.values()];
    if (this.#events.length === 0) return texts.length === 0 ? [] : [{ events: [], texts }];
    return this.#events.map((events, index) => ({ events, texts: index === 0 ? texts : [] }));
  }

  async append({ events, texts }: StoredBatch): Promise<void> {
    // All that can fail comes first: a batch is kept whole or not at all.
    const named = texts.map((text) => [refOf(text), { ...text, salt: text.salt.slice() }] as const);
    for (const [ref, text] of named) this.#texts.set(ref, text);
    if (events.length > 0) this.#events.push(events.map((event) => event.slice()));
  }

  async erase(refs: readonly TextRef[]): Promise<void> {
    for (const ref of refs) this.#texts.delete(ref);
  }

  async recall(key: string): Promise<unknown> {
    return this.#facts.get(key);
  }

  async remember(key: string, value: unknown): Promise<void> {
    this.#facts.set(key, value);
  }
}
