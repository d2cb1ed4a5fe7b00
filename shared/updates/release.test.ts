import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../record/bytes';
import { deviceKeyFromSeed, signerOf } from '../record/signature';
import { MAX_STATEMENT_BYTES, type Release, isNewer, readRelease, releaseMessage } from './release';

const signer = signerOf(await deviceKeyFromSeed(new Uint8Array(32).fill(7)));
const RELEASE: Release = {
  version: '1.2.3',
  notes: '<b>New</b>: a thing.',
  packages: [
    {
      name: 'Peerhold-1.2.3-linux-x64.deb',
      system: 'linux',
      processor: 'x64',
      form: 'deb',
      bytes: 9,
      hash: 'ab'.repeat(32),
    },
  ],
};
const bytesOf = (release: unknown): Uint8Array => utf8(JSON.stringify(release));
const sign = (statement: Uint8Array): Promise<Uint8Array> => signer.sign(releaseMessage(statement));
const read = async (statement: Uint8Array): Promise<Release> =>
  readRelease(statement, await sign(statement), signer.device);

describe('what is said of a release', () => {
  it('is read where its key signed it', async () => {
    expect(await read(bytesOf(RELEASE))).toEqual(RELEASE);
  });

  it('is not read with one bit changed, in it or in its signature, nor by another key, nor without what is said of what was signed', async () => {
    const statement = bytesOf(RELEASE);
    const signature = await sign(statement);
    const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
    const other = signerOf(await deviceKeyFromSeed(new Uint8Array(32).fill(8)));
    for (const reading of [
      () => readRelease(flipped(statement, 12), signature, signer.device),
      () => readRelease(statement, flipped(signature, 3), signer.device),
      () => readRelease(statement, signature, other.device),
      () => readRelease(statement, new Uint8Array(), signer.device),
      async () => readRelease(statement, await signer.sign(statement), signer.device),
    ])
      await expect(reading()).rejects.toMatchObject({ code: 'update-unsigned' });
  });

  const [only] = RELEASE.packages;
  it.each<[string, unknown]>([
    ['no version', { ...RELEASE, version: '1.2' }],
    ['a version with more', { ...RELEASE, version: '1.2.3-beta' }],
    ['a way out of the folder', { ...RELEASE, packages: [{ ...only, name: '../x.deb' }] }],
    ['an address', { ...RELEASE, packages: [{ ...only, name: 'https://x/y.deb' }] }],
    ['a hidden file', { ...RELEASE, packages: [{ ...only, name: '.x' }] }],
    ['no hash', { ...RELEASE, packages: [{ ...only, hash: 'ab' }] }],
    ['a package without end', { ...RELEASE, packages: [{ ...only, bytes: 2 ** 40 }] }],
    ['an unknown form', { ...RELEASE, packages: [{ ...only, form: 'sh' }] }],
    ['an unknown field', { ...RELEASE, run: 'x' }],
    ['too many', { ...RELEASE, packages: Array.from({ length: 17 }, () => only) }],
    ['notes without end', { ...RELEASE, notes: 'x'.repeat(20_001) }],
    ['no object', 7],
  ])('with %s is refused, whoever signed it', async (_what, release) => {
    await expect(read(bytesOf(release))).rejects.toMatchObject({ code: 'update-malformed' });
  });

  it('is refused where it is no JSON, no UTF-8, or longer than a statement', async () => {
    for (const statement of [utf8('{'), Uint8Array.of(0xff), new Uint8Array(MAX_STATEMENT_BYTES + 1)])
      await expect(read(statement)).rejects.toMatchObject({ code: 'update-malformed' });
  });

  it('never says anything but its two codes, whatever is signed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (statement) => {
        const outcome = await read(statement).then(
          () => 'read',
          ({ code }: { code: string }) => code,
        );
        expect(outcome).toBe('update-malformed');
      }),
      { numRuns: 50 },
    );
  });
});

describe('a version', () => {
  it.each([
    ['1.2.4', '1.2.3', true],
    ['1.3.0', '1.2.9', true],
    ['2.0.0', '1.99.99', true],
    ['1.10.0', '1.9.0', true],
    ['1.2.3', '1.2.3', false],
    ['1.2.2', '1.2.3', false],
    ['0.9.9', '1.0.0', false],
    ['1.9.0', '1.10.0', false],
    ['9.9.9', '1.2.3-dev', false],
  ])('%s beside %s is newer: %s', (version, than, newer) => {
    expect(isNewer({ ...RELEASE, version }, than)).toBe(newer);
  });
});
