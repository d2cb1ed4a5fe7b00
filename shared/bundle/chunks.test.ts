import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { all, each } from '../../test/kit/streams';
import { errorCode } from '../errors';
import { concat, equalBytes, utf8 } from '../record/bytes';
import { Cipher, TAG_BYTES } from '../record/cipher';
import { CHUNK_BYTES, openChunks, sealChunks } from './chunks';
import { sourceOf } from './source';
import { StreamReader } from './stream-reader';

const key = new Uint8Array(32).fill(7);
const beside = utf8('the beginning');
const SEALED = CHUNK_BYTES + TAG_BYTES;
const long = Uint8Array.from({ length: 3 * CHUNK_BYTES }, (_none, index) => (index * 7 + (index >> 8)) & 255);

const seal = async (...parts: readonly Uint8Array[]) =>
  concat(...(await all(sealChunks(await Cipher.of(key), beside, each(parts)))));
const open = async (sealed: Uint8Array, name = beside) =>
  concat(...(await all(openChunks(await Cipher.of(key), name, sourceOf(sealed), 0))));
const codeOf = (sealed: Uint8Array, name = beside): Promise<string> =>
  open(sealed, name).then(() => 'opened', errorCode);
const chunk = (sealed: Uint8Array, index: number): Uint8Array => sealed.subarray(index * SEALED, (index + 1) * SEALED);

describe('chunks', () => {
  it.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 2 * CHUNK_BYTES + 9])(
    'of %i bytes come out as they went in, however they were handed over',
    async (size) => {
      const plain = long.subarray(0, size);
      const at = Math.floor(size / 3);
      const sealed = await seal(plain);
      expect(equalBytes(await seal(plain.subarray(0, at), plain.subarray(at), new Uint8Array()), sealed)).toBe(true);
      expect(sealed.length).toBe(size + TAG_BYTES * Math.max(1, Math.ceil(size / CHUNK_BYTES)));
      expect(equalBytes(await open(sealed), plain)).toBe(true);
    },
  );

  it('that were left out, repeated, moved or cut off are missed', async () => {
    const sealed = await seal(long);
    const [first, second, third] = [0, 1, 2].map((index) => chunk(sealed, index)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    for (const parts of [
      [first, second],
      [first, third],
      [second, third],
      [second, first, third],
      [first, first, third],
      [first, second, third, third],
      [third],
      [first.subarray(5), second, third],
      [],
    ])
      expect(await codeOf(concat(...parts))).toBe('bundle-damaged');
    expect(await codeOf(sealed, utf8('another beginning'))).toBe('bundle-damaged');
    expect(await codeOf(sealed)).toBe('opened');
  });

  it('are read in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 8 }),
        fc.array(fc.nat(9), { maxLength: 12 }),
        async (parts, sizes) => {
          const whole = concat(...parts);
          const reader = new StreamReader(each(parts));
          let at = 0;
          for (const size of sizes) {
            const taken = await reader.take(size).catch(errorCode);
            expect(taken).toEqual(at + size > whole.length ? 'bundle-malformed' : whole.slice(at, at + size));
            if (typeof taken === 'string') return;
            at += size;
          }
          expect(await reader.isAtEnd()).toBe(at === whole.length);
        },
      ),
    );
  });
});
