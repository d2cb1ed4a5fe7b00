import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sourceOf } from '../../bundle/source';
import { PeerholdError } from '../../errors';
import { concat, equalBytes, utf8 } from '../../record/bytes';
import { readZip } from './zip-read';
import { ZipWriter } from './zip-write';

type Files = readonly (readonly [path: string, content: Uint8Array])[];

async function zipped(files: Files, packed = true): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const zip = new ZipWriter(Date.UTC(2026, 10, 27), async (piece) => void pieces.push(piece.slice()));
  for (const [path, content] of files) await zip.add(path, content, packed);
  await zip.finish();
  const whole = concat(...pieces);
  expect(zip.bytes).toBe(whole.length);
  return whole;
}

async function read(archive: Uint8Array, most = 1_000_000): Promise<Files> {
  const entries = await readZip(sourceOf(archive));
  const files: [string, Uint8Array][] = [];
  for (const entry of entries) files.push([entry.path, await entry.read(most)]);
  return files;
}

const refused = (code: string) => expect.objectContaining({ code }) as unknown;

describe('an archive', () => {
  it('is read as it was written, packed or not', async () => {
    const path = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((name) => !name.endsWith('/'));
    const files = fc.uniqueArray(fc.tuple(path, fc.uint8Array({ maxLength: 3_000 })), {
      maxLength: 6,
      selector: ([name]) => name,
    });
    await fc.assert(
      fc.asyncProperty(files, fc.boolean(), async (given, packed) => {
        expect(await read(await zipped(given, packed))).toEqual(given);
      }),
      { numRuns: 60 },
    );
  });

  it('takes files of any length, and none of it is lost between its pieces', async () => {
    const long = Uint8Array.from({ length: 1_500_000 }, (_, at) => (at * at) & 255);
    const [first, second] = await read(
      await zipped([
        ['long', long],
        ['empty', new Uint8Array()],
      ]),
      2_000_000,
    );
    expect([first![0], equalBytes(first![1], long), second]).toEqual(['long', true, ['empty', new Uint8Array()]]);
  });

  it('that unpacks to more than it says, or than may be, is refused', async () => {
    const archive = await zipped([['zeros', new Uint8Array(2_000_000)]]);
    await expect(read(archive)).rejects.toEqual(refused('import-file-too-large'));
    const lying = archive.slice();
    const view = new DataView(lying.buffer);
    for (let at = 0; at + 46 < lying.length; at++)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 1_000, true);
    await expect(read(lying)).rejects.toEqual(refused('zip-damaged'));
  });

  it('that is locked, or packed otherwise, says so', async () => {
    const change = async (offset: number, value: number) => {
      const archive = await zipped([['a', utf8('a')]]);
      const view = new DataView(archive.buffer);
      for (let at = 0; at + 46 < archive.length; at++)
        if (view.getUint32(at, true) === 0x02014b50) view.setUint16(at + offset, value, true);
      return read(archive);
    };
    await expect(change(8, 1)).rejects.toEqual(refused('zip-locked'));
    await expect(change(10, 14)).rejects.toEqual(refused('zip-method'));
  });

  it('that is spoilt anywhere is read as it was, or refused with a code', async () => {
    const given: Files = [
      ['a.md', utf8('some words, some words, some words')],
      ['b/c.png', Uint8Array.from({ length: 300 }, (_, at) => at & 255)],
    ];
    const archive = await zipped(given);
    await fc.assert(
      fc.asyncProperty(fc.nat(archive.length - 1), fc.nat(255), async (at, value) => {
        const spoilt = archive.slice();
        spoilt[at] = value;
        const files = await read(spoilt).catch((error: unknown) => {
          expect(error).toBeInstanceOf(PeerholdError);
          return null;
        });
        // Its checksum says that a content is what it was; names have none.
        for (const [, content] of files ?? [])
          expect(given.some(([, one]) => one.join() === content.join())).toBe(true);
      }),
      { numRuns: 400 },
    );
    for (let end = 0; end < archive.length; end += 7)
      await expect(read(archive.slice(0, end))).rejects.toBeInstanceOf(PeerholdError);
  });
});
