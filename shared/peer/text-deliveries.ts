import { isDocId } from '../commons/limits';
import { id, object } from '../record/shape';
import type { PeerStore } from './store';

const KEY = 'text-deliveries';
const isDocs = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((doc) => typeof doc === 'string' && isDocId(doc));
const note = object({
  own: id,
  written: isDocs,
  devices: (value): value is Map<unknown, unknown> => value instanceof Map,
});

/**
 * Which documents (pages, discussions, drafts) that were written in here another device may not have as they are. Documents have no chain
 * that a device could name its place in: that it has one is known when it says the same fingerprint. Remembered across restarts, by a note that
 * is begun before a change is stored; where the disk loses it, what was written is not told as lacking until it is written in again.
 */
export class TextDeliveries {
  readonly #store: PeerStore;
  readonly #own: string;
  /** All that was ever written in here: what a device lacks that was never equal. */
  readonly #written: Set<string>;
  readonly #lacking: Map<string, Set<string>>;
  #writing = false;
  #again = false;

  private constructor(store: PeerStore, own: string, written: Set<string>, lacking: Map<string, Set<string>>) {
    this.#store = store;
    this.#own = own;
    this.#written = written;
    this.#lacking = lacking;
  }

  static async recall(store: PeerStore, own: string): Promise<TextDeliveries> {
    const stored = await store.recall(KEY);
    if (!note(stored) || stored.own !== own) return new TextDeliveries(store, own, new Set(), new Map());
    const lacking = new Map<string, Set<string>>();
    for (const [device, docs] of stored.devices)
      if (typeof device === 'string' && isDocs(docs)) lacking.set(device, new Set(docs));
    return new TextDeliveries(store, own, new Set(stored.written), lacking);
  }

  /** This device's person changes a document. Whether anybody has less of it than was known. */
  wrote(doc: string): boolean {
    const all = [this.#written, ...this.#lacking.values()];
    if (all.every((docs) => docs.has(doc))) return false;
    for (const docs of all) docs.add(doc);
    this.#note();
    return true;
  }

  /** A device said that it has a document as it is here, or every one. Whether that is new. */
  has(device: string, doc: string | null): boolean {
    const isKnown = doc === null ? this.#lacking.get(device)?.size === 0 : !this.lacks(device).has(doc);
    if (isKnown) return false;
    const rest = new Set(doc === null ? [] : this.lacks(device));
    if (doc !== null) rest.delete(doc);
    this.#lacking.set(device, rest);
    this.#note();
    return true;
  }

  lacks(device: string): ReadonlySet<string> {
    return this.#lacking.get(device) ?? this.#written;
  }

  #note(): void {
    this.#again = true;
    if (!this.#writing) void this.#write();
  }

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#again) {
      this.#again = false;
      const devices = new Map([...this.#lacking].map(([device, docs]) => [device, [...docs]]));
      await this.#store.remember(KEY, { own: this.#own, written: [...this.#written], devices }).catch(() => undefined);
    }
    this.#writing = false;
  }
}
