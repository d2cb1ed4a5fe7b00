import type { Page } from 'playwright-core';
import type { DocStore } from '../../shared/commons/ports';
import { PeerholdError } from '../../shared/errors';
import type { FileStore } from '../../shared/files/ports';
import type { PeerStore, StoredBatch } from '../../shared/peer/store';
import type { TextRef } from '../../shared/record/text';
import type { Outcome } from './page/messages';

/** A store in a page of a real browser, as a `PeerStore` of this process: so one suite runs against every store. */
export class BrowserStore implements PeerStore {
  readonly docs: DocStore;
  readonly files: FileStore;
  readonly #page: Page;
  readonly #network: string;

  private constructor(page: Page, network: string) {
    this.#page = page;
    this.#network = network;
    this.docs = {
      load: async (doc) =>
        valueOf(await page.evaluate(([id, name]) => window.storage.loadDoc(id, name), [network, doc] as const)),
      append: async (doc, updates) =>
        valueOf(
          await page.evaluate(([id, name, changes]) => window.storage.appendDoc(id, name, changes), [
            network,
            doc,
            updates,
          ] as const),
        ),
      list: async () => valueOf(await page.evaluate((id) => window.storage.listDocs(id), network)),
    };
    this.files = {
      list: async () => valueOf(await page.evaluate((of) => window.storage.listFiles(of), network)),
      begin: async (...given) =>
        valueOf(await page.evaluate(([of, args]) => window.storage.beginFile(of, ...args), [network, given] as const)),
      put: async (...given) =>
        valueOf(await page.evaluate(([of, args]) => window.storage.putPieces(of, ...args), [network, given] as const)),
      piece: async (...given) =>
        valueOf(await page.evaluate(([of, args]) => window.storage.piece(of, ...args), [network, given] as const)),
      drop: async (id) =>
        valueOf(await page.evaluate(([of, file]) => window.storage.dropFile(of, file), [network, id] as const)),
    };
  }

  /** Opens the network's store, or closes and opens it again. */
  static async open(page: Page, network: string): Promise<BrowserStore> {
    valueOf(await page.evaluate((id) => window.storage.open(id), network));
    return new BrowserStore(page, network);
  }

  /** Makes a network's store as it was before there were files. */
  static async makeFirst(page: Page, network: string, events: readonly Uint8Array[]): Promise<void> {
    valueOf(await page.evaluate(([id, given]) => window.storage.makeFirst(id, given), [network, events] as const));
  }

  async load(onDamaged?: () => void): Promise<readonly StoredBatch[]> {
    const { batches, damaged } = valueOf(await this.#page.evaluate((id) => window.storage.load(id), this.#network));
    for (let told = 0; told < damaged; told++) onDamaged?.();
    return batches;
  }

  async append(batch: StoredBatch): Promise<void> {
    // The call leaves this process a little later: what the caller does meanwhile must not count.
    const now = structuredClone(batch);
    valueOf(
      await this.#page.evaluate(([id, given]) => window.storage.append(id, given), [this.#network, now] as const),
    );
  }

  async erase(refs: readonly TextRef[]): Promise<void> {
    valueOf(await this.#page.evaluate(([id, gone]) => window.storage.erase(id, gone), [this.#network, refs] as const));
  }

  async recall(key: string): Promise<unknown> {
    const found = valueOf(
      await this.#page.evaluate(([id, name]) => window.storage.recall(id, name), [this.#network, key] as const),
    );
    return 'map' in found ? new Map(found.map) : found.plain;
  }

  async remember(key: string, value: unknown): Promise<void> {
    const packed = value instanceof Map ? { map: [...value] as [unknown, unknown][] } : { plain: value };
    valueOf(
      await this.#page.evaluate(([id, name, given]) => window.storage.remember(id, name, given), [
        this.#network,
        key,
        packed,
      ] as const),
    );
  }

  /** Puts a row as it is, as a damaged disk might give it back. */
  async spoil(store: 'events' | 'texts' | 'docs', row: unknown, key?: string): Promise<void> {
    valueOf(
      await this.#page.evaluate(([id, name, given, at]) => window.storage.spoil(id, name, given, at), [
        this.#network,
        store,
        row,
        key,
      ] as const),
    );
  }

  async drop(): Promise<void> {
    valueOf(await this.#page.evaluate((id) => window.storage.drop(id), this.#network));
  }
}

function valueOf<T>(outcome: Outcome<T>): T {
  if ('code' in outcome) throw new PeerholdError(outcome.code);
  return outcome.value;
}
