import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testSigner } from '../../test/kit/group';
import { all, each } from '../../test/kit/streams';
import { errorCode } from '../errors';
import { PIECE_BYTES } from '../files/limits';
import { Manifest } from '../files/manifest';
import { concat, equalBytes } from '../record/bytes';
import { hashBeside } from '../record/hash';
import { readFiles } from './files';
import { writeContent } from './content';
import { Letter, writeLetter } from './letter';
import { StreamReader } from './stream-reader';

interface File {
  readonly manifest: Manifest;
  readonly content: Uint8Array;
}

async function file(size: number, seed = 1): Promise<File> {
  const content = Uint8Array.from({ length: size }, (_none, index) => (index * seed + (index >> 9)) & 255);
  const hashes: Uint8Array[] = [];
  for (let at = 0; at < size; at += PIECE_BYTES) hashes.push(await hashBeside(content.subarray(at, at + PIECE_BYTES)));
  return { manifest: Manifest.of(size, hashes), content };
}
const written = (...files: readonly File[]): Uint8Array =>
  concat(...files.flatMap(({ manifest, content }) => [manifest.bytes, content]));

/** The files that are read, by id. */
async function read(bytes: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array[]>();
  for await (const { manifest, piece } of readFiles(new StreamReader(each([bytes]))))
    if (piece === null) found.set(manifest.id, []);
    else found.get(manifest.id)!.push(piece.bytes);
  return new Map([...found].map(([id, pieces]) => [id, concat(...pieces)]));
}
const codeOf = (bytes: Uint8Array): Promise<string> => read(bytes).then(() => 'read', errorCode);

describe('files in a bundle', () => {
  it('come out as they went in', async () => {
    const files = await Promise.all([file(0), file(1), file(PIECE_BYTES), file(2 * PIECE_BYTES + 7)]);
    const found = await read(written(...files));
    expect([...found.keys()]).toEqual(files.map(({ manifest }) => manifest.id));
    for (const { manifest, content } of files) expect(equalBytes(found.get(manifest.id)!, content)).toBe(true);
    expect(await read(new Uint8Array())).toEqual(new Map());
  });

  it('are behind the content of the letter, and are read apart from it', async () => {
    const one = await file(PIECE_BYTES + 1);
    const signer = await testSigner('ana');
    const about = { network: 'a'.repeat(64), device: signer.device, time: 1, recipient: null };
    const parts = await all(writeLetter(writeContent(about, each([]), signer), each([written(one)])));
    const letter = new Letter({ version: 3, read: () => each(parts) });
    const steps: number[] = [];
    expect((await all(letter.content())).map(({ kind }) => kind)).toEqual([0]);
    const found = await all(letter.files((bytes) => void steps.push(bytes)));
    expect(found.map(({ piece }) => piece?.index ?? null)).toEqual([null, 0, 1]);
    expect(steps.at(-1)).toBe(parts.reduce((sum, { length }) => sum + length, 0));
  });

  it('are refused where a piece is not what the manifest says, or is missing', async () => {
    const [one, other] = [await file(PIECE_BYTES + 5), await file(9, 3)];
    const whole = written(one, other);
    const start = one.manifest.bytes.length;
    for (const at of [4, start, start + PIECE_BYTES, whole.length - 1]) {
      const changed = whole.slice();
      changed[at]! ^= 1;
      expect(await codeOf(changed)).toBe('bundle-malformed');
    }
    for (const length of [1, 3, 5, start - 1, start, start + 1, whole.length - 1])
      expect(await codeOf(whole.subarray(0, length))).toBe('bundle-malformed');
    expect(await codeOf(concat(whole, Uint8Array.of(0)))).toBe('bundle-malformed');
    expect(await codeOf(written(one, one))).toBe('bundle-malformed');
  });

  it('are refused where they say that they are larger than any may be, before anything is held for them', async () => {
    expect(await codeOf(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 1, 2, 3))).toBe('bundle-malformed');
    expect(await codeOf(Uint8Array.of(0x10, 0, 0, 1))).toBe('bundle-malformed');
  });

  it('of any bytes are refused with a code, or are files', async () => {
    const one = written(await file(5));
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 120 }), fc.nat(one.length), async (bytes, kept) => {
        expect(await codeOf(concat(one.subarray(0, kept), bytes))).toMatch(/^(bundle-malformed|read)$/);
      }),
    );
  });

  it('are refused beyond 10,000', async () => {
    const many = await Promise.all(
      Array.from({ length: 10_001 }, async (_none, index) => {
        const content = Uint8Array.of(index >> 8, index & 255);
        return concat(Manifest.of(2, [await hashBeside(content)]).bytes, content);
      }),
    );
    expect((await read(concat(...many.slice(1)))).size).toBe(10_000);
    expect(await codeOf(concat(...many))).toBe('bundle-too-large');
  });
});
