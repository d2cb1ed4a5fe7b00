import { afterEach, describe, expect, it } from 'vitest';
import type { DocStore, StoredUpdate } from './ports';

/** What a store's test gives: a fresh store, a way to close and open the same one again, and one to throw it away. */
export interface StoreUnderTest {
  readonly store: DocStore;
  /** The same data as after a restart of the app; absent for stores that keep nothing. */
  readonly reopen?: () => Promise<DocStore>;
  readonly destroy?: () => Promise<void>;
}

const update = (seed: number, member: string | null = null): StoredUpdate => ({
  bytes: Uint8Array.from({ length: 1 + (seed % 7) }, (_, index) => (seed * 31 + index) & 255),
  member,
  time: 1_700_000_000_000 + seed,
});

/** The tests that every `DocStore` passes; call it in a test file of the adapter. */
export function docStoreConformance(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`DocStore: ${name}`, () => {
    let open: StoreUnderTest[] = [];
    const fresh = async () => {
      const made = await make();
      open.push(made);
      return made;
    };
    afterEach(async () => {
      for (const made of open) await made.destroy?.();
      open = [];
    });

    it('knows nothing at first', async () => {
      const { store } = await fresh();
      expect(await store.load('commons')).toEqual([]);
      expect(await store.list()).toEqual([]);
    });

    it('returns updates in the order they were appended, each as it was', async () => {
      const { store } = await fresh();
      const updates = [update(1, 'a'.repeat(64)), update(2), update(3, 'b'.repeat(64))];
      await store.append('page:1', updates.slice(0, 1));
      await store.append('page:1', updates.slice(1));
      expect(await store.load('page:1')).toEqual(updates);
    });

    it('keeps where a document begins anew', async () => {
      const { store, reopen } = await fresh();
      const updates: StoredUpdate[] = [update(1), { ...update(2), anew: true }, update(3)];
      await store.append('page:1', updates);
      const again = reopen === undefined ? store : await reopen();
      expect(await again.load('page:1')).toEqual(updates);
    });

    it('has no document to which nothing was appended', async () => {
      const { store } = await fresh();
      await store.append('page:1', []);
      expect(await store.load('page:1')).toEqual([]);
      expect(await store.list()).toEqual([]);
    });

    it('keeps documents apart, also where one name begins with the other', async () => {
      const { store } = await fresh();
      await store.append('page:1', [update(1)]);
      await store.append('page:10', [update(2)]);
      await store.append('page', [update(3)]);
      expect(await store.load('page:1')).toEqual([update(1)]);
      expect(await store.load('page:10')).toEqual([update(2)]);
      expect([...(await store.list())].sort()).toEqual(['page', 'page:1', 'page:10']);
    });

    it('is not changed by what its caller does with the bytes afterwards', async () => {
      const { store } = await fresh();
      const bytes = Uint8Array.of(1, 2, 3);
      await store.append('commons', [{ bytes, member: null, time: 0 }]);
      bytes.fill(9);
      expect((await store.load('commons'))[0]!.bytes).toEqual(Uint8Array.of(1, 2, 3));
    });

    it('keeps the order of hundreds of updates and of documents written at the same time', async () => {
      const { store } = await fresh();
      await Promise.all(
        ['page:a', 'page:b'].map(async (doc) => {
          for (let i = 0; i < 300; i++) await store.append(doc, [update(i)]);
        }),
      );
      for (const doc of ['page:a', 'page:b'])
        expect((await store.load(doc)).map(({ time }) => time - 1_700_000_000_000)).toEqual(
          Array.from({ length: 300 }, (_, index) => index),
        );
    });

    it('has after a restart what was appended before it', async () => {
      const { store, reopen } = await fresh();
      await store.append('commons', [update(1)]);
      if (reopen === undefined) return;
      const again = await reopen();
      await again.append('commons', [update(2)]);
      expect(await again.load('commons')).toEqual([update(1), update(2)]);
      expect(await again.list()).toEqual(['commons']);
    });
  });
}
