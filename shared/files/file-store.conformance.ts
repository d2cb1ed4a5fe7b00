import { afterEach, describe, expect, it } from 'vitest';
import { equalBytes } from '../record/bytes';
import type { FileStore, StoredFile } from './ports';

/** What a store's test gives: a fresh store, a way to close and open the same one again, and one to throw it away. */
export interface FileStoreUnderTest {
  readonly store: FileStore;
  readonly reopen: () => Promise<FileStore>;
  readonly destroy?: () => Promise<void>;
}

const [ONE, TWO] = ['1a'.repeat(32), '2b'.repeat(32)];
const bytes = (seed: number, length = 1_000): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (seed * 31 + index * 7) & 255);
const sorted = (files: readonly StoredFile[]): StoredFile[] =>
  files
    .map((file) => ({ ...file, pieces: file.pieces.toSorted((a, b) => a - b) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));

/** The tests that every `FileStore` passes; call it in a test file of the adapter. */
export function fileStoreConformance(name: string, make: () => Promise<FileStoreUnderTest>): void {
  describe(`FileStore: ${name}`, () => {
    let open: FileStoreUnderTest[] = [];
    const fresh = async () => {
      const made = await make();
      open.push(made);
      return made;
    };
    afterEach(async () => {
      for (const made of open) await made.destroy?.();
      open = [];
    });

    it('has nothing at first', async () => {
      const { store } = await fresh();
      expect(await store.list()).toEqual([]);
      expect(await store.piece(ONE, 0)).toBeUndefined();
      await store.drop(ONE);
    });

    it('gives back what was put, after a restart too', async () => {
      const { store, reopen } = await fresh();
      await store.begin(ONE, bytes(1, 68));
      await store.begin(TWO, bytes(2, 36));
      await store.put(ONE, [{ index: 1, bytes: bytes(11) }], false);
      await store.put(
        ONE,
        [
          { index: 0, bytes: bytes(10, 256 * 1024) },
          { index: 300, bytes: bytes(12, 1) },
        ],
        true,
      );
      const again = await reopen();
      expect(sorted(await again.list())).toEqual([
        { id: ONE, manifest: bytes(1, 68), pieces: [0, 1, 300] },
        { id: TWO, manifest: bytes(2, 36), pieces: [] },
      ]);
      // Compared at once: the test runner's own comparison takes seconds for as many.
      expect(equalBytes((await again.piece(ONE, 0))!, bytes(10, 256 * 1024))).toBe(true);
      expect(await again.piece(ONE, 300)).toEqual(bytes(12, 1));
      expect(await again.piece(ONE, 2)).toBeUndefined();
      expect(await again.piece(TWO, 0)).toBeUndefined();
    });

    it('keeps what is there when a file begins again, and the newest of a piece', async () => {
      const { store } = await fresh();
      await store.begin(ONE, bytes(1, 36));
      await store.put(ONE, [{ index: 0, bytes: bytes(1) }], true);
      await store.begin(ONE, bytes(1, 36));
      expect(sorted(await store.list())).toEqual([{ id: ONE, manifest: bytes(1, 36), pieces: [0] }]);
      await store.put(ONE, [{ index: 0, bytes: bytes(2) }], true);
      expect(await store.piece(ONE, 0)).toEqual(bytes(2));
    });

    it('deletes a file whole, and no other', async () => {
      const { store, reopen } = await fresh();
      for (const id of [ONE, TWO]) {
        await store.begin(id, bytes(1, 68));
        await store.put(
          id,
          [0, 1].map((index) => ({ index, bytes: bytes(index) })),
          true,
        );
      }
      await store.drop(ONE);
      const again = await reopen();
      expect(sorted(await again.list())).toEqual([{ id: TWO, manifest: bytes(1, 68), pieces: [0, 1] }]);
      expect(await again.piece(ONE, 0)).toBeUndefined();
      await again.begin(ONE, bytes(1, 68));
      expect(sorted(await again.list())[0]).toEqual({ id: ONE, manifest: bytes(1, 68), pieces: [] });
    });

    it('does not see what its caller does with the bytes later', async () => {
      const { store } = await fresh();
      await store.begin(ONE, bytes(1, 36));
      const given = bytes(3);
      const done = store.put(ONE, [{ index: 0, bytes: given.subarray(10, 20) }], false);
      await done;
      given.fill(0);
      expect(await store.piece(ONE, 0)).toEqual(bytes(3).subarray(10, 20));
    });
  });
}
