import { createHash } from 'node:crypto';
import { afterAll, beforeAll, vi } from 'vitest';

/** Has WebCrypto hash on this thread in the tests of a file, so that one knows when all of it is done. */
export function hashHere(): void {
  beforeAll(() => {
    vi.spyOn(crypto.subtle, 'digest').mockImplementation(async (_algorithm, bytes) => {
      const view = ArrayBuffer.isView(bytes)
        ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
        : new Uint8Array(bytes);
      return new Uint8Array(createHash('sha256').update(view).digest()).buffer;
    });
  });
  afterAll(() => void vi.restoreAllMocks());
}
